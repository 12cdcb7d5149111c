"""The disk: room on it, without which no return can be kept, and files that are on it for good once written."""

import os
import shutil
import tempfile
from pathlib import Path

from sqlalchemy import make_url

from quarterday.adapters.breakage import FULL, what_to_do
from quarterday.adapters.parsing.limits import UPLOADED_BYTES
from quarterday.adapters.settings import Settings

GIGABYTE = 1024**3
_TRIED = b"\0" * 64 * 1024  # a full disk still takes an empty file


class DiskNearlyFullError(Exception):
    """There is less room than the settings want; the sentence says what to do."""


def free_bytes(settings: Settings) -> int:
    """The bytes that are free where the home lies."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(settings.home).free


def watch_room(settings: Settings) -> None:
    """Raises `DiskNearlyFullError` where less is free than `least_disk_gb`."""
    free = free_bytes(settings)
    if free < settings.least_disk_gb * GIGABYTE:
        raise DiskNearlyFullError(
            f"Only {free / GIGABYTE:.1f} GB are free where {settings.home} lies, and {settings.least_disk_gb:g} are "
            "wanted. Make room, move backups away, or keep files in S3 (docs/how-to/keep-files-in-s3.md): "
            "when the disk is full, no return can be taken."
        )


def why_nothing_is_kept(settings: Settings) -> str:
    """Why no return could be kept here now, and what to do; empty where it could be, or is kept elsewhere."""
    embedded = make_url(settings.register_url).get_backend_name() == "sqlite"
    places = [settings.home] if embedded or settings.store != "s3" else []
    places += [] if settings.store == "s3" else [settings.home / "store" / "raw"]
    return next((why for each in places if each.is_dir() and (why := why_not_written(each))), "")


def why_not_written(folder: Path) -> str:
    """Why a folder would not take a return now, and what to do; empty where it would."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(_TRIED)
            file.flush()
        return FULL if shutil.disk_usage(folder).free < UPLOADED_BYTES else ""
    except OSError as problem:
        return what_to_do(problem) or f"{folder} may not be written ({problem.strerror})."


def write_durably(place: Path, data: bytes) -> None:
    """Write a new file for the installation alone; it is on the disk, if not yet in its folder, once this returns.

    Raises `FileExistsError` where it stands already.
    """
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def move_durably(written: Path, place: Path) -> None:
    """Put a file that was written aside in its place, in one step: the old or the new stands there."""
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.rename(place)
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk know what stands in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def say_size(size: int) -> str:
    """A file's size for people."""
    if size < 1024:
        return f"{size:,} bytes"
    return f"{size / 1024:,.0f} kB" if size < 1024**2 else f"{size / 1024**2:,.1f} MB"
