"""The timetable of a collection, worked back from the first board's papers (paper 4.3, 7.7)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import Period, period_code, quarter_name, say_day

_LATELY: "deque[tuple[Framework, tuple[Timetable, ...]]]" = deque(maxlen=8)  # of the frameworks that were asked of last


@dataclass(frozen=True)
class Timetable:
    """When a collection opens, is due, closes and is published. All are working days.

    Two clocks: `due` labels a return late, `closes` locks the provisional release; a return is taken even after it.
    """

    collection: str
    period: Period
    request_on: dict[str, date]  # by partner: its own lead time before the due date
    due: date
    closes: date
    publish_on: date
    papers_on: date
    board: Board  # whose papers leave first
    papers: dict[str, date] = field(default_factory=dict)  # by board: the day its papers leave
    due_of: dict[str, date] = field(default_factory=dict)  # by partner: those who were promised another day than `due`
    called_off: bool = False

    @property
    def opens(self) -> date:
        """The day of the first request, or the due date where nothing is asked."""
        return min(self.request_on.values(), default=self.due)

    @property
    def last_day(self) -> date:
        """The last day on which returns are taken for the release: nobody is a gap before the date it was given."""
        return max([self.closes, *self.due_of.values()])

    @property
    def label(self) -> str:
        """`2025-26 Q1`, or the two dates of a period that is no financial quarter."""
        return quarter_name(self.period) or str(self.period)

    def clashes(self, framework: Framework) -> list[str]:
        """What cannot work as it stands, each in a sentence."""
        early = [
            f"{framework.partner[code].name} needs {framework.partner[code].lead_time} working days, so its request "
            f"goes out on {say_day(day)}, before the period ends on {say_day(self.period.end)}."
            for code, day in self.request_on.items()
            if day <= self.period.end
        ]
        if self.due <= self.period.end:
            early.append(f"Figures are due on {say_day(self.due)}, before the period they cover has ended.")
        if self.closes >= self.papers_on:
            early.append(
                f"The collection closes on {say_day(self.closes)}, not before the papers of {self.board.name} "
                f"on {say_day(self.papers_on)}."
            )
        return early


def released_after(framework: Framework, closes: date, meant: date) -> date:
    """The day of a release that was meant for one day, where its collection closes on another: it closes when its last
    day is over.
    """
    return max(meant, framework.calendar.add(closes, 1))


def collection_id(framework: Framework, period: Period) -> str:
    """The identifier of a partnership's collection for a period: `safer-somewhere.2025-26-q1`."""
    return f"{framework.partnership.code}.{period_code(period)}"


def papers_day(framework: Framework, board: Board, meeting: Meeting) -> date:
    """The latest day on which papers leave so that the board has its clear working days before the meeting."""
    return framework.calendar.add(meeting.on, -(board.papers_clear_days + 1))


def timetable(framework: Framework, period: Period) -> Timetable | None:
    """The timetable for a period, worked back from the earliest papers that consider it; None where no board does."""
    papers = papers_days(framework, period)
    if not papers:
        return None
    first = min(papers, key=lambda code: papers[code])
    rhythm, add = framework.partnership.rhythm, framework.calendar.add
    publish_on = add(papers[first], -rhythm.publish_before_papers) if rhythm.publish_before_papers else papers[first]
    closes = add(publish_on, -rhythm.close_before_publish)
    due = add(closes, -rhythm.due_before_close) if rhythm.due_before_close else closes
    request_on = {
        partner.code: add(due, -partner.lead_time)
        for partner in framework.partners
        if framework.takes_part(partner.code, period)
    }
    return Timetable(
        collection_id(framework, period),
        period,
        request_on,
        due,
        closes,
        publish_on,
        papers[first],
        framework.board[first],
        papers,
    )


def papers_days(framework: Framework, period: Period) -> dict[str, date]:
    """The day on which papers leave for each board that considers a period: for its first meeting that does."""
    found: dict[str, date] = {}
    for board in framework.partnership.boards:
        days = [papers_day(framework, board, each) for each in board.meetings if each.considers == period]
        found |= {board.code: min(days)} if days else {}
    return found


def timetables(framework: Framework) -> list[Timetable]:
    """Every collection that the boards' meetings call for, earliest period first.

    Worked out once for a framework: whoever decides, shows or tells asks for them again and again.
    """
    for asked, plans in _LATELY:
        if asked is framework:
            return list(plans)
    plans = tuple(_timetables(framework))
    _LATELY.append((framework, plans))
    return list(plans)


def _timetables(framework: Framework) -> list[Timetable]:
    periods = {meeting.considers for board in framework.partnership.boards for meeting in board.meetings}
    return [found for period in sorted(periods) if (found := timetable(framework, period))]
