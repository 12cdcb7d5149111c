"""A backup a night, in a folder of its own, and none kept for longer than is said, but where it alone holds a file."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url

from quarterday.adapters.archives import BackupError, archive_name, read_contents
from quarterday.adapters.backups import back_up
from quarterday.adapters.damage import missing_files
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
    _drop_old(settings, settings.backups)
    return archive


def past_keeping(settings: Settings) -> list[Path]:
    """The backups that are kept for longer than is said, oldest first."""
    return backups_in(settings.backups)[: -settings.backups_kept] if settings.backups else []


def held_back(settings: Settings) -> list[Path]:
    """The backups that are kept for longer than is said, while files are missing that only they hold."""
    past = past_keeping(settings)
    return past if past and missing_files(settings) else []


def _drop_old(settings: Settings, folder: Path) -> None:
    """Delete backups past their time, but the last of those that hold what is missing here."""
    every = backups_in(folder)
    past = every[: -settings.backups_kept]
    lost = missing_files(settings) if past else set()
    for number, old in enumerate(past):
        if not (lost and _last_to_hold(old, every[number + 1], lost)):
            old.unlink()


def _last_to_hold(old: Path, later: Path, lost: set[str]) -> bool:
    """Whether a backup holds what is missing and the one after it does not; so too where nobody here can tell."""
    try:
        held = lost & {each.name for each in read_contents(old).files}
        return bool(held) and not held <= {each.name for each in read_contents(later).files}
    except BackupError:
        return True


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
