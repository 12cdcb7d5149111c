"""Who looks at which indicator, which boards lie below, and coming meetings."""

from collections.abc import Iterator, Sequence
from datetime import date

from quarterday.domain.collection.timetable import papers_day
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import describe, quarter_name, say_date
from quarterday.publishing.pack.model import Paragraph, Section, Table
from quarterday.publishing.risk_tables import SentLine

_SENT = ("What", "To", "Owed by", "Sent on", "Version", "Receipt")
MEETINGS_TOLD = 2  # of each board


def boards_below(framework: Framework, board: Board) -> list[Board]:
    """The boards that report to a board, directly or through others, in the order of the configuration."""
    below = {board.code}
    grown = True
    while grown:
        more = {each.code for each in framework.partnership.boards if each.reports_to in below} - below
        below |= more
        grown = bool(more)
    return [each for each in framework.partnership.boards if each.code in below and each.code != board.code]


def own_indicators(framework: Framework, board: Board) -> list[Indicator]:
    """The indicators that a board looks at, in the order of the framework."""
    return [each for each in framework.indicators if board in framework.boards_using(each)]


def indicators_below(framework: Framework, board: Board) -> list[Indicator]:
    """The indicators that only the boards below look at."""
    own = {each.code for each in own_indicators(framework, board)}
    below = {each.code for each in boards_below(framework, board)}
    return [
        each
        for each in framework.indicators
        if each.code not in own and below & {using.code for using in framework.boards_using(each)}
    ]


def coming_section(framework: Framework, board: Board, after: date, sent: Sequence[SentLine] = ()) -> Section:
    """Coming meetings and submissions, with the day on which papers leave; what is owed outward, and what was sent."""
    mine = [each for each in sent if board.kind != "external" or each.board == board.code]
    gone = [Table("What was sent since the last pack", _SENT, tuple(map(_sent, mine)))] if mine else []
    meetings = [(meeting.on, _meeting(framework, each, meeting)) for meeting, each in _coming(framework, board, after)]
    rows = tuple(row for _, row in sorted([*meetings, *_owed(framework, board, after)]))
    if not rows:
        none = Paragraph("No date is in the calendar yet.")
        return Section("coming", "Coming meetings and submissions", (none, *gone))
    columns = ("Date", "Who", "What it looks at", "Papers leave by")
    return Section("coming", "Coming meetings and submissions", (Table("What comes next", columns, rows), *gone))


def _coming(framework: Framework, board: Board, after: date) -> list[tuple[Meeting, Board]]:
    found = []
    for each in framework.partnership.boards:
        later = sorted((meeting for meeting in each.meetings if meeting.on >= after), key=lambda meeting: meeting.on)
        told = MEETINGS_TOLD if each == board else 1
        found += [(meeting, each) for meeting in later[:told]]
    return sorted(found, key=lambda pair: (pair[0].on, pair[1].name))


def _owed(framework: Framework, board: Board, after: date) -> Iterator[tuple[date, tuple[str, ...]]]:
    """The next day of everything owed outward; an outside reader sees what is owed to it alone."""
    for each in framework.submissions:
        coming = [on for on in each.owed_on if on >= after]
        if coming and (board.kind != "external" or each.board == board.code):
            day = min(coming)
            yield day, (_on_a_line(day), f"{each.to} (submission)", each.title, _on_a_line(day))


def _sent(each: SentLine) -> tuple[str, ...]:
    return (
        each.title,
        each.to,
        _on_a_line(each.owed_on),
        _on_a_line(each.sent_on),
        each.version or "Nothing that was released here",
        each.receipt or "None on record",
    )


def _meeting(framework: Framework, board: Board, meeting: Meeting) -> tuple[str, ...]:
    kind = "submission" if board.kind == "external" else "meeting"
    try:
        papers = _on_a_line(papers_day(framework, board, meeting))
    except CalendarNotCoveredError:
        papers = f"not known yet: the bank holidays of {meeting.on.year} are not in the calendar"
    return (
        _on_a_line(meeting.on),
        f"{board.name} ({kind})",
        quarter_name(meeting.considers) or describe(meeting.considers),
        papers,
    )


def _on_a_line(day: date) -> str:
    """A date that a narrow column does not break."""
    return say_date(day).replace(" ", "\u00a0")
