"""`quarterday backup FILE`: register and store in one archive, while quarterday runs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters import clock
from quarterday.adapters.archives import BackupError, archive_name
from quarterday.adapters.backups import back_up, changed
from quarterday.adapters.damage import missing_files
from quarterday.adapters.disk import say_size
from quarterday.adapters.sealing import recipients
from quarterday.adapters.settings import Settings, get_settings


def run(
    file: Annotated[Path, typer.Argument(help="a new file, such as quarterday-2025-07-22.tar.gz")],
    files_only: Annotated[bool, typer.Option(help="leave the register out: PostgreSQL has pg_dump")] = False,
) -> None:
    """Write everything that quarterday keeps to one file. It holds what partners sent: keep it as safe as that.

    Where QUARTERDAY_BACKUPS_FOR names keys it is encrypted, and its name ends in .age. Exit code 1 also where files
    that are on record were missing, or facts were changed behind the register: it is written all the same.
    """
    settings = get_settings()
    try:
        if not file.name or file.is_dir():
            raise BackupError(f"{file} is a folder. Name a new file in it, such as quarterday-2025-07-22.tar.gz.")
        file = file.with_name(archive_name(settings, file.name))
        backup = back_up(settings, file, clock.now(settings), files_only=files_only)
    except BackupError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Of {settings.home.resolve()}:")
    what = "the register and " if backup.has_register else ""
    count = len(backup.files) - backup.has_register
    typer.echo(f"{file} holds {what}{count} stored file(s): {say_size(file.stat().st_size)}.{_sealed(settings)}")
    if amiss := list(_amiss(settings)) if backup.has_register else []:
        typer.echo("\n".join(amiss), err=True)
        raise typer.Exit(1)


def _amiss(settings: Settings) -> Iterator[str]:
    """What this backup does not hold, or holds otherwise than it was once recorded: only earlier ones do."""
    missing = [
        f"{name} is on record and is not in the store, so not in this backup."
        for name in sorted(missing_files(settings))
    ]
    otherwise = [f"{each} This backup holds them as they stand now." for each in changed(settings)]
    yield from (*missing, *otherwise)
    if missing or otherwise:
        yield "Keep the backups that still hold them, and see `quarterday doctor`."


def _sealed(settings: Settings) -> str:
    count = len(recipients(settings.backups_for))
    return f" It is encrypted for {count} key(s), and cannot be opened here." if count else ""
