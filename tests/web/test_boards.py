"""After a meeting its lead records answers, actions, an ask of the board above and words for it; owners tell."""

import email
import re
from datetime import date, timedelta
from email.policy import default

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.undo import closing
from quarterday.domain.facts import (
    ActionSet,
    ActionState,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    BoardSaid,
    IndicatorNoted,
    MeetingRecorded,
    UndoOffered,
    WordsOn,
)
from quarterday.domain.facts.undoing import name_of
from quarterday.domain.framework.partners import AskKind
from tests.domain.activities_example import CAMPAIGN
from tests.domain.asks_example import SHARING, action_set, answered, following, raised
from tests.web.conftest import Person

AFTER = "2025-08-15T09:00:00+01:00"  # the day after the operational board met


def followed_up(make_office):
    """An office whose boards are followed up; the subgroup has asked the operational board for something."""
    known = following()
    office = make_office(
        partnership=known.partnership, ladders=known.ladders, priorities=known.priorities, activities=(CAMPAIGN,)
    )
    office.installation.register.append(raised(date(2025, 8, 5)))
    office.at(AFTER)
    return office


@pytest.fixture
def house(make_office):
    """The same."""
    return followed_up(make_office)


def mailed(office, email_name, recipient):
    """Somebody at the page that an email of the decision brings them."""
    installation, before = office.installation, set(office.outbox())
    due = what_is_due(installation.framework, installation.facts(), installation.today())
    (send,) = (
        each for each in due if isinstance(each, Send) and (each.email, each.recipient.code) == (email_name, recipient)
    )
    perform_send(installation, send)
    (path,) = set(office.outbox()) - before
    text = email.message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",)).get_content()
    found = re.search(r"http://testserver/r/([^/\s]+)/(\w+)", text)
    person = Person(TestClient(office.client.app, raise_server_exceptions=False), found[1] if found else "")
    return text, person, found[2] if found else ""


@pytest.fixture
def lead(house):
    """The operational board's lead on the page after its meeting."""
    _, person, page = mailed(house, "after-meeting", "operational/lead")
    assert 200 == person.open(page).status_code
    return person


def test_the_email_after_the_meeting_names_what_lay_before_the_board(house):
    """And brings a link that is the lead's alone."""
    text, _, page = mailed(house, "after-meeting", "operational/lead")

    assert f"- {SHARING} (asked by Streets)" in text
    assert "meeting" == page


def test_an_ask_is_passed_on_with_a_word_for_whoever_asked(house, lead):
    """It then lies before the partnership's board, and the page says that it is on record."""
    lead.send("/answers", **{"A-1-answer": "passed on", "A-1-for_readers": "It needs every partner."})

    (answer,) = house.kept(AskAnswered)
    assert ("operational", BoardAnswer.PASSED_ON, "top", date(2025, 8, 14), "operational/lead") == (
        answer.board, answer.answer, answer.passed_to, answer.meeting, answer.by,
    )  # fmt: skip
    assert "Operational passed it on to Top on 14 August 2025. It needs every partner." in lead.text
    assert "Nothing that was asked lies before the board." in lead.text


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose what the board made of it"),
        ({"A-1-answer": "decided"}, "Say in a sentence what was decided"),
        ({"A-1-answer": "refused"}, "Say in a sentence why"),
        ({"A-1-answer": "sunk"}, "Choose what the board made of it"),
        ({"A-1-answer": "decided", "A-1-for_readers": "Margaret Thompson, NHS 943 476 5919."}, "tell of a person"),
    ],
)
def test_an_answer_that_cannot_count_is_said_beside_its_field(house, lead, given, says):
    """Nothing is recorded."""
    page = lead.send("/answers", **given)

    assert (422, ()) == (page.status_code, house.kept(AskAnswered))
    assert says in lead.text


def test_an_action_is_set_with_its_owner_and_its_day_once(house, lead):
    """Sent again by the browser it is the same action; without an owner and a day it is none."""
    assert 422 == lead.send("/actions", what="Write down how data are shared.").status_code
    assert "Say who does it." in lead.text
    said = {"what": "Write down how data are shared.", "owner": "police", "for_ask": "A-1"}
    day = {"due-day": "30", "due-month": "9", "due-year": "2025"}
    page = lead.page
    lead.send("/actions", **said, **day)
    lead.page = page
    lead.send("/actions", **said, **day)

    assert [("police", date(2025, 9, 30), "A-1", date(2025, 8, 14))] == [
        (each.owner, each.due, each.ask, each.meeting) for each in house.kept(ActionSet)
    ]
    assert "Police. By 30 September 2025." in lead.text


