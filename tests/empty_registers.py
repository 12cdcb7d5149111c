"""An empty register is migrated once a lane and then copied: migrating each anew took a tenth of all tests' time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine

from quarterday.adapters.register import migrating
from quarterday.adapters.register.engine import open_engine


@contextmanager
def copied_from(template: Path) -> Iterator[None]:
    """Fill every empty SQLite register of this process from a migrated one, made in `template` when first wanted.

    Whatever holds something already, or is to stand at another version, is really migrated; so is what tests of
    migrations ask for by `migrate` itself.
    """
    really = migrating.migrate

    def fill(engine: Engine, to: str = "head") -> None:
        if to != "head" or not _is_empty(engine):
            really(engine, to)
            return
        if not template.exists():
            made = open_engine(f"sqlite:///{template}")
            really(made)
            made.dispose()
        with migrating._one_at_a_time(engine):
            if migrating.current_version(engine) is None:
                with closing(sqlite3.connect(template)) as source, closing(engine.raw_connection()) as emptied:
                    source.backup(emptied.driver_connection)

    with patch.object(migrating, "migrate", fill):
        yield


def _is_empty(engine: Engine) -> bool:
    database = engine.url.database
    return engine.dialect.name == "sqlite" and database is not None and not Path(database).stat().st_size
