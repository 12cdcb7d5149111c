"""Two workers and two portals on one PostgreSQL: no email twice, no return lost, every file intact."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from quarterday.adapters.installation import Installation
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.domain.collection.timetable import Timetable, timetables
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
from tests.postgres import new_database, postgres_server
from tests.sendgrid_stand_in import PostBox, sendgrid
from tests.several.people import Balancer, Roaming, Seen
from tests.several.place import a_place, asked_of, wait

WORKERS = ("worker-one", "worker-two")
DEEDS = {
    "london-fire-brigade": Deed.SAY_NIL,
    "youth-justice": Deed.TRY_A_PDF_THEN_SEND,
    "met-police": Deed.ASK_FOR_TIME,
}


pytestmark = pytest.mark.proof


@dataclass
class Outcomes:
    """What was left when everybody had gone home."""

    office: Installation
    box: PostBox
    seen: Seen
    balancer: Balancer
    visits: dict[str, visits.Visit]
    logs: str


def links_in(box: PostBox) -> dict[str, str]:
    """The last link that each partner's contact was sent, by partner."""
    found = {}
    for email in box.delivered():
        recipient = email["headers"].get("X-Quarterday-Recipient", "").strip()
        link = re.search(r"https?://\S+/r/[A-Za-z0-9_\-]+", email["text"])
        if link and recipient.endswith("/contact"):
            found[recipient.partition("/")[0]] = link[0]
    return found


def first_plan(office: Installation) -> Timetable:
    """The collection of the rehearsal's quarter."""
    return next(each for each in timetables(office.framework) if each.label == "2025-26 Q1")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcomes]:
    """A quarter is opened, chased and answered by two workers and two portals at once."""
    patch = pytest.MonkeyPatch()
    with postgres_server() as server, sendgrid() as box, patch.context():
        url = new_database(server)
        migrate(open_engine(url))
        place = a_place(
            tmp_path_factory.mktemp("several") / "home",
            portals=2,
            QUARTERDAY_DATABASE_URL=url,
            QUARTERDAY_MAIL="sendgrid",
            QUARTERDAY_SENDGRID_KEY="a-key",
            QUARTERDAY_SENDGRID_URL=box.url,
            QUARTERDAY_SENDGRID_AT_ONCE="1000",
        )
        with place.ending:
            office = place.office()
            plan = first_plan(office)
            place.set_clock(max(plan.request_on.values()))
            portals = [place.portal(0), place.portal(1)]
            for name in WORKERS:
                place.worker(name)
            wait(lambda: all((place.home / f"{name}.ready").exists() for name in WORKERS), "the workers")
            (place.home / "go").touch()
            place.wait_until_idle(*WORKERS)
            for number, started in enumerate(portals):
                place.wait_for_portal(started, number)
            place.set_clock(office.framework.calendar.add(plan.due, 1))  # reminders, chasers and answers at once
            seen, balancer = Seen(), Balancer(place.ports)
            patch.setattr(visits, "Browser", lambda _through: Roaming(balancer, seen))
            planned = [
                visits.PlannedVisit(
                    office.framework,
                    partner,
                    asked_of(office, plan, partner),
                    plan.period,
                    link,
                    DEEDS.get(partner, Deed.SEND),
                    until=plan.closes,
                )
                for partner, link in links_in(box).items()
            ]
            with ThreadPoolExecutor(4) as people:
                told = dict(zip([each.partner for each in planned], people.map(visits.pay_visit, planned), strict=True))
            place.wait_until_idle(*WORKERS)
            (place.home / "stop").touch()
            logs = "".join(file.read_text() for file in sorted(place.home.glob("*.log")))
            yield Outcomes(office, box, seen, balancer, told, logs)
            office.register.close()


def test_no_email_goes_twice_and_none_is_left_out(outcomes: Outcomes) -> None:
    """SendGrid, which has no key against sending twice, was given each booked email once."""
    booked = [each.outbox_id for each in outcomes.office.facts().of(MessageReserved)]

    assert len(booked) > 30
    assert Counter(booked) == Counter(outcomes.box.outbox_ids())


def test_every_email_was_settled_once_as_sent(outcomes: Outcomes) -> None:
    """No worker took another's email for one that was interrupted."""
    facts = outcomes.office.facts()
    settled = [each for each in facts.of(MessageSettled) if not each.of_an_attempt]

    assert {Outcome.SENT} == {each.outcome for each in settled}
    assert len(facts.of(MessageReserved)) == len(settled)


def test_both_workers_and_both_portals_had_their_share(outcomes: Outcomes) -> None:
    """The test would show nothing if one of them had done everything."""
    assert all(re.search(f"{name} .*'sent': ", outcomes.logs) for name in WORKERS)
    assert 2 == len(outcomes.balancer.answered)
    assert min(outcomes.balancer.answered.values()) > 20


def test_no_return_is_lost(outcomes: Outcomes) -> None:
    """Whatever got a receipt is on record, judged once and answered once, whichever portal took it."""
    facts = outcomes.office.facts()
    received = {each.partner_return for each in facts.of(ReturnReceived)}
    receipts = Counter(each.tells_of for each in facts.of(MessageReserved) if each.email == "receipt")

    assert [] == [f"{partner} {visit.said}" for partner, visit in outcomes.visits.items() if not visit.sent]
    assert outcomes.seen.receipts == received
    assert Counter(received) == Counter(each.partner_return for each in facts.of(VerdictGiven))
    assert Counter(received) == receipts


def test_every_file_is_intact(outcomes: Outcomes) -> None:
    """The bytes in the store are those that people chose, by SHA-256."""
    kept = outcomes.office.facts().of(UploadKept)
    stored = {hashlib.sha256(outcomes.office.stores.raw.get(each.stored_as)).hexdigest() for each in kept}

    assert len(kept) > 8
    assert outcomes.seen.uploaded == stored == {each.sha256 for each in kept}