def test_what_an_officer_may_still_take_back_is_on_no_lead_s_page(house, lead):
    """An answer recorded in the lead's place: the ask lies before the board until the minutes are over."""
    given = answered(date(2025, 8, 14), "operational", BoardAnswer.REFUSED, by="jo", for_readers="There is no money.")
    offer = UndoOffered(
        partnership="somewhere",
        decision="answer-ask",
        matter="A-1",
        decided=(name_of(given),),
        touches=(),
        until=given.at + timedelta(minutes=5),
        at=given.at,
        by="jo",
    )
    house.installation.register.append(given, offer)
    lead.open("meeting")
    assert "There is no money." not in lead.text
    assert f"{SHARING} Asked by Streets" in lead.text

    house.installation.register.append(closing(offer, at=offer.until, by="quarterday", taken_back=False))
    lead.open("meeting")
    assert "There is no money." in lead.text


def test_a_board_asks_the_one_above_and_says_what_it_should_know(house, lead):
    """Neither skips a level: both go to the board that it reports to."""
    lead.send("/ask", ask_kind="decision", ask_what="Fund it.", ask_consequence="It ends.", ask_options="Fund, or end.")
    lead.send("/words", upward="The rise is confidence and not more incidents: so it was agreed.")

    ask = next(each for each in house.kept(AskRaised) if each.asker == "operational")
    assert ("top", AskKind.DECISION, "Fund it.", "It ends.") == (ask.board, ask.kind, ask.what, ask.consequence)
    assert [("operational", date(2025, 8, 14))] == [(each.board, each.meeting) for each in house.kept(BoardSaid)]
    assert "It lies before Top." in lead.text


def test_a_board_withdraws_what_it_asked_until_it_is_answered(house, lead):
    """With a reason; of what the board above decided meanwhile it is told who decided, and when."""
    house.installation.register.append(
        raised(date(2025, 8, 15), board="top", asker="operational", ask="A-3", what="Fund it."),
        raised(date(2025, 8, 15), board="top", asker="operational", ask="A-4", what="Fund more."),
    )
    lead.open("meeting")
    assert 422 == lead.send("/withdraw", withdraw="A-3", withdraw_why="").status_code
    assert "Say in a sentence why it is not asked any more" in lead.text
    assert 422 == lead.send("/withdraw", withdraw="A-1", withdraw_why="It is another board’s.").status_code
    lead.send("/withdraw", withdraw="A-3", withdraw_why="The grant was extended.")
    assert "It was withdrawn on 15 August 2025. The grant was extended." in lead.text
    house.at("2025-09-05T09:00:00+01:00")
    house.installation.register.append(answered(date(2025, 9, 4), "top", BoardAnswer.REFUSED, "A-4", for_readers="No."))

    assert 422 == lead.send("/withdraw", withdraw="A-4", withdraw_why="Not now.").status_code
    assert "Top refused it on 4 September 2025: what is answered is not withdrawn." in lead.text
    assert [("A-3", "operational/lead")] == [(each.ask, each.by) for each in house.kept(AskWithdrawn)]


def test_a_partner_withdraws_its_ask_beside_its_request(house):
    """Its own alone, and with nothing told of a person."""
    house.installation.register.append(raised(date(2025, 7, 10), asker="fire", ask="A-2", what="A named person."))
    person = house.person()
    person.open("boards")
    assert 422 == person.send("/boards/withdraw", withdraw="A-1", withdraw_why="It is not mine.").status_code
    assert 422 == person.send("/boards/withdraw", withdraw="A-2", withdraw_why="NHS 943 476 5919 left.").status_code
    person.send("/boards/withdraw", withdraw="A-2", withdraw_why="It is solved.")

    assert [("A-2", "fire/contact")] == [(each.ask, each.by) for each in house.kept(AskWithdrawn)]
    assert "It was withdrawn on 15 August 2025. It is solved." in person.text
    assert "Withdraw it" not in person.text


