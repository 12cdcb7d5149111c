"""What a board says after its meeting for the papers of the board above: it stands in the release that these need.

A board meets before the papers of the board that it reports to leave (`reporting`). What it put on record by the day on
which they leave (an ask, one passed on, a reading, words) calls for a version of the release: once its lead has said
that it is all, at the latest on that day. What is recorded later stands in the next quarter's packs.
"""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.asks.answering import board_above
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.meetings import Met, by_its_lead, is_all_recorded
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import (
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    BoardSaid,
    Facts,
    IndicatorNoted,
    ReleaseMade,
)
from quarterday.domain.framework.framework import Framework

Upward = AskAnswered | AskRaised | AskWithdrawn | BoardSaid | IndicatorNoted


def made_from(
    framework: Framework, facts: Facts, collection: str, plan: Timetable | None, today: date
) -> tuple[str, ...]:
    """All that a release of a collection would be made from on a day, by its references, in order.

    `plan` is its timetable: None where no meeting calls for it any more, and its figures are published all the same.
    """
    return tuple(sorted((*accepted_in(facts, collection), *_by_key(framework, facts, plan, today))))


def said_upward(framework: Framework, facts: Facts, collection: str, today: date) -> dict[str, str]:
    """What boards said upward in a collection, by the fact's key: each with the board for whose papers it was said."""
    return _by_key(framework, facts, plan_for(framework, facts, collection), today)


def boards_told_more(framework: Framework, facts: Facts, collection: str, today: date, version: int) -> Iterator[str]:
    """As board/version: for each board, the earlier versions without all that was said for its papers by a day."""
    said = said_upward(framework, facts, collection, today)
    for made in facts.about(collection, ReleaseMade):
        if made.version < version:
            yield from {f"{above}/{made.version}" for key, above in said.items() if key not in made.returns}


def _by_key(framework: Framework, facts: Facts, plan: Timetable | None, today: date) -> dict[str, str]:
    if plan is None or not framework.partnership.follows_up:
        return {}
    return {each.key: above for above, each in _said(framework, facts, plan, today)}


def _said(framework: Framework, facts: Facts, plan: Timetable, today: date) -> Iterator[tuple[str, Upward]]:
    for board in framework.partnership.boards:
        above = board_above(framework, board.code)
        meeting = next((each for each in board.meetings if each.considers == plan.period), None)
        papers = plan.papers.get(above)
        if meeting is None or papers is None or not meeting.on <= today:
            continue
        met = Met(board, meeting)
        if today >= papers or is_all_recorded(facts, board.code, meeting.on):
            last = min(papers, today)
            found = _of(facts, met, plan.collection)
            yield from ((above, each) for each in found if meeting.on <= london_day(each.at) <= last)


def _of(facts: Facts, met: Met, collection: str) -> Iterator[Upward]:
    """What a board says upward with a meeting, whenever it was recorded."""
    board, day = met.board.code, met.meeting.on
    for answered in facts.of(AskAnswered):
        if (answered.board, answered.meeting, answered.answer) == (board, day, BoardAnswer.PASSED_ON):
            yield answered
    yield from (each for each in facts.of(BoardSaid) if (each.board, each.meeting) == (board, day))
    for each in by_its_lead(facts, board):
        if isinstance(each, AskRaised | AskWithdrawn) or each.collection == collection:
            yield each
