"""A store in a folder: written aside, made durable, then given its name, so that a name never leads to half a file."""

import errno
import math
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from quarterday.adapters.disk import sync_folder, write_durably
from quarterday.adapters.store.contract import (
    AlreadyStored,
    Damaged,
    NotStored,
    StoredFile,
    check_sha256,
    checked_name,
    sha256_of,
)

_PARTIAL = ".partial"
_OF_THIS_FILE = (errno.EACCES, errno.EPERM, errno.EIO, errno.ELOOP)  # what ails one file, and not the whole machine


class FilesStore:
    """Files under one folder, readable by this user alone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, name: str, data: bytes) -> StoredFile:
        """See `Store.put`."""
        place = self._place(name)
        _make_folders(place.parent)
        aside = place.with_name(f".{secrets.token_hex(8)}{_PARTIAL}")  # no stored name begins with a dot
        try:
            write_durably(aside, data)
            with suppress(FileExistsError):
                os.link(aside, place)  # unlike a rename, a link never replaces what is there
        finally:
            aside.unlink(missing_ok=True)
        if place.read_bytes() != data:
            raise AlreadyStored(f"{name} already holds other bytes, and nothing is ever written over")
        os.utime(place)  # put again, it is about to be named: nobody sweeps it as forgotten meanwhile
        sync_folder(place.parent)
        return StoredFile(name, sha256_of(data), len(data))

    def get(self, name: str, sha256: str | None = None) -> bytes:
        """See `Store.get`."""
        try:
            data = self._place(name).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            raise NotStored(f"nothing is stored as {name}") from None
        except OSError as problem:
            if problem.errno not in _OF_THIS_FILE:
                raise
            why = f"{name} cannot be read ({problem.strerror}): let this user read it, or put it back from a backup"
            raise Damaged(why) from problem
        return check_sha256(name, data, sha256)

    def exists(self, name: str) -> bool:
        """See `Store.exists`."""
        return self._place(name).is_file()

    def names(self, prefix: str = "") -> list[str]:
        """See `Store.names`."""
        return sorted(name for name, _ in self._stored(prefix))

    def delete(self, name: str) -> None:
        """See `Store.delete`."""
        place = self._place(name)
        with suppress(FileNotFoundError, NotADirectoryError):
            place.unlink()
            sync_folder(place.parent)

    def names_older(self, prefix: str, than: timedelta) -> list[str]:
        """See `Store.names_older`."""
        before = time.time() - than.total_seconds()
        return sorted(name for name, entry in self._stored(prefix) if _written(entry) < before)

    def sweep(self, older_than: timedelta) -> int:
        """See `Store.sweep`. Goes by the file system's own clock, as the files do."""
        before, swept = time.time() - older_than.total_seconds(), 0
        for _, entry in _entries(self._root):
            if entry.name.startswith(".") and entry.name.endswith(_PARTIAL) and _written(entry) < before:
                with suppress(FileNotFoundError):
                    Path(entry).unlink()
                    swept += 1
        return swept

    def folder(self, name: str) -> Path:
        """Where the files lie whose names begin with this one. Raises `BadNameError`."""
        return self._place(name)

    def _stored(self, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """The stored files whose names begin with this; none of those that are only being written."""
        folder = prefix.rpartition("/")[0]
        if ".." in prefix.split("/") or prefix.startswith("/"):
            return
        for name, entry in _entries(self._root / folder, f"{folder}/" if folder else ""):
            if name.startswith(prefix) and not entry.name.startswith("."):
                yield name, entry

    def _place(self, name: str) -> Path:
        return self._root / checked_name(name)


def _entries(folder: str | Path, name: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files below a folder, each with its name from there; what is deleted meanwhile is left out."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return
    for each in found:
        if each.is_dir(follow_symlinks=False):
            yield from _entries(each.path, f"{name}{each.name}/")
        else:
            yield f"{name}{each.name}", each


def _written(entry: os.DirEntry[str]) -> float:
    """When a file was last put, by the file system's clock; never, where it is gone by now."""
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _make_folders(folder: Path) -> None:
    """Make a folder and those above it, each durable in the one above."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)
