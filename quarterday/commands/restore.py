"""`quarterday restore FILE`: put a backup back into an installation without a register."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.archives import BackupError
from quarterday.adapters.backups import restore
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import AlreadyStored, StoreUnavailableError


def run(
    file: Annotated[Path, typer.Argument(help="what `quarterday backup` wrote")],
    key: Annotated[
        Path | None, typer.Option(help="a file with the identity of age that opens an encrypted backup")
    ] = None,
) -> None:
    """Put a backup back. Stop quarterday first, and move away what is there: nothing is written over."""
    settings = get_settings()
    try:
        backup, lacking = restore(settings, file, key)
    except (BackupError, AlreadyStored, StoreUnavailableError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    count = len(backup.files) - backup.has_register
    what = "The register and " if backup.has_register else ""
    typer.echo(f"{what}{count} stored file(s) are back as they were at {backup.taken_at}.")
    for name in lacking:
        typer.echo(f"{name} is on record but was not in the backup.", err=True)
    if lacking:
        raise typer.Exit(1)
