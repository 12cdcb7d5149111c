"""What is due between boards' meetings: the page after a meeting, asks of `config/`, and word to owners of actions."""

import hashlib
from collections.abc import Iterator
from datetime import date

from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions, open_actions
from quarterday.domain.asks.answering import board_above
from quarterday.domain.collection.actions import RaiseAsk, Recipient, Send
from quarterday.domain.collection.meetings import (
    STILL_NEWS,
    after_meetings,
    begun,
    lead_of,
)
from quarterday.domain.collection.people import holder, officer
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import AskRaised, Facts, RequestMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import officer_code, recipient_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung, last_rung
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import say_date

ACTION = "action"


def following_due(framework: Framework, facts: Facts, today: date) -> Iterator[RaiseAsk | Send]:
    """Everything of it that is due; nothing where the partnership does not follow asks up."""
    if framework.partnership.follows_up:
        if begun(facts):
            yield from _first_asks(framework, facts, today)
        yield from after_meetings(framework, facts, today)
        yield from _to_owners(framework, facts, today)


def first_ask(board: str, what: str) -> str:
    """The id of an ask that `config/` names."""
    return f"A-{hashlib.sha256(f'{board}|{what}'.encode()).hexdigest()[:12]}"


def _first_asks(framework: Framework, facts: Facts, today: date) -> Iterator[RaiseAsk]:
    known = {each.ask for each in facts.of(AskRaised)}
    for board in framework.partnership.boards:
        above = board_above(framework, board.code)
        for each in board.asks:
            ask = first_ask(board.code, each.what)
            if above and ask not in known:
                why = f"{board.name} asks this of the board that it reports to (config/partnership.yaml)."
                yield RaiseAsk(ask, board.code, above, each, today, why)


def _to_owners(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    for action in open_actions(agreed_actions(facts).values()):
        new = today <= london_day(action.set.at) + STILL_NEWS
        if new and not _asked_with_figures(framework, facts, action, today):
            owner = owner_of(framework, facts, action.set.owner)
            why = f"{_board(framework, action)} wants it done by {say_date(action.set.due)}."
            yield _word(framework, action, ACTION, owner, london_day(action.set.at), why, "set")
        yield from _chasing(framework, facts, action, today)


def _chasing(framework: Framework, facts: Facts, action: AgreedAction, today: date) -> Iterator[Send]:
    """The last rung that is due."""
    counted_from, heard = _counted_from(framework, action), _spoken_with(action)
    add, has_come = framework.calendar.add, framework.calendar.has_come
    come = (each for each in framework.ladders.actions if has_come(counted_from, each.days, today))
    due = [each for each in come if heard < add(counted_from, each.days)]
    if rung := last_rung(due):
        for to in hear_of(framework, facts, rung, action.set.owner, action.set.board):
            why = f"It was to be done by {say_date(action.set.due)}, and nobody has told that it is."
            if action.set.due >= today:
                why = f"It is to be done by {say_date(action.set.due)}."
            yield _word(framework, action, rung.email, to, add(counted_from, rung.days), why, counted_from, rung.code)


def _counted_from(framework: Framework, action: AgreedAction) -> date:
    """The action's day; after a word of its owner never earlier than the time of a correction from there."""
    if not action.told:
        return action.set.due
    days = framework.partnership.rhythm.correction_days
    return max(action.set.due, framework.calendar.add(_spoken_with(action), days))


def _spoken_with(action: AgreedAction) -> date:
    """When it was last spoken of: set, or told of by its owner."""
    return london_day(action.told[-1].at if action.told else action.set.at)


def _word(
    framework: Framework, action: AgreedAction, email: str, to: Recipient, on: date, why: str, *which: object
) -> Send:
    owner = action.set.owner
    return Send(
        key=message_key(framework.partnership.code, ACTION, action.set.action, *which, to.code),
        collection="",
        request="",
        partner=owner if owner in framework.partner else "",
        occasion=ACTION,
        email=email,
        recipient=to,
        on=on,
        why=why,
        about=action.set.action,
    )


def _asked_with_figures(framework: Framework, facts: Facts, action: AgreedAction, today: date) -> bool:
    """Whether its owner is asked of it in a request that comes before the action is due."""
    owner, since = framework.known_now(action.set.owner)[0], london_day(action.set.at)
    if owner not in framework.partner:
        return False
    theirs = {owner, *framework.predecessors(owner)}
    asked = {each.collection for each in facts.of(RequestMade) if each.partner in theirs and each.at >= action.set.at}
    days = [
        plan.request_on[owner]
        for plan in timetables(framework)
        if owner in plan.request_on and plan.request_on[owner] > since and plan.collection not in asked
    ]
    return bool(asked) or any(max(day, today) <= action.set.due for day in days)


def owner_of(framework: Framework, facts: Facts, owner: str) -> Recipient:
    """Whoever hears of an action: a partner's contact, a board's lead, an officer; the first officer for one gone."""
    if owner in framework.partner:
        return _at_partner(framework, facts, owner, Role.CONTACT) or officer(framework)
    if owner in framework.board:
        return lead_of(framework.board[owner])
    named = next((each for each in framework.partnership.officers if officer_code(each.code) == owner), None)
    return Recipient(owner, named.name, named.email) if named else officer(framework)


def hear_of(framework: Framework, facts: Facts, rung: Rung, owner: str, board: str) -> Iterator[Recipient]:
    """Who hears a rung, each once: an officer who stands in for two roles is written to once."""
    found = (_hears(framework, facts, owner, board, role) for role in (rung.to, *rung.copy_to))
    yield from {each.code: each for each in found}.values()


def _hears(framework: Framework, facts: Facts, owner: str, board: str, role: Role) -> Recipient:
    """Who hears of a role; `contact` is the owner, and where nobody holds one the officer hears."""
    if role is Role.CONTACT:
        return owner_of(framework, facts, owner)
    if role is Role.BOARD_LEAD and board in framework.board:
        return lead_of(framework.board[board])
    person = _at_partner(framework, facts, owner, role) if owner in framework.partner else None
    return person or officer(framework)


def _at_partner(framework: Framework, facts: Facts, partner: str, role: Role) -> Recipient | None:
    now = framework.known_now(partner)[0]
    person = holder(framework, facts, now, role) if role not in (Role.BOARD_LEAD, Role.OFFICER) else None
    return Recipient(recipient_code(now, role), person.name, person.email) if person else None


def _board(framework: Framework, action: AgreedAction) -> str:
    known = framework.board.get(action.set.board)
    return known.name if known else action.set.board
