"""A return laid against the grid that was asked for, one line a figure.

Each indicator's parameters are brought in as columns, so that a dozen expectations serve any framework, one return or
ten thousand: an expectation speaks of a rule, never of an indicator.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from expectations.asked_for import Asked, misplaced
from expectations.checking import Job
from expectations.history import History, as_number
from quarterday.adapters.reading.columns import FILLED_IN
from quarterday.framework import DisclosureRule, Indicator
from quarterday.periods import Period
from quarterday.returns import GridRow, Marker, PartnerReturn, ReturnRow

IMPLAUSIBLE = 1e12  # no count of a borough comes near; also catches infinity
_NO_FIGURE = (Marker.NOT_AVAILABLE, Marker.NOT_APPLICABLE)


@dataclass
class Line:
    """One line of the frame. None is empty: an expectation on it does not apply."""

    partner_return: str
    line: int
    indicator: str
    area: str
    breakdown: str
    category: str
    start: int
    end: int
    misplaced: str | None = None  # the rule that an unasked line breaks
    required: str | None = None  # the rule that a missing answer breaks
    answer: str | None = None
    reason: str | None = None
    no_figure_marker: str | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    count: float | None = None
    whole_count: float | None = None
    parts_given: int | None = None
    rate_off_by: float | None = None
    value_in_parts: bool = False  # the sender fills in numerator and denominator, and the value follows
    at_least: float | None = None
    smallest: float | None = None
    at_most: float | None = None
    at_most_rule: str | None = None
    low: float | None = None
    high: float | None = None
    usual_rule: str | None = None
    threshold: float | None = None
    total: float | None = None
    sum_of_categories: float | None = None
    ceiling: float | None = None
    covers_start: int | None = None
    covers_end: int | None = None
    period_rule: str | None = None
    note: str | None = None


COLUMNS = tuple(each.name for each in fields(Line))


@dataclass
class Laid:
    """A return laid out: its lines, and for each line what was asked and what was sent."""

    name: str
    job: Job
    partner_return: PartnerReturn
    lines: list[Line] = field(default_factory=list)
    asked: list[GridRow | None] = field(default_factory=list)
    sent: list[ReturnRow | None] = field(default_factory=list)
    beside: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict)  # by rule: the lines compared

    def places_of(self, indicator: str) -> Iterator[GridRow]:
        """The places of the grid that were asked for an indicator."""
        return (place for place in self.asked if place is not None and place.indicator == indicator)

    def kept(self) -> PartnerReturn:
        """The return with only what was asked for: nothing else goes downstream."""
        rows = tuple(
            row for row, asked in zip(self.sent, self.asked, strict=True) if row is not None and asked is not None
        )
        return PartnerReturn(**{**self.partner_return.__dict__, "rows": rows})


def lay_out(name: str, job: Job, partner_return: PartnerReturn, unread: frozenset[tuple[str, str]]) -> Laid:
    """Lay a return out. `unread` are the (sheet, cell) that a finding of the reading already speaks of."""
    laid = Laid(name, job, partner_return)
    asked = Asked(job.framework, job.request, job.period)
    sent: dict[GridRow, list[ReturnRow]] = defaultdict(list)
    unasked: list[tuple[ReturnRow, str]] = []
    for row in partner_return.rows:
        place = asked.place_of(row)
        if place is not None:
            sent[place].append(row)
        elif _answer(row, unread) is not None:
            unasked.append((row, misplaced(job, row, asked)))
    silent = _silent(job, partner_return, asked, sent, unread)
    history = History(job.earlier)
    for place in asked.grid:
        answers: Sequence[ReturnRow | None] = _answers(sent.get(place, ()), unread) or (None,)
        for answer in answers:
            _add(laid, history, place, answer, unread, silent)
    for row, rule in unasked:
        _add_unasked(laid, row, rule)
    _compare_totals(laid)
    _compare_indicators(laid)
    return laid


def _answers(rows: Iterable[ReturnRow], unread: frozenset[tuple[str, str]]) -> list[ReturnRow]:
    """The rows sent for one place: those with an answer, else one blank row, whose cells the sender has to fill."""
    rows = list(rows)
    return [row for row in rows if _answer(row, unread) is not None] or rows[:1]


def _answer(row: ReturnRow, unread: frozenset[tuple[str, str]]) -> str | None:
    """What stands in a row instead of nothing."""
    if any(each is not None for each in (row.value, row.numerator, row.denominator)):
        return "figure"
    if row.marker is not None:
        return "marker"
    entries = [address for title, address in row.cells if title in FILLED_IN] or [address for _, address in row.cells]
    if any((row.sheet, address) in unread for address in entries):
        return "unread"
    return "reason" if row.comment.strip() else None


def _silent(
    job: Job,
    partner_return: PartnerReturn,
    asked: Asked,
    sent: dict[GridRow, list[ReturnRow]],
    unread: frozenset[tuple[str, str]],
) -> frozenset[str]:
    """The indicators that may come later: nothing has come for them, and this file need not hold them."""
    export = job.exports.get(partner_return.layout)
    held = set(job.request.asked) if export is None else set(export.indicators)
    answered = {
        place.indicator for place, rows in sent.items() if any(_answer(row, unread) is not None for row in rows)
    }
    return frozenset(code for code in job.request.asked if code not in answered and (job.part or code not in held))


def _add(
    laid: Laid,
    history: History,
    place: GridRow,
    row: ReturnRow | None,
    unread: frozenset[tuple[str, str]],
    silent: frozenset[str],
) -> None:
    indicator = laid.job.framework.indicator[place.indicator]
    covers = (row.period if row else None) or place.period
    line = Line(
        laid.name,
        len(laid.lines),
        place.indicator,
        place.area_code,
        place.breakdown,
        place.category,
        as_number(place.period.start),
        as_number(place.period.end),
        required="still-to-come" if place.indicator in silent else "missing" if row else "row-missing",
        covers_start=as_number(covers.start),
        covers_end=as_number(covers.end),
        period_rule="row-of-another-period" if covers.overlap_days(place.period) else "row-of-no-day-asked",
    )
    if row is not None:
        _fill(line, indicator, row, _answer(row, unread))
        if line.value is not None:
            _bring_limits(line, indicator, history, place, covers, bool(row.comment.strip() or laid.job.explanations))
        stated = laid.partner_return.period
        if stated is not None and stated == row.period != laid.job.period:
            line.covers_start, line.covers_end = line.start, line.end  # said once, of the whole return
    laid.lines.append(line)
    laid.asked.append(place)
    laid.sent.append(row)


def _fill(line: Line, indicator: Indicator, row: ReturnRow, answer: str | None) -> None:
    line.answer = answer
    line.reason = row.comment.strip() or None
    line.numerator, line.denominator = row.numerator, row.denominator
    if row.marker in _NO_FIGURE:
        line.no_figure_marker = str(row.marker)
    elif row.marker is not None:
        line.note = "marked"
    line.value = row.value
    if not indicator.has_parts:
        line.count = row.value
        line.whole_count = row.value if row.value is None or not math.isfinite(row.value) else float(round(row.value))
        line.smallest = row.value
        return
    line.value_in_parts = True
    given = [part for part in (row.numerator, row.denominator) if part is not None]
    line.smallest = min(given, default=row.value)
    if answer == "figure":
        line.parts_given = len(given)
    made = _rate(indicator, row)
    if made is not None and row.value is not None:
        line.rate_off_by = abs(made - row.value) * 100 / indicator.per
    line.value = made if made is not None else row.value


def _rate(indicator: Indicator, row: ReturnRow) -> float | None:
    if row.numerator is None or not row.denominator:
        return None
    return row.numerator / row.denominator * indicator.per


def _bring_limits(
    line: Line, indicator: Indicator, history: History, place: GridRow, covers: Period, explained: bool
) -> None:
    line.at_least = indicator.at_least
    line.at_most, line.at_most_rule = _highest(indicator)
    if line.count is not None and indicator.disclosure.rule is not DisclosureRule.NONE:
        line.threshold = float(indicator.disclosure.threshold)
    series = (place.indicator, place.area_code, place.breakdown, place.category)
    assert line.value is not None
    possible = line.at_least <= line.value <= line.at_most  # what cannot be is not called unusual as well
    if possible and (usual := history.usual(indicator, series, covers)) is not None:
        (line.low, line.high), rule = usual
        line.usual_rule = f"{rule}-explained" if explained else rule


def _highest(indicator: Indicator) -> tuple[float, str]:
    if indicator.out_of is not None:
        return float(indicator.out_of), "out-of"
    if indicator.at_most is not None:
        return indicator.at_most, "at-most"
    # A percentage above 100 is told by its parts; a count without a ceiling must still be a number that can be.
    return IMPLAUSIBLE, "at-most"


def _add_unasked(laid: Laid, row: ReturnRow, rule: str) -> None:
    period = row.period or laid.job.period
    laid.lines.append(
        Line(
            laid.name,
            len(laid.lines),
            row.indicator,
            row.area_code,
            row.breakdown,
            row.category,
            as_number(period.start),
            as_number(period.end),
            misplaced=rule,
        )
    )
    laid.asked.append(None)
    laid.sent.append(row)


def _compare_totals(laid: Laid) -> None:
    """Bring the sum of each breakdown beside its total, where every category has a figure."""
    totals = {_cell(line): line for line in _figures(laid) if not line.breakdown}
    parts: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in laid.lines:
        if line.misplaced is None and line.breakdown:
            parts[(*_cell(line), line.breakdown)].append(line)
    for (*cell, _), lines in parts.items():
        total = totals.get(tuple(cell))
        counts = [line.count for line in lines]
        if total is None or total.count is None or None in counts:
            continue
        first = lines[0]
        first.total, first.sum_of_categories = total.count, math.fsum(count for count in counts if count is not None)
        laid.beside["total-off", first.line] = (total.line, *(line.line for line in lines))


def _compare_indicators(laid: Laid) -> None:
    """Bring in the figure that a figure cannot exceed, where this return holds both."""
    figures = {(line.indicator, *_cell(line)[1:], line.breakdown, line.category): line for line in _figures(laid)}
    for (code, *rest), line in figures.items():
        ceiling = figures.get((laid.job.framework.indicator[code].no_more_than, *rest))
        if ceiling is not None:
            line.ceiling = ceiling.value
            laid.beside["more-than-another", line.line] = (line.line, ceiling.line)


def _figures(laid: Laid) -> Iterator[Line]:
    return (line for line in laid.lines if line.misplaced is None and line.value is not None)


def _cell(line: Line) -> tuple[Any, ...]:
    return line.indicator, line.area, line.start, line.end
