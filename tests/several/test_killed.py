"""Portal and flow process killed with -9 in turn, in the middle of their work: it completes all the same."""

import hashlib
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from quarterday.adapters.installation import Installation
from quarterday.facts import MessageReserved, MessageSettled, Outcome, RequestMade, ReturnReceived, UploadKept
from rehearsal import visits
from rehearsal.cast import Deed
from rehearsal.letters import read_letters
from tests.several.people import Balancer, Roaming, Seen
from tests.several.place import Place, a_place, end, wait
from tests.several.test_one_database import first_plan

PARTNERS = 6  # who answer; all are asked and chased


@dataclass
class Left:
    """What was left, and how often something was killed."""

    office: Installation
    home: Path
    seen: Seen
    killed: Counter[str]


def eml_files(home: Path) -> list[Path]:
    """The emails that went."""
    return list((home / "outbox").glob("*.eml"))


def until_it_is_sent(errand: visits.Errand) -> None:
    """Try as a person would: when the page does not come, again a moment later."""
    for _ in range(200):
        try:
            if visits.run_errand(errand).sent:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"{errand.partner} never got through")


def kill_the_worker(place: Place, killed: Counter[str]) -> None:
    """Open and ask, the worker killed after every few emails and started again."""
    for emails in (2, 7):
        worker = place.worker("worker")
        wait(lambda emails=emails: len(eml_files(place.home)) >= emails, f"{emails} emails")
        end(worker)
        killed["worker"] += 1


def kill_the_portal(place: Place, killed: Counter[str], people: threading.Thread, seen: Seen) -> None:
    """While people answer, the portal is killed whenever another file has come, three times, and started again."""
    while people.is_alive():
        portal, come = place.portal(), len(seen.uploaded)
        while people.is_alive() and (len(seen.uploaded) <= come or killed["portal"] == 3):
            time.sleep(0.01)
        if people.is_alive():
            end(portal)
            killed["portal"] += 1


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Left]:
    """A small scenario on the embedded register and outbox."""
    place, killed, patch = a_place(tmp_path_factory.mktemp("killed") / "home"), Counter[str](), pytest.MonkeyPatch()
    with place.ending, patch.context() as patched:
        office = place.office()
        plan = first_plan(office)
        (place.home / "go").touch()
        place.set_clock(max(plan.request_on.values()))
        kill_the_worker(place, killed)
        worker = place.worker("worker")
        place.wait_until_idle("worker")
        letters = read_letters(place.home / "outbox", {})
        links = {each.recipient.partition("/")[0]: each.link for each in letters if each.link}
        seen, balancer = Seen(), Balancer(place.ports)
        patched.setattr(visits, "Browser", lambda: Roaming(balancer, seen))
        answering = sorted(links, key=lambda code: len(office.framework.asked_of(code, plan.period)))[:PARTNERS]
        errands = [
            visits.Errand(office.framework, partner, plan.period, links[partner], Deed.SEND) for partner in answering
        ]
        people = threading.Thread(target=lambda: [until_it_is_sent(each) for each in errands])
        people.start()
        kill_the_portal(place, killed, people, seen)
        end(worker)
        place.set_clock(office.framework.calendar.add(plan.due, 1))
        place.worker("worker")
        place.wait_until_idle("worker")
        (place.home / "stop").touch()
        yield Left(office, place.home, seen, killed)
        office.register.close()


def test_no_email_is_sent_twice_and_none_is_lost(left: Left) -> None:
    """Each booked email lies in the outbox once, settled as sent; everybody who could be asked was asked."""
    facts = left.office.facts()
    booked = Counter(each.outbox_id for each in facts.of(MessageReserved))
    asked = {each.request for each in facts.of(MessageReserved) if each.email == "request"}

    assert booked == Counter(file.stem.rpartition("-")[2] for file in eml_files(left.home))
    assert {Outcome.SENT} == {each.outcome for each in facts.of(MessageSettled)}
    assert {each.request for each in facts.of(RequestMade) if each.asked} == asked


def test_every_link_that_was_mailed_works(left: Left) -> None:
    """An email composed again after a kill carries the link that opens, never one that died with the process."""
    tokens = [
        found[1] for file in eml_files(left.home) for found in re.finditer(r"/r/([A-Za-z0-9_-]{22,})", file.read_text())
    ]
    dead = [token for token in tokens if not left.office.register.find_link(hashlib.sha256(token.encode()).hexdigest())]

    assert len(tokens) > 10
    assert [] == dead


def test_whatever_got_a_receipt_is_on_record_and_intact(left: Left) -> None:
    """Every receipt names a return, and every file that was shown as taken is in the store by its SHA-256."""
    facts = left.office.facts()
    received = {each.partner_return: each for each in facts.of(ReturnReceived)}
    kept = {each.sha256: left.office.stores.raw.get(each.stored_as, each.sha256) for each in facts.of(UploadKept)}

    assert len(left.seen.receipts) >= PARTNERS
    assert set() == left.seen.receipts - set(received)
    assert left.seen.uploaded <= set(kept)
    assert {hashlib.sha256(data).hexdigest() for data in kept.values()} == set(kept)


def test_both_were_killed(left: Left) -> None:
    """The test would show nothing otherwise."""
    assert {"worker": 2, "portal": 3} == dict(left.killed)
