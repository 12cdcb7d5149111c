"""A return laid against the grid that was asked for, one line a figure.

Each indicator's parameters are brought in as columns, so that a dozen expectations serve any framework, one return or
ten thousand: an expectation speaks of a rule, never of an indicator.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from expectations.asked_for import Asked, misplaced
from expectations.checking import Job
from expectations.filled_in import Unread, answer, bring_limits, fill_in
from expectations.line import Line
from expectations.usual import EarlierFigures, as_number
from quarterday.adapters.reading.columns import Column
from quarterday.domain.figures.returns import GridRow, PartnerReturn, ReturnRow
from quarterday.domain.framework.periods import Period

_REPEATS = 20  # a figure that is given more often is not told again and again
# Where a row says what an unasked one says wrongly.
_SAYS = {
    "unknown-area": (Column.AREA_CODE, Column.AREA),
    "unknown-category": (Column.CATEGORY_CODE, Column.CATEGORY),
    "which-period": (Column.PERIOD_FROM, Column.PERIOD_TO),
}


@dataclass
class Laid:
    """A return laid out: its lines, and for each line what was asked and what was sent."""

    name: str
    job: Job
    partner_return: PartnerReturn
    unread: Unread
    earlier: EarlierFigures
    lines: list[Line] = field(default_factory=list)
    asked: list[GridRow | None] = field(default_factory=list)
    sent: list[ReturnRow | None] = field(default_factory=list)
    beside: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)  # by rule: the lines compared

    @cached_property
    def places(self) -> dict[str, list[GridRow]]:
        """The places of the grid by indicator."""
        of: dict[str, list[GridRow]] = defaultdict(list)
        for place in dict.fromkeys(self.asked):
            if place is not None:
                of[place.indicator].append(place)
        return dict(of)

    def kept(self) -> PartnerReturn:
        """The return with only what was asked for: nothing else goes downstream."""
        both = zip(self.sent, self.asked, strict=True)
        return replace(self.partner_return, rows=tuple(row for row, place in both if row is not None and place))

    @cached_property
    def figures(self) -> int:
        """How many rows hold something: a figure, a marker, or a reason."""
        return sum(answer(row, frozenset()) is not None for row in self.partner_return.rows)

    @property
    def only_tells(self) -> bool:
        """Whether it tells of activities or risks and leaves all figures blank, which are still to come."""
        return self.partner_return.tells and not self.figures

    def add(self, line: Line, place: GridRow | None, row: ReturnRow | None) -> None:
        """Add a line with what it stands for."""
        self.lines.append(line)
        self.asked.append(place)
        self.sent.append(row)


def lay_out(name: str, job: Job, partner_return: PartnerReturn, unread: Unread) -> Laid:
    """Lay a return out. `unread` are the (sheet, cell) that a finding of the reading already speaks of."""
    laid = Laid(name, job, partner_return, unread, EarlierFigures(job.earlier, job.limits_anew))
    asked = Asked(job.framework, job.taken, job.period)
    sent: dict[GridRow, list[ReturnRow]] = defaultdict(list)
    unasked: list[tuple[ReturnRow, str]] = []
    for row in partner_return.rows:
        place = asked.place_of(row)
        if place is not None:
            sent[place].append(row)
        elif answer(row, unread) is not None:
            unasked.append((row, misplaced(job, row, asked)))
    silent = _silent(laid, sent)
    for number, place in enumerate((*asked.grid, *(place for place in sent if place not in asked.every))):
        rows: Sequence[ReturnRow | None] = _answers(sent.get(place, ()), unread) or (None,)
        for each in rows:
            _add_asked(laid, number, place, each, silent)
    for row, rule in unasked:
        _add_unasked(laid, row, rule)
    _compare_totals(laid)
    _compare_indicators(laid)
    return laid


def _answers(rows: Iterable[ReturnRow], unread: Unread) -> list[ReturnRow]:
    """The rows sent for one place: those with an answer, else one blank row, whose cells the sender has to fill."""
    rows = list(rows)
    return [row for row in rows if answer(row, unread) is not None][:_REPEATS] or rows[:1]


def _silent(laid: Laid, sent: dict[GridRow, list[ReturnRow]]) -> frozenset[str]:
    """The indicators that may come later: nothing has come for them, and this file need not hold them."""
    job = laid.job
    export = job.exports.get(laid.partner_return.layout)
    held = set(job.taken.asked) if export is None else set(export.indicators)
    answered = {
        place.indicator for place, rows in sent.items() if any(answer(row, laid.unread) is not None for row in rows)
    }
    return frozenset(code for code in job.taken.asked if code not in answered and (job.part or code not in held))


def _add_asked(laid: Laid, number: int, place: GridRow, row: ReturnRow | None, silent: frozenset[str]) -> None:
    job, indicator = laid.job, laid.job.framework.indicator[place.indicator]
    line = _line(laid, place.indicator, place.area_code, place)
    line.place, line.required = number, _required(job, place.indicator, row, silent)
    if line.required is not None:
        line.answer = None if row is None else answer(row, laid.unread)
    if row is not None:
        covers = row.period or place.period
        line.covers, line.asked = f"{covers.start} to {covers.end}", f"{place.period.start} to {place.period.end}"
        line.period_rule = "row-of-another-period" if covers.overlap_days(place.period) else "row-of-no-day-asked"
        line.look_at |= dict.fromkeys(("row-of-another-period", "row-of-no-day-asked"), _odd_ends(covers, place.period))
        if laid.partner_return.period is not None and laid.partner_return.period == row.period != job.period:
            line.covers = None  # said once, of the whole return
        fill_in(line, indicator, row, laid.unread)
        bring_limits(line, indicator, laid.earlier, place, covers, _explained(job, row))
    laid.add(line, place, row)


def _required(job: Job, indicator: str, row: ReturnRow | None, silent: frozenset[str]) -> str | None:
    """The rule that an empty line breaks; none where an accepted return has brought the indicator already."""
    if indicator in job.already:
        return None
    return "still-to-come" if indicator in silent else "missing" if row else "row-missing"


def _explained(job: Job, row: ReturnRow) -> bool:
    return bool(row.comment.strip() or job.explanations.strip())


def _odd_ends(covers: Period, asked: Period) -> list[str]:
    ends = ((Column.PERIOD_FROM, covers.start, asked.start), (Column.PERIOD_TO, covers.end, asked.end))
    return [title for title, covered, wanted in ends if covered != wanted]


def _add_unasked(laid: Laid, row: ReturnRow, rule: str) -> None:
    line = _line(laid, row.indicator, row.area_code, row)
    line.misplaced = rule
    line.look_at[rule] = [*_SAYS.get(rule, (Column.INDICATOR_CODE, Column.INDICATOR))]
    laid.add(line, None, row)


def _line(laid: Laid, indicator: str, area: str, at: GridRow | ReturnRow) -> Line:
    period = at.period or laid.job.period
    start, end = as_number(period.start), as_number(period.end)
    return Line(laid.name, len(laid.lines), indicator, area, at.breakdown, at.category, start, end)


def _compare_totals(laid: Laid) -> None:
    """Bring the sum of each breakdown beside its total, where every category has one figure."""
    totals = {_cell(line): line for line in _figures(laid) if not line.breakdown}
    parts: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in laid.lines:
        if line.misplaced is None and line.breakdown:
            parts[(*_cell(line), line.breakdown)].append(line)
    for (*cell, _), lines in parts.items():
        total = totals.get(tuple(cell))
        counts = [line.count for line in lines if line.count is not None]
        once = len({line.category for line in lines}) == len(lines) == len(counts)
        if total is None or total.count is None or not once:
            continue
        lines[0].total, lines[0].sum_of_categories = total.count, math.fsum(counts)
        laid.beside["total-off", lines[0].line] = (total.line, *(line.line for line in lines))


def _compare_indicators(laid: Laid) -> None:
    """Bring in the figure that a figure cannot exceed, where this return holds both."""
    figures: dict[tuple[Any, ...], Line] = {
        (line.indicator, *_cell(line)[1:], line.breakdown, line.category): line for line in _figures(laid)
    }
    for (code, *rest), line in figures.items():
        ceiling = figures.get((laid.job.framework.indicator[code].no_more_than, *rest))
        if ceiling is not None:
            line.ceiling = ceiling.value
            laid.beside["more-than-another", line.line] = (line.line, ceiling.line)


def _figures(laid: Laid) -> Iterator[Line]:
    return (line for line in laid.lines if line.misplaced is None and line.value is not None)


def _cell(line: Line) -> tuple[Any, ...]:
    return line.indicator, line.area, line.start, line.end
