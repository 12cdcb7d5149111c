"""Series: the published figures of one indicator, area and category in time, laid out for a chart."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from statistics import fmean, median

from quarterday.domain.figures.classes import taken_over
from quarterday.domain.figures.control_limits import begin_anew
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period
from quarterday.publishing.charts.seasons import with_seasons
from quarterday.publishing.charts.spc import ControlChart, Point, control_chart
from quarterday.publishing.tables import NewLimits, Observation, ReleaseTables

RARE = 5  # in the mean of a series
GAP_FACTOR = 1.5  # ends further apart than this many usual steps leave a hole in the series


@dataclass(frozen=True)
class ChartedSeries:
    """One series as the pack reads it, oldest first; a None stands where a period was never published.

    `now` is this collection's figure, which may be an earlier value standing in; `current` is its point in the chart,
    None where it has none of its own. `since` is the first of this collection's points: months come three at a time.
    """

    indicator: Indicator
    observations: tuple[Observation | None, ...]
    chart: ControlChart
    now: Observation | None
    current: int | None
    since: int | None
    due: bool  # whether this collection asks for it
    rare: bool = False  # whether so few are counted that limits would say nothing


@dataclass(frozen=True)
class SeriesTables:
    """A release's figures by series, gathered once for all packs."""

    framework: Framework
    tables: ReleaseTables

    @cached_property
    def _in_time(self) -> dict[Series, dict[Period, Observation]]:
        found: dict[Series, dict[Period, Observation]] = defaultdict(dict)
        for each in (*self.tables.history, *self.tables.observations):
            if each.stale:  # it stands at its own period already
                found[each.series].setdefault(each.period, each)
            else:  # a later word on a period replaces an earlier one
                found[each.series][each.period] = each
        return found

    @cached_property
    def _current(self) -> dict[str, tuple[Observation, ...]]:
        found: dict[str, list[Observation]] = defaultdict(list)
        for each in self.tables.observations:
            found[each.indicator].append(each)
        return {code: tuple(rows) for code, rows in found.items()}

    def current(self, indicator: str) -> tuple[Observation, ...]:
        """This collection's figures of an indicator."""
        return self._current.get(indicator, ())

    def new_limits(self, indicator: str) -> tuple[NewLimits, ...]:
        """From which days on the limits of an indicator begin anew, and why."""
        return tuple(each for each in self.tables.new_limits if each.indicator == indicator)

    def in_time(self, series: Series) -> tuple[Observation, ...]:
        """Every published figure of a series, oldest first; before a class began, those of the classes it took over."""
        found = {**self._taken_over(series), **self._in_time.get(series, {})}
        return tuple(sorted(found.values(), key=lambda each: (each.period.end, each.period)))

    def _taken_over(self, series: Series) -> dict[Period, Observation]:
        """What was published of the classes that went into this one whole, added up where every one is told."""
        indicator, area, breakdown, category = series
        if breakdown not in self.framework.breakdown:
            return {}
        before = taken_over(self.framework.breakdown[breakdown], category)
        told = [self._in_time.get((indicator, area, breakdown, each.code), {}) for each in before]
        if not told:
            return {}
        titles = " and ".join(each.title for each in before)
        periods = set.intersection(*(set(each) for each in told))
        return {
            period: sum_up([each[period] for each in told], category, f"Counted as {titles} then.")
            for period in periods
            if all(each[period].value is not None for each in told)
        }

    def reading(self, indicator: Indicator, area: str, breakdown: str = "", category: str = "") -> ChartedSeries:
        """A series with its control chart."""
        series = (indicator.code, area, breakdown, category)
        ours = [each for each in self.current(indicator.code) if each.series == series]
        # of two words on a period the later: it is the one that stands in time
        now = max(reversed(ours), key=lambda each: (each.period.end, each.period), default=None)
        filled = list(_with_holes(_without_overlaps(self.in_time(series), now)))
        fresh = [index for index, each in enumerate(filled) if each in ours and each is not None and not each.stale]
        current = filled.index(now) if now and not now.stale else None
        points = list(_points(indicator, filled))
        asked = self.framework.periods_asked(indicator, self.tables.period)
        if now is not None and now.stale:
            filled.append(None)
            points.append(Point((asked or (self.tables.period,))[-1], None))
        points = _anew(points, [each.from_day for each in self.new_limits(indicator.code)])
        overlapping = indicator.frequency is Frequency.ROLLING_YEAR
        rare = is_rare(indicator, points)
        points = points if rare else with_seasons(points, indicator.frequency)
        chart = control_chart(points, limits=not overlapping and not rare)
        return ChartedSeries(indicator, tuple(filled), chart, now, current, min(fresh, default=None), bool(asked), rare)


