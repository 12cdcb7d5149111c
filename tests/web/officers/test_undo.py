"""For some minutes one press takes a decision back, and nobody hears of it; then what follows is done, once."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.register import open_register
from quarterday.adapters.undo_offers import facts_to_act_on
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import (
    CollectionBound,
    ExtensionDecided,
    MessageReserved,
    OfficerWrote,
    RequestWaived,
    UndoClosed,
    UndoOffered,
)
from quarterday.web.officers import decide
from quarterday.web.serving.app import create_app
from tests.web.conftest import COLLECTION, FIRE, Office, form_on
from tests.web.officers.conftest import LOU, SAM, OfficerAtWork
from tests.web.officers.test_deciding import wants_time
from tests.web.officers.test_settling import bound

LOG, BUTTON = "/officers/decisions", 'action="/officers/undo/'


@pytest.fixture(autouse=True)
def five_minutes(office: Office) -> None:
    """The office of an installation as it comes: five minutes."""
    office.installation.settings.undo_minutes = 5


def run(office: Office) -> list[str]:
    """A run of the day: it closes what is over, and sends what is due of the fire service's request."""
    facts = facts_to_act_on(office.installation)
    due = what_is_due(office.installation.framework, facts, office.installation.today())
    emails = [each for each in due if isinstance(each, Send) and each.request == FIRE]
    for each in emails:
        perform_send(office.installation, each)
    return [each.occasion for each in emails if each.occasion != "request"]


def grant(office: Office, jo: OfficerAtWork, day: date = date(2025, 7, 29)) -> None:
    """At ten, Jo gives the time that the fire service asked for."""
    wants_time(office, day)
    run(office)
    office.at("2025-07-15T10:00:00+01:00")
    jo.sign_in()
    jo.open(f"/officers/decide/grant-time/{FIRE}")
    jo.send(f"/grant-time/{FIRE}", why="They told us early.")


def press(officer: OfficerAtWork) -> None:
    """Press the first button of the page that undoes something."""
    assert officer.page is not None
    (first, *_) = re.findall(r'action="(/officers/undo/[^"]*)"', officer.page.text)
    officer.send(first)


def test_the_email_waits_for_five_minutes_and_then_goes_once(office: Office, jo: OfficerAtWork) -> None:
    """The page says until when; a run before that leaves it, one after it sends it, the next does nothing."""
    grant(office, jo)
    assert "Nothing goes out because of this before 10:05." in jo.text
    office.at("2025-07-15T10:04:59+01:00")
    assert [] == run(office)
    office.at("2025-07-15T10:05:00+01:00")
    assert ["extension-granted"] == run(office)
    assert [] == run(office)
    assert [False] == [each.taken_back for each in office.kept(UndoClosed)]


def test_one_press_takes_it_back_and_nobody_ever_hears_of_it(office: Office, jo: OfficerAtWork) -> None:
    """What waited before waits again; the log tells both, and the partner has the date that it had."""
    grant(office, jo)
    office.at("2025-07-15T10:01:00+01:00")
    press(jo)
    assert "Recorded Taken back, before anything followed: Fire Service was given time until 29 July 2025." in jo.text
    assert () == office.kept(ExtensionDecided)
    assert "Fire Service asks for more time until 29 July 2025" in jo.open("/officers").text
    assert "It holds no longer." in jo.open(LOG).text
    office.at("2025-07-15T11:00:00+01:00")
    assert "extension-granted" not in run(office)
    assert "extension-granted" not in {each.occasion for each in office.kept(MessageReserved)}


def test_the_partner_s_page_says_nothing_of_it_until_the_email_may_go(office: Office, jo: OfficerAtWork) -> None:
    """What one press takes away again is told neither by email nor on the page: there it is asked for, and waits."""
    grant(office, jo)
    person, own = office.person(), f"/officers/partners/fire/{COLLECTION}/as-they-see-it"
    for moment, said in (("10:01", "not yet decided"), ("10:05", "We have noted that you need more time")):
        office.at(f"2025-07-15T{moment}:00+01:00")
        run(office)
        person.open()
        assert said in person.text and said in jo.open(own).text


def test_undo_stands_on_the_first_page_in_the_log_and_beside_the_outcome(office: Office, jo: OfficerAtWork) -> None:
    """Until it is over, and for whoever may take such a decision."""
    grant(office, jo)
    looks = OfficerAtWork(office, LOU).sign_in()
    for path in ("/officers", LOG):
        assert BUTTON in jo.open(path).text
        assert BUTTON not in looks.open(path).text
    address = f"/officers/undo/{office.kept(UndoOffered)[0].key}"
    jo.open(LOG)
    looks.open("/officers")
    field = form_on(looks.page.text, "/sign-out")[1]
    assert 403 == looks.client.post(address, data=field).status_code
    assert 1 == len(office.kept(ExtensionDecided))


def test_a_run_that_was_first_is_followed_by_another_word(office: Office, jo: OfficerAtWork) -> None:
    """The press comes too late: nothing is undone, and the ways to decide anew stand there."""
    grant(office, jo)
    office.at("2025-07-15T10:05:00+01:00")
    run(office)
    press(jo)
    assert jo.page is not None and 409 == jo.page.status_code
    assert "The minutes in which one press takes it back are over" in jo.text
    assert f"/officers/decide/refuse-time/{FIRE}" in jo.links
    assert 1 == len(office.kept(ExtensionDecided))


