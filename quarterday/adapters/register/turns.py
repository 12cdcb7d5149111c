"""One after the other, over all processes of an installation: who reads what stands and then writes what follows.

The register's keys keep a fact from being recorded twice; they cannot know that two facts were meant to settle the same
matter. Whoever decides on what stands takes a turn, and reads once it has begun.
"""

import fcntl
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, text

_ANY_OTHER_NUMBER = 7_391_204_519  # PostgreSQL's name for the turn


class Turns:
    """The turns at one register. They end with the process that has one, however it dies."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._here = Lock()  # a process waits with one connection: the rest are left to who has the turn

    @contextmanager
    def take(self) -> Generator[None]:
        """Wait for a turn, and keep it for the time of the block."""
        on_postgres = self._engine.dialect.name == "postgresql"
        with self._here, self._in_the_database() if on_postgres else self._in_a_file():
            yield

    @contextmanager
    def _in_the_database(self) -> Generator[None]:
        with self._engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ANY_OTHER_NUMBER})
            yield

    @contextmanager
    def _in_a_file(self) -> Generator[None]:
        database = Path(str(self._engine.url.database))
        with database.with_name(f"{database.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
