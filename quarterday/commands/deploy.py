"""`quarterday deploy`: make the work pool and what runs when in a Prefect server that something else keeps."""

import typer

from flows.installation.running import deploy
from flows.installation.watching import refuse_silent
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import get_settings


def run() -> None:
    """Tell the Prefect server of the settings what runs, and when. `up` does so by itself; harmless at any time."""
    settings = get_settings()
    existing_register(settings).close()  # the lists of Prefect's forms are made from it
    try:
        refuse_silent(settings)
        deploy(settings)
    except RuntimeError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem
    typer.echo(f"{settings.prefect_api} knows what runs, and when.")
