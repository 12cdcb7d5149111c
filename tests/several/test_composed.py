"""What compose.yaml puts together, run by its own commands and settings on this machine, without containers.

PostgreSQL for both databases, Redis between Prefect's two server processes, two workers, two portals: a quarter is
opened and answered. Skipped, saying so, where there is no redis-server.
"""

import hashlib
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import redis
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun
from prefect.deployments import run_deployment
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings
from sqlalchemy import make_url

from flows.installation.server import free_port, wait_until_up
from quarterday.adapters.doctor.running import deployments_wanted
from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import (
    MessageReserved,
    MessageSettled,
    Outcome,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from rehearsal import visits
from rehearsal.cast import Deed
from tests.postgres import system_postgres_server
from tests.sendgrid_stand_in import PostBox, sendgrid
from tests.several.composed import Composed
from tests.several.people import Balancer, Roaming, Seen
from tests.several.place import PROJECT, Place, asked_of, end, wait
from tests.several.test_one_database import first_plan, links_in

ANSWERING = {"london-fire-brigade": Deed.SAY_NIL, "youth-justice": Deed.SEND}
AUTH = "officers:a-password"
LONG = 300  # seconds that anything may take on a busy machine
pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]


@dataclass
class Left:
    """What there was at the end."""

    office: Installation
    box: PostBox
    seen: Seen
    balancer: Balancer
    logs: dict[str, str]
    runs: Counter[str]
    streams: int


@contextmanager
def redis_server(folder: Path) -> Iterator[int]:
    """The port of a Redis that keeps nothing."""
    if not shutil.which("redis-server"):
        pytest.skip("compose.yaml is NOT run: there is no redis-server here (Debian: apt-get install redis-server)")
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as sink:
        started = subprocess.Popen(command, stdout=sink, stderr=subprocess.STDOUT)
    try:
        wait(lambda: b"Ready to accept" in (folder / "redis.log").read_bytes(), "Redis")
        yield port
    finally:
        end(started)


def placed(home: Path, server: str, redis_port: int, box: PostBox, ports: tuple[int, int, int]) -> Composed:
    """The file, with what it names put where it is on this machine."""
    prefect, first_portal, _ = ports
    sockets = make_url(server).query["host"]
    return Composed(
        home,
        said={
            "POSTGRES_PASSWORD": "a-password",
            "PREFECT_AUTH": AUTH,
            "QUARTERDAY_SECRET": "a-secret-that-both-portals-know",
            "QUARTERDAY_MAIL": "sendgrid",
            "QUARTERDAY_SENDGRID_KEY": "a-key",
            "QUARTERDAY_PORTAL_URL": f"http://127.0.0.1:{first_portal}",
        },
        addresses={
            "@postgres/quarterday": f"@/quarterday?host={sockets}",
            "@postgres/prefect": f"@/prefect?host={sockets}",
            "redis://redis:6379": f"redis://127.0.0.1:{redis_port}",
            "prefect:4200": f"127.0.0.1:{prefect}",
            "0.0.0.0": "127.0.0.1",
            "/var/lib/quarterday": str(home),
            "/config": str(PROJECT / "config"),
        },
        beside={
            "QUARTERDAY_SENDGRID_URL": box.url,
            "QUARTERDAY_SENDGRID_AT_ONCE": "1000",
            "QUARTERDAY_CLOCK_FILE": str(home / "clock"),
        },
    )


def office_of(composed: Composed) -> Installation:
    """The installation as its portals see it."""
    seen = composed.environment("portal").items()
    said = {name.removeprefix("QUARTERDAY_").lower(): value for name, value in seen if name.startswith("QUARTERDAY_")}
    return open_installation(Settings(**said, _env_file=None))