def test_two_who_press_at_once_undo_it_once(office: Office, jo: OfficerAtWork) -> None:
    """The second hears who was first."""
    grant(office, jo)
    second = OfficerAtWork(office).sign_in()
    second.open(LOG)
    press(jo)
    press(second)
    assert second.page is not None and 409 == second.page.status_code
    assert "Jo Officer has undone it already" in second.text
    assert 1 == len(office.kept(UndoClosed))


def test_what_was_decided_since_is_undone_first(office: Office, jo: OfficerAtWork) -> None:
    """Two days, one after the other: the earlier decision holds no longer, so there is nothing of it to undo."""
    grant(office, jo)
    first = jo.page
    office.at("2025-07-15T10:01:00+01:00")
    jo.open(f"/officers/decide/grant-time/{FIRE}")
    jo.send(f"/grant-time/{FIRE}", why="Later still.", until__day="30", until__month="7", until__year="2025")
    second, jo.page = jo.page, first
    press(jo)
    assert "Undo that first" in jo.text
    jo.page = second
    press(jo)
    assert [date(2025, 7, 29)] == [each.until for each in office.kept(ExtensionDecided)]


def test_a_chaser_of_the_day_waits_with_the_decision_and_goes_when_it_is_undone(
    office: Office, jo: OfficerAtWork
) -> None:
    """Let off at nine, the partner gets no reminder at 9:01; undone at 9:02, it gets it from the next run."""
    run(office)
    office.at("2025-07-17T09:00:00+01:00")
    jo.sign_in()
    jo.open(f"/officers/decide/let-off/{FIRE}")
    jo.send(f"/let-off/{FIRE}", why="The station burnt down.")
    office.at("2025-07-17T09:01:00+01:00")
    assert [] == run(office)
    office.at("2025-07-17T09:02:00+01:00")
    press(jo)
    assert () == office.kept(RequestWaived)
    assert ["remind"] == run(office)


def test_on_a_day_off_it_can_be_undone_until_the_next_working_day_s_run(office: Office, jo: OfficerAtWork) -> None:
    """Decided on Saturday: nothing goes on Sunday, so on Monday before nine one press still takes it back."""
    run(office)
    office.at("2025-07-19T12:00:00+01:00")
    jo.sign_in()
    jo.open(f"/officers/decide/write/{FIRE}")
    jo.send(f"/write/{FIRE}", say="Hello Fay, is May complete?")
    office.at("2025-07-20T12:00:00+01:00")
    assert [] == run(office)
    office.at("2025-07-21T08:30:00+01:00")
    jo.sign_in(to=LOG)
    jo.open(LOG)
    assert "Nothing has gone out because of this yet" in jo.text
    press(jo)
    assert () == office.kept(OfficerWrote)
    office.at("2025-07-21T09:00:00+01:00")
    assert "letter" not in run(office)


def test_dates_for_all_that_were_undone_can_be_given_again(office: Office, jo: OfficerAtWork) -> None:
    """Each binding has a number of its own, whatever was taken back."""
    bound(office)
    for _ in range(2):
        jo.open(f"/officers/decide/more-time-for-all/{COLLECTION}")
        jo.send(COLLECTION, why="The bank holiday.", until__day="25", until__month="7", until__year="2025")
        assert "Undo" in jo.text
        press(jo)
        office.at("2025-07-15T09:01:00+01:00")
    assert [0] == [each.number for each in office.kept(CollectionBound)]
    assert [0, 1, 2] == [each.number for each in office.installation.facts().ever(CollectionBound)]


def test_what_has_to_work_at_once_has_no_minutes(office: Office, jo: OfficerAtWork) -> None:
    """Links that are stopped are stopped; a fresh one goes with the next run."""
    for decision in ("stop-links", "fresh-link"):
        jo.open(f"/officers/decide/{decision}/{FIRE}")
        jo.send(f"/{decision}/{FIRE}", why="They lost it.")
    assert () == office.kept(UndoOffered)


def test_without_minutes_nothing_is_offered(office: Office, jo: OfficerAtWork) -> None:
    """As a partnership may set it."""
    office.installation.settings.undo_minutes = 0
    grant(office, jo)
    assert () == office.kept(UndoOffered)
    assert BUTTON not in jo.page.text


def test_the_offer_goes_to_releases_for_those_who_approve_them(office: Office, jo: OfficerAtWork) -> None:
    """Sam approves releases and decides nothing about requests: what Jo gave is not Sam's to undo."""
    grant(office, jo)
    assert BUTTON not in OfficerAtWork(office, SAM).sign_in().open("/officers").text


def test_two_who_press_in_the_same_instant_decide_once(
    office: Office, jo: OfficerAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the threads run: one decision is recorded, and the other officer is shown it.

    Each at a portal of its own, as two processes are, which share the register alone; and each waits for the other
    before it records, as far as it may.
    """
    wants_time(office)
    both = [jo, OfficerAtWork(office).sign_in()]
    beside = create_app(
        replace(office.installation, register=open_register(office.installation.settings)), office.checks
    )
    both[1].client = TestClient(beside, cookies=both[1].client.cookies)
    for each in both:
        each.open(f"/officers/decide/grant-time/{FIRE}")
    office.at("2025-07-15T09:10:00+01:00")
    recorded, meet = decide.record, Barrier(2)

    def at_the_same_moment(*given: Any) -> Any:
        with suppress(BrokenBarrierError):
            meet.wait(0.3)
        return recorded(*given)

    monkeypatch.setattr(decide, "record", at_the_same_moment)
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda each: each.send(f"/grant-time/{FIRE}", why="Why not?").status_code, both))
    assert [200, 409] == sorted(answers)
    assert 1 == len(office.kept(ExtensionDecided))
