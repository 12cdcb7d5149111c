"""Officers decide on their pages: seen at once, refused beside the field, once however often it is sent."""

import shutil
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from quarterday.domain.facts import (
    ContactChanged,
    ExtensionDecided,
    Fact,
    FiguresHeld,
    GapRecorded,
    LinkReplaced,
    MessageHeld,
    ReleaseApproved,
    ReplyKind,
    ReplyReceived,
    RequestWaived,
    ReturnReceived,
    SignedIn,
    VerdictGiven,
)
from quarterday.web.officers.decisions import DECISIONS
from tests.web.conftest import COLLECTION, FIRE, Office
from tests.web.officers.conftest import LOU, SAM, OfficerAtWork

PAGE = f"/officers/partners/fire/{COLLECTION}"


def wants_time(office: Office, until: date = date(2025, 7, 29)) -> None:
    """The fire service asks for time."""
    office.installation.register.append(
        ReplyReceived(
            at=office.installation.now(),
            by="fire/contact",
            reason="Our analyst is away.",
            partnership="somewhere",
            request=FIRE,
            reply="reply-1",
            kind=ReplyKind.NEEDS_TIME,
            until=until,
        )
    )


def test_time_that_was_asked_for_is_given_in_two_clicks_and_a_sentence(office: Office, jo: OfficerAtWork) -> None:
    """From the first page: the partner's words stand there, its day in the form, and the outcome on the next page."""
    wants_time(office)
    office.at("2025-07-15T10:00:00+01:00")
    jo.sign_in()
    assert "Fire Service asks for more time until 29 July 2025" in jo.text
    assert "Our analyst is away." in jo.text
    (link,) = {each for each in jo.links if "grant-time" in each}
    jo.open(link)
    jo.send("/grant-time/" + FIRE, why="They have told us early.")

    (decided,) = office.kept(ExtensionDecided)
    assert (True, date(2025, 7, 29), "jo", "They have told us early.") == (
        decided.granted,
        decided.until,
        decided.by,
        decided.reason,
    )
    assert "Recorded Fire Service was given time until 29 July 2025." in jo.text
    assert "Next, by the run that has been asked for: an email to Fay Fire" in jo.text
    assert "Awaited by Tuesday 29 July 2025" in jo.text
    jo.open()
    assert "Nothing needs you" in jo.text


