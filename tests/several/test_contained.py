"""compose.yaml brought up by a compose engine, from the image that Containerfile makes: `make containers`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hours
from pathlib import Path

import httpx
import pytest
from ruamel.yaml import YAML

from flows.installation.server import free_port
from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.timetable import timetables
from rehearsal import visits
from rehearsal.cast import Deed
from rehearsal.letters import Letter, read_letters
from tests.several.engine import LONG, Engine, engine_in
from tests.several.place import PROJECT, wait

AUTH = "officers:a-password"
OF_THE_IMAGE = 10001  # the user that Containerfile makes
KILLED = 137  # the exit code of what did not end when it was asked to
EARLIER = """
import os
from datetime import UTC, datetime
from sqlalchemy import MetaData
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.register.rows import row_of
from quarterday.domain.facts import ContactChanged

engine, then = open_engine(os.environ["QUARTERDAY_DATABASE_URL"].replace("://", "+psycopg://")), MetaData()
migrate(engine, "0024")
then.reflect(engine)
table = then.tables["contact_changed"]
who = dict(at=datetime(2025, 1, 6, 9, tzinfo=UTC), by="coordinator", reason="Came new", partnership="safer-lewisham")
fact = ContactChanged(partner="london-fire-brigade", role="contact", name="Bo Brand", email="bo@fire.example", **who)
with engine.begin() as connection:
    connection.execute(table.insert(), {name: said for name, said in row_of(fact).items() if name in table.c})
