"""The officers' interface in a real browser: every decision, taken by clicking, ends as a fact or a plain refusal.

Each form makes the run that was clicked; the runs are then carried out in this process, since a cold one takes a worker
six seconds. Two go the whole way: one that is granted, one that is refused.
"""

import json
import os
import time
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as hour
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from expectations.checking import Checked
from quarterday.adapters.doctor.running import deployments_wanted, look_at_prefect
from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.asks.answering import board_above, boards_asked
from quarterday.domain.collection.decision import coming_keys, what_is_due
from quarterday.domain.collection.standing import LONDON
from quarterday.domain.facts import (
    ExtensionDecided,
    FiguresHeld,
    GapRecorded,
    LinkReplaced,
    LinkRevoked,
    MessageHeld,
    MessageReserved,
    ReleaseApproved,
    ReleaseMade,
    ReleaseWithdrawn,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    UndoOffered,
    Verdict,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.rulings.officer_links import OfficerPage
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.subjects import subject_of
from tests.chromium import launched, needs_chromium
from tests.conftest import begin_with
from tests.flows.conftest import tell_the_server
from tests.flows.forms import PATIENCE, Running, asked, decide, field_of

playwright = pytest.importorskip("playwright.sync_api")
CONFIG = Path(__file__).parents[2] / "config"
PICTURES = os.environ.get("PICTURES", "")  # a folder, where the pages are to be looked at
QUARTER, BEFORE = "2025-26 Q1", "2024-25 Q4"
TODAY = date(2025, 7, 15)  # everybody has been asked, nothing is due yet
WHO = {"who": "coordinator", "why": "They rang us."}
SEEN = {
    "likelihood": "likely",
    "impact": "major",
    "trend": "steady",
    "next_review": date(2025, 6, 30),
}
OWED = {"owed_on": date(2025, 6, 30), "sent_on": date(2025, 6, 30)}
MET = date(2025, 6, 29)  # a Sunday: no board met
ASKED = {"what": "Timely sharing of data.", "consequence": "It stays late."}
TO_DO = {"what": "Write it down.", "due": date(2025, 6, 1)}
PUBLISHED = {"decide": "publish", **WHO}
RATED = {"publish": "It was agreed in May.", **WHO}
pytestmark = [
    pytest.mark.proof,
    pytest.mark.prefect,
    pytest.mark.browser,
    pytest.mark.timeout(900),
    needs_chromium,
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Iterator[Running]:
    """Prefect's server and, once it is wanted, a worker, started as `quarterday up` starts them; everybody asked."""
    from flows.installation import leftovers, running, server
    from flows.performing import process
    from flows.performing.acting import perform

    home = tmp_path_factory.mktemp("officers")
    clock = home / "clock"
    clock.write_text(datetime.combine(TODAY, hour(9), LONDON).isoformat())
    url = f"http://127.0.0.1:{server.free_port()}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": home, "CONFIG": CONFIG, "CLOCK_FILE": clock, "PREFECT_UI_URL": url}.items():
            patch.setenv(f"QUARTERDAY_{name}", str(value))
        get_settings.cache_clear()
        process.this_installation.cache_clear()
        settings = Settings()
        open_register(settings).close()
        office = open_installation(settings)
        for action in what_is_due(office.framework, office.facts(), office.today()):
            perform(office, action)
        happened(office)
        begin_with(home, prefect_template)
        parts = [running.prefect_part(settings), running.worker_part(settings)]
        try:
            parts[0].keep(print)
            server.wait_until_up(f"{url}/api/health", parts[0].running, home / "prefect" / "server.log")
            running.deploy(settings)
            here = {PREFECT_API_URL: f"{url}/api", PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
            with playwright.sync_playwright() as driver, temporary_settings(here):
                browser = launched(driver)
                page = browser.new_page(viewport={"width": 1400, "height": 1000}, reduced_motion="reduce")
                page.set_default_timeout(90_000)
                foreign: list[str] = []
                page.on("request", lambda each: foreign.append(each.url) if not _ours(each.url, url) else None)
                yield Running(url, office, page, foreign, lambda: parts[1].keep(print), PICTURES)
                browser.close()
        finally:
            tell_the_server()
            for part in reversed(parts):
                if part.running:
                    server.stop(part.running)
            leftovers.end_runs(home)
            process.close_installation()
            process.this_installation.cache_clear()
            get_settings.cache_clear()


def _ours(address: str, url: str) -> bool:
    return address.startswith((url, "data:", "blob:"))


def happened(office: Installation) -> None:
    """What there is to decide about: time asked for, and two returns sent back, one of which nobody decides about."""
    made = {each.partner: each for each in office.facts().of(RequestMade)}
    who: dict[str, Any] = {"at": office.now(), "partnership": office.framework.partnership.code}
    asking = made[partner(office, 1)]
    said = {"until": date(2025, 7, 30), "kind": ReplyKind.NEEDS_TIME, "reply": "A-1"}
    office.register.append(ReplyReceived(request=asking.request, by=f"{asking.partner}/contact", **said, **who))
    for name, sender in (("R-0", made[partner(office, 9)]), ("R-1", made[partner(office, 2)])):
        sent = {"request": sender.request, "partner_return": name, "by": f"{sender.partner}/contact"}
        nothing = PartnerReturn(sender.partner, sender.collection, None, (), "template")
        findings, rows = keep_checked(office.stores, name, Checked(nothing, (), Verdict.QUERIED), office.now())
        found = {"critical": 1, "warnings": 0, "notes": 0, "findings_stored_as": findings, "rows_stored_as": rows}
        found["answered"] = sender.asked
        office.register.append(
            ReturnReceived(kind=ReturnKind.FIGURES, **sent, **who),
            VerdictGiven(**{**sent, "by": "quarterday"}, verdict="queried", **found, **who),
        )


def published(office: Installation) -> None:
    """A release of the quarter before, to be withdrawn."""
    collection = office.facts().of(RequestMade)[0].collection.replace("2025-26-q1", "2024-25-q4")
    who: dict[str, Any] = {"at": office.now(), "by": "quarterday", "partnership": office.framework.partnership.code}
    release = {"collection": collection, "version": 1, "kind": "provisional", "folder": "r", "manifest_sha256": "0"}
    office.register.append(ReleaseMade(returns=(), **release, **who))


def partner(office: Installation, number: int) -> str:
    """A partner that was asked, by its place: each decision has one of its own."""
    return office.facts().of(RequestMade)[number].partner


@pytest.fixture(scope="module")
def first(running: Running) -> Running:
    """Each decision taken once by clicking, and carried out."""
    office = running.office
    code = [partner(office, number) for number in range(9)]
    request = {each.partner: each for each in office.facts().of(RequestMade)}
    key = coming_keys(office.framework, office.facts(), TODAY)[0]
    indicator = request[code[4]].asked[0]
    decide(running, "preview", "preview-release", {"quarter": QUARTER, "who": "coordinator"})
    running.carry_out("preview")
    published(office)
    for what, deployment, fields in (
        ("refuse", "decide-extension", {**of(code[1]), "decide": "refuse", **WHO}),
        ("accept", "accept-return", {**of(code[2]), **WHO}),
        ("hold figures", "hold-figures", {**of(code[2]), "decide": "hold back", **WHO}),
        ("waive", "waive-request", {**of(code[3]), **WHO}),
        ("gap", "record-gap", {**of(code[4]), "indicator": indicator, "owner": "Them", **WHO, "expected": GAP_UNTIL}),
        ("replace", "replace-link", {**of(code[5]), **WHO}),
        ("revoke", "revoke-links", {**of(code[6]), **WHO}),
        ("hand in", "hand-in-return", {**of(code[7]), **WHO}),
        ("contact", "change-contact", {"partner": code[8], "role": "deputy", **WHO}),
        ("hold", "hold-email", {"message": key, "decide": "hold back", **WHO}),
        ("approve", "approve-release", {"quarter": QUARTER, **WHO}),
        ("withdraw", "withdraw-release", {"quarter": BEFORE, "version": 1, **WHO}),
    ):
        decide(running, what, deployment, fields)
        running.carry_out(what)
    return running


@pytest.fixture(scope="module")
def second(first: Running) -> Running:
    """An hour later: what contradicts those, or cannot be; a held email let go, an officer's links stopped."""
    office = first.office
    code = [partner(office, number) for number in range(9)]
    (held,) = office.facts().held()
    indicator = office.facts().of(RequestMade)[0].asked[0]
    asked_there = {each.partner: each.asked for each in office.facts().of(RequestMade)}[code[4]]
    other = next(each for each in sorted(office.framework.indicator) if each not in asked_there)
    activity, risk = office.framework.activities[0].code, office.framework.risks[0].code
    bid, submission = office.framework.bids[0].code, office.framework.submissions[0].code
    boards = boards_asked(office.framework)
    top = next(each.code for each in boards if not board_above(office.framework, each.code))
    board = next(each.code for each in boards if each.code != top)
    clock = office.settings.clock_file
    assert clock
    clock.write_text(datetime.combine(TODAY, hour(10), LONDON).isoformat())
    for what, deployment, fields in (
        ("an indicator that was not asked", "record-gap", {**of(code[4]), "indicator": other, "owner": "T", **WHO}),
        ("nothing differs", "adopt-changes", {"quarter": QUARTER, **WHO, "parts": ["all"]}),
        ("nothing to leave", "leave-changes", {"quarter": QUARTER, **WHO, "parts": ["all"]}),
        ("what has not opened", "call-off-quarter", {"quarter": BEFORE, **WHO}),
        ("nothing waits", "confirm-going-on", {**WHO}),
        (
            "no such return",
            "read-words",
            {"partner_return": "R-none", "indicator": indicator, "decide": "publish", **WHO},
        ),
        ("no such activity", "rate-activity", {"quarter": BEFORE, "activity": activity, "rag": "amber", **RATED}),
        ("looked at again long before", "review-risk", {"risk": risk, **SEEN, **WHO}),
        ("won for no time", "tell-bid", {"bid": bid, "state": "won", **WHO}),
        ("nothing owed that day", "record-submission", {"submission": submission, **OWED, **WHO}),
        ("nobody gives up", "give-up-activity", {"quarter": BEFORE, "activity": activity, **WHO}),
        ("asked by nobody", "raise-ask", {"board": board, "asker": top, "kind": "help", **ASKED, **WHO}),
        ("withdrawn by nobody", "withdraw-ask", {"ask": "A-none", "publish": "It is solved.", **WHO}),
        ("answered to nobody", "answer-ask", {"ask": "A-none", "answer": "refused", "meeting": MET, **WHO}),
        ("set for the past", "set-action", {"board": board, "meeting": MET, "done_by": code[0], **TO_DO, **WHO}),
        ("dropped by nobody", "tell-action", {"action": "D-none", "state": "dropped", **WHO}),
        ("met on no day", "record-meeting", {"board": board, "meeting": MET, **WHO}),
        ("none in doubt", "settle-emails", {"which": "in doubt", "decide": "they arrived", **WHO}),
        ("send back", "send-back-return", {**of(code[2]), **WHO, "say_to_the_partner": "Which wards?"}),
        ("lift", "lift-waiver", {**of(code[3]), **WHO}),
        ("let go", "hold-email", {"message": held, "decide": "let go", **WHO}),
        ("no keys", "revoke-keys", {"partner": code[8], **WHO}),
        ("stop", "revoke-officer-links", {"officer": "coordinator", **WHO}),
    ):
        decide(first, what, deployment, fields)
        first.carry_out(what)
    return first


@pytest.fixture(scope="module")
def whole_way(second: Running) -> Running:
    """A worker takes up what two more forms ask for, each in a process of its own."""
    code = [partner(second.office, 0)]
    granted = {**of(code[0]), "decide": "grant", **WHO, "until": date(2025, 7, 31)}
    decide(second, "grant", "decide-extension", granted)
    decide(second, "not theirs", "replace-link", {**of(code[0]), "who": "information-governance", "why": "They left."})
    second.start_worker()
    second.wait("grant", "not theirs")
    return second


def of(partner: str) -> dict[str, str]:
    """The first fields of a decision about a partner's quarter."""
    return {"quarter": QUARTER, "partner": partner}


GAP_UNTIL = date(2025, 9, 30)
COVERED = {
    *("decide-extension", "accept-return", "waive-request", "record-gap", "replace-link", "revoke-links"),
    *("hand-in-return", "change-contact", "hold-email", "preview-release", "approve-release", "withdraw-release"),
    *("revoke-officer-links", "send-back-return", "lift-waiver", "settle-emails", "hold-figures", "revoke-keys"),
    *("adopt-changes", "leave-changes", "call-off-quarter", "confirm-going-on", "read-words", "rate-activity"),
    *("review-risk", "tell-bid", "record-submission", "give-up-activity"),
    *("raise-ask", "withdraw-ask", "answer-ask", "set-action", "tell-action", "record-meeting"),
}


def test_every_form_is_clicked():
    """A deployment with the tag `decision` that no test here takes would be one that nobody has seen."""
    assert COVERED == {each["name"] for each in deployments_wanted() if "decision" in each["tags"]}


def test_each_decision_is_in_the_register(first):
    """With who and why, and its dates and switches as they were clicked."""
    refused = first.kept(ExtensionDecided)[0]
    given, (waived,), (gap,) = first.kept(VerdictGiven)[-1], first.kept(RequestWaived), first.kept(GapRecorded)
    by = {each.by for each in (refused, given, waived, gap)}

    assert ({"coordinator"}, "They rang us.") == (by, waived.reason)
    assert not refused.granted
    assert ("accepted with caveats", "coordinator") == (given.verdict, given.overrides)
    assert {(given.request, True)} == {(each.request, each.held) for each in first.kept(FiguresHeld)}
    assert ("Them", GAP_UNTIL) == (gap.owner, gap.expected)
    assert 1 == len(first.kept(LinkReplaced)) == len(first.kept(ReleaseApproved)) == len(first.kept(ReleaseWithdrawn))
    assert {first.kept(LinkReplaced)[0].request, f"{given.request.rpartition('.')[0]}.{partner(first.office, 6)}"} == {
        each.request for each in first.kept(LinkRevoked) if each.reason == "They rang us." and each.request
    }
    assert {"Recorded", "Link sent"} == {first.state(each)["name"] for each in first.runs}


def test_each_decision_is_undone_on_the_pages_as_one_of_theirs(first):
    """Of those that have minutes: under the page's own name for it, about what it is about, with what waits for it."""
    office, facts = first.office, first.office.facts()
    offered = {each.decision: each for each in facts.of(UndoOffered)}
    about = {
        name: subject_of(DECISIONS[name].about, office.framework, facts, each.matter) for name, each in offered.items()
    }

    assert {
        "refuse-time",
        "accept-return",
        "hold-figures",
        "let-off",
        "record-gap",
        "approve-release",
        "withdraw-release",
    } == set(offered)
    assert {name: each.touches for name, each in offered.items()} == {
        name: subject.touches for name, subject in about.items() if subject
    }


def test_each_officer_page_has_gone_by_email(first):
    """To the officer who decided; the deputy is named nowhere in Prefect."""
    sent = {each.email: each.recipient for each in first.kept(MessageReserved) if each.email in set(OfficerPage)}

    assert dict.fromkeys(OfficerPage, "officer/coordinator") == sent


def test_what_cannot_be_is_refused_naming_what_there_is(second):
    """The run was refused, and it says what there is to choose from."""
    refused = {
        "an indicator that was not asked": "Asked were: ",
        "nothing differs": "is nothing in which config/ differs",
        "nothing to leave": "is nothing in which config/ differs",
        "what has not opened": "That collection has not opened",
        "nothing waits": "Nothing waits for this",
        "no such return": "There is no return “R-none”",
        "no such activity": "was not asked about",
        "looked at again long before": "Say when it is looked at again: a day after today",
        "won for no time": "It was won: say until when it pays.",
        "nothing owed that day": "Nothing is owed as",
        "nobody gives up": "was not asked about",
        "asked by nobody": "does not report to that board",
        "withdrawn by nobody": "There is no ask A-none",
        "answered to nobody": "There is no ask A-none",
        "set for the past": "after the meeting",
        "dropped by nobody": "There is no action D-none",
        "met on no day": "has not met on",
        "none in doubt": "No email is in doubt",
        "no keys": "has no key that works",
    }
    for what, said in refused.items():
        assert ("Refused", True) == (second.state(what)["name"], said in second.state(what)["message"]), what

    assert [] == second.foreign


def test_a_decision_is_put_right(second):
    """A return that was accepted is sent back with a question, a partner that was let off is asked again."""
    assert {"Recorded"} == {second.state(each)["name"] for each in ("send back", "lift")}
    assert ("queried", "coordinator") == (second.kept(VerdictGiven)[-1].verdict, second.kept(VerdictGiven)[-1].by)
    assert "coordinator" == second.kept(WaiverLifted)[0].by


def test_a_decision_goes_the_whole_way_through_a_worker(whole_way):
    """From a form through a worker's process to the register: one that is recorded, and one that nobody may take.

    Its page says who may.
    """
    granted = whole_way.kept(ExtensionDecided)[-1]
    said = "Priya Raman may not decide this. Who may: Ama Boateng, Tom Ashdown"

    assert (True, date(2025, 7, 31), "coordinator") == (granted.granted, granted.until, granted.by)
    assert "Recorded" == whole_way.state("grant")["name"]
    assert "Refused" == whole_way.state("not theirs")["name"]
    assert said in whole_way.state("not theirs")["message"]
    whole_way.page.goto(whole_way.runs["not theirs"])
    whole_way.page.get_by_text(said).first.wait_for()
    whole_way.picture("not-theirs-run")

    assert 2 == len(whole_way.kept(ExtensionDecided))


def test_a_held_email_is_let_go_and_an_officers_links_are_stopped(second):
    """Both are facts like any other."""
    stopped = [each for each in second.kept(LinkRevoked) if each.reason == "They rang us." and not each.request]

    assert [True, False] == [each.held for each in second.kept(MessageHeld)]
    assert 2 == len(stopped)  # the contact's and the draft's; the hand-in's is filed with its request


def test_the_overview_answers_at_once(second):
    """Who owes us what, what happened today, what needs me: with links that lead somewhere, and a chart."""
    page = second.page
    page.goto(f"{second.url}/artifacts")
    page.get_by_text("Begin here").first.wait_for()
    second.picture("artifacts")
    page.goto(f"{second.url}/artifacts/key/overview")
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    for said in ("Who owes us what", "What happened today", "What needs me"):
        page.get_by_role("heading", name=said).wait_for()
    second.picture("overview")

    picture = page.locator("img[src^='data:']").first
    picture.wait_for()
    assert picture.evaluate("each => each.naturalWidth")
    way = page.get_by_role("link", name="what, and how to decide").get_attribute("href")  # it opens in a tab of its own
    assert way.startswith("/artifacts/artifact/")  # the page itself, and no list of its versions
    page.goto(urljoin(second.url, way))
    form = page.get_by_role("link", name="accept-return").first.get_attribute("href")
    second.picture("what-needs-me")
    page.goto(urljoin(second.url, form))
    filled_in = json.loads(parse_qs(urlsplit(form).query)["parameters"][0])
    assert {"quarter", "partner"} == set(filled_in)
    for name, said in filled_in.items():
        field_of(page, name).get_by_text(said, exact=True).wait_for()
    assert "" == field_of(page, "who").locator(".p-select-button").inner_text()  # nobody is taken for who decides
    second.picture("accept-filled-in")
    for key in ("returns-2025-26-q1", "complete-2025-26-q1", "preview-2025-26-q1"):
        page.goto(f"{second.url}/artifacts/key/{key}")
        page.locator("a[href*='/artifacts/artifact/']").first.click()
        page.get_by_text("Raw").first.wait_for()
        second.picture(key)

    assert [] == second.foreign


def test_what_stands_in_no_list_makes_no_run(second):
    """A code of something that there is not is refused by the server, which names those that there are."""
    found = asked(f"{second.url}/api/deployments/name/revoke-links/revoke-links")
    said = {"quarter": QUARTER, "partner": "navy", **WHO}
    with httpx.Client(base_url=f"{second.url}/api", trust_env=False, timeout=60) as client:
        token = client.get("/csrf-token", params={"client": "test"}).json()["token"]
        csrf = {"Prefect-Csrf-Client": "test", "Prefect-Csrf-Token": token}
        answer = client.post(f"/deployments/{found['id']}/create_flow_run", json={"parameters": said}, headers=csrf)

    assert (409, True) == (answer.status_code, "'navy' is not one of" in answer.text)


def test_the_interface_that_calls_elsewhere_is_not_offered(running):
    """Prefect's V2 interface calls an analytics host: there is no way into it."""
    settings = asked(f"{running.url}/ui-settings")

    assert ["v1"] == settings["available_uis"]


def test_the_doctor_finds_nothing_wrong_with_a_prefect_that_quarterday_started(whole_way):
    """Every deployment and schedule is there, a worker looks after the pool, and nothing is told to anybody."""
    until = time.monotonic() + PATIENCE  # a worker that has just been started says so when it is ready
    while (told := [str(each) for each in look_at_prefect(whole_way.office.settings)]) and time.monotonic() < until:
        time.sleep(1)

    assert [] == told
