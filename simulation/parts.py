"""The real register and store, with trouble before and after everything that they change."""

import errno
import random
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Dialect, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from quarterday.adapters.register import Register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.store import FilesStore, StoredFile, StoreUnavailableError
from quarterday.domain.collection.at_rest import NOT_FOR_THE_DAY, without_what_is_over
from quarterday.domain.facts import (
    CollectionBound,
    CollectionOpened,
    CollectionsAtRest,
    Fact,
    Facts,
    FactsAtHand,
    FrameworkKept,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
)
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
        self._going_on: Facts | None = Facts()  # None where it is to be made anew
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
            whole = self._facts
            if self._going_on is None:
                self._going_on = without_what_is_over(whole)
            self._at_hand = FactsAtHand(self._going_on, lambda: whole)
        return self._at_hand

    def partnerships(self) -> tuple[str, ...]:
        """See `Register.partnerships`: as the facts say that are known, without asking every table."""
        return tuple({each.partnership: None for each in self._facts.of(CollectionOpened)})

    def read_again(self) -> None:
        """Know what the database holds: another process wrote it, it was put back, or a person was taken out of it."""
        self._facts, self._going_on, self._at_hand = Facts(), None, None
        for partnership in super().partnerships():
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
            self._going_on = self._with(recorded)
        if fault is Fault.KILLED_AFTER:
            raise KilledError(self._trouble.last)
        if fault is Fault.TIMED_OUT:
            raise OperationalError("COMMIT", {}, Exception(_SAYS[fault]))

    def _with(self, recorded: tuple[Fact, ...]) -> Facts | None:
        """What goes on, with what was just recorded of it; None where that says anew what does."""
        before = self._going_on
        of_the_day = [each for each in recorded if not isinstance(each, NOT_FOR_THE_DAY)]
        if before is None or not all(_of_what_goes_on(before, each) for each in of_the_day):
            return None
        return before.plus(*of_the_day) if of_the_day else before


def _of_what_goes_on(known: Facts, fact: Fact) -> bool:
    """Whether a fact surely belongs to what goes on, and changes nothing about what does."""
    if not known.of(CollectionsAtRest) and not isinstance(fact, CollectionsAtRest | CollectionBound | FrameworkKept):
        return True
    if isinstance(fact, MessageReserved):
        return bool(known.about(fact.collection, CollectionOpened))
    if isinstance(fact, MessageSettled):
        return fact.message in known.reserved() and fact.outcome is not Outcome.BOUNCED
    of_a_request = bool(known.about(getattr(fact, "request", ""), RequestMade))
    return of_a_request or bool(known.about(getattr(fact, "collection", ""), CollectionOpened))


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
        if name.startswith("drafts/"):
            return {"asked": "that a preview is asked for", "preview.json": "what came of a preview"}.get(
                name.rpartition("-")[2], "a draft"
            )
        return {"uploads": "an upload", "checked": "what was checked"}.get(
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

    engine.dialect, compiled = _put_into_words()
    return TroubledRegister(engine.execution_options(compiled_cache=compiled), trouble)


@cache
def _put_into_words() -> tuple[Dialect, dict[Any, Any]]:
    """How all registers of this process talk: each would put anew into SQL what it says, a twelfth of a quarter."""
    engine = create_engine("sqlite://")
    engine.connect().close()  # where it is asked what this SQLite can
    engine.dispose()
    return engine.dialect, {}
