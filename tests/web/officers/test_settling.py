"""Whatever waits for a person is settled on the officers' pages: by a click, a sentence, and a button."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from expectations.checking import Checked, Job
from quarterday.domain.collection.binding import first_binding, plan_for
from quarterday.domain.collection.booked import given_up, in_doubt
from quarterday.domain.facts import (
    CollectionBound,
    CollectionOpened,
    FiguresSeen,
    GoingOnConfirmed,
    MatterPutOff,
    MessageHastened,
    MessageReserved,
    MessageSettled,
    OfficerWrote,
    Outcome,
    RegisterRestored,
    ReleaseApproved,
    Step,
    VerdictGiven,
    WordsRead,
)
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import framework
from tests.web.conftest import COLLECTION, FIRE, Checks, Office
from tests.web.officers.conftest import LOU, SAM, OfficerAtWork, an_office_of
from tests.web.officers.test_looking import a_return

WHO: dict[str, Any] = {"by": "quarterday", "partnership": "somewhere"}
BROKE = "the connection broke while the message was given (TimeoutError)"
LATER = "2025-07-15T09:05:00+01:00"


def in_doubt_on(office: Office, *names: str) -> None:
    """Emails of which nobody knows whether they went."""
    for name in names:
        booked = MessageReserved(
            at=office.installation.now(),
            collection=COLLECTION,
            request=FIRE,
            message=f"{FIRE}/receipt/{name}/fire/contact",
            occasion="receipt",
            email="receipt",
            recipient="fire/contact",
            subject=f"Your return {name}",
            outbox_id=name,
            **WHO,
        )
        doubt = MessageSettled(
            at=booked.at,
            message=booked.message,
            outcome=Outcome.UNCONFIRMED,
            step=Step.ANSWERED,
            attempt=1,
            detail=BROKE,
            **WHO,
        )
        office.installation.register.append(booked, doubt)


def bound(office: Office) -> None:
    """The collection promised the dates that config/ gives."""
    known = office.installation.framework
    plan = plan_for(known, office.installation.facts(), COLLECTION)
    assert plan
    opened = office.kept(CollectionOpened)[0]
    office.installation.register.append(*first_binding(known, plan, at=opened.at, **WHO))


def moved_meeting(home: Path) -> Office:
    """An office whose board meets a week later than the open collection promised; a definition differs as well."""
    office = an_office_of(home)
    bound(office)
    partnership = office.installation.framework.partnership
    meetings = (Meeting(on=date(2025, 8, 21), considers=parse_quarter("2025-26 Q1")),)
    boards = (partnership.boards[0].model_copy(update={"meetings": meetings, "name": "The Safety Board"}),)
    known = framework(partnership=partnership.model_copy(update={"boards": boards}))
    object.__setattr__(office.installation, "framework", known)
    return office


def decided(officer: OfficerAtWork, name: str, ending: str, **given: Any) -> None:
    """Press the matter's button on the open page, fill in the form, send it."""
    (link,) = {each for each in officer.links if f"/decide/{name}/" in each}
    officer.open(link)
    officer.send(ending, **given)
    assert officer.page and officer.page.status_code == 200, officer.text


def test_one_email_in_doubt_is_settled(office: Office, jo: OfficerAtWork) -> None:
    """It arrived; nothing waits any more."""
    in_doubt_on(office, "R-1")
    office.at(LATER)
    jo.open()
    assert "Nobody knows whether the email “Your return R-1” to Fire Service (contact) went" in jo.text
    assert BROKE in jo.text
    decided(jo, "email-arrived", "/contact", why="Fay has it.")

    assert [] == in_doubt(office.installation.facts())
    assert "Nothing needs you" in jo.text


