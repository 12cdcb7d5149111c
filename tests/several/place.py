"""An installation of the worked example whose workers and portals are processes that a test starts and kills."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as hours
from pathlib import Path

from flows.installation.server import free_port, wait_until_up
from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import LONDON
from quarterday.domain.collection.timetable import Timetable

PROJECT = Path(__file__).parents[2]
Started = subprocess.Popen[bytes]


@dataclass
class Place:
    """A home, its settings, and the processes that run in it."""

    home: Path
    ports: tuple[int, ...]
    set_to: dict[str, str] = field(default_factory=dict)
    ending: ExitStack = field(default_factory=ExitStack)

    @property
    def environment(self) -> dict[str, str]:
        """What the processes see."""
        ours = {
            "QUARTERDAY_HOME": str(self.home),
            "QUARTERDAY_CONFIG": str(PROJECT / "config"),
            "QUARTERDAY_CLOCK_FILE": str(self.home / "clock"),
            "QUARTERDAY_PORTAL_URL": f"http://127.0.0.1:{self.ports[0]}",
            "QUARTERDAY_PREFECT_API_URL": "http://127.0.0.1:9/api",  # nobody listens: workers look by themselves
            **self.set_to,
        }
        return {name: value for name, value in os.environ.items() if not name.startswith("QUARTERDAY_")} | ours

    def office(self) -> Installation:
        """The installation, as this process sees it."""
        said = {
            name.removeprefix("QUARTERDAY_").lower(): value
            for name, value in self.environment.items()
            if name.startswith("QUARTERDAY_")
        }
        return open_installation(Settings(**said, _env_file=None))

    def set_clock(self, day: date, hour: int = 9) -> None:
        """Move every process's clock at once."""
        new = self.home / "clock.new"
        new.write_text(datetime.combine(day, hours(hour), LONDON).isoformat())
        new.rename(self.home / "clock")

    def worker(self, name: str) -> Started:
        """Start a worker."""
        return self._start(name, ["-m", "tests.several.worker", name])

    def portal(self, number: int = 0) -> Started:
        """Start a portal on one of the ports."""
        return self._start(f"portal-{number}", ["-m", "quarterday.web", "--port", str(self.ports[number])])

    def wait_for_portal(self, started: Started, number: int = 0) -> None:
        """Until a portal answers."""
        url = f"http://127.0.0.1:{self.ports[number]}/readyz"
        wait_until_up(url, started, self.home / f"portal-{number}.log")

    def wait_until_idle(self, *names: str) -> None:
        """Until each worker has found nothing left to do at the clock's time, twice over."""
        for _ in range(2):
            for name in names:
                (self.home / f"{name}.idle").unlink(missing_ok=True)
            now = (self.home / "clock").read_text()
            wait(lambda now=now: all(_said(self.home / f"{name}.idle") == now for name in names), "the workers to rest")

    def _start(self, name: str, command: list[str]) -> Started:
        with (self.home / f"{name}.log").open("ab") as sink:
            started = subprocess.Popen(
                [sys.executable, *command], cwd=PROJECT, env=self.environment, stdout=sink, stderr=subprocess.STDOUT
            )
        self.ending.callback(end, started)
        return started


def a_place(home: Path, portals: int = 1, **set_to: str) -> Place:
    """A place with so many portals' ports."""
    home.mkdir(parents=True, exist_ok=True)
    return Place(home, tuple(free_port() for _ in range(portals)), set_to)


def asked_of(office: Installation, plan: Timetable, partner: str) -> tuple[str, ...]:
    """What a partner's request asks, by code."""
    return next(each.asked for each in office.facts().requests_of(plan.collection) if each.partner == partner)


def end(started: Started) -> None:
    """Kill a process, as a machine that fails would."""
    started.kill()
    started.wait()


def wait(done: Callable[[], bool], what: str, seconds: float = 60, every: float = 0.02) -> None:
    """Wait until something is so. Raises `TimeoutError` saying what was waited for."""
    until = time.monotonic() + seconds
    while not done():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(every)


def _said(file: Path) -> str:
    return file.read_text() if file.exists() else ""
