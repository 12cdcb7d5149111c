"""The nightly head holds over every upgrade: what a migration changes is no damage, and damage stays evident."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import alembic.command
import pytest
from sqlalchemy import Connection, Engine, inspect, text

from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.heads import covered, last_head, record_head, what_does_not_hold
from quarterday.adapters.register.migrating import MIGRATIONS, migrate
from quarterday.adapters.register.register import Register
from quarterday.adapters.register.rows import row_of
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import ContactChanged, HeadRecorded, PersonErased
from tests.adapters.register.examples import AT, WHO, plain_fact

NIGHT = AT + timedelta(days=10)
CONTACT = ContactChanged(partner="fire", role="contact", name="Bo Brand", email="bo@fire.example", **WHO)
VERSIONS = sorted(each.name[:4] for each in (MIGRATIONS / "versions").glob("0*.py"))


def columns_of(connection: Connection) -> dict[str, set[str]]:
    """The columns of each table as they are now."""
    every = inspect(connection).get_multi_columns()
    return {name: {each["name"] for each in columns} for (_, name), columns in every.items()}


def fill(connection: Connection, done: set[str]) -> dict[str, set[str]]:
    """A fact of every kind that can be kept by now and is not yet, as an earlier quarterday kept it."""
    known = columns_of(connection)
    for kind, table in TABLES.items():
        if table.name in known and table.name not in done and kind is not HeadRecorded and kind is not PersonErased:
            row = {name: value for name, value in row_of(plain_fact(kind)).items() if name in known[table.name]}
            connection.execute(table.insert(), [row | {"partnership": "somewhere", "at": AT}])
            done.add(table.name)
    return known


def write_head(connection: Connection, number: int, known: dict[str, set[str]]) -> None:
    """The night's head, as the quarterday of then wrote it."""
    before = last_head(connection, "somewhere")
    found = covered(connection, "somewhere", NIGHT, before.head if before else "", known=known)
    head = HeadRecorded(
        at=NIGHT + timedelta(days=number),
        by="quarterday",
        partnership="somewhere",
        number=number,
        until=NIGHT,
        facts=found.facts,
        before=before.head if before else "",
        head=found.head,
        broken="",
    )
    connection.execute(TABLES[HeadRecorded].insert(), [row_of(head)])


def test_the_head_holds_over_every_upgrade(tmp_path: Path) -> None:
    """A fact of each kind at each version since there are heads: each upgrade leaves a head that holds over them."""
    engine, done = open_engine(f"sqlite:///{tmp_path / 'register.db'}"), set[str]()
    for number, (version, following) in enumerate(pairwise(VERSIONS[23:]), start=1):
        migrate(engine, version)
        with engine.begin() as connection:
            write_head(connection, number, fill(connection, done))
        migrate(engine, following)
        with engine.connect() as connection:
            assert "" == what_does_not_hold(connection, "somewhere", columns=columns_of(connection)), following
    engine.dispose()

    assert len(done) > 40


def changing(statement: str) -> Callable[..., None]:
    """A migration that changes rows."""

    def upgrade(config: object, _to: str) -> None:
        connection = config.attributes["connection"]
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER contact_changed_refuses_update"))
        else:
            connection.execute(text("DROP TRIGGER contact_changed_refuses_change ON contact_changed"))
        connection.execute(text(statement))

    return upgrade


@pytest.fixture
def kept(register: Register) -> Register:
    """A register with a fact and its head."""
    register.append(CONTACT)
    record_head(register, "somewhere", NIGHT)
    return register


def heads(engine: Engine) -> tuple[str, HeadRecorded]:
    """What does not hold, and the last head."""
    with engine.connect() as connection:
        last = last_head(connection, "somewhere")
        assert last
        return what_does_not_hold(connection, "somewhere"), last


def test_a_migration_that_changes_rows_writes_the_head_anew(kept: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """In its own transaction, over what stands now and the head before."""
    monkeypatch.setattr(alembic.command, "upgrade", changing("UPDATE contact_changed SET role = 'deputy'"))
    _, before = heads(kept.engine)
    migrate(kept.engine)
    broken, last = heads(kept.engine)

    assert "" == broken
    assert (2, before.head, "") == (last.number, last.before, last.broken)
    assert "An upgrade changed how facts are kept" in last.reason


def test_an_upgrade_covers_no_damage_up(kept: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """What did not hold before it does not hold after it."""
    with kept.engine.begin() as connection:
        drop = "contact_changed_refuses_update"
        if kept.engine.dialect.name != "sqlite":
            drop = "contact_changed_refuses_change ON contact_changed"
        connection.execute(text(f"DROP TRIGGER {drop}"))
        connection.execute(text("UPDATE contact_changed SET name = 'Eve'"))
    monkeypatch.setattr(alembic.command, "upgrade", lambda *_: None)
    migrate(kept.engine)
    broken, last = heads(kept.engine)

    assert "what at least one of them says was changed" in broken
    assert 1 == last.number
