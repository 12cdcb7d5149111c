"""Room on the disk: an installation that runs out of it can keep no return."""

import shutil

from quarterday.adapters.settings import Settings

GIGABYTE = 1024**3


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