def sum_up(parts: Sequence[Observation], category: str, caveat: str) -> Observation:
    """Published figures of several classes as one of the class that took them over."""
    value = sum(each.value for each in parts if each.value is not None)
    markers = {each.marker for each in parts}
    marker = parts[0].marker if len(markers) == 1 else next(iter(markers - {None}))
    caveats = tuple(dict.fromkeys((*(caveat for each in parts for caveat in each.caveats), caveat)))
    return replace(parts[0], category=category, value=value, marker=marker, caveats=caveats)


def charted(observation: Observation) -> bool:
    """Whether a figure is a point of its line: it has a value, for days that compare with the others."""
    compares = observation.comparable or observation.marker is Marker.BREAK
    return observation.value is not None and compares and not observation.stale


def is_rare(indicator: Indicator, points: Sequence[Point]) -> bool:
    """Whether a count is so low that an XmR chart would call a case or two a change: fewer than five in the mean."""
    values = [point.value for point in points if point.value is not None]
    counts = indicator.unit is Unit.COUNT and len(values) > 0
    return counts and fmean(values) < RARE


def _without_overlaps(found: Sequence[Observation], now: Observation | None) -> list[Observation]:
    """The figures in time, without those that do not compare and share days with one that does.

    June to September lies in two quarters: between them it would break the line. Its own release shows it.
    """
    compared = [each.period for each in found if charted(each)]
    return [
        each
        for each in found
        if each == now or charted(each) or not any(each.period.overlap_days(period) for period in compared)
    ]


def _rounded_within(indicator: Indicator, each: Observation) -> float:
    """How far the truth may lie from a published value for our own rounding."""
    if indicator.disclosure.rule is not DisclosureRule.THRESHOLD_WITH_ROUNDING or each.value is None:
        return 0.0
    half = indicator.disclosure.round_to / 2
    if not indicator.has_parts:
        return half
    if not each.numerator or not each.denominator or each.denominator <= half:
        return 0.0
    return each.value * ((1 + half / each.numerator) / (1 - half / each.denominator) - 1)


def _with_holes(found: Sequence[Observation]) -> Iterator[Observation | None]:
    """The observations with a None wherever one or more periods between two are not there at all."""
    steps = [(after.period.end - before.period.end).days for before, after in pairwise(found)]
    usual = median(steps) if len(steps) > 1 else 0
    yield from found[:1]
    for step, each in zip(steps, found[1:], strict=True):
        if usual and step > GAP_FACTOR * usual:
            yield None
        yield each


def _points(indicator: Indicator, filled: Iterable[Observation | None]) -> Iterator[Point]:
    before: Observation | None = None
    for each in filled:
        if each is None:
            assert before is not None
            yield Point(_day_after(before.period), None)
            continue
        changed = before is not None and each.definition_version != before.definition_version
        begins = before is not None and (changed or each.marker is Marker.BREAK)
        yield Point(each.period, each.value if charted(each) else None, begins, _rounded_within(indicator, each))
        before = each


def _anew(points: Sequence[Point], days: Iterable[date]) -> list[Point]:
    """The points; the first on or after each of some days begins new limits, but for the very first, which has none."""
    begin = begin_anew([each.period.start for each in points], days)
    return [replace(each, anew=n in begin) for n, each in enumerate(points)]


def _day_after(period: Period) -> Period:
    """A place in time for a hole, whose own period nobody published."""
    day = period.end + timedelta(days=1)
    return Period(day, day)
