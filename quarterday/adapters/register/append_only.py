"""Append-only, enforced by the database itself: triggers refuse every UPDATE and DELETE of a fact.

The one exception is the retention routine. Within its transaction it takes leave: a row in `retention_leave`, which
the triggers look for. That row points to a row of `never_kept`, a table that stays empty, by a foreign key that is
checked at commit. So leave must be handed back before the commit, or nothing is committed at all; and since nobody
sees another's uncommitted rows, leave never reaches beyond the transaction that took it. Whoever can drop triggers
can still do anything: give the application a database role that does not own the tables.

PostgreSQL also refuses TRUNCATE. SQLite's INSERT OR REPLACE would delete without asking a trigger, so there an insert
of a key that stands is passed over before it can replace anything.
"""

# ruff: noqa: S608 - the statements are made of our own table names, and a trigger takes no parameters
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from quarterday.adapters.register.tables import RETENTION_LEAVE

REFUSED = "the register is append-only: facts are added, never changed or deleted"

_POSTGRESQL_FUNCTION = f"""
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND EXISTS (SELECT 1 FROM retention_leave) THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'restrict_violation';
END $$
"""


def functions(dialect: str) -> Iterator[str]:
    """The statements for what has to stand before the triggers do, for `sqlite` or `postgresql`."""
    if dialect == "postgresql":
        yield _POSTGRESQL_FUNCTION


def triggers(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """The statements that make tables append-only."""
    for table in tables:
        yield from _sqlite(table) if dialect == "sqlite" else _postgresql(table)


def _sqlite(table: str) -> Iterator[str]:
    for change in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_refuses_{change.lower()} BEFORE {change} ON {table} "
            f"WHEN NOT EXISTS (SELECT 1 FROM retention_leave) BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
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


@contextmanager
def leave_of_retention(connection: Connection) -> Iterator[None]:
    """Let facts be changed on this connection until the block ends. Only the retention routine may ask for it."""
    connection.execute(RETENTION_LEAVE.insert().values(id=1))
    yield
    connection.execute(RETENTION_LEAVE.delete())
