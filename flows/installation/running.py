"""Keeps an installation running: Prefect server, worker and portal, each started again when it ends by itself."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from flows.installation import first_day, leftovers, ports, server
from flows.installation.part import Part, Started
from flows.installation.partnership import prefect_file
from flows.installation.watching import Health, look_at
from quarterday.adapters import clock
from quarterday.adapters.settings import Settings
from quarterday.adapters.shipped import PROJECT

POOL = "quarterday"
RUNS_AT_ONCE = 3  # each is a process: more would keep a small machine from answering its pages
UNWELL = 120  # seconds that a server may not answer as it should: one that migrates its database takes half a minute
DEPLOYED_WITHIN = 300  # seconds: half a minute is usual, a server that hangs would hold the supervisor for ever
NO_WORKER_RUNS = "--no-worker-runs"  # told to `flows.installation.deploying`, which loads too much to be imported here
EVERY = 5  # seconds from look to look


def environment(settings: Settings) -> dict[str, str]:
    """What every process of the installation sees: the hardened Prefect and where quarterday keeps its things."""
    return {
        **server.environment(
            settings.home,
            settings.prefect_at[1],
            auth=settings.prefect_auth.get_secret_value(),
            public=settings.prefect_ui_url,
        ),
        "QUARTERDAY_HOME": str(settings.home.resolve()),
        "QUARTERDAY_CONFIG": str(settings.config.resolve()),
        "QUARTERDAY_PORTAL_URL": settings.portal_url,
        "QUARTERDAY_PREFECT_UI_URL": settings.prefect_ui_url,
        "QUARTERDAY_PREFECT_API_URL": f"http://127.0.0.1:{settings.prefect_at[1]}/api",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
    }


def parts(settings: Settings) -> list[Part]:
    """The installation's processes, in the order in which they start."""
    return [prefect_part(settings), worker_part(settings), portal_part(settings)]


def prefect_part(settings: Settings) -> Part:
    """The Prefect server, on the database that it had or, where that was lost, on a new one."""

    def start() -> Started:
        server.prepare_database(settings.home)
        auth = settings.prefect_auth.get_secret_value()
        host, port = settings.prefect_at
        return server.start(settings.home, port, auth, host=host, public=settings.prefect_ui_url)

    return Part("Prefect server", start, at=settings.prefect_at, log=settings.home / "prefect" / "server.log")


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
        "--limit",
        str(RUNS_AT_ONCE),
    ]
    log = settings.home / "worker.log"
    return Part("Worker", lambda: _spawn(settings, "worker", command), needs_prefect=True, log=log)


def portal_part(settings: Settings) -> Part:
    """The partners' pages."""
    host, port = settings.portal_at
    command = ["-m", "quarterday.web", "--host", host, "--port", str(port)]
    log = settings.home / "portal.log"
    return Part("Portal", lambda: _spawn(settings, "portal", command), at=settings.portal_at, log=log)


def _spawn(settings: Settings, name: str, command: list[str]) -> Started:
    return server.spawn(command, environment(settings), settings.home / f"{name}.log", PROJECT)


def deploy(settings: Settings, *, no_worker_runs: bool = False) -> None:
    """Make the work pool and every deployment of `prefect.yaml`, with the lists that its forms have today.

    Where no worker runs, whatever one had begun and not ended is marked as crashed first. Raises `RuntimeError` with
    what Prefect said, or that it said nothing for too long.
    """
    there = {"PREFECT_API_URL": settings.prefect_api_url} if settings.prefect_api_url else {}
    pool, file = f"{POOL}{settings.deployment_suffix}", str(prefect_file(settings))
    more = [NO_WORKER_RUNS] if no_worker_runs else []
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows.installation.deploying", pool, file, *more],
            env=environment(settings) | there,
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
            timeout=DEPLOYED_WITHIN,
        )
    except subprocess.TimeoutExpired as late:
        raise RuntimeError(f"Making the deployments did not end in {DEPLOYED_WITHIN} seconds.") from late
    if done.returncode != 0:
        raise RuntimeError(f"Making the deployments failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")


@dataclass
class Keeper:
    """Keeps an installation's processes going: the first is the Prefect server, which is looked at besides."""

    wanted: list[Part]
    look: Callable[[], Health]
    deploy: Callable[[], None]
    say: Callable[[str], None]
    deployed: bool = False  # since this began: what is there may be an earlier version's
    well: bool = False
    _answered: float = field(default_factory=time.monotonic)  # when the server was last found well, or was started

    def keep(self) -> None:
        """Start what has ended; start a server again that hangs; deploy to one that has lost its deployments."""
        prefect = self.wanted[0]
        for part in self.wanted:
            if part is prefect or not part.needs_prefect or self.well:
                part.keep(self.say)
        found = self.look()
        if found is Health.EMPTY or (found is Health.WELL and not self.deployed):
            found = self._deploy()
        self.well = found is Health.WELL
        if self.well:
            self._answered = time.monotonic()
        elif prefect.running and (found is Health.LOST or time.monotonic() - self._answered > UNWELL):
            self.say(f"{prefect.name} {found}: starting it again.")
            server.stop(prefect.running)
            self._answered = time.monotonic()

    def _deploy(self) -> Health:
        if self.deployed:
            self.say("Prefect has lost our deployments: making them again.")
        try:
            self.deploy()
        except RuntimeError as problem:
            self.say(str(problem))
            return Health.UNWELL
        self.deployed = True
        return Health.WELL


def run(settings: Settings, wanted: list[Part], say: Callable[[str], None], *, deployed: bool) -> None:
    """Start everything, deploy where asked, and keep it running until interrupted; then end all of it.

    Raises `ClockError` where its clock tells no time, `AlreadyRunningError` where something runs in this home already,
    `PortTakenError` where a port is not free or wanted twice, and `GivenUpError` where a part ends again and again as
    soon as it has begun.
    """
    clock.now(settings)
    with leftovers.alone_in(settings.home):
        leftovers.end_leftovers(settings.home)
        ports.refuse_shared((part.name, part.at) for part in wanted if part.at)
        for part in wanted:
            if part.at:
                ports.refuse_taken(part.name, part.at)
        _keep_running(settings, wanted, say, deployed=deployed)


def _keep_running(settings: Settings, wanted: list[Part], say: Callable[[str], None], *, deployed: bool) -> None:
    server.end_on_terminate()
    look = look_at(settings) if deployed else lambda: Health.WELL

    def make() -> None:
        deploy(settings, no_worker_runs=server.database_in(settings.home) is not None)  # else others may run there
        first_day.begin(settings, say)

    keeper = Keeper(wanted, look, make, say, deployed=not deployed)
    ready = False
    try:
        while True:
            keeper.keep()
            if not ready and keeper.well and all(part.answers() for part in wanted):
                say("Ready.")
                ready = True
            time.sleep(EVERY if keeper.well else 1)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        server.be_ending()
        for part in reversed(wanted):
            if part.running:
                server.stop(part.running)
        leftovers.end_runs(settings.home)
