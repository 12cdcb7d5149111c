"""The forms that no request brings: after a board's meeting, of an action, of a risk's review, of whom to write to."""

from datetime import timedelta

from quarterday.domain.asks.answering import board_above
from quarterday.domain.asks.climbing import asks_of, before_board
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.following import following_due, owner_of
from quarterday.domain.collection.meetings import AFTER_MEETING
from quarterday.domain.collection.people import word_apart
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.domain.collection.risk_words import OwnersReviews
from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardSaid,
    ContactChanged,
    IndicatorNoted,
    MeetingRecorded,
    RiskReviewed,
)
from quarterday.domain.facts.recipients import officer_code, recipient_code
from quarterday.domain.framework.addresses import domain_of
from quarterday.domain.framework.partners import Board, Role
from quarterday.domain.risks.reviewing import all_risks
from quarterday.domain.rulings.officer_links import OfficerPage, officer_page_send
from quarterday.domain.rulings.request_rulings import Ruling
from simulation.alone.partners_pages import SAID, reviewed
from simulation.alone.pressing import Linked, Pressing
from simulation.visits import typed_day

NAME = "Sam Successor"
ON_RECORD = "It is on record."


def press_mailed_forms(pressing: Pressing) -> None:
    """Press each in turn: whom to write to today, the others once a board has met before which something lies."""
    _name_a_contact(pressing)
    board = _board_that_is_asked(pressing)
    lead = _lead_after_the_meeting(pressing, board)
    _answer(pressing, lead, board)
    _ask_above(pressing, lead)
    _say(pressing, lead)
    _set_and_tell_of_an_action(pressing, lead)
    _review_risks(pressing)


def _name_a_contact(pressing: Pressing) -> None:
    """An officer says whom to write to at a partner, on a page that an email brings."""
    office, partner = pressing.office, pressing.office.framework.partners[0]
    ruling = Ruling(office.framework.partnership.officers[0].code, "They rang.", office.now())
    about = recipient_code(partner.code, Role.CONTACT)
    officer = pressing.mailed(officer_page_send(office.framework, ruling, OfficerPage.CONTACT, about=about), "contact")
    email = f"sam.successor@{domain_of(partner.contact.email)}"
    pressing.press(officer, "contact", {"name": NAME, "email": email}, [ContactChanged], NAME)


def _board_that_is_asked(pressing: Pressing) -> Board:
    """One that reports to another, and before which three asks lie."""
    house, facts = pressing.office.framework, pressing.office.facts()
    asks = asks_of(house, facts).values()
    return next(
        each
        for each in house.partnership.boards
        if board_above(house, each.code) and len(before_board(asks, each.code)) >= 3
    )


def _lead_after_the_meeting(pressing: Pressing, board: Board) -> Linked:
    """Its lead, on the working day after it has met next."""
    house = pressing.office.framework
    day = min(each.on for each in board.meetings if each.on >= pressing.office.today())
    pressing.copy.world.clock.set(house.calendar.add(day, 1), 10)
    return pressing.mailed(_word(pressing, AFTER_MEETING, recipient_code(board.code, "lead")), "meeting")


def _word(pressing: Pressing, occasion: str, to: str) -> Send:
    """The email of today's that somebody gets about a meeting or an action."""
    office = pressing.office
    due = following_due(office.framework, office.facts(), office.today())
    return next(
        each for each in due if isinstance(each, Send) and (each.occasion, each.recipient.code) == (occasion, to)
    )


def _answer(pressing: Pressing, lead: Linked, board: Board) -> None:
    """Two asks are answered in one press, of which one stays before the board, and another is not."""
    asks = before_board(asks_of(pressing.office.framework, pressing.office.facts()).values(), board.code)
    decided, deferred, *_ = (each.ask for each in asks)
    answers = {f"{decided}-answer": "decided", f"{decided}-for_readers": SAID, f"{deferred}-answer": "deferred"}
    pressing.press(lead, "meeting/answers", answers, [AskAnswered, AskAnswered], ON_RECORD)


def _ask_above(pressing: Pressing, lead: Linked) -> None:
    """The board asks the one above for something, and then asks it no more."""
    lead.open("meeting")
    asked = {"ask_kind": "help", "ask_what": "Help us.", "ask_consequence": "It ends."}
    pressing.press(lead, "meeting/ask", asked, [AskRaised], ON_RECORD)
    withdrawn = {"withdraw": pressing.office.facts().of(AskRaised)[-1].ask, "withdraw_why": "It is solved."}
    lead.open("meeting")
    pressing.press(lead, "meeting/withdraw", withdrawn, [AskWithdrawn], ON_RECORD)


def _say(pressing: Pressing, lead: Linked) -> None:
    """The board says something to the one above, agrees on a reading, and that it is all."""
    lead.open("meeting")
    pressing.press(lead, "meeting/words", {"upward": SAID}, [BoardSaid], ON_RECORD)
    lead.open("meeting")
    house, board = pressing.office.framework, pressing.office.facts().of(BoardSaid)[-1].board
    read = next(each.code for each in house.indicators if house.board[board] in house.boards_using(each))
    pressing.press(lead, "meeting/reading", {"indicator": read, "reading": SAID}, [IndicatorNoted], ON_RECORD)
    lead.open("meeting")
    pressing.press(lead, "meeting/all", {}, [MeetingRecorded], ON_RECORD)


def _set_and_tell_of_an_action(pressing: Pressing, lead: Linked) -> None:
    """The board wants something of an officer, who is mailed a page and tells how it goes."""
    owner = officer_code(pressing.office.framework.partnership.officers[0].code)
    wanted = {"what": "Write it down.", "owner": owner}
    wanted |= typed_day("due", pressing.office.today() + timedelta(days=60))
    lead.open("meeting")
    pressing.press(lead, "meeting/actions", wanted, [ActionSet], ON_RECORD)
    action = pressing.office.facts().of(ActionSet)[-1].action
    officer = pressing.mailed(_word(pressing, "action", owner), "action")
    told = {f"{action}-state": "done", f"{action}-said": SAID}
    pressing.press(officer, "action", told, [ActionTold], SAID)


def _review_risks(pressing: Pressing) -> None:
    """An owner of risks is mailed a page that belongs to no request."""
    office, today = pressing.office, pressing.office.today()
    stands = all_risks(office.framework, office.facts(), today)[0]
    about = OwnersReviews(stands.risk.owner, stands.review, (stands,)).name
    to = owner_of(office.framework, office.facts(), stands.risk.owner)
    owner = pressing.mailed(word_apart(f"{RISK_REVIEW}/{about}", RISK_REVIEW, to, today, SAID, about), "reviews")
    pressing.press(owner, "reviews", reviewed(owner, "/reviews", today), [RiskReviewed], "We have noted 1 review")
