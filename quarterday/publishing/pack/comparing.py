"""A figure beside others of its series: the one before it, that of a year before, and the year so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period, financial_year
from quarterday.publishing.pack.figures_said import say_brief_figure, say_marked, say_value, short_period
from quarterday.publishing.pack.series import ChartedSeries, charted
from quarterday.publishing.tables import Observation

NOT_DUE = "Not due"
_APART = {  # days from the end of a figure to that of the next, at most
    Frequency.QUARTER: 125,
    Frequency.MONTH: 31,
    Frequency.FINANCIAL_YEAR: 366,
    Frequency.ROLLING_YEAR: 125,
    Frequency.SCHOOL_TERM: 180,
}
_TERMS_MOVE = 14  # days by which a school term may end earlier or later than a year before


@dataclass(frozen=True)
class Compared:
    """An indicator's figures as cells; one is empty where nothing compares."""

    latest: str
    before: str = ""
    year_before: str = ""
    year_so_far: str = ""


def compared(framework: Framework, reading: ChartedSeries, asked_for: Period) -> Compared:
    """The latest figure beside those that it may be read against.

    A figure of other days, or one that stands in for a missing one, compares with none. What was counted by another
    definition is not told beside it: its cell bears the marker of the break.
    """
    now, indicator = reading.now, reading.indicator
    wanted = (framework.periods_asked(indicator, asked_for) or (asked_for,))[-1]
    if now is None and not reading.due:
        return Compared(NOT_DUE, _told(reading, _last(reading, None)))
    latest = _latest(indicator, now, wanted)
    if now is not None and now.value is not None and not charted(now):
        return Compared(latest)
    period = wanted if now is None else now.period
    before, earlier = _last(reading, period), _year_before(reading, period)
    return Compared(latest, _told(reading, before), _told(reading, earlier), _year_so_far(reading, period))


def _latest(indicator: Indicator, now: Observation | None, wanted: Period) -> str:
    """The figure with its period, where that is not the one asked for."""
    if now is None:
        return str(Marker.NOT_AVAILABLE)
    if now.value is None:
        return str(now.marker or Marker.NOT_AVAILABLE)
    said = say_brief_figure(indicator, now)
    if now.period == wanted and indicator.frequency is Frequency.QUARTER:
        return said
    return f"{said} ({short_period(now.period, rolling=indicator.frequency is Frequency.ROLLING_YEAR)})"


def _last(reading: ChartedSeries, before: Period | None) -> Observation | None:
    """The figure before a period, or the last there is; None where the one next before it was never published."""
    known = [each for each in reading.observations if each is not None and not each.stale]
    if before is None:
        return known[-1] if known else None
    earlier = [each for each in known if each.period.end < before.end and each != reading.now]
    if not earlier or (before.end - earlier[-1].period.end).days > _APART[reading.indicator.frequency]:
        return None
    return earlier[-1]


def _year_before(reading: ChartedSeries, period: Period) -> Observation | None:
    """The figure for the same days of the year before; a school term may end some days earlier or later."""
    then = _a_year_earlier(period.end)
    within = _TERMS_MOVE if reading.indicator.frequency is Frequency.SCHOOL_TERM else 1
    known = (each for each in reading.observations if each is not None and not each.stale)
    return next((each for each in known if abs((each.period.end - then).days) <= within), None)


def _a_year_earlier(day: date) -> date:
    end_of_february = (day.month, day.day) == (2, 29)
    return date(day.year - 1, day.month, 28 if end_of_february else day.day)


def _told(reading: ChartedSeries, other: Observation | None) -> str:
    """Another figure of the series as a cell; with its period where nothing of its own stands beside it."""
    if other is None:
        return ""
    if other.value is None:
        return str(other.marker or Marker.NOT_AVAILABLE)
    if not charted(other):
        return ""
    if _breaks_between(reading, other):
        return str(Marker.BREAK)
    said = say_marked(reading.indicator, other)
    return said if reading.due else f"{said} ({short_period(other.period)})"


def _breaks_between(reading: ChartedSeries, other: Observation) -> bool:
    """Whether the definition changed after another figure, up to the latest one."""
    place = reading.observations.index(other)
    last = reading.current if reading.current is not None else place
    return any(point.begins for point in reading.chart.points[place + 1 : last + 1])


def _year_so_far(reading: ChartedSeries, period: Period) -> str:
    """The financial year up to a period, from the figures as they were published; empty where they cannot be added.

    One that is hidden or missing leaves its marker; one figure alone is no more than the latest.
    """
    indicator = reading.indicator
    if not indicator.adds_up or indicator.frequency not in (Frequency.QUARTER, Frequency.MONTH):
        return ""
    began = financial_year(period.start.year if period.start.month > 3 else period.start.year - 1).start
    parts = [each for each in reading.observations if each is not None and began <= each.period.start <= period.end]
    if len(parts) < 2 or not _follow(parts, began, period.end):
        return ""
    lacking = [each for each in parts if each.value is None]
    if lacking:
        return str(lacking[0].marker or Marker.NOT_AVAILABLE)
    if not all(map(charted, parts)) or _breaks_between(reading, parts[0]):
        return ""
    value = _added_up(indicator, parts)
    rounded = indicator.disclosure.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
    return "" if value is None else f"{'about ' if rounded else ''}{say_value(indicator, value)}"


def _follow(parts: Sequence[Observation], began: date, end: date) -> bool:
    """Whether figures follow one another day by day from the beginning of the year to an end."""
    expected = began
    for each in parts:
        if each.period.start != expected:
            return False
        expected = each.period.end + timedelta(days=1)
    return parts[-1].period.end == end


def _added_up(indicator: Indicator, parts: Sequence[Observation]) -> float | None:
    """Counts added up; a percentage anew from its parts, never as a mean; None for what is neither."""
    if indicator.unit is Unit.COUNT:
        return sum(each.value for each in parts if each.value is not None)
    if indicator.unit is not Unit.PERCENTAGE:
        return None
    numerators = [each.numerator for each in parts if each.numerator is not None]
    denominators = [each.denominator for each in parts if each.denominator is not None]
    if len(numerators) < len(parts) or len(denominators) < len(parts) or not sum(denominators):
        return None
    return 100 * sum(numerators) / sum(denominators)
