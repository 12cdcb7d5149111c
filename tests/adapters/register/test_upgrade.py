"""A register that an earlier quarterday filled is brought up to date with everything in it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DatabaseError

from quarterday.adapters.register import open_register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import current_version, latest_version, migrate
from quarterday.adapters.register.rows import columns_of, row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import FACT_KINDS, Fact, MessageSettled, Outcome, RequestMade, Step, VerdictGiven
from tests.adapters.register.examples import plain_fact
from tests.postgres import new_database

OLD_VERDICT = """
INSERT INTO verdict_given (
    key, at, "by", reason, partnership, request, partner_return, verdict, critical, warnings, notes,
    findings_stored_as, rows_stored_as, missing, overrides
) VALUES (
    :key, '2025-07-08 08:00:00+00:00', 'quarterday', '', 'words', 'words', :name, 'accepted', 0, 0, 0,
    'findings', 'rows', :missing, ''
)
"""
OLD_SETTLED = """
INSERT INTO message_settled (key, at, "by", reason, partnership, message, outcome, settles, detail)
VALUES (:key, :at, 'quarterday', '', 'words', :message, :outcome, :settles, 'as it was')
"""
EARLIER = ["0001", "0002", "0003"]
DATABASES = ("sqlite", "postgresql")  # each later version on one of them, in turn
SINCE = [f"{number:04}" for number in range(4, int(latest_version()))]


@pytest.mark.parametrize(
    ("version", "database"),
    [
        *((each, database) for each in EARLIER for database in DATABASES),
        *(pytest.param(each, DATABASES[int(each) % 2], marks=pytest.mark.proof) for each in SINCE),
    ],
)
def test_every_fact_survives_the_upgrade(
    database: str, version: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What was recorded before reads the same after, and what is new can be recorded beside it, once."""
    url = new_database(request.getfixturevalue("server")) if database == "postgresql" else ""
    settings = Settings(home=tmp_path, database_url=url)
    engine = open_engine(settings.register_url)
    migrate(engine, version)
    then = MetaData()
    then.reflect(engine)
    before = [_as_it_was(kind, then) for kind in FACT_KINDS if _same_or_grown(kind, then)]
    new = [plain_fact(kind) for kind in FACT_KINDS if not _same_or_grown(kind, then)]
    with engine.begin() as connection:
        for fact in before:
            _insert(connection, fact, then)
    migrate(engine)
    engine.dispose()

    with open_register(settings) as register:
        assert latest_version() == current_version(register.engine)
        assert _sorted(before) == _sorted(register.facts("words"))
        register.append(*new)
        assert _sorted([*before, *new]) == _sorted(register.facts("words"))
        for fact in new:
            with pytest.raises(DatabaseError, match="append-only"), register.engine.begin() as connection:
                connection.execute(text(f"UPDATE {TABLES[type(fact)].name} SET reason = 'another'"))


def _same_or_grown(kind: type[Fact], then: MetaData) -> bool:
    """Whether a kind was recorded then, in no other column than now."""
    table = TABLES[kind]
    return table.name in then.tables and set(then.tables[table.name].columns.keys()) <= set(table.columns.keys())


def _as_it_was(kind: type[Fact], then: MetaData) -> Fact:
    """A fact as it was before fields were added: theirs hold what they hold where nothing is said."""
    kept = set(then.tables[TABLES[kind].name].columns.keys())
    added = {name for name, column in columns_of(kind).items() if column not in kept}
    return replace(plain_fact(kind), **{each.name: each.default for each in fields(kind) if each.name in added})


