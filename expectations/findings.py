"""Turns rows that failed into findings a sender can act on: where it stands, what is wrong, what good looks like."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from expectations.laid_out import Laid
from expectations.line import Line
from expectations.sentences import CATALOGUE
from expectations.validation import Failure
from expectations.whole import Whole
from quarterday.adapters.reading.columns import Column
from quarterday.domain.figures.findings import Finding, merged
from quarterday.domain.figures.returns import GridRow, ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import describe

_NEAR = 0.005  # a second decimal that says no more than this is left out

_LISTED = 5
_OF_AN_INDICATOR = ("row-missing", "still-to-come")  # said once an indicator, not once a row


@dataclass(frozen=True)
class _Line:
    """A line that failed, with all that can be said of it."""

    laid: Laid
    line: Line
    column: str

    @property
    def row(self) -> ReturnRow | None:
        return self.laid.sent[self.line.line]


def as_finding(rule: str, said: dict[str, Any], **where: Any) -> Finding:
    """The catalogue's sentence for a rule, filled in."""
    entry = CATALOGUE[rule]
    sentence, safe, caveat = entry.sentence(**said), entry.safe_sentence(**said), entry.caveat.format(**said)
    without = entry.sentence_without_earlier(**said)
    return Finding(rule, entry.severity, sentence, safe, caveat=caveat, without_earlier=without, **where)


def of_the_whole(laid: Laid, whole: Whole, failures: Iterable[Failure]) -> list[Finding]:
    """What is wrong with a return as a whole."""
    framework, job = laid.job.framework, laid.job
    said = {
        "partner": _partner_name(framework, whole.partner),
        "partner_asked": _partner_name(framework, whole.partner_asked),
        "period": describe(laid.partner_return.period or job.period),
        "period_asked": describe(job.period),
    }
    return [as_finding(failure.rule, said) for failure in failures]


def of_the_figures(laid: Laid, failures: Iterable[Failure]) -> list[Finding]:
    """What is wrong with the figures of one return; repeats merged, blocking ones first."""
    once: dict[tuple[str, str], list[_Line]] = {}
    findings: list[Finding] = []
    for failure in failures:
        failed = _Line(laid, laid.lines[failure.line], failure.column)
        if failure.rule in _OF_AN_INDICATOR:
            once.setdefault((failure.rule, failed.line.indicator), []).append(failed)
        else:
            findings.append(_of_a_line(failure.rule, failed))
    findings.extend(_of_an_indicator(rule, lines) for (rule, _), lines in once.items())
    return merged(findings)


def _of_a_line(rule: str, failed: _Line) -> Finding:
    laid, line = failed.laid, failed.line
    beside = [laid.sent[each] for each in _beside(rule, laid, line)]
    rows = [row for row in beside or [failed.row] if row is not None]
    columns = _columns(rule, failed, rows)
    cells = tuple(dict.fromkeys(address for row in rows for title, address in row.cells if title in columns))
    column = columns[0] if len(columns) == 1 else ""
    sheet = rows[0].sheet if rows else ""
    known = line.indicator if line.indicator in laid.job.framework.indicator else ""
    return as_finding(rule, _said(failed), sheet=sheet, column=column, cells=cells, indicator=known)


def _beside(rule: str, laid: Laid, line: Line) -> tuple[int, ...]:
    return laid.beside.get((rule, line.line), ())


def _columns(rule: str, failed: _Line, rows: list[ReturnRow]) -> list[str]:
    """The titles over the cells in question: the rule's own column where the file has it, else all of them."""
    titles = list(dict.fromkeys(title for row in rows for title, _ in row.cells))
    wanted = failed.line.look_at.get(rule)
    if wanted is None and failed.column == Column.VALUE and failed.line.parts_given:
        wanted = [Column.NUMERATOR, Column.DENOMINATOR]  # what the sender filled in, and the value follows from
    wanted = wanted or [failed.column]
    return [title for title in titles if title in wanted] or titles


def _of_an_indicator(rule: str, lines: list[_Line]) -> Finding:
    first = lines[0]
    indicator, laid = first.line.indicator, first.laid
    gone = [place for place in (laid.asked[each.line.line] for each in lines) if place is not None]
    said = {**_said(first), "rows_gone": _rows_gone(gone, laid.places.get(indicator, []))}
    return as_finding(rule, said, indicator=indicator)


