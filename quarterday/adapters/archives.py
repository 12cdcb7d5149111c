"""An archive: register and files in one compressed file, with a list of contents; encrypted where keys are named."""

import gzip
import io
import json
import tarfile
import zlib
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from quarterday.adapters.sealing import SUFFIX, SealError, is_sealed, recipients, sealing, unsealed
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import StoredFile
from quarterday.adapters.store.contract import sha256_of

CONTENTS, REGISTER = "contents.json", "register.db"


class BackupError(Exception):
    """A backup that cannot be made or put back; the message says why and what to do. Nothing was replaced."""


class SealedError(BackupError):
    """An encrypted backup that cannot be looked into without its key."""


@dataclass(frozen=True)
class Head:
    """The last head that a register held: out of reach here of whoever rewrites the register there."""

    number: int
    head: str


@dataclass(frozen=True)
class Backup:
    """What an archive holds."""

    taken_at: str
    files: tuple[StoredFile, ...]
    heads: dict[str, Head] = field(default_factory=dict)  # the last of each partnership, by its code

    @property
    def has_register(self) -> bool:
        """Whether the register is in it, and not only the store's files."""
        return any(each.name == REGISTER for each in self.files)


def archive_name(settings: Settings, name: str) -> str:
    """The name for a backup: what is encrypted says so at its end."""
    return f"{name}{SUFFIX}" if settings.backups_for and not name.endswith(SUFFIX) else name


def refuse_name(settings: Settings, archive: Path) -> None:
    """A name never says that a file is encrypted which is not, nor the other way round."""
    if archive.name != archive_name(settings, archive.name):
        raise BackupError(f"Backups are encrypted here (QUARTERDAY_BACKUPS_FOR): let its name end in {SUFFIX}.")
    if archive.name.endswith(SUFFIX) and not settings.backups_for:
        raise BackupError(f"{archive.name} would not be encrypted: set QUARTERDAY_BACKUPS_FOR, or leave {SUFFIX} away.")


def new_archive(settings: Settings, place: Path) -> AbstractContextManager[IO[bytes]]:
    """A new file for an archive, of which nothing is written that is not encrypted, where the settings name keys."""
    return sealing(place, recipients(settings.backups_for)) if settings.backups_for else place.open("xb")


def add(tar: tarfile.TarFile, name: str, data: bytes, at: datetime) -> StoredFile:
    """Add bytes under a name, and say what to hold them to when they are read back."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode, entry.mtime = len(data), 0o600, int(at.timestamp())
    tar.addfile(entry, io.BytesIO(data))
    return StoredFile(name, sha256_of(data), len(data))


def read_contents(archive: Path) -> Backup:
    """What an archive says that it holds. Raises `BackupError`, and of it `SealedError` where it is encrypted."""
    with opened(archive) as tar:
        return contents_of(tar, archive)


@contextmanager
def opened(archive: Path, key: Path | None = None, beside: Path | None = None) -> Generator[tarfile.TarFile]:
    """An archive to read from; one that is encrypted is first opened into a nameless file in the folder `beside`.

    Raises `BackupError`, and of it `SealedError` where it is encrypted and there is no key.
    """
    try:
        with _clear(archive, key, beside) as clear, tarfile.open(fileobj=clear, mode="r:gz") as tar:
            yield tar
    except FileNotFoundError:
        raise BackupError(f"There is no file {archive}.") from None
    except SealError as problem:
        raise BackupError(str(problem)) from problem
    except (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error, IsADirectoryError) as problem:
        raise BackupError(f"{archive} cannot be read as a backup: {problem}. Take an earlier one.") from problem


def _clear(archive: Path, key: Path | None, beside: Path | None) -> IO[bytes]:
    """The bytes of an archive, which are only opened with a key where they are encrypted."""
    if archive.is_file() and not archive.stat().st_size:
        raise BackupError(f"{archive} is empty: it was cut short. Take an earlier one.")
    if not is_sealed(archive):
        if key:
            raise BackupError(f"{archive} is not encrypted. If that is as you expect, restore it without --key.")
        return archive.open("rb")
    if key is None:
        raise SealedError(
            f"{archive} is encrypted. Open it with its key: `quarterday restore {archive} --key IDENTITY_FILE`."
        )
    return unsealed(archive, key, beside or archive.resolve().parent)


def contents_of(tar: tarfile.TarFile, archive: Path) -> Backup:
    """The list of contents, which comes last. Raises `BackupError` where there is none: the archive was cut short."""
    file = tar.extractfile(CONTENTS) if CONTENTS in tar.getnames() else None
    if file is None:
        raise BackupError(f"{archive} is no whole backup: its list of contents is missing. Take an earlier one.")
    read = json.loads(file.read())
    heads = {code: Head(**each) for code, each in read.get("heads", {}).items()}
    return Backup(read["taken_at"], tuple(StoredFile(**each) for each in read["files"]), heads)


def checked(tar: tarfile.TarFile, expected: StoredFile) -> bytes:
    """A file's bytes, as they were backed up. Raises `BackupError` where they are others."""
    try:
        file = tar.extractfile(expected.name)
    except KeyError:
        file = None
    data = file.read() if file else b""
    if file is None or sha256_of(data) != expected.sha256:
        raise BackupError(f"{expected.name} in the backup is not what was backed up. Take an earlier one.")
    return data
