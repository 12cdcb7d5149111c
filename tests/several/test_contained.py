"""The parts of compose.yaml in containers, from the image that Containerfile makes: `make containers`."""

import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hours

import httpx
import pytest

from flows.installation.server import free_port
from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.timetable import timetables
from rehearsal import visits
from rehearsal.cast import Deed
from rehearsal.letters import Letter, read_letters
from tests.several.contained import NETWORK, Contained, kill_what_runs_in, network, podman
from tests.several.place import PROJECT, wait

AUTH = "officers:a-password"
LONG = 300
OF_THE_IMAGE = 10001  # the user that Containerfile makes
pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]


@dataclass
class Left:
    """What there was at the end."""

    letters: list[Letter]
    said: str
    history: str


def runs(worker: str, *flows: str) -> None:
    """Ask Prefect for runs from inside, and wait for their ends."""
    for flow in flows:
        podman("exec", worker, "prefect", "deployment", "run", f"{flow}/{flow}", "--watch")


def runs_again(name: str) -> bool:
    """Whether a container that was killed has come back."""
    return podman("inspect", "--format", "{{.RestartCount}} {{.State.Running}}", name) in ("1 true", "2 true")


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """A quarter is opened, answered through the proxy, and chased once worker and portal were killed and came back."""
    home, database = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("database")
    subprocess.run(["chown", str(OF_THE_IMAGE), str(home)], check=True)
    for folder in (home, *home.parents[:-1]):
        folder.chmod(folder.stat().st_mode | 0o011)
    port = free_port()
    parts = Contained(
        home,
        said={
            "POSTGRES_PASSWORD": "a-password",
            "PREFECT_AUTH": AUTH,
            "QUARTERDAY_SECRET": "a-secret-that-both-portals-know",
            "QUARTERDAY_PORTAL_URL": f"http://127.0.0.1:{port}",
        },
        addresses={},
        beside={"QUARTERDAY_CLOCK_FILE": "/var/lib/quarterday/clock"},
        volumes={"home": home, "database": database},
    )
    framework = load_framework(PROJECT / "config")
    plan = timetables(framework)[0]

    def set_clock(day: object) -> None:
        (home / "clock").write_text(datetime.combine(day, hours(9), UTC).isoformat())  # type: ignore[arg-type]

    def letters() -> list[Letter]:
        return read_letters(home / "outbox", {})

    def ready() -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{port}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    with network():
        set_clock(max(plan.request_on.values()))
        postgres = parts.start_in_container("postgres")
        parts.start_in_container("redis")
        wait(
            lambda: "accepting" in podman("exec", postgres, "pg_isready", "-h", "127.0.0.1", check=False),
            "PostgreSQL",
            LONG,
            1,
        )
        parts.run_in_container("set-up")
        prefect = parts.start_in_container("prefect")
        parts.start_in_container("prefect-services")
        wait(
            lambda: "Uvicorn running" in podman("logs", prefect) or "Check out" in podman("logs", prefect),
            "Prefect",
            LONG,
            1,
        )
        parts.run_in_container("deploy")
        workers = [parts.start_in_container("worker", number) for number in (1, 2)]
        portals = [parts.start_in_container("portal", number) for number in (1, 2)]
        parts.start_in_container("proxy", publish=f"127.0.0.1:{port}:8400")
        wait(ready, "the pages", LONG, 1)
        runs(workers[0], "open-collection")
        links = {each.request.rpartition(".")[2]: each.link for each in letters() if each.link}
        partner = "london-fire-brigade"
        asked = tuple(each.code for each in framework.asked_of(partner, plan.period))
        visit = visits.pay_visit(
            visits.PlannedVisit(framework, partner, asked, plan.period, links[partner], Deed.SAY_NIL)
        )
        kill_what_runs_in(workers[1])
        kill_what_runs_in(portals[0])
        wait(lambda: all(runs_again(each) for each in (workers[1], portals[0])), "both to come back", LONG, 1)
        wait(ready, "the pages again", LONG, 1)
        set_clock(framework.calendar.add(plan.due, -3))  # the day of the reminder
        runs(workers[0], "chase-returns")
        history = podman("exec", portals[0], "quarterday", "history")
        yield Left(letters(), str(visit), history)


def test_a_quarter_is_opened_answered_and_chased(left: Left) -> None:
    """Every partner is asked once, the answer is on record, and reminders go after the parts came back."""
    kinds = Counter((each.request, each.email, each.to) for each in left.letters)

    assert {1} == set(kinds.values())
    assert "request" in {each.email for each in left.letters}
    assert "reminder" in {each.email for each in left.letters}, left.history[-3000:]
    assert "was accepted by the checks" in left.history


def test_nothing_is_written_beside_the_home(left: Left) -> None:
    """The root file system is read-only, and the process is nobody in particular."""
    tried = podman("exec", f"{NETWORK}-portal-2", "sh", "-c", "id -u; touch /opt/x 2>&1 || true")

    assert str(OF_THE_IMAGE) in tried
    assert "Read-only file system" in tried
