"""`quarterday init`: a small new partnership that passes `quarterday check`."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters import clock
from quarterday.adapters.config_files.configuration import EMAILS
from quarterday.adapters.config_files.starting import CannotStartError, start_partnership
from quarterday.adapters.settings import get_settings
from quarterday.adapters.shipped import shipped


def run(
    folder: Annotated[Path, typer.Argument(help="a folder that does not exist yet")],
    name: Annotated[str, typer.Option(help="the partnership's name")] = "Safer Somewhere Partnership",
) -> None:
    """Make a new partnership's configuration: two partners, one board, three indicators, to be replaced by your own."""
    try:
        env = start_partnership(folder, name, clock.today(get_settings()), shipped("config") / EMAILS)
    except CannotStartError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except OSError as error:
        typer.echo(f"{folder} cannot be written ({error.strerror}). Name another folder.", err=True)
        raise typer.Exit(1) from error
    typer.echo(
        f"{folder} holds a new partnership. Next:\n"
        f"  1. put your people, boards and wards into {folder}/partnership.yaml, your partners into partners.yaml;\n"
        f"  2. write what you measure into {folder}/framework/;\n"
        f"  3. run “quarterday check {folder}” until it has nothing to say;\n"
        f"  4. {_where(env, folder)} and look at “quarterday plan”, then run “quarterday up”."
    )


def _where(env: Path | None, folder: Path) -> str:
    """How the new configuration becomes the one that every command uses."""
    return f"look over the settings in {env}" if env else f"put QUARTERDAY_CONFIG={folder} into your .env"