def test_a_full_disk_is_told_where_officers_begin(jo: OfficerAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """No decision waits, and yet the first page does not say that nothing needs anybody."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    jo.open()

    assert "What needs whoever keeps the installation The disk is full. Make room on it." in jo.text
    assert "Nothing waits for your decision" in jo.text
    assert "Nothing needs you" not in jo.text


def test_a_home_that_may_only_be_read_is_told(office: Office, jo: OfficerAtWork) -> None:
    """Nothing can be decided and nothing is recorded, and the page says whom to ask instead of calling it a fault."""
    jo.open(f"/officers/decide/let-off/{FIRE}")
    lock = office.installation.settings.home / "register.db.lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()  # which nobody can write, whoever runs the tests
    jo.send(f"/let-off/{FIRE}", why="They told us so.")

    assert jo.page and 503 == jo.page.status_code
    assert "its disk is full, or it may not be written. Nothing was recorded." in jo.text
    assert () == office.kept(RequestWaived)


def test_whoever_decides_otherwise_reads_who_had_decided_before(office: Office, jo: OfficerAtWork) -> None:
    """Fire was given time, and more of it minutes later: the page names the first decision and its reason."""
    wants_time(office)
    office.at("2025-07-15T10:00:00+01:00")
    jo.sign_in()
    for minute, until, why in (("10", "29", "They have told us early."), ("20", "31", "They asked again.")):
        office.at(f"2025-07-15T10:{minute}:00+01:00")
        jo.open(f"/officers/decide/grant-time/{FIRE}")
        jo.send("/grant-time/" + FIRE, why=why, until__day=until, until__month="7", until__year="2025")

    assert "Recorded Fire Service was given time until 31 July 2025." in jo.text
    assert "Before, on 15 July 2025, Jo Officer had decided (They have told us early)" in jo.text


def test_everything_that_is_wrong_is_told_at_once_beside_its_field(office: Office, jo: OfficerAtWork) -> None:
    """And what was right stays typed."""
    jo.open(f"/officers/decide/record-gap/{FIRE}")
    jo.send(f"/record-gap/{FIRE}", owner="Max", expected__day="31", expected__month="2", expected__year="2026")

    assert 422 == jo.page.status_code
    for sentence in ("Choose the figure", "Say why, in a few words", "31 2 2026 is not a date"):
        assert 2 == jo.text.count(sentence), sentence
    assert 'value="Max"' in jo.page.text
    assert () == office.kept(GapRecorded)


def test_a_refusal_of_the_rulings_stands_beside_the_field_that_it_speaks_of(office: Office, jo: OfficerAtWork) -> None:
    """The same sentence that Prefect's form gives."""
    jo.open(f"/officers/decide/refuse-time/{FIRE}")
    jo.send(f"/refuse-time/{FIRE}", why="No.")
    assert "This partner has not asked for more time" in jo.text or "Say why" in jo.text
    jo.open("/officers/decide/change-contact/fire/contact")
    jo.send("/change-contact/fire/contact", name="Ann Other", email="nowhere", why="She said so.")

    assert 'href="#email"' in jo.page.text
    assert "The email is not one that can be used" in jo.text


@pytest.mark.parametrize(
    ("name", "about", "given", "kind"),
    [
        ("let-off", FIRE, {}, RequestWaived),
        ("record-gap", FIRE, {"indicator": "deliberate-fires", "owner": "Max"}, GapRecorded),
        ("fresh-link", FIRE, {}, LinkReplaced),
        ("change-contact", "fire/contact", {"name": "Ann Other", "email": "ann@partner.example"}, ContactChanged),
        ("approve-release", COLLECTION, {}, ReleaseApproved),
    ],
)
def test_each_decision_is_the_fact_that_the_ruling_makes(
    office: Office, jo: OfficerAtWork, name: str, about: str, given: dict[str, str], kind: type[Fact]
) -> None:
    """Taken once; sent twice, by a page that is still open, it is told instead of taken again."""
    jo.open(f"/officers/decide/{name}/{about}")
    stale = OfficerAtWork(office)
    stale.client.cookies, stale.page = jo.client.cookies, jo.page
    office.at("2025-07-15T09:01:00+01:00")
    jo.send(f"/{name}/{about}", why="It was agreed.", **given)
    assert 1 == len(office.kept(kind)), jo.text
    office.at("2025-07-15T09:02:00+01:00")
    stale.send(f"/{name}/{about}", why="It was agreed.", **given)

    assert 409 == stale.page.status_code
    assert "Since you opened this page, this was recorded" in stale.text
    assert 1 == len(office.kept(kind))


def test_an_email_is_held_and_let_go(office: Office, jo: OfficerAtWork) -> None:
    """Tomorrow's email stands on the first page as it will read, with what may be done about it."""
    office.at("2025-07-16T09:00:00+01:00")  # the day before the reminder
    jo.sign_in()
    assert "Emails of Thursday 17 July 2025" in jo.text
    assert "Fay Fire (fire/contact)" in jo.text
    assert "(the link is made when the email goes)" in jo.text
    (hold,) = {each for each in jo.links if "hold-email" in each and ".fire/" in each}
    jo.open(hold)
    jo.send("/request/fire/contact", why="They rang and it is coming.")
    assert "Emails that are held back" in jo.text
    office.at("2025-07-16T09:01:00+01:00")
    (let_go,) = {each for each in jo.links if "let-email-go" in each}
    jo.open(let_go)
    jo.send("/request/fire/contact", why="It did not come.")

    assert [True, False] == [each.held for each in office.kept(MessageHeld)]
    assert "Emails that are held back" not in jo.text


def test_who_may_not_decide_is_told_who_may(office: Office) -> None:
    """There is no form; a form made by hand is refused by the ruling."""
    lou = OfficerAtWork(office, LOU).sign_in()
    assert "You look, and decide nothing." in lou.text
    lou.open(f"/officers/decide/let-off/{FIRE}")
    assert "You may not decide this. Who may: Jo Officer." in lou.text
    sam = OfficerAtWork(office, SAM).sign_in()
    sam.open(f"/officers/decide/approve-release/{COLLECTION}")
    csrf = form_field(sam)
    posted = sam.client.post(f"/officers/decide/let-off/{FIRE}", data={"csrf": csrf, "why": "I should like to."})

    assert 422 == posted.status_code
    assert "Sam Second may not decide this" in posted.text
    assert () == office.kept(RequestWaived)


def form_field(officer: OfficerAtWork) -> str:
    """The field that their forms carry."""
    return str(officer.page.text).partition('name="csrf" value="')[2].partition('"')[0]


def test_a_session_that_ends_in_the_middle_loses_nothing(office: Office, jo: OfficerAtWork) -> None:
    """What was typed is kept on the page that says so, and sent again after signing in."""
    jo.open(f"/officers/decide/let-off/{FIRE}")
    office.at("2025-07-15T10:30:00+01:00")
    jo.send(f"/let-off/{FIRE}", why="The station burnt down.")
    assert 401 == jo.page.status_code
    assert "nothing that you typed is lost" in jo.text
    assert () == office.kept(RequestWaived)
    kept = jo.page
    jo.sign_in()
    jo.page = kept
    jo.send(f"/let-off/{FIRE}")

    assert ["The station burnt down."] == [each.reason for each in office.kept(RequestWaived)]
    assert 2 == len(office.kept(SignedIn))


def test_nothing_is_decided_about_what_there_is_not(office: Office, jo: OfficerAtWork) -> None:
    """Another partnership's request, a role that nobody has, a decision that there is none: not found."""
    for path in (
        "let-off/elsewhere.2025-26-q1.fire",
        "change-contact/fire/board_lead",
        "approve-release/somewhere.1999-00-q1",
        "abolish/somewhere.2025-26-q1.fire",
        "hold-email/elsewhere.2025-26-q1.fire/first/x/fire/contact",
    ):
        assert 404 == jo.open(f"/officers/decide/{path}").status_code, path


def test_every_decision_has_its_words(office: Office, jo: OfficerAtWork) -> None:
    """What it is, what follows, and what its button says."""
    about: dict[Any, str] = {"request": FIRE, "collection": COLLECTION, "role": "fire/contact", "officer": "sam"}
    about |= {"email": f"{FIRE}/first/2025-07-08/remind/fire/contact", "agreement": "main", "partnership": "somewhere"}
    about["indicator"] = "deliberate-fires"
    person = office.person()
    person.upload()
    person.send("/send")
    about["words"] = f"{office.kept(ReturnReceived)[0].partner_return}/deliberate-fires"
    for each in DECISIONS.values():
        if str(each.about) in ("activity", "board", "ask", "action", "risk", "bid", "submission"):
            continue  # here are none: test_activities, test_asks and test_risks open them
        page = jo.open(f"/officers/decide/{each.name}/{about[str(each.about)]}")
        assert 200 == page.status_code, each.name


def test_a_return_that_came_back_is_accepted_with_caveats(office: Office, jo: OfficerAtWork) -> None:
    """The matter stands on the first page until then."""
    person = office.person()
    person.upload()
    person.send("/send")
    (received,) = office.kept(ReturnReceived)
    office.judged(received, "queried", critical=1, findings_stored_as="findings", rows_stored_as="rows")
    office.at("2025-07-15T09:05:00+01:00")
    jo.open()
    assert "The return of Fire Service was sent back" in jo.text
    jo.open(f"/officers/decide/accept-return/{FIRE}")
    jo.send(f"/accept-return/{FIRE}", why="They explained it by telephone.")

    assert ["", "jo"] == [each.overrides for each in office.kept(VerdictGiven)]
    assert "accepted with caveats" in jo.open(PAGE).text


def test_figures_that_came_are_held_back_and_let_in_again_from_the_partners_page(
    office: Office, jo: OfficerAtWork
) -> None:
    """Each is offered where it can be taken, and the page tells what was decided."""
    person = office.person()
    person.upload()
    person.send("/send")
    (received,) = office.kept(ReturnReceived)
    office.judged(
        received, "accepted", findings_stored_as="findings", rows_stored_as="rows", answered=("deliberate-fires",)
    )
    office.at("2025-07-15T09:05:00+01:00")
    jo.open(PAGE)
    assert "publish-figures" not in jo.page.text
    jo.open(f"/officers/decide/hold-figures/{FIRE}")
    jo.send(f"/hold-figures/{FIRE}", why="Their lawyers are not sure.", indicators="deliberate-fires", say="Not yet.")
    assert "What came of “Deliberate fires” of Fire Service is held back and not published." in jo.text
    assert "Readers are told: “Not yet." in jo.text
    assert "hold-figures" not in jo.page.text.partition("<h2")[0]
    office.at("2025-07-15T09:08:00+01:00")
    jo.open(f"/officers/decide/publish-figures/{FIRE}")
    jo.send(f"/publish-figures/{FIRE}", why="They are.", indicators="deliberate-fires")

    assert "may be published again" in jo.text
    assert [True, False] == [each.held for each in office.kept(FiguresHeld)]
