"""A store in a folder: written aside, made durable, then given its name, so that a name never leads to half a file."""

import os
import secrets
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from quarterday.adapters.disk import sync_folder, write_durably
from quarterday.adapters.store.contract import (
    AlreadyStored,
    NotStored,
    StoredFile,
    check_sha256,
    checked_name,
    sha256_of,
)

_PARTIAL = ".partial"


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
        return check_sha256(name, data, sha256)

    def exists(self, name: str) -> bool:
        """See `Store.exists`."""
        return self._place(name).is_file()

    def names(self, prefix: str = "") -> list[str]:
        """See `Store.names`."""
        folder = self._root / prefix.rpartition("/")[0]
        if ".." in prefix.split("/") or prefix.startswith("/"):
            return []
        found = (
            str((Path(where) / each).relative_to(self._root))
            for where, _, files in os.walk(folder)
            for each in files
            if not each.startswith(".")
        )
        return sorted(name for name in found if name.startswith(prefix))

    def delete(self, name: str) -> None:
        """See `Store.delete`."""
        place = self._place(name)
        with suppress(FileNotFoundError, NotADirectoryError):
            place.unlink()
            sync_folder(place.parent)

    def names_older(self, prefix: str, than: timedelta) -> list[str]:
        """See `Store.names_older`."""
        before, found = time.time() - than.total_seconds(), []
        for name in self.names(prefix):
            with suppress(FileNotFoundError):
                if self._place(name).stat().st_mtime < before:
                    found.append(name)
        return found

    def sweep(self, older_than: timedelta) -> int:
        """See `Store.sweep`. Goes by the file system's own clock, as the files do."""
        before, swept = time.time() - older_than.total_seconds(), 0
        for partial in self._root.rglob(f".*{_PARTIAL}"):
            with suppress(FileNotFoundError):
                if partial.stat().st_mtime < before:
                    partial.unlink()
                    swept += 1
        return swept

    def folder(self, name: str) -> Path:
        """Where the files lie whose names begin with this one. Raises `BadNameError`."""
        return self._place(name)

    def _place(self, name: str) -> Path:
        return self._root / checked_name(name)


def _make_folders(folder: Path) -> None:
    """Make a folder and those above it, each durable in the one above."""
    if folder.is_dir():
        return
    _make_folders(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    sync_folder(folder.parent)
