"""Kills at what a command does to files and databases: Python itself says what is about to be done.

The interpreter's audit events name each file that is opened for writing, renamed, linked or taken away before it
happens, and SQLAlchemy each transaction before it is committed: so nothing that a command does escapes, whatever it is
written with. Killed after an effect means killed before whatever comes next.
"""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from simulation.faults import Fault, KilledError, Trouble

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DRAWN = re.compile(r"(?<=-)[a-z0-9_]{8}$|[0-9a-f]{16,}|[0-9]+(?:-[0-9]+)*")
_OF_FILES = {
    "os.rename": "put in place",
    "os.remove": "delete",
    "os.mkdir": "make the folder",
    "os.link": "put in place",
}
_WITHIN = {
    "store": "something of the store",
    "configuration-that-loaded": "something of the configuration that is kept",
    "begun": "something of the new configuration",
}
_OURS: list["Disk"] = []  # whoever listens now: a hook can never be taken away again


class Disk:
    """What is done below some folders while it listens, and the kill that a turn of it meets."""

    def __init__(self, trouble: Trouble, *folders: Path) -> None:
        self._trouble = trouble
        self._below = tuple(each.resolve() for each in folders)
        self._ending = ""  # the effect after which the process dies
        self._dead = False  # whoever is dead tidies nothing up: what is tried while all unwinds does not happen
        self.done: Counter[str] = Counter()

    def about_to(self, effect: str) -> None:
        """An effect is about to happen. Raises `KilledError` where the process ends before it."""
        self.ends()
        self.done[effect] += 1
        try:
            fault = self._trouble.at(effect, (Fault.KILLED_BEFORE, Fault.KILLED_AFTER))
        except KilledError:
            self._dead = True
            raise
        self._ending = effect if fault is Fault.KILLED_AFTER else ""

    def ends(self) -> None:
        """Raises `KilledError` where the process was to end after the effect that came last."""
        ending, self._ending = self._ending, ""
        if ending or self._dead:
            self._dead = True
            raise KilledError(ending)

    def a_new_process(self, deed: Callable[[], object]) -> object:
        """Do a deed, which may die after its last effect, too."""
        self._dead, self._ending = False, ""
        done = deed()
        self.ends()
        return done

    def of_file(self, what: str, place: object) -> None:
        """Something happens to a file; others than those of the command are none of ours."""
        said = os.fsdecode(place) if isinstance(place, str | bytes | os.PathLike) else ""
        folder = Path(said).parent.resolve()
        if said and any(folder.is_relative_to(each) for each in self._below):
            self.about_to(f"{what} {_called(Path(said))}")


def _called(place: Path) -> str:
    """A file or folder without what was drawn or counted in its name."""
    if place.suffix in (".db-wal", ".db-shm", ".db-journal"):
        return "the register’s own files"
    for within, called in _WITHIN.items():
        if within in place.parts[:-1]:
            return called
    return "a schema" if place.suffixes == [".schema", ".json"] else _DRAWN.sub("…", place.name)


@contextmanager
def listening_to(trouble: Trouble, *folders: Path) -> Generator[Disk]:
    """Strike what is done below the folders, and every commit, until the block ends."""
    if not _hooked:
        sys.addaudithook(_hear)
        event.listen(Engine, "commit", _commits)
        _hooked.append(True)
    disk = Disk(trouble, *folders)
    _OURS.append(disk)
    try:
        yield disk
    finally:
        _OURS.pop()


_hooked: list[bool] = []


def _commits(connection: Connection) -> None:
    if not _OURS:
        return
    try:
        _OURS[-1].about_to("record in the register")
    except KilledError:
        connection.connection.rollback()  # as the database does when whoever had begun is gone
        raise


def _hear(name: str, about: tuple[Any, ...]) -> None:
    if not _OURS:
        return
    disk = _OURS[-1]
    if name == "open":
        place, _mode, flags = about
        if isinstance(flags, int) and flags & _WRITES:
            disk.of_file("write", place)
    elif name in _OF_FILES:
        disk.of_file(_OF_FILES[name], about[1] if name in ("os.rename", "os.link") else about[0])
