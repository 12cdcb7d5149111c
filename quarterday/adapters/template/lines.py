"""The lines of a template: the grid that was asked for, each with what is known of it already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.adapters.reading.columns import Column
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import GridRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import Period, describe

LAST_COVERED = "Last time covered"
_PARTS = (Column.NUMERATOR, Column.DENOMINATOR)
_SPLIT = (Column.BREAKDOWN, Column.CATEGORY)
_SPLIT_CODES = (Column.BREAKDOWN_CODE, Column.CATEGORY_CODE)


@dataclass(frozen=True)
class Line:
    """One line to fill in."""

    asked: GridRow
    indicator: Indicator
    known: dict[str, str | float | date]  # column title -> what stands there already


def lines(framework: Framework, request: RequestMade, period: Period, earlier: Sequence[Figure]) -> list[Line]:
    """The lines of a request, in the order of its indicators."""
    indicators = tuple(framework.indicator[code] for code in request.asked)
    last = _latest(earlier)
    return [_line(framework, request, row, last) for row in grid(framework, indicators, period)]


def _line(framework: Framework, request: RequestMade, row: GridRow, last: dict[Series, list[Figure]]) -> Line:
    indicator = framework.indicator[row.indicator]
    before = last_before(last.get(row.series, []), row.period.end)
    known: dict[str, str | float | date] = {
        Column.INDICATOR: indicator.title,
        Column.AREA: row.area_name,
        Column.BREAKDOWN: framework.breakdown[row.breakdown].title if row.breakdown else "",
        Column.CATEGORY: row.category_title,
        Column.UNIT: unit_in_words(indicator),
        Column.PERIOD_FROM: row.period.start,
        Column.PERIOD_TO: row.period.end,
        Column.LAST: before.value if before and before.value is not None else (before.marker or "" if before else ""),
        LAST_COVERED: describe(before.period) if before else "",
        Column.AREA_CODE: row.area_code,
        Column.INDICATOR_CODE: row.indicator,
        Column.BREAKDOWN_CODE: row.breakdown,
        Column.CATEGORY_CODE: row.category,
        Column.PARTNER: request.partner,
        Column.COLLECTION: request.collection,
    }
    return Line(row, indicator, known)


def _latest(earlier: Iterable[Figure]) -> dict[Series, list[Figure]]:
    series: dict[Series, list[Figure]] = {}
    for figure in earlier:
        series.setdefault(figure.series, []).append(figure)
    return series


def last_before(figures: list[Figure], end: date) -> Figure | None:
    """The last one sent: that of the latest period that ended before this one does, as rolling years overlap."""
    return max((each for each in figures if each.period.end < end), key=lambda each: each.period.end, default=None)


def unit_in_words(indicator: Indicator) -> str:
    """What is to be written: `count`, `percentage`, `rate per 1,000` or `count, out of 19`."""
    match indicator.unit:
        case Unit.COUNT:
            return "count"
        case Unit.PERCENTAGE:
            return "percentage"
        case Unit.RATE:
            return f"rate per {indicator.per:,}"
        case Unit.OUT_OF:
            return f"count, out of {indicator.out_of}" if indicator.out_of else "count"


def shows_last_time(made: Sequence[Line]) -> bool:
    """Whether any line knows what was sent last time."""
    return any(line.known[Column.LAST] != "" for line in made)


def columns(made: Sequence[Line]) -> list[str]:
    """The columns that this request needs: none for parts, breakdowns or last time where no line has them."""
    parts = _PARTS if any(line.indicator.has_parts for line in made) else ()
    split = any(line.asked.breakdown for line in made)
    return [
        Column.INDICATOR,
        Column.AREA,
        *(_SPLIT if split else ()),
        Column.UNIT,
        Column.PERIOD_FROM,
        Column.PERIOD_TO,
        *((Column.LAST, LAST_COVERED) if shows_last_time(made) else ()),
        *parts,
        Column.VALUE,
        Column.MARKER,
        Column.COMMENT,
        Column.AREA_CODE,
        Column.INDICATOR_CODE,
        *(_SPLIT_CODES if split else ()),
        Column.PARTNER,
        Column.COLLECTION,
    ]
