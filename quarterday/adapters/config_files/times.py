"""The timetable that the meetings call for: whether it can be worked out, and what clashes in it."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.collection.reporting import meeting_too_late
from quarterday.domain.collection.timetable import Timetable, timetable
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Partnership
from quarterday.domain.framework.periods import Period, describe, say_day


def check_times(read: Configuration, framework: Framework) -> None:
    """Note a meeting whose timetable cannot be worked out as a problem, and every clash as a notice."""
    assert read.partnership
    for period in sorted({meeting.considers for board in framework.partnership.boards for meeting in board.meetings}):
        place = _place(read.partnership, framework, period)
        try:
            plan = timetable(framework, period)
            assert plan
            _check_rungs(framework, plan)
        except CalendarNotCoveredError as error:
            read.partnership.problem(
                f"The timetable for {describe(period)} needs the bank holidays of {error.year}, which are not known.",
                "Bring quarterday up to date for a longer calendar, or take the meeting out until then.",
                *place,
            )
            continue
        for clash in plan.clashes(framework):
            read.notice(read.partnership, clash, "Move the meeting, or change the lead time or the rhythm.", *place)
        for late in meeting_too_late(framework, plan):
            board = framework.partnership.boards.index(late.board)
            place = ("boards", board, "meetings", late.board.meetings.index(late.meeting))
            read.notice(read.partnership, late.clash, late.remedy, *place)
    _early_meetings(read, read.partnership)


def _check_rungs(framework: Framework, plan: Timetable) -> None:
    """Raise `CalendarNotCoveredError` where the ladder reaches beyond the calendar."""
    for _, rungs in framework.ladders:
        for rung in rungs:
            framework.calendar.add(plan.due, rung.days)


def _place(found: Found[Partnership], framework: Framework, period: Period) -> tuple[str | int, ...]:
    """Where the meeting stands from which the period's timetable is worked back: the earliest."""
    meetings = [
        (meeting.on, board_number, number)
        for board_number, board in enumerate(framework.partnership.boards)
        for number, meeting in enumerate(board.meetings)
        if meeting.considers == period
    ]
    _, board_number, number = min(meetings)
    return "boards", board_number, "meetings", number


def _early_meetings(read: Configuration, found: Found[Partnership]) -> None:
    for board_number, board in enumerate(found.value.boards):
        for number, meeting in enumerate(board.meetings):
            if meeting.on <= meeting.considers.end:
                read.notice(
                    found,
                    f"{board.name} meets on {say_day(meeting.on)}, before the period it considers has ended.",
                    "Check the date, and the year of the quarter.",
                    *("boards", board_number, "meetings", number),
                )
