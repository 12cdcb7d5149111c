"""Officers record for boards what leads do not: asks, answers, actions and how they go."""

import re
from datetime import date

import pytest

from quarterday.domain.facts import (
    ActionSet,
    ActionState,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    MeetingRecorded,
    MessageHeld,
    WordsRead,
)
from quarterday.web.officers.subjects import decide_url
from tests.domain.asks_example import SHARING, action_set, boards, raised
from tests.web.officers.conftest import LOU, OfficerAtWork, an_office_of

AFTER = "2025-08-15T09:00:00+01:00"


@pytest.fixture
def jo(tmp_path):
    """Jo at work the day after the operational board met: an ask lies before it, an action is open."""
    office = an_office_of(tmp_path, boards=boards(), follows_up=True)
    office.installation.register.append(
        raised(date(2025, 8, 5)), action_set(date(2025, 8, 14), "fire", date(2025, 9, 30))
    )
    office.at(AFTER)
    return OfficerAtWork(office).sign_in()


def test_the_page_says_what_lies_before_each_board_and_what_is_to_be_done(jo):
    """The ask stands with the operational board alone, with its action."""
    jo.open("/officers/asks")

    assert f"{SHARING} Asked by Streets on 5 August 2025. It lies before Operational." in jo.text
    assert "Write it down. Fire Service. By 30 September 2025." in jo.text
    assert 2 == jo.text.count("Nothing lies before it.")


def test_an_answer_is_recorded_for_the_board(jo):
    """At its last meeting, which stands there already, with what the asker is told."""
    jo.open("/officers/decide/answer-ask/A-1")
    jo.send("/answer-ask/A-1", answer="passed on", meeting="2025-08-14", say="It needs every partner.")

    assert [("operational", BoardAnswer.PASSED_ON, "top", date(2025, 8, 14), "It needs every partner.", "jo")] == [
        (a.board, a.answer, a.passed_to, a.meeting, a.for_readers, a.by) for a in jo.office.kept(AskAnswered)
    ]
    assert "Operational passed on to Top, at its meeting of 14 August 2025" in jo.text


def test_an_ask_is_raised_for_a_subgroup_with_its_consequence(jo):
    """Of the board that it reports to; without what follows otherwise it is refused."""
    jo.open("/officers/decide/raise-ask/operational")
    said = {"asker": "streets", "kind": "decision", "what": "Fund the evaluation."}
    assert 422 == jo.send("/raise-ask/operational", **said).status_code
    jo.send("/raise-ask/operational", **said, consequence="It ends with the year.")

    assert [("streets", "operational", "Fund the evaluation.", "It ends with the year.")] == [
        (a.asker, a.board, a.what, a.consequence) for a in jo.office.kept(AskRaised) if a.ask != "A-1"
    ]


def test_a_form_that_is_sent_twice_asks_once(jo):
    """Whoever got no answer sends it again: what was recorded is told. Another ask from the same page is another."""
    jo.open("/officers/decide/raise-ask/operational")
    form, said = jo.page, {"asker": "streets", "kind": "decision", "consequence": "It ends with the year."}
    for minute, what in enumerate(("Fund the evaluation.", "Fund the evaluation.", "Fund the wardens."), 1):
        jo.page = form
        jo.office.at(f"2025-08-15T09:0{minute}:00+01:00")
        jo.send("/raise-ask/operational", what=what, **said)
        if minute == 2:
            assert 409 == jo.page.status_code
            assert "Since you opened this page, this was recorded" in jo.text

    asked = [each.what for each in jo.office.kept(AskRaised) if each.ask != "A-1"]
    assert ["Fund the evaluation.", "Fund the wardens."] == asked


def test_an_action_is_set_for_an_ask_and_told_to_be_done(jo):
    """By its owner's day; then it is gone from what is open."""
    jo.open("/officers/decide/act-on-ask/A-1")
    day = {"due-day": "30", "due-month": "10", "due-year": "2025"}
    jo.send("/act-on-ask/A-1", meeting="2025-08-14", what="Name a person.", owner="police", **day)
    jo.open("/officers/decide/tell-action/D-1")
    jo.send("/tell-action/D-1", state="done", say="It is written down.")

    assert ("A-1", "police", date(2025, 10, 30)) in [(a.ask, a.owner, a.due) for a in jo.office.kept(ActionSet)]
    assert [("D-1", ActionState.DONE)] == [(a.action, a.state) for a in jo.office.kept(ActionTold)]
    assert "Write it down. Fire Service" not in jo.open("/officers/asks").text and "Name a person." in jo.text


def test_an_action_is_set_that_no_ask_was_for(jo):
    """Of the board's own meeting; it stands with what is open."""
    jo.open("/officers/decide/set-action/operational")
    day = {"due-day": "31", "due-month": "10", "due-year": "2025"}
    jo.send("/set-action/operational", meeting="2025-08-14", what="Walk the estate.", owner="fire", **day)

    assert [("operational", "Walk the estate.", "fire", "")] == [
        (a.board, a.what, a.owner, a.ask) for a in jo.office.kept(ActionSet) if a.action != "D-1"
    ]
    assert "Walk the estate. Fire Service. By 31 October 2025." in jo.text


