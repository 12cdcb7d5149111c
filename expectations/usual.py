"""What is usual for a figure: its supplier's own history where there is enough, else the range in the framework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from quarterday.domain.figures.control_limits import BASELINE_POINTS, Limits, begin_anew, limits_of
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.seasons import WIDER, part_of_year, points_of_seasons, strong_seasons
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period

LENGTH_TOLERANCE = 0.1  # quarters have 90 to 92 days, months 28 to 31
CHANCE_BELOW = 5.0  # a count that averages less moves by chance alone, and its limits say nothing

Range = tuple[float, float]


class EarlierFigures:
    """The earlier figures of a supplier, by series."""

    def __init__(self, earlier: Iterable[Figure], limits_anew: Mapping[str, Sequence[date]] | None = None) -> None:
        self._limits_anew = limits_anew or {}
        self._series: dict[Series, list[Figure]] = defaultdict(list)
        for figure in earlier:
            if figure.value is not None:
                self._series[figure.series].append(figure)

    def before(self, indicator: Indicator, series: Series, period: Period) -> list[Figure]:
        """The figures of a series that came before a period, are of its length and of the same definition."""
        version = indicator.definition_on(period.start).version
        figures = [
            figure
            for figure in self._series.get(series, ())
            if figure.period.end < period.start
            and figure.definition_version == version
            and abs(figure.period.days - period.days) <= LENGTH_TOLERANCE * period.days
        ]
        return sorted(figures, key=lambda figure: figure.period)

    def usual(self, indicator: Indicator, series: Series, period: Period) -> tuple[Range, str] | None:
        """What is usual and which rule says so: `change` from 13 points on, this one counted, else `unusual`."""
        known = self._since_limits_began(indicator, self.before(indicator, series, period), period)
        if len(known) >= BASELINE_POINTS:  # with this one they are as many as limits need
            told = _by_limits(indicator, known, period)
            return (told, "change") if told else None
        _, _, breakdown, _ = series
        low_high = indicator.usual_low, indicator.usual_high
        if breakdown or low_high == (None, None):
            return None
        low = indicator.at_least if indicator.usual_low is None else indicator.usual_low
        high = float("inf") if indicator.usual_high is None else indicator.usual_high
        return (low, high), "unusual"

    def _since_limits_began(self, indicator: Indicator, before: list[Figure], period: Period) -> list[Figure]:
        """The figures that limits rest on: since they were set anew last, where an officer did, as on the charts."""
        starts = [*(each.period.start for each in before), period.start]
        begins = max(begin_anew(starts, self._limits_anew.get(indicator.code, ())), default=0)
        return before[begins:]

    def latest(self, indicator: Indicator, series: Series, period: Period) -> float | None:
        """The last value before a period; None where there is none."""
        before = self.before(indicator, series, period)
        return before[-1].value if before else None


def _by_limits(indicator: Indicator, known: Sequence[Figure], period: Period) -> Range | None:
    """The range within control limits, of the same part of the year where seasons are strong; None for rare counts."""
    apart = strong_seasons(((each.period.start, each.value) for each in known), indicator.frequency)

    def season(of: Period) -> float:
        return apart[part_of_year(of.start, indicator.frequency)] if apart else 0.0

    points = [each.value - season(each.period) for each in known if each.value is not None]
    base = points[: points_of_seasons(indicator.frequency) if apart else BASELINE_POINTS]
    limits = limits_of(base)
    limits = Limits(limits.mean, limits.moving_range * WIDER) if apart else limits
    if not indicator.has_parts and limits.mean < CHANCE_BELOW:
        return None
    # A point on a limit is inside, whatever rounding makes of a mean of equal rates.
    inside = [each for each in base if not limits.outside(each)]
    low, high = min([limits.lower, *inside]), max([limits.upper, *inside])
    return max(low + season(period), indicator.at_least), high + season(period)


def as_number(day: date) -> int:
    """A date as `yyyymmdd`: great_expectations compares integers eleven times faster than dates."""
    return day.year * 10_000 + day.month * 100 + day.day
