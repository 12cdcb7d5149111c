"""The database behind the register: SQLite in one file, or PostgreSQL."""

import os
import weakref
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

BUSY_TIMEOUT = 30  # seconds that a writer waits for another
ABANDONED = 60  # seconds after which PostgreSQL ends the transaction of a machine that has gone silent in its midst
WRITES = {"quarterday_writes": True}  # execution option: take SQLite's write lock at the start, not half way through


def open_engine(url: str) -> Engine:
    """An engine for the register's URL; `postgresql://` means psycopg 3."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(url)
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    options = f"-c timezone=UTC -c idle_in_transaction_session_timeout={ABANDONED}s"
    return _safe_in_forks(
        create_engine(address, pool_pre_ping=True, pool_size=5, max_overflow=10, connect_args={"options": options})
    )


def is_there(url: str) -> bool:
    """Whether there may be a register behind a URL: a file that is not there, or has nothing in it, holds none."""
    address = make_url(url)
    file = Path(address.database or "")
    return address.get_backend_name() != "sqlite" or (file.exists() and file.stat().st_size > 0)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    assert engine.url.database, "the register needs a file"
    database = Path(engine.url.database)
    database.parent.mkdir(parents=True, exist_ok=True)
    if not database.exists():
        database.touch(mode=0o600)  # it holds names and addresses: for this user alone

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we say when a transaction begins: the driver would begin it too late
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "recursive_triggers=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("quarterday_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "reset")
    def _on_return(connection: Any, _record: object, _state: object) -> None:
        if connection.in_transaction:  # a commit that SQLite refused leaves its transaction open
            connection.rollback()

    return _safe_in_forks(engine)


def _safe_in_forks(engine: Engine) -> Engine:
    """A forked process opens connections of its own: one that two processes share corrupts either database's talk."""
    reference = weakref.ref(engine)

    def forget_connections() -> None:
        if (known := reference()) is not None:
            known.dispose(close=False)

    os.register_at_fork(after_in_child=forget_connections)
    return engine
