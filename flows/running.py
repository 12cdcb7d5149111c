"""Keeps an installation running: Prefect server, worker and portal, each started again when it ends by itself."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows import server
from quarterday.adapters.settings import Settings

POOL = "quarterday"
PROJECT = Path(__file__).parents[1]
Started = subprocess.Popen[bytes]


@dataclass
class Part:
    """One process of the installation."""

    name: str
    start: Callable[[], Started]
    running: Started | None = None

    def keep(self, say: Callable[[str], None]) -> None:
        """Start it where it is not running."""
        if self.running is None or self.running.poll() is not None:
            if self.running is not None:
                say(f"{self.name} ended with {self.running.returncode}: starting it again.")
            self.running = self.start()


def environment(settings: Settings) -> dict[str, str]:
    """What every process of the installation sees: the hardened Prefect and where quarterday keeps its things."""
    return {
        **server.environment(settings.home, port_of(settings.prefect_ui_url)),
        "QUARTERDAY_HOME": str(settings.home.resolve()),
        "QUARTERDAY_CONFIG": str(settings.config.resolve()),
        "QUARTERDAY_PORTAL_URL": settings.portal_url,
        "QUARTERDAY_PREFECT_UI_URL": settings.prefect_ui_url,
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }


def port_of(url: str) -> int:
    """The port in one of our own addresses; 80 where it names none."""
    _, _, port = url.rpartition(":")
    return int(port.rstrip("/")) if port.rstrip("/").isdigit() else 80


def parts(settings: Settings) -> list[Part]:
    """The installation's processes, in the order in which they start."""
    return [prefect_part(settings), worker_part(settings), portal_part(settings)]


def prefect_part(settings: Settings) -> Part:
    """The Prefect server."""
    return Part("Prefect server", lambda: server.start(settings.home, port_of(settings.prefect_ui_url)))


def worker_part(settings: Settings) -> Part:
    """A worker of the pool: it starts a process for each run."""
    command = [
        "-m",
        "prefect",
        "worker",
        "start",
        "--pool",
        POOL,
        "--type",
        "process",
        "--name",
        f"worker-{os.getpid()}",
    ]
    return Part("Worker", lambda: _spawn(settings, "worker", command))


def portal_part(settings: Settings) -> Part:
    """The partners' pages."""
    command = ["-m", "quarterday.portal", "--port", str(port_of(settings.portal_url))]
    return Part("Portal", lambda: _spawn(settings, "portal", command))


def _spawn(settings: Settings, name: str, command: list[str]) -> Started:
    return server.spawn(command, environment(settings), settings.home / f"{name}.log", PROJECT)


def deploy(settings: Settings) -> None:
    """Make the work pool and every deployment of `prefect.yaml`. Raises `RuntimeError` with what Prefect said."""
    for command in (
        ["work-pool", "create", POOL, "--type", "process", "--overwrite"],
        ["--no-prompt", "deploy", "--all"],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *command],
            env=environment(settings),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"prefect {' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


def run(settings: Settings, wanted: list[Part], say: Callable[[str], None], *, deployed: bool) -> None:
    """Start everything, deploy where asked, and keep it running until interrupted; then end all of it."""
    server.end_on_terminate()
    settings.home.mkdir(parents=True, exist_ok=True)
    server.end_leftovers(settings.home)
    server.prepare_database(settings.home, settings.home / "prefect-template" / "template.db")
    try:
        first, *others = wanted
        first.keep(say)
        assert first.running
        server.wait_until_up(
            f"{settings.prefect_ui_url.rstrip('/')}/api/health", first.running, settings.home / "prefect" / "server.log"
        )
        if deployed:
            deploy(settings)
        while True:
            for part in (first, *others):
                part.keep(say)
            time.sleep(2)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        for part in reversed(wanted):
            if part.running:
                server.stop(part.running)
