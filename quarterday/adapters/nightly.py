"""A backup a night, in a folder of its own, and none kept for longer than is said."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from quarterday.adapters.archives import archive_name
from quarterday.adapters.backups import back_up
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import london_day

STALE = timedelta(days=2)  # a backup older than this is no backup of today's returns
_NAME = re.compile(r"quarterday-(\d{4}-\d{2}-\d{2})\.tar\.gz(\.age)?")


def back_up_tonight(settings: Settings, at: datetime) -> Path | None:
    """Make the day's backup, once; None where it is there, or where no folder is set. Raises `BackupError`.

    With the register in PostgreSQL it holds the files alone: pg_dump is for the register.
    """
    if settings.backups is None:
        return None
    settings.backups.mkdir(parents=True, exist_ok=True)
    plain = f"quarterday-{london_day(at)}.tar.gz"
    archive = settings.backups / archive_name(settings, plain)
    if archive.exists() or (settings.backups / plain).exists():  # it was not encrypted yet in the night
        return None
    embedded = make_url(settings.register_url).get_backend_name() == "sqlite"
    back_up(settings, archive, at, files_only=not embedded)
    for old in backups_in(settings.backups)[: -settings.backups_kept]:
        old.unlink()
    return archive


def last_backup(settings: Settings) -> Path | None:
    """The newest backup in the folder; None where there is none."""
    found = backups_in(settings.backups) if settings.backups and settings.backups.is_dir() else []
    return found[-1] if found else None


def newest_backup(settings: Settings) -> datetime | None:
    """When the newest backup in the folder was written; None where there is none."""
    found = last_backup(settings)
    return datetime.fromtimestamp(found.stat().st_mtime, UTC) if found else None


def backups_in(folder: Path) -> list[Path]:
    """Our backups in a folder, oldest first, encrypted or not; whatever else lies there is not touched."""
    return sorted(each for each in folder.iterdir() if is_nightly(each.name))


def is_nightly(name: str) -> bool:
    """Whether a file has the name of one of our nights' backups."""
    return bool(_NAME.fullmatch(name))
