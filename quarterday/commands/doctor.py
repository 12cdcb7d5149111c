"""`quarterday doctor`: what is wrong with an installation, and what to do."""

from typing import Annotated

import typer

from quarterday.adapters.doctor import examine
from quarterday.adapters.settings import get_settings


def run(
    deep: Annotated[bool, typer.Option("--deep", help="Read every file too: as long as there are files.")] = False,
) -> None:
    """Look at every part of the installation, change nothing, and tell what is wrong and what to do, a line each."""
    settings = get_settings()
    wrong = 0
    typer.echo(f"Of {settings.home.resolve()}, with the configuration in {settings.config.resolve()}:")
    for part, complaints in examine(settings, deep=deep):
        serious = any(each.serious for each in complaints)
        wrong += sum(each.serious and each.counts for each in complaints)
        typer.echo(f"{'wrong' if serious else 'well ':<6}{part}")
        for each in complaints:
            typer.echo(f"      {'-' if each.serious else 'to know:'} {each}")
    if wrong:
        typer.echo(f"\n{wrong} thing(s) to put right.")
        raise typer.Exit(1)
    typer.echo("\nNothing is wrong.")
