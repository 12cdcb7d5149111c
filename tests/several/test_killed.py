"""The whole installation as `quarterday up` runs it: worker, portal and Prefect server killed with -9 in turn.

Nobody helps but the supervisor, which starts again what ended, and the runs that a schedule would bring.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from httpx import TransportError
from prefect.deployments import run_deployment
from prefect.exceptions import PrefectException
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.installation.server import free_port, wait_until_up
from quarterday.adapters.installation import Installation
from quarterday.adapters.links import hash_token
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store.contract import sha256_of
from quarterday.domain.facts import (
    LinkIssued,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from rehearsal import visits
from rehearsal.cast import Deed
from rehearsal.letters import read_letters
from tests.conftest import begin_with
from tests.several.people import Balancer, Roaming, Seen, eml_files, until_it_is_sent
from tests.several.place import PROJECT, Place, Started, asked_of, wait
from tests.several.test_one_database import first_plan

QUICKLY = {  # what a run that was killed holds is free again after half a minute, not after five
    "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": "30",
    "PREFECT_SERVER_DEPLOYMENTS_CONCURRENCY_SLOT_WAIT_SECONDS": "2",
}
PARTNERS, LONG = 3, 300  # who answer; seconds that anything may take on a busy machine
pytestmark = [pytest.mark.proof, pytest.mark.timeout(900)]


@dataclass
class Upheld:
    """An installation that `quarterday up` keeps running."""

    place: Place
    prefect_port: int
    supervisor: Started | None = None
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def api(self) -> str:
        """Where its Prefect server answers."""
        return f"http://127.0.0.1:{self.prefect_port}/api"

    def start(self) -> None:
        """Start the supervisor, and wait until worker, portal and deployments are there."""
        ours = {"QUARTERDAY_PREFECT_UI_URL": self.api.removesuffix("/api"), "QUARTERDAY_PREFECT_API_URL": self.api}
        with (self.place.home / "up.log").open("wb") as sink:
            self.supervisor = subprocess.Popen(
                [Path(sys.executable).with_name("quarterday"), "up"],
                cwd=PROJECT,
                env={**self.place.environment, **ours, **QUICKLY},
                stdout=sink,
                stderr=subprocess.STDOUT,
            )
        wait_until_up(f"{self.api}/health", self.supervisor, self.place.home / "up.log", LONG)
        wait(lambda: (self.place.home / "portal.pid").exists(), "the portal", LONG)  # after the deployments
        wait_until_up(
            f"http://127.0.0.1:{self.place.ports[0]}/readyz", self.supervisor, self.place.home / "portal.log", LONG
        )

    def stop(self) -> None:
        """End it as a service manager would."""
        if self.supervisor:
            self.supervisor.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.supervisor.wait(60)
            self.supervisor.kill()

    def kill(self, part: str) -> None:
        """Kill a part and its own processes; a run that a worker began is in a session of its own, and goes on."""
        number = (self.place.home / f"{part}.pid").read_text().partition(" ")[0]
        os.killpg(int(number), signal.SIGKILL)
        self.killed[part] += 1

    def ask_for(self, deployment: str) -> None:
        """What a schedule or an officer would do; as often as it takes while the server is away."""

        def asked() -> bool:
            with suppress(PrefectException, OSError, RuntimeError, TransportError):
                return bool(run_deployment(f"{deployment}/{deployment}", timeout=0, as_subflow=False))
            return False

        wait(asked, "the Prefect server", LONG, every=1)

    def emails(self) -> int:
        """How many have gone."""
        return len(eml_files(self.place.home))


@dataclass
class Left:
    """What there was at the end."""

    office: Installation
    home: Path
    seen: Seen
    killed: Counter[str]
    started_again: Counter[str]


def answer(upheld: Upheld, office: Installation, seen: Seen) -> threading.Thread:
    """Partners who have their link begin to answer; the portal is killed twice, whenever another file has come."""
    plan = first_plan(office)
    letters = read_letters(upheld.place.home / "outbox", {})
    links = {each.recipient.partition("/")[0]: each.link for each in letters if each.link}
    few = sorted(links, key=lambda code: len(office.framework.asked_of(code, plan.period)))[:PARTNERS]
    planned = [
        visits.PlannedVisit(
            office.framework, partner, asked_of(office, plan, partner), plan.period, links[partner], Deed.SEND
        )
        for partner in few
    ]
    people = threading.Thread(target=lambda: [until_it_is_sent(each) for each in planned])
    people.start()
    while people.is_alive() and upheld.killed["portal"] < 2:
        come = len(seen.uploaded)
        while people.is_alive() and len(seen.uploaded) <= come:
            time.sleep(0.01)
        if people.is_alive():
            upheld.kill("portal")
    return people


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Iterator[Left]:
    """A quarter is opened and answered while its parts are killed."""
    home = tmp_path_factory.mktemp("upheld") / "home"
    home.mkdir()
    begin_with(home, prefect_template)
    upheld, patch = Upheld(Place(home, (free_port(),)), free_port()), pytest.MonkeyPatch()
    with patch.context() as patched, temporary_settings({PREFECT_API_URL: upheld.api}):
        open_register(Settings(home=home, _env_file=None)).close()  # as `up` does before it starts its parts
        office = upheld.place.office()
        plan = first_plan(office)
        upheld.place.set_clock(max(plan.request_on.values()))
        seen, balancer = Seen(), Balancer(upheld.place.ports)
        patched.setattr(visits, "Browser", lambda _through: Roaming(balancer, seen))
        try:
            upheld.start()
            upheld.ask_for("open-collection")
            wait(lambda: upheld.emails() >= PARTNERS, "the first emails", LONG)
            upheld.kill("worker")
            gone = upheld.emails()
            upheld.ask_for("open-collection")
            people = answer(upheld, office, seen)
            wait(lambda: upheld.emails() > gone, "the next run", LONG)
            upheld.kill("prefect/server")
            people.join(LONG)
            upheld.ask_for("open-collection")
            upheld.ask_for("sweep-returns")
            wait(lambda: _done(office), "requests and verdicts", LONG, every=1)
            upheld.ask_for("chase-returns")
            wait(lambda: _settled(office), "the receipts", LONG, every=1)
        finally:
            upheld.stop()
        started_again = Counter(re.findall(r"(Worker|Portal|Prefect server) ended", (home / "up.log").read_text()))
        yield Left(office, home, seen, upheld.killed, started_again)
        office.register.close()


def _done(office: Installation) -> bool:
    facts = office.facts()
    asked = {each.request for each in facts.of(MessageReserved) if each.email == "request"}
    wanted = {each.request for each in facts.of(RequestMade) if each.asked}
    return asked == wanted and len(facts.of(VerdictGiven)) == len(facts.of(ReturnReceived)) >= PARTNERS


def _settled(office: Installation) -> bool:
    facts = office.facts()
    receipts = [each for each in facts.of(MessageReserved) if each.email == "receipt"]
    booked = {each.message for each in facts.of(MessageReserved)}
    return len(receipts) >= PARTNERS and booked == {each.message for each in facts.of(MessageSettled)}


def test_no_email_is_sent_twice_and_none_is_lost(left: Left) -> None:
    """Each booked email lies in the outbox once, settled as sent; each partner that could be asked was asked once."""
    facts = left.office.facts()
    booked = Counter(each.outbox_id for each in facts.of(MessageReserved))

    assert booked == Counter(file.stem.rpartition("-")[2] for file in eml_files(left.home))
    assert {Outcome.SENT} == {each.outcome for each in facts.of(MessageSettled) if not each.of_an_attempt}
    assert len(booked) > 15


def test_every_link_that_was_mailed_works(left: Left) -> None:
    """An email composed again after a kill carries the link that opens, never one that died with the process."""
    emails = (message_from_bytes(file.read_bytes(), policy=default) for file in eml_files(left.home))
    texts = [each.get_body(("plain",)).get_content() for each in emails]
    tokens = [found[1] for text in texts for found in re.finditer(r"/r/([A-Za-z0-9_-]{22,})", text)]
    dead = [token for token in tokens if not left.office.register.find(LinkIssued, hash_token(token))]

    assert len(tokens) > 10
    assert [] == dead


def test_whatever_got_a_receipt_is_on_record_and_intact(left: Left) -> None:
    """Every receipt names a return, judged once, and every file that was taken is in the store by its SHA-256."""
    facts = left.office.facts()
    received = {each.partner_return for each in facts.of(ReturnReceived)}
    kept = {each.sha256: left.office.stores.raw.get(each.stored_as) for each in facts.of(UploadKept)}

    assert PARTNERS <= len(left.seen.receipts)
    assert left.seen.receipts <= received
    assert Counter(received) == Counter(each.partner_return for each in facts.of(VerdictGiven))
    assert left.seen.uploaded <= set(kept) == {sha256_of(data) for data in kept.values()}


def test_each_was_killed_and_started_again(left: Left) -> None:
    """The test would show nothing otherwise."""
    assert {"worker", "portal", "prefect/server"} == set(left.killed)
    assert {"Worker", "Portal", "Prefect server"} == set(left.started_again)
