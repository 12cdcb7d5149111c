"""`quarterday look`: the last rehearsal, as officers and partners would see it."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows.installation import running
from flows.installation.leftovers import AlreadyRunningError
from quarterday.adapters.settings import Settings
from rehearsal.stage import HOME, NotAStageError, stage_in


def run(home: Annotated[Path, typer.Option(help="the rehearsal's folder")] = HOME) -> None:
    """Show the Prefect UI and the partners' pages as the rehearsal left them, its clock standing still."""
    console = Console(highlight=False)
    try:
        stage = stage_in(home.resolve())
    except NotAStageError as problem:
        raise typer.BadParameter(str(problem)) from problem
    os.environ["QUARTERDAY_CLOCK_FILE"] = str(stage.clock_file)  # for the portal's process
    settings = Settings(home=stage.home, portal_url=stage.portal_url, prefect_ui_url=stage.prefect_url)
    console.print(f"Officers         {stage.prefect_url}/artifacts and /runs")
    console.print(f"Partners' pages  {stage.portal_url}, by the links in the emails of {stage.home / 'outbox'}")
    console.print("Stop with Ctrl-C.")
    wanted = [running.prefect_part(settings), running.portal_part(settings)]
    try:
        running.run(settings, wanted, console.print, deployed=False)
    except AlreadyRunningError as problem:
        raise typer.BadParameter(str(problem)) from problem
