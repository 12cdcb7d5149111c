"""`quarterday up`: the whole installation for real use."""

import typer
from rich.console import Console

from flows.installation import running
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.settings import get_settings


def run() -> None:
    """Keep Prefect server, worker and portal running, with the schedules of prefect.yaml, until Ctrl-C."""
    console = Console(highlight=False)
    settings = get_settings()
    if (settings.home / "rehearsal").exists():
        raise typer.BadParameter(
            f"{settings.home} holds a rehearsal. Name a folder for real use in QUARTERDAY_HOME, or use `make up`."
        )
    if settings.deployment_suffix:
        raise typer.BadParameter(
            "QUARTERDAY_DEPLOYMENT_SUFFIX is for partnerships that share one Prefect, and `up` starts one of its own: "
            "unset it, or start worker and portal as docs/how-to/many-partnerships.md says."
        )
    framework = load_framework(settings.config)
    console.print(f"{framework.partnership.name}, kept in {settings.home}")
    ui = settings.prefect_ui_url.rstrip("/")
    console.print(f"Officers  {ui}/artifacts\nPartners  {settings.portal_url}\nStop with Ctrl-C.")
    running.run(settings, running.parts(settings), console.print, deployed=True)