def _insert(connection: Connection, fact: Fact, then: MetaData) -> None:
    """Record a fact as that version did."""
    table = TABLES[type(fact)]
    columns = set(then.tables[table.name].columns.keys())
    row = {name: value for name, value in row_of(fact).items() if name in columns}
    connection.execute(table.insert().values(row))


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_a_verdict_recorded_as_missing_becomes_what_it_had_answered(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Two parts checked at once had each recorded the other's figures as missing: together they are the whole."""
    url = new_database(request.getfixturevalue("server")) if database == "postgresql" else ""
    settings = Settings(home=tmp_path, database_url=url)
    engine = open_engine(settings.register_url)
    migrate(engine, "0003")
    asked = replace(plain_fact(RequestMade), request="words", asked=("fires", "alarms"))
    then = MetaData()
    then.reflect(engine)
    with engine.begin() as connection:
        _insert(connection, asked, then)
    for name, missing in (("R-1", '["alarms"]'), ("R-2", '["fires"]')):
        with engine.begin() as connection:
            connection.execute(text(OLD_VERDICT), {"key": f"{name}|", "name": name, "missing": missing})
    migrate(engine)
    engine.dispose()

    with open_register(settings) as register:
        given = register.facts("words").of(VerdictGiven)
        assert [("R-1", ("fires",), ()), ("R-2", ("alarms",), ())] == [
            (each.partner_return, each.answered, each.left_open) for each in given
        ]
        assert [datetime(2025, 7, 8, 8, tzinfo=UTC)] * 2 == [each.at for each in given]


# One email's whole life in the words of before: what each text becomes, with its attempt and event.
SETTLES = (
    ("attempt 1 handed over", Outcome.UNCONFIRMED, (Step.HANDED_OVER, 1, "")),
    ("attempt 1 not sent", Outcome.FAILED, (Step.NOT_SENT, 1, "")),
    ("attempt 2", Outcome.UNCONFIRMED, (Step.BEGUN, 2, "")),
    ("attempt 2 handed over", Outcome.UNCONFIRMED, (Step.HANDED_OVER, 2, "")),
    ("attempt 2 not sent", Outcome.FAILED, (Step.NOT_SENT, 2, "")),
    ("2: given up", Outcome.FAILED, (Step.GIVEN_UP, 2, "")),
    ("2: overtaken", Outcome.FAILED, (Step.OVERTAKEN, 2, "")),
    ("ruled 2025-07-10T08:07:00+00:00: not sent", Outcome.FAILED, (Step.ORDERED_AGAIN, 0, "")),
    ("attempt 3", Outcome.UNCONFIRMED, (Step.BEGUN, 3, "")),
    ("not known", Outcome.UNCONFIRMED, (Step.INTERRUPTED, 3, "")),
    ("transport", Outcome.SENT, (Step.ANSWERED, 3, "")),
    ("event X-1 =", Outcome.DELIVERED, (Step.REPORTED, 0, "X-1 =")),
    ("ruled 2025-07-10T08:12:00+00:00", Outcome.SENT, (Step.ARRIVED, 0, "")),
)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_an_email_s_words_told_in_one_text_stands_in_fields(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each word keeps its moment and outcome, and is known when it is told once more."""
    url = new_database(request.getfixturevalue("server")) if database == "postgresql" else ""
    settings = Settings(home=tmp_path, database_url=url)
    engine = open_engine(settings.register_url)
    migrate(engine, "0013")
    with engine.begin() as connection:
        for minute, (settles, outcome, _) in enumerate(SETTLES):
            row = {"message": "m", "settles": settles, "outcome": outcome, "key": f"m|{settles}"}
            connection.execute(text(OLD_SETTLED), row | {"at": f"2025-07-10 08:{minute:02}:00+00:00"})
    migrate(engine)
    engine.dispose()

    with open_register(settings) as register:
        known = register.facts("words").of(MessageSettled)
        assert [told for *_, told in SETTLES] == [(each.step, each.attempt, each.event) for each in known]
        assert [outcome for _, outcome, _ in SETTLES] == [each.outcome for each in known]
        assert [datetime(2025, 7, 10, 8, minute, tzinfo=UTC) for minute in range(13)] == [each.at for each in known]
        assert () == register.append_new(*known)
        with pytest.raises(DatabaseError, match="append-only"), register.engine.begin() as connection:
            connection.execute(text("DELETE FROM message_settled"))


def _sorted(facts: Iterable[Fact]) -> list[str]:
    return sorted(repr(each) for each in facts)
