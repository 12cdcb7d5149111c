"""What lies before each board, what it answered last, and the actions that it set: with an officer's ways to record."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions
from quarterday.domain.asks.answering import boards_asked
from quarterday.domain.asks.climbing import Ask, asks_of, before_board
from quarterday.domain.asks.naming import name_of
from quarterday.domain.collection.meetings import is_all_recorded, met_last, unrecorded
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.web.boards.said_of_asks import asked_line, became, how_it_goes
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

_ANSWERED_SHOWN = 5  # of each board, the latest


@dataclass(frozen=True)
class Line:
    """An ask or an action: its words, how it stands, and what may be decided about it."""

    code: str
    what: str
    stands: str
    ways: list[Way]


@dataclass(frozen=True)
class BoardListed:
    """One board."""

    board: Board
    met: str  # when it met last
    unrecorded: bool  # nothing of that meeting is on record
    before: list[Line]
    answered: list[Line]
    actions: list[Line]
    ways: list[Way]


def asks_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """Every board that may be asked, in the order of the configuration."""
    if not visit.framework.partnership.follows_up:
        return officers_problem(site, request, "gone", 404)
    asks = asks_of(visit.framework, visit.facts)
    actions = list(agreed_actions(visit.facts).values())
    listed = [_listed(site.words, visit, each, asks, actions) for each in boards_asked(visit.framework)]
    done = outcome(site.words, request, visit)
    return officers_page(site, request, visit, "officers/asks", section="asks", listed=listed, done=done)


def _listed(
    words: Words, visit: SignedInVisit, board: Board, asks: dict[str, Ask], actions: list[AgreedAction]
) -> BoardListed:
    answered = [ask for ask in asks.values() if any(each.board == board.code for each in ask.answers)]
    mine = [each for each in actions if each.set.board == board.code]
    last = met_last(board, visit.today)
    waiting = {each.board.code for each in unrecorded(visit.framework, visit.facts, visit.today)}
    return BoardListed(
        board=board,
        met=words.date_of(last.on) if last else "",
        unrecorded=bool(last) and board.code in waiting,
        before=[_ask(words, visit, each) for each in before_board(asks.values(), board.code)],
        answered=[_answered(words, visit, board, each) for each in answered[-_ANSWERED_SHOWN:]],
        actions=[_action(words, visit, each) for each in mine if each.open],
        ways=ways_of(words, _ways(visit, board, last), board.code),
    )


def _ways(visit: SignedInVisit, board: Board, last: Meeting | None) -> tuple[str, ...]:
    """What may be recorded of a board: of its meetings nothing before it has met."""
    if last is None:
        return ("raise-ask",)
    over = is_all_recorded(visit.facts, board.code, last.on)
    return ("raise-ask", "set-action") if over else ("raise-ask", "set-action", "record-meeting")


def _ask(words: Words, visit: SignedInVisit, ask: Ask) -> Line:
    by = words.say(
        "officers.asks.by", asker=name_of(visit.framework, ask.asker), day=words.date_of(ask.raised_at.date())
    )
    needed = words.say("officers.asks.needed", day=words.date_of(ask.by_when)) if ask.by_when else ""
    stands = " ".join(filter(None, (by, needed, asked_line(words, visit.framework, ask))))
    ways = ways_of(words, ("answer-ask", "act-on-ask", "reword-ask", "withdraw-ask"), ask.ask)
    return Line(ask.ask, ask.what, stands, ways)


def _answered(words: Words, visit: SignedInVisit, board: Board, ask: Ask) -> Line:
    own = [became(words, visit.framework, each) for each in ask.answers if each.board == board.code]
    ways = ways_of(words, ("act-on-ask",), ask.ask) if ask.board == board.code else []
    return Line(ask.ask, ask.what, " ".join(own), ways)


def _action(words: Words, visit: SignedInVisit, action: AgreedAction) -> Line:
    stands = f"{name_of(visit.framework, action.set.owner)}. {how_it_goes(words, action, visit.today)}"
    return Line(action.set.action, action.set.what, stands, ways_of(words, ("tell-action",), action.set.action))
