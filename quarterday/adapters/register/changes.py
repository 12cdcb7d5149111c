"""Whether the register has changed, asked far faster than it can be read: by those who read it again and again."""

import sqlite3
from pathlib import Path
from threading import Lock

from sqlalchemy import Engine, text

from quarterday.adapters.register.marking import TABLE


class Changes:
    """Marks of a register's state: two equal marks, and nothing was recorded or removed between them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._watching: sqlite3.Connection | None = None

    @property
    def at_once(self) -> bool:
        """Whether a mark takes microseconds, without a word over the network."""
        return self._engine.dialect.name == "sqlite"

    def mark(self) -> object:
        """The mark of the state as it is now. Take it before reading: what changes meanwhile is then seen next time."""
        if self.at_once:
            return self._of_the_file()
        with self._engine.connect() as connection:
            return connection.execute(text(f"SELECT mark FROM {TABLE}")).scalar_one()  # noqa: S608 - a name of ours

    def _of_the_file(self) -> int:
        """SQLite's own count of what others committed; this connection never writes, so all writers are others."""
        with self._lock:
            if self._watching is None:
                place = Path(str(self._engine.url.database)).resolve().as_uri()
                self._watching = sqlite3.connect(f"{place}?mode=ro", uri=True, check_same_thread=False)
            (version,) = self._watching.execute("PRAGMA data_version").fetchone()
            return int(version)

    def close(self) -> None:
        """Stop watching."""
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
