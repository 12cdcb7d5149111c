"""Append-only, enforced by the database itself: triggers refuse every UPDATE and DELETE of a fact.

There is no exception: the retention rule deletes files and records that it did, never facts. Whoever can drop
triggers can still do anything: give the application a database role that does not own the tables.

PostgreSQL also refuses TRUNCATE. SQLite's INSERT OR REPLACE would delete without asking a trigger, so there an insert
of a key that stands is passed over before it can replace anything.
"""

# ruff: noqa: S608 - the statements are made of our own table names, and a trigger takes no parameters
from collections.abc import Iterable, Iterator

from quarterday.adapters.register.marking import marked

REFUSED = "the register is append-only: facts are added, never changed or deleted"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
END $$
"""


def functions(dialect: str) -> Iterator[str]:
    """The statements for what has to stand before the triggers do, for `sqlite` or `postgresql`."""
    if dialect == "postgresql":
        yield _POSTGRESQL_FUNCTION


def triggers(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """The statements that make tables append-only, and on PostgreSQL let them move the register's mark."""
    for table in tables:
        yield from _sqlite(table) if dialect == "sqlite" else _postgresql(table)


def _sqlite(table: str) -> Iterator[str]:
    for change in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
    yield (
        f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE key = NEW.key) BEGIN SELECT RAISE(IGNORE); END"
    )


def _postgresql(table: str) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    yield (
        f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    yield from marked([table])
