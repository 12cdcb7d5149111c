"""A day at national size through a real Prefect server: `python -m benchmarks.national_runs [--small]`.

The partnerships of `benchmarks.national_day`, the first so many of which act by real flow runs, heartbeats off as in a
rehearsal: a quarter's opening, reminders, an ordinary chase day, and that day once more. Printed: seconds, task runs,
growth of Prefect's database and of the register, memory, and how long after the last run the server had recorded every
task. The named baseline of the same run is the same quarter at as many other partnerships by the plain functions,
without Prefect. Last, one run as a worker makes it: a process of its own.

What 300 partnerships take is the figure for one times 300: runs of different partnerships share nothing but the server.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from prefect.client.orchestration import get_client
from prefect.settings import PREFECT_API_URL, temporary_settings

from benchmarks.national_day import MEETINGS, PARTNERS, ROOT, Country, a_country, a_quarter
from flows.chase_returns import chase_returns
from flows.installation import server
from flows.open_collection import open_collection
from flows.performing import process as flows_office
from quarterday.adapters.installation import Installation
from tests.sendgrid_stand_in import sendgrid

NATION = 300


@dataclass
class Prefect:
    """A running server, and what it was asked to record."""

    home: Path
    api: str
    process: "subprocess.Popen[bytes]"
    actions: int = 0
    runs: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def act(self, installation: Installation) -> int:
        """The day's runs of one partnership; gives how many actions they performed."""
        flows_office.open_installation = lambda: installation
        flows_office.this_installation.cache_clear()
        done = open_collection() + chase_returns()
        self.actions, self.runs = self.actions + done, self.runs + 2
        return done

    def recorded(self) -> int:
        """How many task runs the server shows."""
        with get_client(sync_client=True) as client:
            answer = client.request("POST", "/task_runs/count", json={})
            return int(answer.json())

    def wait_until_recorded(self) -> float:
        """Seconds until every task performed is on record; less if the server loses some: it then says so."""
        began = last = time.perf_counter()
        seen = self.recorded()
        while seen < self.actions and time.perf_counter() - last < 20:
            time.sleep(0.2)
            if (now := self.recorded()) != seen:
                seen, last = now, time.perf_counter()
        if seen < self.actions:
            print(f"  the server shows {seen:,} of {self.actions:,} tasks")
        return time.perf_counter() - began

    def size(self) -> float:
        """Megabytes of its database."""
        return sum(file.stat().st_size for file in (self.home / "prefect").glob("prefect.db*")) / 1e6

    def memory(self) -> float:
        """The most memory that the server has held, in megabytes."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return float(status.partition("VmHWM:")[2].split()[0]) / 1024


@contextmanager
def prefect(home: Path) -> Iterator[Prefect]:
    """A server with an empty database, and this process its client."""
    server.prepare_database(home)
    port = server.free_port()
    started = server.start(home, port)
    api = f"http://127.0.0.1:{port}/api"
    try:
        server.wait_until_up(f"{api}/health", started, home / "prefect" / "server.log")
        with temporary_settings({PREFECT_API_URL: api}), flows_office.for_many_runs():
            yield Prefect(home, api, started)
    finally:
        server.stop(started)


def a_process(home: Path, api: str) -> float:
    """Seconds of one run in a process of its own, as a worker starts it, at the worked example when nothing is due."""
    (home / "clock").write_text("2025-06-02T09:00:00+01:00")
    ours = {
        "QUARTERDAY_HOME": str(home / "one"),
        "QUARTERDAY_CONFIG": str(ROOT / "config"),
        "QUARTERDAY_CLOCK_FILE": str(home / "clock"),
        "PREFECT_API_URL": api,
    }
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "flows.chase_returns"], env={**os.environ, **ours}, cwd=ROOT, check=True)
    return time.perf_counter() - began


def tell(name: str, took: dict[str, float], plain: dict[str, float], acting: int) -> None:
    """One line a day: what a partnership takes, beside the plain functions, and what the nation would."""
    each, bare = took[name] / acting, plain[name] / acting
    print(
        f"{name}: {each:.2f} s a partnership, {each / bare:.1f} times the plain functions ({bare * 1000:.0f} ms); "
        f"{NATION} partnerships one after another: {each * NATION / 60:.0f} min"
    )


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="10 partnerships, 2 of which act: a minute")
    parser.add_argument("--partnerships", type=int, default=NATION, help="in the register")
    parser.add_argument("--acting", type=int, default=30, help="of them, through Prefect")
    asked = parser.parse_args()
    many, acting = (10, 2) if asked.small else (asked.partnerships, asked.acting)
    behind = len(MEETINGS) - 1
    os.environ["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "ERROR"  # what runs log goes to the server as ever
    with tempfile.TemporaryDirectory(prefix="quarterday-") as folder, sendgrid(keep=False) as box:
        home = Path(folder)
        print("Baseline, the plain functions without Prefect:")
        plain = a_quarter(a_country(home / "plain", box, acting, acting, behind))
        with prefect(home) as running:
            print("Through Prefect:")
            country: Country = a_country(home / "national", box, many, acting, behind)
            before = running.size()
            took = a_quarter(country, running.act)
            late = running.wait_until_recorded()
            print(
                f"{running.runs:,} flow runs and {running.actions:,} task runs of {acting} partnerships x {PARTNERS} "
                f"partners; all recorded {late:.1f} s after the last\n"
                f"Prefect's database + {running.size() - before:.1f} MB, of which "
                f"{(running.size() - before) * NATION / acting:.0f} MB a quarter for {NATION} partnerships; "
                f"the server held at most {running.memory():.0f} MB, this process "
                f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
            )
            for name in took:
                tell(name, took, plain, acting)
            print(f"a run in a process of its own, nothing due: {a_process(home, running.api):.1f} s")


if __name__ == "__main__":
    main()