"""  # a register that an earlier quarterday left in PostgreSQL, with a fact in it
pytestmark = [pytest.mark.containers, pytest.mark.timeout(3000)]


@dataclass
class Left:
    """What there was at the end."""

    letters: list[Letter]
    history: str
    again: str  # the history once every container had been taken away and brought up anew
    receipt: str
    ends: dict[str, int]  # the exit codes of what was asked to stop
    tried: str
    refused: tuple[int, str]  # how `up` ended on the register that an earlier version left
    health: dict[str, str]  # what the engine's own looks found


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """A quarter is opened, answered and chased; parts are killed and come back; all is taken down and up again."""
    port = free_port()
    engine = engine_in(
        tmp_path_factory.mktemp("engine") / "quarterday-tried",
        {
            "POSTGRES_PASSWORD": "apassword",
            "PREFECT_AUTH": AUTH,
            "QUARTERDAY_SECRET": "a-secret-that-both-portals-know",
            "QUARTERDAY_PORTAL_URL": f"http://127.0.0.1:{port}",
            "QUARTERDAY_CLOCK_FILE": "/config/clock",
            "PAGES_PORT": str(port),
            "PREFECT_PORT": str(free_port()),
        },
    )
    try:
        yield _play(engine, f"http://127.0.0.1:{port}")
    finally:
        engine("down", "--volumes", check=False)


def _play(engine: Engine, pages: str) -> Left:
    framework = load_framework(PROJECT / "config")
    plan = timetables(framework)[0]

    def set_clock(day: object) -> None:
        moment = datetime.combine(day, hours(9), UTC).isoformat()
        (engine.folder / "config" / "clock").write_text(moment)

    def letters() -> list[Letter]:
        return read_letters(engine.place("home") / "outbox", {})

    def ready() -> bool:
        try:
            return httpx.get(f"{pages}/readyz", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    def run(flow: str) -> None:
        engine.inside("worker", "prefect", "deployment", "run", f"{flow}/{flow}", "--watch")

    set_clock(max(plan.request_on.values()))
    refused = begin_with_an_earlier_register(engine)
    engine.up()
    wait(ready, "the pages", LONG, 2)
    wait(lambda: deployed(engine), "the deployments", LONG, 2)
    run("open-collection")
    links = {each.request.rpartition(".")[2]: each.link for each in letters() if each.link}
    partner = "london-fire-brigade"
    asked = tuple(each.code for each in framework.asked_of(partner, plan.period))
    receipt = visits.pay_visit(
        visits.PlannedVisit(framework, partner, asked, plan.period, links[partner], Deed.SAY_NIL)
    )
    killed = [engine.name("worker"), engine.name("portal")]
    for each in killed:
        engine.kill(each)
    wait(lambda: all(came_back(engine, each) for each in killed), "both to come back", LONG, 1)
    wait(ready, "the pages again", LONG, 1)
    set_clock(framework.calendar.add(plan.due, -3))  # the day of the reminder
    run("chase-returns")
    tried = engine.inside("portal", "sh", "-c", "id -u; touch /opt/x 2>&1 || true")
    history = engine.inside("portal", "quarterday", "history")
    health = {each: engine.health(engine.name(each)) for each in ("portal", "prefect", "postgres")}
    ends = stopped(engine)
    engine("down")
    engine.up()
    wait(ready, "the pages once more", LONG, 2)
    again = engine.inside("portal", "quarterday", "history")
    return Left(letters(), history, again, str(receipt), ends, tried, refused, health)


def begin_with_an_earlier_register(engine: Engine) -> tuple[int, str]:
    """PostgreSQL holds a register at an earlier version; how `up` ends on it."""
    engine("up", "--detach", "postgres")
    wait(lambda: not engine.alone("portal", "python3", "-c", EARLIER)[0], "PostgreSQL", LONG, 2)
    return engine.alone("portal", "quarterday", "up")


def deployed(engine: Engine) -> bool:
    """Whether what makes the deployments has come to its end."""
    state = engine.state(engine.name("deploy"))["State"]
    return bool(state["Status"] == "exited" and state["ExitCode"] == 0)


def came_back(engine: Engine, name: str) -> bool:
    """Whether a container that was killed runs once more."""
    told = engine.state(name)
    return bool(told["RestartCount"] > 0 and told["State"]["Running"])


def stopped(engine: Engine) -> dict[str, int]:
    """Ask each part to stop within ten seconds, as an engine does, and see with what it ended."""
    names = [engine.name(service) for service in ("worker", "prefect", "prefect-services", "portal", "proxy")]
    engine("stop", "-t", "10", "worker", "prefect", "prefect-services", "portal", "proxy")
    return {each: engine.state(each)["State"]["ExitCode"] for each in names}


def test_a_quarter_is_opened_answered_and_chased(left: Left) -> None:
    """Every partner is asked once, the answer is on record, and reminders go after the parts came back."""
    kinds = Counter((each.request, each.email, each.to) for each in left.letters)

    assert {1} == set(kinds.values())
    assert "request" in {each.email for each in left.letters}
    assert "reminder" in {each.email for each in left.letters}, left.history[-3000:]
    assert "was accepted by the checks" in left.history


def test_an_earlier_register_is_refused_by_up_and_brought_on_by_set_up(left: Left) -> None:
    """`up` says which command brings it on, and ends; then what it told before counts: who is asked is its contact."""
    code, said = left.refused

    assert code != 0
    assert "quarterday migrate" in " ".join(said.replace("│", " ").split())
    assert "bo@fire.example" in {each.to for each in left.letters if each.email == "request"}


def test_the_engine_s_own_looks_find_each_part_well(left: Left) -> None:
    """The image's look at its pages, and those that compose.yaml says of the others."""
    assert {"portal": "healthy", "prefect": "healthy", "postgres": "healthy"} == left.health


def test_nothing_is_written_beside_the_home(left: Left) -> None:
    """The root file system is read-only, and the process is nobody in particular."""
    assert str(OF_THE_IMAGE) in left.tried
    assert "Read-only file system" in left.tried


def test_what_is_asked_to_stop_does(left: Left) -> None:
    """Within the ten seconds that engines give: nothing had to be killed."""
    assert {} == {name: code for name, code in left.ends.items() if code == KILLED}


def test_the_home_survives(left: Left) -> None:
    """Register and files lie in volumes: with new containers everything is as it was."""
    assert left.history.splitlines()[:20] == left.again.splitlines()[:20]
    assert len(left.again.splitlines()) >= len(left.history.splitlines())


def test_each_part_waits_for_what_it_needs() -> None:
    """What needs Prefect waits until it answers, and what needs tables until they are made: no part begins in vain."""
    services = YAML(typ="safe").load(Path(PROJECT / "compose.yaml"))["services"]

    assert {"prefect": "service_healthy", "deploy": "service_completed_successfully"} == {
        name: each["condition"] for name, each in services["worker"]["depends_on"].items()
    }
    assert "service_completed_successfully" == services["portal"]["depends_on"]["set-up"]["condition"]
    assert "service_healthy" == services["set-up"]["depends_on"]["postgres"]["condition"]
