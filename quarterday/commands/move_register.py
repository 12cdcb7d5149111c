"""`quarterday move-register FILE`: from the embedded register into the database of the settings."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.register import RegisterNotReadyError, open_register
from quarterday.adapters.register.moving import NotMovedError, move_register
from quarterday.adapters.settings import get_settings


def run(file: Annotated[Path, typer.Argument(help="the embedded register, such as var/register.db")]) -> None:
    """Copy an embedded register's facts into the database of QUARTERDAY_DATABASE_URL. Stop quarterday first."""
    settings = get_settings()
    if not settings.database_url:
        typer.echo("Name the database to move into in QUARTERDAY_DATABASE_URL, and run `quarterday migrate`.", err=True)
        raise typer.Exit(1)
    try:
        with open_register(settings) as into:
            moved = move_register(file, into)
    except (NotMovedError, RegisterNotReadyError) as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{moved} facts are in the new register, each compared. Keep {file} until you have seen it work.")