def test_many_emails_in_doubt_are_settled_at_once(office: Office, jo: OfficerAtWork) -> None:
    """After an outage nobody goes from one to the next."""
    in_doubt_on(office, "R-1", "R-2", "R-3")
    office.at(LATER)
    jo.open()
    assert "Nobody knows whether 3 emails went" in jo.text
    decided(jo, "doubtful-again", "/somewhere", why="The mail server lost them all.")

    assert [] == in_doubt(office.installation.facts())
    assert 3 == sum(each.step is Step.ORDERED_AGAIN for each in office.kept(MessageSettled))


def test_all_emails_that_were_given_up_go_again_at_once(office: Office, jo: OfficerAtWork) -> None:
    """The mail server refused them for days; now it is put right."""
    in_doubt_on(office, "R-1", "R-2")
    for each in in_doubt(office.installation.facts()):
        ended = MessageSettled(
            at=office.installation.now(),
            message=each.message.message,
            outcome=Outcome.FAILED,
            step=Step.GIVEN_UP,
            detail="550 relaying denied",
            **WHO,
        )
        office.installation.register.append(ended)
    office.at(LATER)
    jo.open()
    assert "2 emails were given up after many attempts" in jo.text
    decided(jo, "given-up-again", "/somewhere", why="The server lets us in again.")

    again = [each.message for each in office.kept(MessageSettled) if each.step is Step.ORDERED_AGAIN]
    assert [f"{FIRE}/receipt/R-{n}/fire/contact" for n in (1, 2)] == sorted(again)
    assert [] == given_up(office.installation.facts())
    assert "were given up" not in jo.text


def test_what_keeps_an_email_is_told_where_officers_begin(office: Office, jo: OfficerAtWork) -> None:
    """Not in the history alone: what the mail server answered says what to put right, while it is still tried."""
    in_doubt_on(office, "R-1")
    (booked,) = [each for each in office.kept(MessageReserved) if each.outbox_id == "R-1"]
    why = "SendGrid refused our key (401): put QUARTERDAY_SENDGRID_KEY right"
    office.installation.register.append(
        MessageSettled(
            at=office.installation.now() + timedelta(minutes=1),
            message=booked.message,
            outcome=Outcome.FAILED,
            step=Step.ORDERED_AGAIN,
            **WHO,
        ),
        MessageSettled(
            at=office.installation.now() + timedelta(minutes=2),
            message=booked.message,
            outcome=Outcome.FAILED,
            step=Step.NOT_SENT,
            detail=why,
            **WHO,
        ),
    )

    assert "has not gone yet; a later run tries again" in jo.open("/officers").text
    assert why in jo.text


def test_tomorrows_email_goes_now(office: Office, jo: OfficerAtWork) -> None:
    """It is on record that it was to go at once, and the page says which email goes next."""
    office.at("2025-07-16T09:00:00+01:00")
    jo.sign_in()
    (link,) = {each for each in jo.links if "/decide/send-email-now/" in each and ".fire/" in each}
    jo.open(link)
    jo.send("/contact", why="She is away from tomorrow.")

    (hastened,) = office.kept(MessageHastened)
    assert ("jo", True) == (hastened.by, hastened.message.endswith("/fire/contact"))
    assert "is to go at once" in jo.text


def test_a_partner_is_written_to_without_a_reason_beside(office: Office, jo: OfficerAtWork) -> None:
    """The words are the reason; they stand in the thread, and the next email is theirs."""
    jo.open(f"/officers/partners/fire/{COLLECTION}")
    decided(jo, "write", FIRE, say="Hello Fay, is May complete?")

    assert [("Hello Fay, is May complete?", FIRE)] == [
        (each.to_partner, each.request) for each in office.kept(OfficerWrote)
    ]
    assert "Fire Service was written to: “Hello Fay, is May complete?”" in jo.text
    assert (
        "Next, by the run that has been asked for: an email to Fay Fire. An officer wrote to Fire Service." in jo.text
    )


