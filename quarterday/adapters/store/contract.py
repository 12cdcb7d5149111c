"""What a store promises, whatever it keeps its files in."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from quarterday.adapters.store.read_once import ReadOnce

_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+=-]*")
_LONGEST_PART, _LONGEST_NAME = 200, 900  # bytes: file systems take 255 a part, S3 takes 1,024 a name


class AlreadyStored(Exception):  # noqa: N818 - it is an answer more than an error
    """Other bytes lie under that name already. They stay: nothing is ever written over."""


class NotStored(Exception):  # noqa: N818
    """Nothing lies under that name."""


class Damaged(Exception):  # noqa: N818
    """What lies under a name is not what was put there, or cannot be read."""


class StoreUnavailableError(Exception):
    """The store did not answer as it should, after every retry that could help. Nothing is known to be lost."""


class BadNameError(ValueError):
    """A name that no file may have in a store."""


@dataclass(frozen=True)
class StoredFile:
    """A file that is safe: its name, the SHA-256 of its bytes in hexadecimal, and how many they are."""

    name: str
    sha256: str
    size: int


class Store(Protocol):
    """Files by name, each written once. Names are parts of letters, digits and `_.@+=-`, joined by `/`."""

    def put(self, name: str, data: bytes) -> StoredFile:
        """Keep bytes under a name; durable once this returns, and harmless to repeat.

        Raises `AlreadyStored` where other bytes lie there, `BadNameError`, and `StoreUnavailableError`.
        """

    def get(self, name: str, sha256: str | None = None) -> bytes:
        """The bytes under a name. Raises `NotStored`, `Damaged` where they do not match, `StoreUnavailableError`."""

    def exists(self, name: str) -> bool:
        """Whether anything lies under a name."""

    def names(self, prefix: str = "") -> list[str]:
        """Every name that begins with a prefix, in order."""

    def delete(self, name: str) -> None:
        """Remove a file for good: for the retention rule. Harmless where there is none."""

    def names_older(self, prefix: str, than: timedelta) -> list[str]:
        """The names with a prefix whose files were last written longer ago than this, by the store's own clock.

        Putting again what lies there counts as writing it.
        """

    def sweep(self, older_than: timedelta) -> int:
        """Remove what interrupted writes left longer ago than this, and say how many; a bucket keeps no such thing."""


@dataclass(frozen=True)
class Stores:
    """Raw returns and what is read out of them, kept apart from what is published."""

    raw: Store
    published: Store
    known: ReadOnce = field(default_factory=ReadOnce, compare=False, repr=False)  # what their files hold


def checked_name(name: str) -> str:
    """The name, where a file may have it. Raises `BadNameError`: a name never leads out of its store."""
    parts = name.split("/")
    if len(name) > _LONGEST_NAME or not all(_PART.fullmatch(part) and len(part) <= _LONGEST_PART for part in parts):
        raise BadNameError(
            f"{name[:80]!r} cannot name a stored file: use parts of letters, digits and _.@+=- joined by /"
        )
    return name


def sha256_of(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def check_sha256(name: str, data: bytes, sha256: str | None) -> bytes:
    """The bytes, where they have the SHA-256 that is expected of them. Raises `Damaged`."""
    if sha256 is not None and sha256_of(data) != sha256:
        raise Damaged(f"{name} is not what was stored: its SHA-256 differs. Restore it from a backup.")
    return data
