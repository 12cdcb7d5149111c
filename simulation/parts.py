"""The real register and store, with trouble before and after everything that they change."""

import errno
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from quarterday.adapters.register import Register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.store import FilesStore, StoredFile, StoreUnavailableError
from quarterday.domain.collection.at_rest import NOT_FOR_THE_DAY, without_what_is_over
from quarterday.domain.facts import CollectionsAtRest, Fact, Facts, FactsAtHand
from simulation.faults import Fault, KilledError, Trouble

_ON_APPENDING = (
    Fault.KILLED_BEFORE,
    Fault.KILLED_AFTER,
    Fault.LOCKED,
    Fault.DISK_FULL,
    Fault.IO_ERROR,
    Fault.TIMED_OUT,
)
_ON_WRITING = (
    Fault.KILLED_BEFORE,
    Fault.KILLED_AFTER,
    Fault.DISK_FULL,
    Fault.IO_ERROR,
    Fault.TRUNCATED,
    Fault.TIMED_OUT,
)
_ON_READING = (Fault.KILLED_BEFORE, Fault.IO_ERROR, Fault.TIMED_OUT)
_ON_DELETING = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.IO_ERROR)
_SAYS = {
    Fault.LOCKED: "database is locked",
    Fault.DISK_FULL: "database or disk is full",
    Fault.IO_ERROR: "disk I/O error",
    Fault.TIMED_OUT: "the connection was lost",
}


class TroubledRegister(Register):
    """The register, whose writing may fail. What was read stays known until something is recorded."""

    def __init__(self, engine: Engine, trouble: Trouble) -> None:
        super().__init__(engine)
        self._trouble = trouble
        self._facts = Facts()
        self._for_the_day = Facts()  # without the kinds that no day's work looks at
        self._at_hand: Facts | None = None

    def append(self, *facts: Fact) -> None:
        """See `Register.append`."""
        fault = self._before(facts)
        super().append(*facts)
        self._after(fault, facts)

    def append_new(self, *facts: Fact) -> tuple[Fact, ...]:
        """See `Register.append_new`."""
        fault = self._before(facts)
        new = super().append_new(*facts)
        self._after(fault, new)
        return new

    def facts(self, partnership: str) -> Facts:
        """See `Register.facts`: what this process has recorded, which nobody else writes to."""
        if self._at_hand is None:
            whole, rested = self._facts, self._facts.of(CollectionsAtRest)
            going_on = without_what_is_over(whole) if rested else self._for_the_day
            self._at_hand = FactsAtHand(going_on, lambda: whole)
        return self._at_hand

    def read_again(self) -> None:
        """Know what the database holds: another process wrote it, or it was put back."""
        for partnership in self.partnerships():
            self._after(None, tuple(super().facts(partnership)))

    def as_written(self, partnership: str) -> Facts:
        """The facts as the database gives them back."""
        return super().facts(partnership)

    def _before(self, facts: tuple[Fact, ...]) -> Fault | None:
        if not facts:
            return None
        fault = self._trouble.at(
            f"record {' and '.join(sorted({type(each).__name__ for each in facts}))}", _ON_APPENDING
        )
        if fault in (Fault.LOCKED, Fault.DISK_FULL, Fault.IO_ERROR):
            raise OperationalError("INSERT", {}, Exception(_SAYS[fault]))
        return fault

    def _after(self, fault: Fault | None, recorded: tuple[Fact, ...]) -> None:
        if recorded:
            self._facts, self._at_hand = self._facts.plus(*recorded), None
            of_the_day = (each for each in recorded if not isinstance(each, NOT_FOR_THE_DAY))
            self._for_the_day = self._for_the_day.plus(*of_the_day)
        if fault is Fault.KILLED_AFTER:
            raise KilledError(self._trouble.last)
        if fault is Fault.TIMED_OUT:
            raise OperationalError("COMMIT", {}, Exception(_SAYS[fault]))


def _named(facts: Iterable[Fact]) -> str:
    return " and ".join(sorted({type(each).__name__ for each in facts}))


class TroubledStore(FilesStore):
    """A store of files, whose writing, reading and deleting may fail. `durable` False spares the disk its waiting."""

    def __init__(self, root: Path, name: str, trouble: Trouble) -> None:
        super().__init__(root)
        self._root_folder, self._name, self._trouble = root, name, trouble

    def put(self, name: str, data: bytes) -> StoredFile:
        """See `Store.put`."""
        fault = self._trouble.at(f"store {self._kind(name)}", _ON_WRITING)
        if fault is Fault.DISK_FULL:
            raise OSError(errno.ENOSPC, "No space left on device")
        if fault is Fault.IO_ERROR:
            raise OSError(errno.EIO, "Input/output error")
        if fault is Fault.TRUNCATED:
            self._leave_half(data)
            raise KilledError(self._trouble.last)
        stored = super().put(name, data)
        if fault is Fault.KILLED_AFTER:
            raise KilledError(self._trouble.last)
        if fault is Fault.TIMED_OUT:
            raise StoreUnavailableError("the store did not answer in time")
        return stored

    def get(self, name: str, sha256: str | None = None) -> bytes:
        """See `Store.get`."""
        fault = self._trouble.at(f"read {self._kind(name)}", _ON_READING)
        if fault is Fault.IO_ERROR:
            raise OSError(errno.EIO, "Input/output error")
        if fault is Fault.TIMED_OUT:
            raise StoreUnavailableError("the store did not answer in time")
        return super().get(name, sha256)

    def delete(self, name: str) -> None:
        """See `Store.delete`."""
        fault = self._trouble.at(f"delete {self._kind(name)}", _ON_DELETING)
        if fault is Fault.IO_ERROR:
            raise OSError(errno.EIO, "Input/output error")
        super().delete(name)
        if fault is Fault.KILLED_AFTER:
            raise KilledError(self._trouble.last)

    def _kind(self, name: str) -> str:
        if name.endswith("manifest.json"):
            return "a manifest"
        return {"uploads": "an upload", "checked": "what was checked", "drafts": "a draft"}.get(
            name.partition("/")[0], "a file of a release" if self._name == "published" else "a file"
        )

    def _leave_half(self, data: bytes) -> None:
        """What a writer leaves who was killed in the middle of it."""
        self._root_folder.mkdir(parents=True, exist_ok=True)
        left = self._root_folder / f".{random.Random(len(data)).getrandbits(64):016x}.partial"  # noqa: S311
        left.write_bytes(data[: len(data) // 2])


def troubled_register(database: Path, trouble: Trouble) -> TroubledRegister:
    """The register in a file that is migrated already. It need survive no power cut, so the disk is not waited for."""
    engine = open_engine(f"sqlite:///{database}")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    return TroubledRegister(engine, trouble)
