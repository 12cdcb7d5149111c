"""The database itself refuses to change what is recorded."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quarterday.adapters.register import Register
from quarterday.adapters.register.engine import WRITES
from quarterday.adapters.register.tables import TABLES
from quarterday.domain.facts import FACT_KINDS
from tests.adapters.register.examples import OPENED, plain_fact

NAMES = [table.name for table in TABLES.values()]


@pytest.fixture
def filled(register: Register) -> Register:
    """A register with a fact of every kind."""
    register.append(*(plain_fact(kind) for kind in FACT_KINDS))
    return register


@pytest.mark.parametrize("statement", ["UPDATE {} SET by = 'somebody else'", "DELETE FROM {}"])
def test_no_fact_is_changed_or_deleted(filled: Register, statement: str) -> None:
    """UPDATE and DELETE are refused for every kind of fact."""
    for name in NAMES:
        with pytest.raises(DBAPIError, match="append-only"), filled.engine.begin() as connection:
            connection.execute(text(statement.format(name)))


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_nothing_replaces_a_fact(register: Register) -> None:
    """SQLite's way round a trigger, INSERT OR REPLACE, replaces nothing."""
    register.append(OPENED)
    with register.engine.connect().execution_options(**WRITES) as connection:
        connection.exec_driver_sql("PRAGMA recursive_triggers=OFF")
        connection.execute(
            text(
                "INSERT OR REPLACE INTO collection_opened SELECT key, at, 'somebody else', reason, partnership, "
                "collection, period_start, period_end FROM collection_opened"
            )
        )
        connection.commit()

    assert (OPENED,) == register.facts("somewhere").of(type(OPENED))


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_no_table_is_emptied(filled: Register) -> None:
    """PostgreSQL's TRUNCATE, which asks no row trigger, is refused as well."""
    for name in NAMES:
        with pytest.raises(DBAPIError, match="append-only"), filled.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {name}"))
