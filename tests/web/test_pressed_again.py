"""Whoever saw no answer presses again on the page that is still before them: it is on record once, and they see it."""

from datetime import date, timedelta

import pytest

from quarterday.domain.facts import (
    ActionSet,
    ActionState,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    BoardSaid,
    ContactChanged,
    IndicatorNoted,
    ReplyReceived,
)
from quarterday.domain.rulings.officer_links import OfficerPage
from tests.domain.asks_example import action_set, raised
from tests.web.test_boards import followed_up, mailed
from tests.web.test_officer_links import officer_page


@pytest.fixture
def house(make_office):
    """An office whose boards are followed up."""
    return followed_up(make_office)


@pytest.fixture
def lead(house):
    """The operational board's lead on the page after its meeting."""
    _, person, page = mailed(house, "after-meeting", "operational/lead")
    person.open(page)
    return person


def a_minute_later(office):
    """Time goes on."""
    office.at((office.installation.now() + timedelta(minutes=1)).isoformat())


def pressed_twice(office, person, ending, **typed):
    """Press, and press again on the same page a minute later; the status of the second answer."""
    page = person.page
    assert 200 == person.send(ending, **typed).status_code
    a_minute_later(office)
    person.page = page
    status = person.send(ending, **typed).status_code
    a_minute_later(office)
    return status


def test_an_answer_is_given_once_and_what_was_left_open_stays(house, lead):
    """Though a deferred ask lies before the board as it did, and another was left empty; other words are an answer."""
    house.installation.register.append(raised(date(2025, 8, 6), ask="A-2", what="Fund it."))
    lead.open("meeting")
    assert 200 == pressed_twice(house, lead, "/answers", **{"A-1-answer": "deferred"})
    assert "It is on record." in lead.text
    lead.open("meeting")
    assert 200 == pressed_twice(house, lead, "/answers", **{"A-1-answer": "decided", "A-1-for_readers": "We do."})
    lead.open("meeting")

    assert [("A-1", BoardAnswer.DEFERRED), ("A-1", BoardAnswer.DECIDED)] == [
        (each.ask, each.answer) for each in house.kept(AskAnswered)
    ]
    assert "Fund it. Asked by Streets" in lead.text


def test_an_action_is_set_once_and_one_put_right_on_the_same_page_is_not_lost(house, lead):
    """Whoever went back and wrote it otherwise reads that it is on record: so it is."""
    due = {"due-day": "1", "due-month": "12", "due-year": "2025"}
    page = lead.page
    assert 200 == pressed_twice(house, lead, "/actions", what="Fund it.", owner="operational", **due)
    lead.page = page
    lead.send("/actions", what="Fund half of it.", owner="operational", **due)

    assert "It is on record." in lead.text
    assert ["Fund it.", "Fund half of it."] == [each.what for each in house.kept(ActionSet)][-2:]


def test_an_ask_is_raised_once_and_withdrawn_once(house, lead):
    """In the same words; put right on the same page, it is the same ask in other words."""
    asked = {"ask_kind": "help", "ask_what": "Fund it.", "ask_consequence": "It ends."}
    page = lead.page
    assert 200 == pressed_twice(house, lead, "/ask", **asked)
    lead.page = page
    lead.send("/ask", **{**asked, "ask_what": "Fund half of it."})
    own = [each for each in house.kept(AskRaised) if each.asker == "operational"]
    assert ["Fund it.", "Fund half of it."] == [each.what for each in own]
    assert 1 == len({each.ask for each in own})

    lead.open("meeting")
    why = {"withdraw": own[0].ask, "withdraw_why": "It is solved."}
    assert 200 == pressed_twice(house, lead, "/withdraw", **why)
    assert 1 == len(house.kept(AskWithdrawn))


def test_words_for_the_board_above_are_said_once(house, lead):
    """And taken back once; without any words there is nothing to say or to take back."""
    assert 422 == lead.send("/words", upward="").status_code
    assert "Write what the board wants it to know" in lead.text
    assert 200 == pressed_twice(house, lead, "/words", upward="It was agreed.")
    assert 200 == pressed_twice(house, lead, "/words", upward="")

    assert ["It was agreed.", ""] == [each.words for each in house.kept(BoardSaid)]


def test_a_reading_is_agreed_once(house):
    """And taken back once."""
    house.at("2025-08-05T09:00:00+01:00")
    _, subgroup, page = mailed(house, "after-meeting", "streets/lead")
    subgroup.open(page)
    assert 200 == pressed_twice(house, subgroup, "/reading", indicator="robberies", reading="More come forward.")
    assert 200 == pressed_twice(house, subgroup, "/reading", indicator="robberies", reading="")

    assert ["More come forward.", ""] == [each.words for each in house.kept(IndicatorNoted)]


@pytest.mark.parametrize("state", ["going on", "done"])
def test_an_action_is_told_of_once(house, state):
    """Whether it is over by that or not, and beside another of which nothing was said."""
    day = date(2025, 8, 14)
    house.installation.register.append(
        action_set(day, "fire", date(2025, 9, 30)), action_set(day, "fire", date(2025, 10, 30), "D-2")
    )
    person = house.person()
    person.open("boards")

    assert 200 == pressed_twice(house, person, "/boards", **{"D-1-state": state, "D-1-said": "Half of it."})
    assert [("D-1", state)] == [(each.action, each.state) for each in house.kept(ActionTold)]


def test_the_same_word_on_an_action_later_is_news(house):
    """On a page that shows the earlier one: it still goes on, and nobody chases."""
    house.installation.register.append(action_set(date(2025, 8, 14), "officer/jo", date(2025, 9, 30)))
    _, jo, page = mailed(house, "action", "officer/jo")
    for moment in ("2025-08-15T09:00:00+01:00", "2025-08-20T09:00:00+01:00"):
        house.at(moment)
        jo.open(page)
        assert 200 == pressed_twice(house, jo, "/action", **{"D-1-state": "going on"})

    assert [(15, ActionState.GOING_ON), (20, ActionState.GOING_ON)] == [
        (each.at.day, each.state) for each in house.kept(ActionTold)
    ]


def test_a_partner_withdraws_its_ask_once(house):
    """And reads on its page that it did; in other words it is told that it was withdrawn already."""
    house.installation.register.append(raised(date(2025, 7, 10), asker="fire", ask="A-2", what="A name."))
    person = house.person()
    page = person.open("boards")
    why = {"withdraw": "A-2", "withdraw_why": "It is solved."}
    assert 200 == pressed_twice(house, person, "/boards/withdraw", **why)
    assert "It was withdrawn on 15 August 2025. It is solved." in person.text
    person.page = page

    assert 422 == person.send("/boards/withdraw", **{**why, "withdraw_why": "No need."}).status_code
    assert 1 == len(house.kept(AskWithdrawn))


def test_a_contact_is_named_once(office):
    """The officer sees that it is done, not that somebody else did it before."""
    jo = officer_page(office, OfficerPage.CONTACT, about="fire/contact")
    said = {"name": "Ann Other", "email": "ann.other@fire.example"}

    assert 200 == pressed_twice(office, jo, "/contact", **said)
    assert "Ann Other" in jo.text
    assert 1 == len(office.kept(ContactChanged))


def test_a_day_asked_for_is_shown_though_other_days_are_offered_by_then(office):
    """Whoever asks for the last day of all is offered later ones from then on."""
    person = office.person()
    person.open()

    assert 200 == pressed_twice(office, person, "/time/ask", until="2025-08-01")
    assert "It is asked for, not yet decided" in person.text
    assert [date(2025, 8, 1)] == [each.until for each in office.kept(ReplyReceived)]
