"""A subgroup under a board under a partnership board, and what is asked of them."""

from datetime import UTC, date, datetime
from typing import Any

from quarterday.domain.facts import (
    ActionSet,
    ActionState,
    ActionTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import AskKind, Board, FirstAsk, Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.activities_example import with_activities
from tests.domain.conftest import person

Q1, Q2 = parse_quarter("2025-26 Q1"), parse_quarter("2025-26 Q2")
SHARING = "Timely sharing of data."
LADDER = (
    Rung(code="soon", days=-5, to="contact", email="action"),
    Rung(code="late", days=2, to="contact", email="action-late"),
    Rung(code="later", days=10, to="manager", email="action-late"),
)


def _board(code: str, kind: str, above: str | None, *meetings: tuple[date, Any], **more: Any) -> Board:
    met = tuple(Meeting(on=on, considers=period) for on, period in meetings)
    name = code.capitalize()
    return Board(code=code, name=name, kind=kind, reports_to=above, lead=person(f"{name} Lead"), meetings=met, **more)


def boards(*first: FirstAsk) -> tuple[Board, ...]:
    """A subgroup that reports to the operational board, which reports to the partnership's."""
    return (
        _board("operational", "board", "top", (date(2025, 8, 14), Q1), (date(2025, 11, 20), Q2)),
        _board("top", "board", None, (date(2025, 9, 4), Q1), (date(2025, 12, 4), Q2)),
        _board("streets", "subgroup", "operational", (date(2025, 8, 4), Q1), (date(2025, 11, 10), Q2), asks=first),
        _board("vru", "external", None, (date(2025, 8, 29), Q1)),
    )


def following(*first: FirstAsk, follows_up: bool = True, **changes: Any) -> Framework:
    """The partnership with activities, whose boards' asks are followed up."""
    house = with_activities(**changes)
    priority = house.priorities[0].model_copy(update={"board": "streets"})
    partnership = house.partnership.model_copy(update={"boards": boards(*first), "follows_up": follows_up})
    ladders = house.ladders.model_copy(update={"actions": LADDER})
    return house.model_copy(update={"partnership": partnership, "ladders": ladders, "priorities": (priority,)})


def at(day: date) -> datetime:
    """Ten in the morning."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def raised(day: date, board: str = "operational", asker: str = "streets", ask: str = "A-1", **more: Any) -> AskRaised:
    """An ask of the subgroup, unless somebody else asks."""
    parts = {"by": "jo", "partnership": "somewhere", "kind": AskKind.HELP, "what": SHARING}
    return AskRaised(**{**parts, "at": at(day), "ask": ask, "asker": asker, "board": board, **more})


def answered(day: date, board: str, answer: BoardAnswer, ask: str = "A-1", **more: Any) -> AskAnswered:
    """What a board made of it, recorded the day after its meeting."""
    above = {"streets": "operational", "operational": "top"}.get(board, "")
    passed = above if answer is BoardAnswer.PASSED_ON else ""
    parts = {"by": f"{board}/lead", "partnership": "somewhere", "meeting": day, "passed_to": passed}
    return AskAnswered(**{**parts, "at": at(day), "ask": ask, "board": board, "answer": answer, **more})


def withdrawn(day: date, ask: str = "A-1", by: str = "streets/lead", why: str = "It is solved.") -> AskWithdrawn:
    """Whoever asked asks it no more."""
    return AskWithdrawn(at=at(day), by=by, partnership="somewhere", ask=ask, for_readers=why)


def action_set(day: date, owner: str, due: date, action: str = "D-1", **more: Any) -> ActionSet:
    """An action that the operational board set."""
    parts = {"by": "operational/lead", "partnership": "somewhere", "board": "operational", "meeting": day, "ask": ""}
    return ActionSet(
        **{**parts, "at": at(day), "action": action, "what": "Write it down.", "owner": owner, "due": due, **more}
    )


def action_told(day: date, state: ActionState, action: str = "D-1", **more: Any) -> ActionTold:
    """A word on it."""
    return ActionTold(at=at(day), by="fire/contact", partnership="somewhere", action=action, state=state, **more)