def run_at_once(*deployments: str) -> None:
    """Ask Prefect for runs all at the same time, and wait for their ends."""
    asked = [run_deployment(f"{name}/{name}", timeout=0, as_subflow=False).id for name in deployments]
    with get_client(sync_client=True) as client:
        ended: dict[UUID, FlowRun] = {}

        def all_ended() -> bool:
            ended.update((run, client.read_flow_run(run)) for run in asked)
            return all(run.state and run.state.is_final() for run in ended.values())

        wait(all_ended, "the runs", LONG, every=1)
    assert {"Completed"} == {run.state_name for run in ended.values()}


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """The parts are started in the file's order; a quarter is opened, and three partners answer."""
    home, patch = tmp_path_factory.mktemp("composed") / "home", pytest.MonkeyPatch()
    home.mkdir()
    ports = (free_port(), free_port(), free_port())
    api = f"http://127.0.0.1:{ports[0]}/api"
    with redis_server(home) as redis_port, system_postgres_server() as server, sendgrid() as box, patch.context():
        composed = placed(home, server, redis_port, box, ports)
        clock = Place(home, ports[1:])
        with composed.ending, temporary_settings({PREFECT_API_URL: api, PREFECT_API_AUTH_STRING: AUTH}):
            composed.make_databases(server)
            composed.run("set-up")
            office = office_of(composed)
            plan = first_plan(office)
            clock.set_clock(max(plan.request_on.values()))
            prefect = composed.start("prefect", **{"4200": str(ports[0])})
            composed.start("prefect-services")
            wait_until_up(f"{api}/health", prefect, home / "prefect-1.log", LONG)
            composed.run("deploy")
            portals = [composed.start("portal", n, **{"8400": str(port)}) for n, port in enumerate(ports[1:], 1)]
            for replica in (1, 2):
                composed.start("worker", replica)
            for replica, (port, started) in enumerate(zip(ports[1:], portals, strict=True), 1):
                wait_until_up(f"http://127.0.0.1:{port}/readyz", started, home / f"portal-{replica}.log", LONG)
            run_at_once("open-collection", "chase-returns")
            seen, balancer = Seen(), Balancer(ports[1:])
            patch.setattr(visits, "Browser", lambda _through: Roaming(balancer, seen))
            links = links_in(box)
            for partner, deed in ANSWERING.items():
                asked = asked_of(office, plan, partner)
                visit = visits.PlannedVisit(office.framework, partner, asked, plan.period, links[partner], deed)
                visits.pay_visit(visit)
            wait(lambda: len(office.facts().of(VerdictGiven)) == len(ANSWERING), "the verdicts", LONG, every=1)
            clock.set_clock(office.framework.calendar.add(plan.due, 1))
            run_at_once("chase-returns")
            with get_client(sync_client=True) as client:
                runs = Counter(run.state_name for run in client.read_flow_runs(limit=200) if run.state_name)
                deployed = client.request("POST", "/deployments/count", json={}).json()
            assert len(deployments_wanted()) == deployed
            streams = len(redis.Redis(port=redis_port).keys("*"))
            logs = {file.stem: file.read_text() for file in home.glob("*.log")}
            yield Left(office, box, seen, balancer, logs, runs, streams)
            office.register.close()


def test_no_email_goes_twice_and_none_is_left_out(left: Left) -> None:
    """SendGrid's stand-in was given each booked email once, and each is settled."""
    facts = left.office.facts()
    booked = Counter(each.outbox_id for each in facts.of(MessageReserved))

    assert len(booked) > 15
    assert booked == Counter(left.box.outbox_ids())
    assert {Outcome.SENT} == {each.outcome for each in facts.of(MessageSettled) if not each.of_an_attempt}


def test_no_return_is_lost(left: Left) -> None:
    """Every receipt names a return, each is judged once, and what was sent is in the store by its SHA-256."""
    facts = left.office.facts()
    received = {each.partner_return for each in facts.of(ReturnReceived)}
    stored = {hashlib.sha256(left.office.stores.raw.get(each.stored_as)).hexdigest() for each in facts.of(UploadKept)}

    assert len(ANSWERING) == len(received)
    assert left.seen.receipts == received
    assert Counter(received) == Counter(each.partner_return for each in facts.of(VerdictGiven))
    assert left.seen.uploaded == stored


def test_every_part_had_its_share(left: Left) -> None:
    """Both workers took runs, both portals answered, and the server's two processes spoke over Redis."""
    assert all("ubmitting flow run" in left.logs[f"worker-{number}"] for number in (1, 2))
    assert 2 == len(left.balancer.answered)
    assert left.streams > 0


def test_nothing_went_wrong_unseen(left: Left) -> None:
    """No run failed, no portal wrote of an error, and nobody waited for a locked database."""
    complaints = re.findall(r"Traceback|ERROR.*", left.logs["portal-1"] + left.logs["portal-2"])

    assert not {"Failed", "Crashed"} & set(left.runs)
    assert [] == complaints
    assert not [name for name, log in left.logs.items() if "database is locked" in log]
