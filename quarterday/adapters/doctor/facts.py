"""Whether the register is what it was: its database whole, its facts readable and not changed, its clock not behind."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, Integer, func, make_url, select
from sqlalchemy.exc import DatabaseError

from quarterday.adapters import clock
from quarterday.adapters.breakage import what_to_do
from quarterday.adapters.config_files import ConfigurationProblems, load_framework
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.doctor.keeping import look_at_register
from quarterday.adapters.register import Register, existing_register
from quarterday.adapters.register.columns import Words
from quarterday.adapters.register.heads import last_head, what_does_not_hold
from quarterday.adapters.register.register import said_of_anothers
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import LONDON

PUT_BACK = "Put it back from a backup made before, then look after the disk."
SKEW = timedelta(minutes=5)  # by which two machines' clocks may differ


def look_at_facts(settings: Settings) -> Iterator[Complaint]:
    """The database's own check of itself, every fact read once, the last head, and the newest fact beside the clock."""
    if any(look_at_register(settings)):
        return  # told with the register
    url = make_url(settings.register_url)
    if url.get_backend_name() == "sqlite" and (damaged := list(_integrity(url.database or ""))):
        yield from damaged
        return  # whatever else is said of it is said of a wreck
    with existing_register(settings) as register:
        if unreadable := list(_unreadable(register)):
            yield from unreadable
            return
        if _are_anothers(settings, register):
            return  # told with the configuration
        yield from _clock_behind(settings, register)
        yield from _heads(register)


def _integrity(database: str) -> Iterator[Complaint]:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as problem:
        yield Complaint(f"The register's database cannot be read ({problem}).", what_to_do(problem))
        return
    if said != "ok":
        yield Complaint(f"The register's database is damaged: {said.splitlines()[0]}.", PUT_BACK)


def _unreadable(register: Register) -> Iterator[Complaint]:
    """Facts that this quarterday cannot make sense of: a word that no enumeration has, a date that is none.

    Each table is read by itself: in PostgreSQL one that cannot be read ends what was begun.
    """
    for table in TABLES.values():
        kinds = [_kind_of(column) for column in table.columns]
        remedy = "Install the quarterday that wrote them; if that is this one, put the last backup back."
        try:
            with register.snapshot() as connection:
                for row in connection.execute(select(table)):
                    if odd := _of_another_kind(row, kinds):
                        raise ValueError(f"{odd!r} is of another kind than its column")
        except (LookupError, ValueError, TypeError, DatabaseError) as problem:
            if isinstance(problem, DatabaseError):
                remedy = what_to_do(problem)
            said = str(problem).splitlines()[0]
            yield Complaint(f"Facts in {table.name} cannot be read ({said}).", remedy)


def _kind_of(column: Column[Any]) -> type:
    """What the values of a column are; anything where reading them tells by itself."""
    if isinstance(column.type, Words):
        return str
    return int if isinstance(column.type, Integer) else object


def _of_another_kind(row: Sequence[Any], kinds: Sequence[type]) -> object:
    """A value that SQLite keeps in a column that is not for it: bytes among words, words among numbers."""
    return next((each for each, kind in zip(row, kinds, strict=True) if not isinstance(each, kind | None)), None)


def _are_anothers(settings: Settings, register: Register) -> bool:
    """Whether they are of another partnership than the one that `config/` tells of."""
    try:
        code = load_framework(settings.config).partnership.code
    except ConfigurationProblems:
        return False  # told with the configuration, too
    return bool(said_of_anothers(settings, register, code))


def _clock_behind(settings: Settings, register: Register) -> Iterator[Complaint]:
    with register.snapshot() as connection:
        newest = [connection.execute(select(func.max(table.c.at))).scalar() for table in TABLES.values()]
    last, now = max((each for each in newest if each), default=None), clock.now(settings)
    if last and last > now + SKEW:
        yield Complaint(
            f"The clock says {now.astimezone(LONDON):%d %B %Y, %H:%M}, and the newest fact on record is of "
            f"{last.astimezone(LONDON):%d %B %Y, %H:%M}.",
            "Put this machine's clock right before anything runs: what is due is told by it.",
        )


def _heads(register: Register) -> Iterator[Complaint]:
    for partnership in register.partnerships():
        with register.snapshot() as connection:
            broken, known = what_does_not_hold(connection, partnership), last_head(connection, partnership)
        if broken:
            yield Complaint(
                broken,
                "Compare the register with the last backup: somebody, or a disk, has changed what was on record.",
            )
        elif known and known.broken:
            yield Complaint(
                f"{known.broken} Since then head {known.number} was made over what stands now.",
                "Compare the register with a backup made before, and record in your incident log what was found.",
            )
