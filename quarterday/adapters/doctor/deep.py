"""What takes as long as there are files: each held to the SHA-256 that the register knows, and the register itself."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import make_url

from quarterday.adapters.damage import damage
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores

_REMEDY = "Put it back from a backup made before, then look after the disk."


def look_at_every_file(settings: Settings) -> Iterator[Complaint]:
    """Every file that the register names, whole; and where the register is SQLite's, its own check of itself."""
    url = make_url(settings.register_url)
    if url.get_backend_name() == "sqlite":
        yield from _integrity(url.database or "")
    stores = open_stores(settings)
    with open_register(settings) as register:
        for partnership in register.partnerships():
            for sentence in damage(stores, register.facts(partnership)):
                yield Complaint(sentence, _REMEDY)


def _integrity(database: str) -> Iterator[Complaint]:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as problem:
        said = str(problem)
    if said != "ok":
        yield Complaint(f"The register's database is damaged: {said.splitlines()[0]}.", _REMEDY)
