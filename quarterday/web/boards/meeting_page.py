"""The page after a meeting: what was decided on each ask, actions, an ask of the board above, and words for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.asks.agreed_actions import agreed_actions, open_actions
from quarterday.domain.asks.answering import WORDS, board_above, owners
from quarterday.domain.asks.climbing import Ask, asks_of, before_board, raised_by
from quarterday.domain.asks.naming import name_of
from quarterday.domain.collection.meetings import board_and_meeting, is_all_recorded, met_on
from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.facts import BoardAnswer, BoardSaid, IndicatorNoted, WordsOn
from quarterday.domain.framework.partners import AskKind, Board
from quarterday.domain.rulings.indicator_rulings import noted
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.boards.said_of_asks import asked_line, became, how_it_goes
from quarterday.web.boards.withdrawing import may_be_withdrawn
from quarterday.web.door.sent_once import new_once
from quarterday.web.serving.forms import Form, example_day
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

UPWARD = 1500  # characters of what a board says to the one above


@dataclass(frozen=True)
class MeetingShown:
    """The meeting that a link is about."""

    board: Board
    day: date
    above: str  # the code of the board above; empty where there is none
    collection: str  # that it considered; empty where `config/` has no such meeting any more

    @property
    def answers(self) -> tuple[BoardAnswer, ...]:
        """What the board may answer."""
        return tuple(each for each in BoardAnswer if self.above or each is not BoardAnswer.PASSED_ON)


def meeting_shown(visit: BoardVisit) -> MeetingShown:
    """The board and its meeting."""
    code, day = board_and_meeting(visit.message.tells_of)
    board, house = visit.framework.board[code], visit.framework
    met = met_on(board, day)
    collection = collection_id(house, met.considers) if met else ""
    return MeetingShown(board, day, board_above(house, code), collection)


def meeting_page(site: Site, request: Request, visit: BoardVisit, form: Form | None = None) -> Response:
    """Everything that lies before the board, and the forms."""
    meeting, words = meeting_shown(visit), site.words
    asks = asks_of(visit.framework, visit.facts)
    actions = [each for each in agreed_actions(visit.facts).values() if each.set.board == meeting.board.code]
    said = said_upward(visit, meeting)
    return site.page(
        request,
        visit,
        "meeting",
        form=form,
        once=new_once(),
        meeting=meeting,
        above=name_of(visit.framework, meeting.above) if meeting.above else "",
        kept=request.url.path.endswith("/kept"),
        asks=[_line(words, visit, each) for each in before_board(asks.values(), meeting.board.code)],
        matters=_matters(asks.values(), meeting),
        on_record=[
            (each.what, became(words, visit.framework, answer))
            for each in asks.values()
            for answer in each.answers
            if (answer.board, answer.meeting) == (meeting.board.code, meeting.day)
        ],
        actions=[
            (each.set.what, f"{name_of(visit.framework, each.set.owner)}. {how_it_goes(words, each, visit.today)}")
            for each in open_actions(actions)
        ],
        asked_above=[(each.what, asked_line(words, visit.framework, each)) for each in own_asks(visit, meeting)],
        withdrawable=may_be_withdrawn(own_asks(visit, meeting)),
        typed_before={"upward": said.words if said else ""},
        indicators=indicators_read(visit, meeting),
        readings=[
            (title, f"{each.words} ({each.signed})")
            for code, title in indicators_read(visit, meeting)
            for each in noted(visit.facts, code, WordsOn.READING, meeting.collection)
        ],
        all=all_recorded(visit, meeting),
        owners=owners(visit.framework),
        kinds=[each.value for each in AskKind],
        longest=WORDS,
        longest_upward=UPWARD,
        example=example_day(visit.today),
    )


def _matters(asks: Iterable[Ask], meeting: MeetingShown) -> list[tuple[str, str]]:
    """The asks for which the board may set an action: those before it, and those that it answered at this meeting."""
    return [
        (each.ask, each.what)
        for each in asks
        if (each.open and each.board == meeting.board.code)
        or any((one.board, one.meeting) == (meeting.board.code, meeting.day) for one in each.answers)
    ]


def _line(words: Words, visit: BoardVisit, ask: Ask) -> dict[str, Any]:
    return {
        "code": ask.ask,
        "what": ask.what,
        "kind": ask.kind.value,
        "by": name_of(visit.framework, ask.asker),
        "needed": ask.by_when,
        "consequence": ask.consequence,
        "options": ask.options,
        "before": [became(words, visit.framework, each) for each in ask.answers],
    }


def own_asks(visit: BoardVisit, meeting: MeetingShown) -> tuple[Ask, ...]:
    """What the board asked, the oldest first."""
    return raised_by(asks_of(visit.framework, visit.facts).values(), (meeting.board.code,))


def said_upward(visit: BoardVisit, meeting: MeetingShown) -> BoardSaid | None:
    """What the board said to the one above after this meeting, in its last words."""
    said = [
        each for each in visit.facts.of(BoardSaid) if (each.board, each.meeting) == (meeting.board.code, meeting.day)
    ]
    return said[-1] if said else None


def indicators_read(visit: BoardVisit, meeting: MeetingShown) -> list[tuple[str, str]]:
    """The indicators that the board reads, by code: those that it may agree on a reading of."""
    if not meeting.collection:
        return []
    found = (each for each in visit.framework.indicators if meeting.board in visit.framework.boards_using(each))
    return [(each.code, each.title) for each in found]


def last_reading(visit: BoardVisit, meeting: MeetingShown, indicator: str) -> IndicatorNoted | None:
    """What was said last of how an indicator is read; without words where a reading was taken back."""
    about = (meeting.collection, indicator, WordsOn.READING)
    every = reversed(visit.facts.of(IndicatorNoted))
    return next((each for each in every if (each.collection, each.indicator, each.kind) == about), None)


def all_recorded(visit: BoardVisit, meeting: MeetingShown) -> bool:
    """Whether somebody has said that all that was decided is on record."""
    return is_all_recorded(visit.facts, meeting.board.code, meeting.day)
