"""Bringing the register's database to this version. Migrations alone make and change tables."""

import fcntl
import re
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from quarterday.adapters.register.engine import WRITES
from quarterday.adapters.register.errors import RegisterNotReadyError

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
_NUMBERED = re.compile(r"(\d{4})_\w+\.py")
_OURS = re.compile(r"\d{4}")
_ANY_ONE_NUMBER = 7_391_204_518  # PostgreSQL's name for the lock that lets one migration run at a time


def latest_version() -> str:
    """The number of the last migration, such as `0001`."""
    return max(found[1] for each in (MIGRATIONS / "versions").iterdir() if (found := _NUMBERED.fullmatch(each.name)))


def current_version(engine: Engine) -> str | None:
    """The number of the last migration that a database has seen; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database to a version, in one transaction: all of it happens or nothing does.

    Safe where several processes begin at once: one migrates, the others wait and find it done.
    """
    refuse_newer(engine)
    with _one_at_a_time(engine), engine.connect().execution_options(**WRITES) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ANY_ONE_NUMBER})
        from alembic import command  # noqa: PLC0415 - imported only where there is something to do

        from quarterday.adapters.register import heads_upgraded  # noqa: PLC0415 - it needs the register's tables

        held = heads_upgraded.heads_that_hold(connection)
        command.upgrade(alembic_config(connection), to)
        heads_upgraded.hold_again(connection, held)
        connection.commit()


def be_ready(engine: Engine) -> None:
    """An embedded database is brought up to date; of PostgreSQL it is only asked. Raises `RegisterNotReadyError`."""
    if current_version(engine) == latest_version():
        return
    if engine.dialect.name == "sqlite":
        migrate(engine)
        return
    refuse_newer(engine)
    raise RegisterNotReadyError(
        f"The register's database is at version {current_version(engine) or 'none'}, and this quarterday needs "
        f"{latest_version()}. Make a backup, then run `quarterday migrate`."
    )


def refuse_newer(engine: Engine) -> None:
    """Raises `RegisterNotReadyError` for a database that a later quarterday has migrated."""
    current = current_version(engine)
    if strangers := _strangers(engine, current):
        raise RegisterNotReadyError(
            f"{_place(engine)} is another program's database: it holds {strangers}. Nothing was written. Name a "
            "database or a home of quarterday's own."
        )
    if current and current > latest_version():
        raise RegisterNotReadyError(
            f"The register's database is at version {current}, made by a later quarterday than this one "
            f"({latest_version()}). Install the later one, or restore a backup made before."
        )


def _strangers(engine: Engine, current: str | None) -> str:
    """What shows that a database is another program's: a version of its own, or a file with tables and none of ours."""
    if current:
        return "" if _OURS.fullmatch(current) else f"version {current} of tables that are not ours"
    if engine.dialect.name != "sqlite":
        return ""  # a server's database may hold what its administrators put into each
    with engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
    return f"the table{'s' if len(tables) > 1 else ''} {', '.join(tables[:3])}" if tables else ""


def _place(engine: Engine) -> str:
    """A database as people know it: its file, or its name and host; never its password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return f"“{engine.url.database}” on {engine.url.host or 'this machine'}"


def alembic_config(connection: Connection) -> "Config":
    """Alembic's configuration, without a file: the scripts lie in this package."""
    from alembic.config import Config  # noqa: PLC0415 - see migrate

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _one_at_a_time(engine: Engine) -> AbstractContextManager[None]:
    if engine.dialect.name != "sqlite":
        return nullcontext()
    database = engine.url.database
    assert database
    return _Locked(Path(database), engine)


class _Locked:
    """A lock file beside an SQLite database; under it the database is turned to write-ahead logging, for good."""

    def __init__(self, database: Path, engine: Engine) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._engine = engine

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        raw = self._engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            raw.close()

    def __exit__(self, *_: object) -> None:
        self._file.close()