def _rows_gone(gone: list[GridRow], asked: list[GridRow]) -> str:
    """`2 of the 8 rows asked for are not there (Evelyn, Burglary; Evelyn, Robbery)`."""
    if len(gone) >= len(asked):
        return "none of the rows asked for is there" if len(gone) > 1 else "the row asked for is not there"
    names = [_name(place, asked) for place in gone]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    verb = "is" if len(gone) == 1 else "are"
    return f"{len(gone)} of the {len(asked)} rows asked for {verb} not there ({'; '.join(names[:_LISTED])}{more})"


def _name(place: GridRow, asked: list[GridRow]) -> str:
    """What tells a row from the others of its indicator: its area, its category, its period."""
    told: list[tuple[str, set[Any]]] = [
        (place.area_name, {each.area_code for each in asked}),
        (place.category_title or "total", {each.category for each in asked}),
        (describe(place.period), {each.period for each in asked}),
    ]
    return ", ".join(name for name, differing in told if len(differing) > 1)


def _said(failed: _Line) -> dict[str, Any]:
    """Everything that a sentence about a line may be filled with."""
    laid, line, row = failed.laid, failed.line, failed.row
    framework = laid.job.framework
    indicator = framework.indicator.get(line.indicator)
    place = laid.asked[line.line]
    other = framework.indicator.get(indicator.no_more_than or "") if indicator else None
    breakdown = framework.breakdown.get(line.breakdown)
    places = laid.places.get(line.indicator, [])
    percent = "%" if indicator and indicator.unit is Unit.PERCENTAGE else ""
    return {
        "indicator": indicator.title if indicator else "",
        "indicator_example": next(iter(laid.job.request.asked), ""),
        "area_example": next((each.area_code for each in places), ""),
        "category_example": next((each.category for each in places if each.category), ""),
        "periods_asked": "; ".join(describe(period) for period in dict.fromkeys(each.period for each in places)),
        "marker": (row.marker or "") if row else "",
        "which": _which(indicator, place),
        "value": figure(line.value) + percent,
        "counted": figure(line.counted),
        "smallest": figure(line.smallest),
        "at_least": figure(line.at_least),
        "at_most": figure(line.at_most) + percent,
        "numerator": figure(line.numerator),
        "denominator": figure(line.numerator_at_most),
        "total": figure(line.total),
        "sum_of_categories": figure(line.sum_of_categories),
        "breakdown": breakdown.title.lower() if breakdown else "",
        "another": other.title if other else "",
        "ceiling": figure(line.ceiling),
        "covers": describe(row.period) if row and row.period else "",
        "asked": describe(place.period) if place else "",
        "low": figure(within(line.low, ceil, whole=line.count is not None)),
        "high": figure(within(line.high, floor, whole=line.count is not None)) + percent,
        "below_threshold": figure(line.threshold and line.threshold - 1),
    }


def _which(indicator: Indicator | None, place: GridRow | None) -> str:
    """The figure by name: `Offences, Evelyn, Robbery`."""
    if indicator is None or place is None:
        return ""
    area = place.area_name if indicator.area == "ward" else ""
    return ", ".join(part for part in (indicator.title, area, place.category_title) if part)


def within(limit: float | None, towards: Callable[[float], int], whole: bool) -> float | None:
    """The end of a range as it is said: rounded inwards, so that no value that lies outside it seems to lie in it.

    A count between 5.3 and 10.7 is usual from 6 to 10; what is no count keeps up to two decimals.
    """
    if limit is None or limit == float("inf"):
        return limit
    digits = 0 if whole else 1 if abs(limit - round(limit, 1)) <= _NEAR else 2
    steps = limit * 10**digits
    near = round(steps)  # what arithmetic alone has moved off a step stays on it
    return (near if abs(steps - near) < 1e-6 else towards(steps)) / 10**digits


def figure(value: float | None) -> str:
    """A figure as people write it: `1,234`, `12.5`."""
    if value is None:
        return ""
    if value == float("inf"):
        return "more"
    rounded = round(value, 1)
    if abs(value - rounded) > _NEAR:
        rounded = round(value, 2)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,}"


def _partner_name(framework: Framework, code: str | None) -> str:
    partner = framework.partner.get(code or "")
    return partner.name if partner else "another organisation"
