"""Boards that report upward meet before the papers of the board above leave, so what they agree is in them (3.7)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import Period, say_day


@dataclass(frozen=True)
class MeetsTooLate:
    """A board that meets once the papers of the board it reports to have left: what it agrees cannot be in them."""

    board: Board
    meeting: Meeting
    above: Board
    papers_leave: date  # those of the board above
    could_meet: date  # the first day on which the board above could meet, were its papers to wait

    @property
    def clash(self) -> str:
        """What cannot work."""
        return (
            f"{self.board.name} meets on {say_day(self.meeting.on)}, after the papers of {self.above.name}, to which "
            f"it reports, have left on {say_day(self.papers_leave)}: what it agrees cannot go into them."
        )

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return (
            f"Let it meet by {say_day(self.papers_leave)}, or {self.above.name} on {say_day(self.could_meet)} or later."
        )

    def __str__(self) -> str:
        return f"{self.clash} {self.remedy}"


def meeting_too_late(framework: Framework, plan: Timetable) -> Iterator[MeetsTooLate]:
    """The boards whose meeting on a collection comes too late for the board above; one that meets that day does not."""
    for board in framework.partnership.boards:
        meeting, above = first_meeting(board, plan.period), framework.board.get(board.reports_to or "")
        leave = plan.papers.get(above.code) if above else None
        if meeting and above and leave and meeting.on > leave:
            could_meet = framework.calendar.add(meeting.on, above.papers_clear_days + 1)
            yield MeetsTooLate(board, meeting, above, leave, could_meet)


def first_meeting(board: Board, period: Period) -> Meeting | None:
    """A board's first meeting that considers a period; None where none does."""
    return min((each for each in board.meetings if each.considers == period), key=lambda each: each.on, default=None)
