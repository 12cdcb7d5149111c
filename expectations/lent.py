"""A warm process lent to others of the same installation: a run that has one return to check need not warm its own.

Loading the checks takes some seconds of processor time. The portal keeps them warm as long as it runs, and tells in a
note, readable by its own user alone, where; whoever finds nobody there warms a process of their own.
"""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

from quarterday.adapters.disk import move_durably, write_durably

OURS = version("quarterday")


def note_in(home: Path) -> Path:
    """Where an installation's portal tells of its warm process."""
    return home / "checks.json"


@dataclass(frozen=True)
class Lent:
    """Where a warm process listens, what opens it (hex), and of which version of ours it is."""

    address: str
    key: str
    of: str = OURS


def lend(note: Path, lent: Lent) -> None:
    """Tell the others where it listens."""
    written = note.with_suffix(".new")
    written.unlink(missing_ok=True)
    note.parent.mkdir(parents=True, exist_ok=True)
    write_durably(written, json.dumps(asdict(lent)).encode())
    move_durably(written, note)


def take_back(note: Path, lent: Lent) -> None:
    """Take the note away, where it still tells of this process and of no later one."""
    if _read(note) == lent:
        note.unlink(missing_ok=True)


def borrowed(note: Path) -> "Connection[Any, Any] | None":
    """A connection to the process that the note tells of; None where nobody answers there, or one of other code."""
    lent = _read(note)
    if lent is None or lent.of != OURS:
        return None  # what crosses is ours by class and field: another version may read it otherwise
    with suppress(OSError, EOFError, AuthenticationError):
        return Client(lent.address, "AF_UNIX", authkey=bytes.fromhex(lent.key))
    return None


def _read(note: Path) -> Lent | None:
    try:
        return Lent(**json.loads(note.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