def test_a_board_agrees_on_a_reading_of_a_figure_it_reads(house):
    """In its own name, for this quarter; without a figure or words it is told what is wanting."""
    house.at("2025-08-05T09:00:00+01:00")
    _, lead, page = mailed(house, "after-meeting", "streets/lead")
    lead.open(page)
    assert 422 == lead.send("/reading", indicator="", reading="More come forward.").status_code
    assert "Choose the figure" in lead.text
    assert 422 == lead.send("/reading", indicator="robberies", reading="").status_code
    assert "Write the reading that was agreed" in lead.text
    lead.send("/reading", indicator="robberies", reading="More come forward.")

    assert [("robberies", WordsOn.READING, "More come forward.", "Streets", "somewhere.2025-26-q1")] == [
        (each.indicator, each.kind, each.words, each.signed, each.collection) for each in house.kept(IndicatorNoted)
    ]
    assert "More come forward. (Streets)" in lead.text


def test_a_lead_says_that_it_is_all(house, lead):
    """Once: the page says so, and something can still be added."""
    page = lead.page
    lead.send("/all")
    lead.page = page
    lead.send("/all")

    assert [("operational", date(2025, 8, 14))] == [(each.board, each.meeting) for each in house.kept(MeetingRecorded)]
    assert "You have said that everything is on record." in lead.text


def test_a_subgroup_is_offered_what_it_asks_above_and_the_topmost_board_is_not(house):
    """Nobody is above the partnership's board: it passes nothing on and asks nobody."""
    house.at("2025-09-05T09:00:00+01:00")
    _, person, page = mailed(house, "after-meeting", "top/lead")
    person.open(page)

    assert "Passed on" not in person.text
    assert "Ask something of" not in person.text


def test_the_link_opens_nothing_else_and_nobody_elses_does(house, lead):
    """A partner's link has no such page, the lead's opens no request."""
    assert [404, 404, 404] == [
        house.person().open("meeting").status_code, lead.open().status_code, lead.open("action").status_code
    ]  # fmt: skip


def test_an_owner_who_supplies_nothing_tells_on_a_page_of_its_own(house):
    """The officer is asked by an email, and says that it is done."""
    house.installation.register.append(action_set(date(2025, 8, 14), "officer/jo", date(2025, 9, 30)))
    text, jo, page = mailed(house, "action", "officer/jo")
    jo.open(page)
    assert 422 == jo.send("/action").status_code
    jo.send("/action", **{"D-1-state": "done", "D-1-said": "It is written down."})

    assert "- Write it down." in text
    assert [(ActionState.DONE, "officer/jo")] == [(each.state, each.by) for each in house.kept(ActionTold)]
    assert "Done (told us 15 August 2025 at 09:00). It is written down." in jo.text


def test_a_partner_reads_what_became_of_its_ask_and_tells_of_its_actions_beside_its_request(house):
    """On the request's page, and on one of its own."""
    house.installation.register.append(
        raised(date(2025, 7, 10), asker="fire", ask="A-2", what="A named person at each partner."),
        answered(date(2025, 8, 14), "operational", BoardAnswer.REFUSED, "A-2", for_readers="Each names its own."),
        action_set(date(2025, 8, 14), "fire", date(2025, 9, 30)),
    )
    person = house.person()
    person.open()
    assert "Operational refused it on 14 August 2025. Each names its own." in person.text
    person.open("boards")
    person.send("/boards", **{"D-1-state": "going on", "D-1-said": "Half of it."})

    assert [(ActionState.GOING_ON, "fire/contact")] == [(each.state, each.by) for each in house.kept(ActionTold)]


def test_a_partner_of_a_partnership_that_follows_nothing_up_sees_none_of_it(office, person):
    """No section, no page."""
    assert "From the boards" not in person.open().text
    assert 404 == person.open("boards").status_code


def test_what_cannot_be_dropped_without_a_word(house):
    """The board reads why."""
    house.installation.register.append(action_set(date(2025, 8, 14), "fire", date(2025, 9, 30)))
    person = house.person()
    person.open("boards")

    assert 422 == person.send("/boards", **{"D-1-state": "dropped"}).status_code
    assert "Say why it will not be done" in person.text
