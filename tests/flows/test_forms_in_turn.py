"""A decision by a form in Prefect is taken as on the pages: in turn, not over news, and taken back by one press."""

import inspect
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from prefect.states import State

from flows import request_decisions
from flows.performing import recording
from quarterday.domain.facts import ExtensionDecided, LinkRevoked, RequestWaived, UndoClosed, UndoOffered
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.domain.rulings.time_rulings import decide_extension
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.subjects import Kind, subject_of
from tests.web.conftest import FIRE, Office
from tests.web.officers.conftest import JO, SAM, OfficerAtWork, an_office_of
from tests.web.officers.test_undo import press

QUARTER, UNTIL = "2025-26 Q1", date(2025, 7, 29)
OF_FIRE = {"quarter": QUARTER, "partner": "fire", "who": "jo", "why": "They rang."}
NINE = datetime.fromisoformat("2025-07-15T09:00:00+01:00")
GRANT = {**OF_FIRE, "decide": "grant", "until": UNTIL}
Form = Callable[..., State]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office of two who decide; its forms work without a Prefect server, which is told what came of them."""
    made = an_office_of(tmp_path, (JO, SAM.model_copy(update={"may": JO.may})))
    made.installation.settings.undo_minutes = 5
    for module in (recording, request_decisions):
        monkeypatch.setattr(module, "this_installation", lambda: made.installation)
    for told in ("show_standing", "come_back"):
        monkeypatch.setattr(recording, told, lambda *_: None)
    return made


def run(form: Any, **given: Any) -> State:
    """What a run of the form does."""
    taken: Form = inspect.unwrap(form.fn, stop=lambda each: each.__name__ == form.fn.__name__ and each is not form.fn)
    return taken(**given)


def test_what_a_form_decides_is_undone_on_the_pages(office: Office) -> None:
    """Offered as the page's own decision is, on the same matter, and the run says until when and where."""
    said = []
    for minute, (form, given) in enumerate(
        (
            (request_decisions.decide_extension, GRANT),
            (request_decisions.decide_extension, {**OF_FIRE, "decide": "refuse"}),
            (request_decisions.waive_request, OF_FIRE),
            (request_decisions.record_gap, {**OF_FIRE, "indicator": "deliberate-fires", "owner": "Us"}),
        )
    ):
        office.at(f"2025-07-15T09:0{minute}:00+01:00")
        said.append(str(run(form, **given).message))
    facts = office.installation.facts()
    subject = subject_of(Kind.REQUEST, office.installation.framework, facts, FIRE)
    offered = [(each.decision, each.matter, each.touches, each.until) for each in facts.of(UndoOffered)]
    jo = OfficerAtWork(office).sign_in()
    jo.open("/officers/decisions")
    press(jo)

    assert subject is not None
    names = ("grant-time", "refuse-time", "let-off", "record-gap")
    until = [NINE + timedelta(minutes=minute) for minute in range(5, 9)]
    assert [(name, FIRE, subject.touches, end) for name, end in zip(names, until, strict=True)] == offered
    assert "Until 09:05 nothing follows from it, and one press takes it back: http://testserver/officers/" in said[0]
    assert 1 == sum(each.taken_back for each in office.kept(UndoClosed))
    assert set(names) <= DECISIONS.keys()


def test_links_are_stopped_at_once(office: Office) -> None:
    """As on the pages: what has to work at once has no minutes."""
    office.link()
    run(request_decisions.revoke_links, **OF_FIRE)
    assert (1, ()) == (len(office.kept(LinkRevoked)), office.kept(UndoOffered))


def granted_on_a_page(office: Office, at: datetime, who: str = "sam") -> None:
    """Another officer's decision, on record."""
    known, facts = office.installation.framework, office.installation.facts()
    request = facts.request(FIRE)
    assert request
    ruling = Ruling(who, "Its system is down.", at)
    office.installation.register.append(decide_extension(known, facts, request, ruling, grant=True, until=UNTIL))


def test_what_others_decided_since_the_form_was_submitted_is_told_and_nothing_recorded(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Jo submits at 8:58, Sam grants on the page at 8:59, the worker begins at nine."""
    monkeypatch.setattr(recording, "submitted_at", lambda _: NINE - timedelta(minutes=2))
    granted_on_a_page(office, NINE - timedelta(minutes=1))
    state = run(request_decisions.waive_request, **OF_FIRE)

    assert ("Refused", ()) == (state.name, office.kept(RequestWaived))
    assert "Meanwhile, on Tue 15 Jul 2025 08:59, something happened here (Sam Second)" in str(state.message)
    assert "submit the form once more" in str(state.message)


@pytest.mark.parametrize(("who", "submitted"), [("jo", NINE - timedelta(minutes=2)), ("sam", NINE)])
def test_what_whoever_decides_did_or_could_see_is_no_news(
    office: Office, monkeypatch: pytest.MonkeyPatch, who: str, submitted: datetime
) -> None:
    """One's own decision a minute ago, and another's that stood there already: the latest holds."""
    monkeypatch.setattr(recording, "submitted_at", lambda _: submitted)
    granted_on_a_page(office, NINE - timedelta(minutes=1), who)
    state = run(request_decisions.decide_extension, **{**OF_FIRE, "decide": "refuse"})

    assert ("Recorded", [True, False]) == (state.name, [each.granted for each in office.kept(ExtensionDecided)])
    assert "had decided" in str(state.message)


def test_a_run_that_died_once_it_had_recorded_decides_nothing_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken up again by Prefect twenty minutes later, it is told that this stands; a form submitted anew decides."""
    monkeypatch.setattr(recording, "submitted_at", lambda _: NINE)
    ends = []
    for minute in (1, 20):
        office.at(f"2025-07-15T09:{minute:02}:00+01:00")
        ends.append(run(request_decisions.waive_request, **OF_FIRE))
    monkeypatch.setattr(recording, "submitted_at", lambda _: NINE + timedelta(minutes=20))
    office.at("2025-07-15T09:21:00+01:00")
    ends.append(run(request_decisions.waive_request, **OF_FIRE))

    assert ["Recorded", "Refused", "Recorded"] == [each.name for each in ends]
    assert "jo has already decided exactly this, on 15 July 2025" in str(ends[1].message)


def test_a_form_waits_for_the_turn_of_a_page(office: Office) -> None:
    """While an officer's page decides nothing is recorded by a form; then the form knows what the page did."""
    run_beside = Thread(target=lambda: run(request_decisions.waive_request, **OF_FIRE))
    with office.installation.register.turn():
        run_beside.start()
        run_beside.join(0.1)
        assert () == office.kept(RequestWaived)
    run_beside.join(10)
    assert 1 == len(office.kept(RequestWaived))
