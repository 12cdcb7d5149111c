"""The stage: a home of its own, a simulated clock, a Prefect server and a portal, each in a process of its own."""

import json
import os
import shutil
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from threading import Event

from flows.installation import server
from flows.installation.leftovers import LOCK, end_leftovers
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import LONDON

# The file that says that a home holds a rehearsal, and nothing that anybody would miss. It keeps the ports, so that the
# links in its emails still lead somewhere when it is resumed or looked at.
MARK = "rehearsal"
_KEPT = {LOCK, "prefect-template"}  # what another rehearsal goes on with
HOME = Path("var/rehearsal")  # whatever the settings say: a rehearsal keeps apart by itself


class NotAStageError(Exception):
    """The folder holds something real; the message says what to do."""


@dataclass
class Stage:
    """Where the rehearsal plays."""

    home: Path
    portal_port: int
    prefect_port: int
    starting: Future[None] | None = field(default=None, compare=False, repr=False)  # of server and portal

    def wait(self) -> None:
        """Until server and portal answer. Raises what kept one of them from it."""
        if self.starting:
            self.starting.result()

    @property
    def portal_url(self) -> str:
        """The portal's address."""
        return f"http://127.0.0.1:{self.portal_port}"

    @property
    def prefect_url(self) -> str:
        """The address of the Prefect server's interface."""
        return f"http://127.0.0.1:{self.prefect_port}"

    @property
    def clock_file(self) -> Path:
        """The file that holds the simulated time."""
        return self.home / "clock"

    def set_clock(self, day: date, hour: int, minute: int = 0) -> None:
        """Move the simulated clock, for every process at once."""
        moment = datetime.combine(day, time(hour, minute), LONDON)
        new = self.clock_file.with_suffix(".new")
        new.write_text(moment.isoformat())
        new.rename(self.clock_file)


def clear(home: Path, *, keep: bool) -> None:
    """Make an empty home for a new rehearsal, or keep the one that was cut short.

    Raises `NotAStageError` where the folder holds a register that is no rehearsal's.
    """
    there = {each.name for each in home.iterdir()} - _KEPT if home.is_dir() else set()
    if there and not (home / MARK).exists():
        what = "a real register" if "register.db" in there else f"what is not a rehearsal's, such as {min(there)}"
        raise NotAStageError(f"{home} holds {what}. A rehearsal would take its place: name another folder with --home.")
    if keep and not (home / "clock").exists():
        raise NotAStageError(f"There is no rehearsal in {home} to go on with. Leave out --resume.")
    if home.exists():
        end_leftovers(home)
    if not keep and home.exists():
        for part in home.iterdir():
            if part.name in _KEPT:
                continue
            shutil.rmtree(part) if part.is_dir() else part.unlink()
    home.mkdir(parents=True, exist_ok=True)
    if not (home / MARK).exists():
        ports = {"portal": server.free_port(), "prefect": server.free_port()}
        (home / MARK).write_text(json.dumps(ports))


def stage_in(home: Path) -> Stage:
    """The stage that was set in a home. Raises `NotAStageError` where there is none."""
    try:
        ports = json.loads((home / MARK).read_text())
        return Stage(home, ports["portal"], ports["prefect"])
    except (FileNotFoundError, NotADirectoryError) as missing:
        raise NotAStageError(
            f"There is no rehearsal in {home}. Run `quarterday rehearse` (or `make quarter`) first."
        ) from missing
    except (ValueError, KeyError, TypeError) as damaged:
        raise NotAStageError(
            f"{home / MARK} is damaged. Delete {home} and run `quarterday rehearse` (or `make quarter`) anew."
        ) from damaged


@contextmanager
def set_stage(home: Path, config: Path) -> Generator[Stage]:
    """Point this process at a server and a portal, which start meanwhile (`Stage.wait`), and end them afterwards."""
    stage = stage_in(home)
    os.environ.update(
        QUARTERDAY_HOME=str(home),
        QUARTERDAY_CONFIG=str(config),
        QUARTERDAY_CLOCK_FILE=str(stage.clock_file),
        QUARTERDAY_PORTAL_URL=stage.portal_url,
        QUARTERDAY_PORTAL_LISTEN="",
        QUARTERDAY_PREFECT_UI_URL=stage.prefect_url,
        QUARTERDAY_PREFECT_LISTEN="",
        QUARTERDAY_PREFECT_API_URL="",
        QUARTERDAY_MAIL="outbox",  # whatever the surroundings say: a rehearsal touches nothing real
        QUARTERDAY_DATABASE_URL="",
        QUARTERDAY_STORE="",
        QUARTERDAY_UNDO_MINUTES="0",  # its clock stands still: no minutes pass
        QUARTERDAY_PREFECT_DATABASE_URL="",
        PREFECT_LOGGING_LEVEL="ERROR",
    )
    server.end_on_terminate()
    open_register(Settings(home=home, database_url="")).close()
    told = server.environment(home, stage.prefect_port).items()
    over = Event()
    with ExitStack() as ending, ThreadPoolExecutor(1) as apart:
        stage.starting = apart.submit(_start, stage, dict(os.environ), ending, over)
        os.environ.update({name: value for name, value in told if "PREFECT" in name})
        try:
            yield stage
        finally:
            over.set()
            ending.close()  # whoever waits for one of them to answer waits no longer


def _start(stage: Stage, environment: dict[str, str], ending: ExitStack, over: Event) -> None:
    """Start portal and server side by side, and wait until both answer. A new Prefect database takes longest."""
    command = ["-m", "quarterday.web", "--port", str(stage.portal_port)]
    portal = server.spawn(command, environment, stage.home / "portal.log")
    ending.callback(server.stop, portal)
    server.prepare_database(stage.home)
    if over.is_set():
        return
    prefect = server.start(stage.home, stage.prefect_port)
    ending.callback(server.stop, prefect)
    server.wait_until_up(f"{stage.prefect_url}/api/health", prefect, stage.home / "prefect" / "server.log")
    server.wait_until_up(f"{stage.portal_url}/healthz", portal, stage.home / "portal.log")
