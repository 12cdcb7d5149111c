"""`quarterday look`: the last rehearsal, as officers and partners would see it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from flows import running
from quarterday.adapters.settings import Settings, get_settings


def run(home: Annotated[Path | None, typer.Option(help="the rehearsal's folder")] = None) -> None:
    """Show the Prefect UI and the partners' pages as the rehearsal left them, its clock standing still."""
    console = Console(highlight=False)
    home = home or get_settings().home
    if not (home / "clock").exists():
        raise typer.BadParameter(f"There is no rehearsal in {home}. Run `make quarter` first.")
    settings = Settings(home=home, clock_file=home / "clock")
    _pass_on(settings)
    console.print(f"Prefect   {settings.prefect_ui_url}/runs\nPartners  {settings.portal_url} (links in {home}/outbox)")
    console.print("Stop with Ctrl-C.")
    wanted = [running.prefect_part(settings), running.portal_part(settings)]
    running.run(settings, wanted, console.print, deployed=False)


def _pass_on(settings: Settings) -> None:
    """Let the portal's process stand at the rehearsal's hour."""
    import os  # noqa: PLC0415

    os.environ["QUARTERDAY_CLOCK_FILE"] = str((settings.home / "clock").resolve())