def test_an_ask_is_said_better(jo):
    """Its words stand in the form already."""
    jo.open("/officers/decide/reword-ask/A-1")
    assert SHARING in jo.page.text
    jo.send("/reword-ask/A-1", kind="decision", what="One agreed time.", consequence="Figures stay a quarter old.")

    assert "One agreed time. Asked by Streets on 5 August 2025." in jo.text


def test_an_ask_is_withdrawn_for_whoever_asked(jo):
    """Nothing lies before the board any more; the reason is what its pack tells."""
    jo.open("/officers/decide/withdraw-ask/A-1")
    jo.send("/withdraw-ask/A-1", say="It is solved.")

    assert [("A-1", "It is solved.", "jo")] == [(a.ask, a.for_readers, a.by) for a in jo.office.kept(AskWithdrawn)]
    assert "It lies before Operational." not in jo.open("/officers/asks").text


@pytest.mark.parametrize(
    "name", ["raise-ask/operational", "answer-ask/A-1", "withdraw-ask/A-1", "set-action/operational", "tell-action/D-1"]
)
def test_who_only_looks_records_nothing(jo, name):
    """A form made by hand is refused too."""
    lou = OfficerAtWork(jo.office, LOU).sign_in()
    lou.open("/officers/asks")
    token = re.search(r'name="csrf" value="([^"]*)"', lou.page.text)[1]
    day = {
        f"{field}-{part}": n for field in ("due", "until") for part, n in (("day", 1), ("month", 10), ("year", 2025))
    }
    typed = {"asker": "streets", "kind": "help", "what": "Help us.", "consequence": "It ends.", "answer": "decided"}
    typed |= {"meeting": "2025-08-14", "say": "Yes, do it.", "owner": "police", "state": "done", "csrf": token}
    before = jo.office.count()

    assert 422 == lou.client.post(f"/officers/decide/{name}", data={**typed, **day}).status_code
    assert before == jo.office.count()


def test_what_is_none_is_not_there(jo):
    """No such ask, no such action, an outside reader is no board to ask."""
    assert {404} == {
        jo.open(f"/officers/decide/{path}").status_code
        for path in ("answer-ask/A-9", "tell-action/D-9", "raise-ask/vru", "set-action/elsewhere")
    }


def test_a_partnership_that_follows_nothing_up_has_no_such_page(tmp_path):
    """Nor a way to it."""
    jo = OfficerAtWork(an_office_of(tmp_path)).sign_in()

    assert "/officers/asks" not in jo.open().text + " ".join(jo.links)
    assert 404 == jo.open("/officers/asks").status_code


def test_a_meeting_that_nobody_recorded_waits_until_an_officer_says_that_it_is_all(jo):
    """The subgroup met, and nobody wrote anything down; a board that has not met has no meeting to record."""
    jo.open("/officers/asks")
    assert "It met last on 4 August 2025. Nothing of it is on record yet." in jo.text
    assert "/officers/decide/record-meeting/top" not in jo.links
    jo.open("/officers/decide/record-meeting/streets")
    jo.send("/record-meeting/streets", meeting="2025-08-04")

    assert [("streets", date(2025, 8, 4), "jo")] == [
        (each.board, each.meeting, each.by) for each in jo.office.kept(MeetingRecorded)
    ]
    jo.open("/officers/asks")
    assert "Nothing of it is on record yet." not in jo.text
    assert "/officers/decide/record-meeting/streets" not in jo.links


def test_what_is_offered_about_an_email_of_a_board_is_there(jo):
    """The word after a meeting is about no request: it is held back from Today as any other, before the meeting."""
    jo.office.at("2025-08-14T09:00:00+01:00")
    jo.sign_in()
    (hold,) = {each for each in jo.links if "/hold-email/" in each and "operational/lead" in each}
    jo.open(hold)
    assert "after-meeting, the lead of Operational" in jo.text
    jo.send("operational/lead", why="She is away.")

    assert [("somewhere/after-meeting/operational/2025-08-14/operational/lead", True)] == [
        (each.message, each.held) for each in jo.office.kept(MessageHeld)
    ]


def test_a_boards_words_are_read_before_they_are_published(jo):
    """Where they may tell of a hidden figure; the page shows them, and the reading bears their own reference."""
    (action,) = jo.office.kept(ActionSet)
    jo.open(decide_url("publish-words", "D-1/D-1"))
    assert "Write it down." in jo.text
    jo.send("/publish-words/D-1/D-1", why="They say nothing of a number.")

    asked = jo.office.kept(AskRaised)[0].key
    jo.open(decide_url("keep-words-back", f"{asked}/A-1"))
    assert "What was written of A-1" in jo.text and SHARING in jo.text
    jo.send("/A-1", why="They tell it.")
    assert {(action.key, "D-1", True), (asked, "A-1", False)} == {
        (each.partner_return, each.indicator, each.publish) for each in jo.office.kept(WordsRead)
    }
    assert 404 == jo.open(decide_url("publish-words", "D-1/A-1")).status_code
