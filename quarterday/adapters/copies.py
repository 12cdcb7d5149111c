"""A copy of each night's backup in another place, a folder or a bucket, so that losing this machine loses no backup.

The copies are a picture of the folder of backups: whatever is missing is copied by the next run, and none is kept for
longer than the backups are. A copy counts once it was read back and has the backup's SHA-256.
"""

import hashlib
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from quarterday.adapters.disk import move_durably, sync_folder
from quarterday.adapters.nightly import backups_in, held_back, is_nightly
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import AlreadyStored, Damaged, NotStored, Store, StoreUnavailableError

S3 = "s3://"


class CopyFailedError(Exception):
    """A backup has no copy in the other place; the message says why and what to do. The backup itself is made."""


class _Place(Protocol):
    """Where copies lie."""

    def names(self) -> list[str]:
        """The names of our backups there."""

    def take(self, backup: Path) -> None:
        """Lay a copy there, durable and read back once this returns."""

    def drop(self, name: str) -> None:
        """Delete a copy."""

    def sha256(self, name: str) -> str:
        """The SHA-256 of a copy."""


class _Folder:
    """A folder that somebody made: where it is missing, what is to be mounted there is not mounted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """See `_Place.names`."""
        return [each.name for each in backups_in(self._folder)]

    def take(self, backup: Path) -> None:
        """See `_Place.take`."""
        aside = self._folder / ".quarterday-copy.partial"
        aside.unlink(missing_ok=True)  # of whatever was cut short before
        with backup.open("rb") as source, os.fdopen(_for_us_alone(aside), "wb") as target:
            shutil.copyfileobj(source, target, 1024**2)
            target.flush()
            os.fsync(target.fileno())
        if _sha256(aside) != _sha256(backup):
            raise CopyFailedError(f"{backup.name} read back from {self._folder} is not what was written there.")
        move_durably(aside, self._folder / backup.name)

    def drop(self, name: str) -> None:
        """See `_Place.drop`."""
        (self._folder / name).unlink(missing_ok=True)
        sync_folder(self._folder)

    def sha256(self, name: str) -> str:
        """See `_Place.sha256`."""
        return _sha256(self._folder / name)


class _Bucket:
    """A folder of a bucket. A backup goes there in one piece: it must fit into memory, and S3 takes 5 GB at most."""

    def __init__(self, store: Store, prefix: str) -> None:
        self._store, self._prefix = store, prefix

    def names(self) -> list[str]:
        """See `_Place.names`."""
        found = [each.removeprefix(self._prefix) for each in self._store.names(self._prefix)]
        return [each for each in found if is_nightly(each)]

    def take(self, backup: Path) -> None:
        """See `_Place.take`."""
        data = backup.read_bytes()
        self._store.put(f"{self._prefix}{backup.name}", data)
        self._store.get(f"{self._prefix}{backup.name}", hashlib.sha256(data).hexdigest())

    def drop(self, name: str) -> None:
        """See `_Place.drop`."""
        self._store.delete(f"{self._prefix}{name}")

    def sha256(self, name: str) -> str:
        """See `_Place.sha256`."""
        return hashlib.sha256(self._store.get(f"{self._prefix}{name}")).hexdigest()


def copy_elsewhere(settings: Settings) -> list[str]:
    """Copy what has no copy yet, and delete copies that are past their time. Returns the names of what was copied.

    Raises `CopyFailedError`; the next run tries again.
    """
    copied: list[str] = []
    with _told(settings) as place:
        lying = place.names()
        kept = sorted({*lying, *_backups(settings)})[-settings.backups_kept :]
        kept += [each.name for each in held_back(settings)] if _backups(settings) else []
        for name, backup in reversed(_backups(settings).items()):  # the newest first: it matters most
            if name in kept and name not in lying:
                place.take(backup)
                copied.append(name)
        for name in sorted(set(lying) - set(kept)):
            place.drop(name)
    return copied


def without_copy(settings: Settings) -> list[str]:
    """The names of backups that have no copy yet, the oldest first. Raises `CopyFailedError`."""
    with _told(settings) as place:
        lying = place.names()
    newest = sorted({*lying, *_backups(settings)})[-settings.backups_kept :]
    return [name for name in _backups(settings) if name in newest and name not in lying]


def unlike(settings: Settings) -> list[str]:
    """The names of copies that are not what their backups are: every one is read. Raises `CopyFailedError`."""
    with _told(settings) as place:
        both = [name for name in place.names() if name in _backups(settings)]
        return [name for name in both if place.sha256(name) != _sha256(_backups(settings)[name])]


def _backups(settings: Settings) -> dict[str, Path]:
    folder = settings.backups
    return {each.name: each for each in backups_in(folder)} if folder and folder.is_dir() else {}


@contextmanager
def _told(settings: Settings) -> Generator[_Place]:
    """The other place, whose troubles are told in a sentence."""
    where = settings.backups_copy
    try:
        yield _place(settings)
    except (OSError, StoreUnavailableError, AlreadyStored, Damaged, NotStored, ValueError) as problem:
        said = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem).rstrip(".")
        raise CopyFailedError(
            f"Backups cannot be copied to {where} ({said}). The backups themselves are made in {settings.backups}; put "
            "the other place right, and the next run copies what is missing."
        ) from problem


def _place(settings: Settings) -> _Place:
    where = settings.backups_copy
    if not where.startswith(S3):
        folder = Path(where)
        if not folder.is_dir():
            raise FileNotFoundError(0, "there is no such folder: make it, or mount what belongs there", where)
        return _Folder(folder)
    from quarterday.adapters.store.s3 import open_s3  # noqa: PLC0415 - boto3 takes a while, and few need it

    bucket, _, prefix = where.removeprefix(S3).partition("/")
    return _Bucket(open_s3(settings, bucket), f"{prefix.strip('/')}/" if prefix.strip("/") else "")


def _for_us_alone(place: Path) -> int:
    return os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
