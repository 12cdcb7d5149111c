"""`quarterday up`: the whole installation for real use."""

from functools import partial

import typer
from rich.console import Console

from flows.installation import running
from flows.installation.leftovers import AlreadyRunningError
from flows.installation.part import GivenUpError
from flows.installation.ports import PortTakenError
from quarterday.adapters.config_files import load_or_last
from quarterday.adapters.register import open_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.register.register import refuse_anothers, refuse_lost
from quarterday.adapters.settings import Settings, get_settings
from quarterday.adapters.settings_page import unknown
from rehearsal.stage import MARK


def run() -> None:
    """Keep Prefect server, worker and portal running, with the schedules of prefect.yaml, until Ctrl-C."""
    console = Console(highlight=False)
    settings = get_settings()
    if (settings.home / MARK).is_file():
        raise typer.BadParameter(f"{settings.home} holds a rehearsal. Name a folder for real use in QUARTERDAY_HOME.")
    _refuse_forgotten(settings)
    if settings.deployment_suffix:
        raise typer.BadParameter(
            "QUARTERDAY_DEPLOYMENT_SUFFIX is for partnerships that share one Prefect, and `up` starts one of its own: "
            "unset it, or start worker and portal as docs/how-to/many-partnerships.md says."
        )
    loaded = load_or_last(settings.config, settings.home, partial(_refuse_anothers, settings))
    refuse_lost(settings)
    with open_register(settings) as register:  # begun where there is none; PostgreSQL must have been migrated
        register.be_writable()
    for sentence in unknown():
        console.print(sentence)
    if loaded.instead_of:
        console.print(f"{loaded.instead_of}\nGoing on with the last configuration that loaded.")
    console.print(f"{loaded.framework.partnership.name}, kept in {settings.home.resolve()}")
    ui = settings.prefect_ui_url.rstrip("/")
    pages = settings.portal_url.rstrip("/")
    console.print(f"Officers  {pages}/officers\nRuns      {ui}/artifacts\nPartners  {pages}\nStop with Ctrl-C.")
    try:
        running.run(settings, running.parts(settings), console.print, deployed=True)
    except (AlreadyRunningError, PortTakenError) as problem:
        raise typer.BadParameter(str(problem)) from problem
    except GivenUpError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from problem


def _refuse_anothers(settings: Settings, partnership: str) -> str:
    """Before anything of another partnership's is kept in a home: whoever starts it reads which folder is wrong."""
    if is_there(settings.register_url):
        with open_register(settings) as register:
            refuse_anothers(settings, register, partnership)
    return ""


def _refuse_forgotten(settings: Settings) -> None:
    """Once `make up` kept everything in `live` within the home: whoever has that is not given an empty register."""
    before = settings.home / "live"
    if (before / "register.db").exists() and not is_there(settings.register_url):
        raise typer.BadParameter(
            f"Your register is in {before}, where an earlier version kept it. Put QUARTERDAY_HOME={before} into .env "
            f"to go on with it there, or move what {before} holds to {settings.home}."
        )
