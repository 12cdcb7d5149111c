"""A register that an earlier quarterday filled is brought up to date with everything in it."""

from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DatabaseError

from quarterday.adapters.register import open_register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import current_version, latest_version, migrate
from quarterday.adapters.register.rows import row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import FACT_KINDS, Fact, field_names
from tests.adapters.register.examples import plain_fact
from tests.postgres import new_database

EARLIER = ["0001", "0002", "0003"]


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
@pytest.mark.parametrize("version", EARLIER)
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
    before = [_as_it_was(kind, then) for kind in FACT_KINDS if TABLES[kind].name in then.tables]
    new = [plain_fact(kind) for kind in FACT_KINDS if TABLES[kind].name not in then.tables]
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


def _as_it_was(kind: type[Fact], then: MetaData) -> Fact:
    """A fact as it was before fields were added: theirs hold what they hold where nothing is said."""
    added = set(field_names(kind)) - set(then.tables[TABLES[kind].name].columns.keys())
    return replace(plain_fact(kind), **{each.name: each.default for each in fields(kind) if each.name in added})


def _insert(connection: Connection, fact: Fact, then: MetaData) -> None:
    """Record a fact as that version did."""
    table = TABLES[type(fact)]
    columns = set(then.tables[table.name].columns.keys())
    row = {name: value for name, value in row_of(fact).items() if name in columns}
    connection.execute(table.insert().values(row))


def _sorted(facts: Iterable[Fact]) -> list[str]:
    return sorted(repr(each) for each in facts)