def test_a_question_is_asked_at_a_figure(office: Office, jo: OfficerAtWork) -> None:
    """From the figure's own line, also of a return that was accepted."""
    received = a_return(office, verdict="accepted")
    jo.open(f"/officers/returns/{received.partner_return}")
    (link,) = {each for each in jo.links if "indicator=deliberate-fires" in each}
    office.at(LATER)
    jo.open(link.replace("&amp;", "&"))
    jo.send(
        f"/send-back/{FIRE}",
        partner_return=received.partner_return,
        indicator="deliberate-fires",
        say="Does it hold the fire at the depot?",
        why="The chair asked.",
    )

    (asked,) = (each for each in office.kept(VerdictGiven) if each.overrides)
    assert ("queried", "Deliberate fires, Somewhere, April to June 2025: Does it hold the fire at the depot?") == (
        asked.verdict,
        asked.to_partner,
    )


def test_everybody_gets_more_time_and_it_closes_later(office: Office, jo: OfficerAtWork) -> None:
    """From the collection's page; the new dates stand there at once."""
    bound(office)
    for name, field, day in (("close-later", "closes", "5"), ("more-time-for-all", "until", "4")):
        office.at(f"2025-07-15T09:1{day}:00+01:00")
        jo.open(f"/officers/collections/{COLLECTION}")
        given = {f"{field}__day": day, f"{field}__month": "8", f"{field}__year": "2025"}
        decided(jo, name, COLLECTION, why="The data team moves house.", **given)

    promised = sorted(office.kept(CollectionBound), key=lambda each: each.number)
    assert [date(2025, 7, 22), date(2025, 7, 22), date(2025, 8, 4)] == [each.due for each in promised]
    assert [date(2025, 8, 1), date(2025, 8, 5), date(2025, 8, 5)] == [each.closes for each in promised]
    assert "due 4 August 2025, closing 5 August 2025" in jo.text


def test_a_moved_meeting_is_adopted_and_the_rest_left(tmp_path: Path) -> None:
    """Part by part: what is ticked is adopted; nothing is ticked where there are several."""
    office = moved_meeting(tmp_path)
    jo = OfficerAtWork(office).sign_in()
    assert "By config/ 2025-26 Q1 would be due on" in jo.text
    jo.open(f"/officers/decide/adopt-changes/{COLLECTION}")
    assert "checked" not in jo.page.text
    jo.send(COLLECTION, why="The chair moved it.")
    assert 422 == jo.page.status_code
    assert "Tick at least one part" in jo.text
    jo.send(COLLECTION, why="The chair moved it.", parts="dates")
    assert 200 == jo.page.status_code, jo.text
    office.at(LATER)
    jo.open(f"/officers/decide/leave-changes/{COLLECTION}")
    jo.send(COLLECTION, why="From the next quarter.", parts="board board")

    assert [(), ("dates",), ()] == [each.adopted for each in office.kept(CollectionBound)]
    assert "What the configuration says otherwise" not in jo.text


def test_runs_go_on_after_a_restore(office: Office, jo: OfficerAtWork) -> None:
    """The matter stands on the first page until somebody has looked."""
    office.installation.register.append(
        RegisterRestored(at=office.installation.now(), taken_at="2025-07-14 02:00", **WHO)
    )
    office.at(LATER)
    jo.open()
    assert "Nothing goes out until somebody has looked" in jo.text
    decided(jo, "go-on", "/somewhere", why="The emails since were looked through.")

    assert 1 == len(office.kept(GoingOnConfirmed))
    assert "Nothing goes out until somebody has looked" not in jo.text


def test_an_agreement_that_ends_is_put_off(tmp_path: Path) -> None:
    """It says when it ends, whose it is, and stands here again on the day that was named."""
    office = an_office_of(tmp_path)
    known = office.installation.framework
    ends = known.agreements[0].model_copy(update={"ends": date(2025, 8, 10)})
    object.__setattr__(office.installation, "framework", framework(partnership=known.partnership, agreements=(ends,)))
    jo = OfficerAtWork(office).sign_in()
    assert "The agreement “The agreement” ends on 10 August 2025" in jo.text
    assert "/officers/partners/police" in jo.links
    decided(jo, "put-off", "/main", until__day="1", until__month="8", until__year="2025", why="It is being signed.")

    assert [date(2025, 8, 1)] == [each.until for each in office.kept(MatterPutOff)]
    assert "Nothing needs you" in jo.text


