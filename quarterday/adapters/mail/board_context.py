"""What emails between boards' meetings may name: what lies before a board, what it set, and whose an action is."""

from datetime import date
from typing import Any

from quarterday.adapters.mail.templates import one_line
from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions, open_actions
from quarterday.domain.asks.climbing import Ask, asks_of, before_board
from quarterday.domain.asks.naming import name_of
from quarterday.domain.asks.news import actions_owned, told_with
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.following import ACTION
from quarterday.domain.collection.links import AFTER_CLOSE
from quarterday.domain.collection.meetings import AFTER_MEETING, LEAD, board_and_meeting
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import AskAnswered, AskWithdrawn, Facts, RequestMade
from quarterday.domain.facts.recipients import is_officer, whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date, say_day


def board_context(framework: Framework, facts: Facts, action: Send, today: date) -> dict[str, Any]:
    """What an email about a meeting or an action may name."""
    if action.occasion == AFTER_MEETING:
        return _meeting_context(framework, facts, action, today)
    found = agreed_actions(facts).get(action.about) if action.occasion == ACTION else None
    return _action_context(framework, found, action, today) if found else {}


def following_context(framework: Framework, facts: Facts, request: RequestMade) -> dict[str, Any]:
    """What a request may name beside its figures: what became of its partner's asks, and the actions that it owns."""
    if not framework.partnership.follows_up:
        return {"became": [], "actions": []}
    told = told_with(framework, facts, request.request)
    return {
        "became": [_became(framework, ask, answer) for ask, answer in told],
        "actions": [_named(framework, each) for each in actions_owned(framework, facts, request.partner)],
    }


def _meeting_context(framework: Framework, facts: Facts, action: Send, today: date) -> dict[str, Any]:
    board, day = board_and_meeting(action.about)
    known, above = framework.board[board], framework.board.get(framework.board[board].reports_to or "")
    asks = before_board(asks_of(framework, facts).values(), board)
    actions = [each for each in agreed_actions(facts).values() if each.set.board == board]
    return {
        "board": known.name,
        "is_lead": whose_and_role(action.recipient.code) == (board, LEAD),
        "meeting_day": say_day(day),
        "above": above.name if above else "",
        "asks": [{"what": one_line(each.what), "by": name_of(framework, each.asker)} for each in asks],
        "actions": [_named(framework, each) for each in open_actions(actions)],
        "link_ends_day": say_day(today + AFTER_CLOSE),
    }


def _action_context(framework: Framework, found: AgreedAction, action: Send, today: date) -> dict[str, Any]:
    return {
        "action": one_line(found.set.what),
        "board": name_of(framework, found.set.board),
        "meeting_day": say_day(found.set.meeting),
        "owner": name_of(framework, found.set.owner),
        "is_owner": _speaks_for(framework, action.recipient.code, found.set.owner),
        "due_day": say_day(found.set.due),
        "overdue": found.overdue(today),
        "said": one_line(found.told[-1].said) if found.told else "",
        "link_ends_day": say_day(today + AFTER_CLOSE),
    }


def _speaks_for(framework: Framework, recipient: str, owner: str) -> bool:
    """Whether an email goes to an action's owner itself: not to who stands in for it, or gets a copy."""
    if is_officer(owner):
        return recipient == owner
    return whose_and_role(recipient)[0] == framework.known_now(owner)[0]


def _named(framework: Framework, action: AgreedAction) -> dict[str, str]:
    return {
        "what": one_line(action.set.what),
        "board": name_of(framework, action.set.board),
        "owner": name_of(framework, action.set.owner),
        "due_day": say_date(action.set.due),
    }


def _became(framework: Framework, ask: Ask, answer: AskAnswered | AskWithdrawn) -> dict[str, str]:
    if isinstance(answer, AskWithdrawn):
        return {
            "what": one_line(ask.what),
            "board": "An officer",
            "answer": "withdrew it",
            "day": say_date(london_day(answer.at)),
            "words": one_line(answer.for_readers),
        }
    to = f" to {name_of(framework, answer.passed_to)}" if answer.passed_to else ""
    until = f" until {say_date(answer.until)}" if answer.until else ""
    return {
        "what": one_line(ask.what),
        "board": name_of(framework, answer.board),
        "answer": f"{answer.answer.value}{to}{until}",
        "day": say_date(answer.meeting),
        "words": one_line(answer.for_readers),
    }