def test_words_are_read_before_they_are_published(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """By whoever decides about releases, and that they were read is on record."""
    checked = Checks.check

    def with_words(checks: Checks, job: Job) -> Checked:
        found = checked(checks, job)
        assert found.partner_return
        rows = tuple(replace(each, comment="One was at the depot.") for each in found.partner_return.rows)
        return replace(found, partner_return=replace(found.partner_return, rows=rows))

    monkeypatch.setattr(Checks, "check", with_words)
    received = a_return(office, verdict="accepted")
    about = f"{received.partner_return}/deliberate-fires"
    sam = OfficerAtWork(office, SAM).sign_in()
    sam.open(f"/officers/decide/publish-words/{about}")
    assert "One was at the depot." in sam.text
    assert ["sam"] == [each.by for each in office.kept(FiguresSeen)]
    sam.send("/deliberate-fires", why="They say nothing of the hidden ward.")

    assert [(True, "deliberate-fires", "sam")] == [
        (each.publish, each.indicator, each.by) for each in office.kept(WordsRead)
    ]
    office.at(LATER)
    sam.open(f"/officers/decide/keep-words-back/{about}")
    sam.send("/deliberate-fires", why="They name the depot after all.")
    assert [True, False] == [each.publish for each in office.kept(WordsRead)]
    assert "were read: they stay unpublished" in sam.text
    assert (
        "You may not decide this"
        in OfficerAtWork(office, LOU).sign_in().open(f"/officers/decide/publish-words/{about}").text
    )


@pytest.mark.parametrize("wanted", [True, False])
def test_two_pairs_of_eyes_are_told_on_the_first_page(tmp_path: Path, wanted: bool) -> None:
    """Jo accepted the return with caveats: the release is for Sam, where the partnership wants two; else for either."""
    office = an_office_of(tmp_path, second_pair_of_eyes=wanted)
    a_return(office)
    office.at(LATER)
    jo = OfficerAtWork(office).sign_in()
    jo.open(f"/officers/decide/accept-return/{FIRE}")
    jo.send(f"/accept-return/{FIRE}", why="They explained it by telephone.")
    jo.open(f"/officers/decide/hold-release/{COLLECTION}")
    jo.send(f"/hold-release/{COLLECTION}", why="Until the figure is clear.")
    office.at("2025-08-04T09:00:00+01:00")
    jo.sign_in()
    sam = OfficerAtWork(office, SAM).sign_in()
    sentence = "You accepted the return of Fire Service yourself, so another officer approves"
    assert "waits for an approval" in jo.open().text and "waits for an approval" in sam.open().text
    assert (wanted, False) == (sentence in jo.text, sentence in sam.text)
    jo.open(f"/officers/decide/approve-release/{COLLECTION}")
    jo.send(f"/approve-release/{COLLECTION}", why="It is clear.")
    assert (422 if wanted else 200) == jo.page.status_code
    assert wanted is (sentence in jo.text)
    assert (0 if wanted else 1) == len(office.kept(ReleaseApproved))


def test_what_runs_out_stands_on_the_first_page_until_it_is_added(jo: OfficerAtWork, office: Office) -> None:
    """The only meeting considers what ends on 30 June 2025; with one for the year after it, nothing is said."""
    assert "No meeting considers a period after 30 June 2025" in jo.open().text

    partnership = office.installation.framework.partnership
    board = partnership.boards[0]
    following = Meeting(on=date(2026, 8, 20), considers=parse_quarter("2026-27 Q1"))
    boards = (board.model_copy(update={"meetings": (*board.meetings, following)}),)
    known = framework(partnership=partnership.model_copy(update={"boards": boards}))
    object.__setattr__(office.installation, "framework", known)

    assert "No meeting considers a period" not in jo.open().text
