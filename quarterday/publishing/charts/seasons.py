"""Strong seasons: where a part of the year lies high or low each year, a figure is held against that part of others.

Whether seasons are strong is judged by the Kruskal-Wallis test over the first four years: with fewer, two or three odd
quarters would look like a season. The means of the parts are then those of these years.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

from quarterday.domain.framework.indicators import Frequency
from quarterday.publishing.charts.spc import YEARS_OF_SEASONS, Point, by_definition

PARTS = {Frequency.QUARTER: 4, Frequency.MONTH: 12}
_STRONG = {4: 9.35, 12: 21.92}  # chi-squared at 0.025 for one part fewer: of so few years it is passed more rarely yet


def with_seasons(points: Sequence[Point], frequency: Frequency) -> list[Point]:
    """The points, each with how far its part of the year lies from the mean, where its stretch has strong seasons."""
    made = list(points)
    if frequency in PARTS:
        for first, last in by_definition(points):
            apart = _apart(points[first : last + 1], PARTS[frequency])
            for place in range(first, last + 1):
                part = _part(points[place], PARTS[frequency])
                if apart:
                    baseline = YEARS_OF_SEASONS * PARTS[frequency]
                    made[place] = replace(points[place], season=apart[part], baseline=baseline)
    return made


def _part(point: Point, parts: int) -> int:
    """Which part of the year a period begins in."""
    return (point.period.start.month - 1) * parts // 12


def _apart(points: Sequence[Point], parts: int) -> Mapping[int, float]:
    """How far each part of the year lies from the mean of all; empty where that may be chance, or years are too few."""
    by_part: dict[int, list[float]] = {part: [] for part in range(parts)}
    for point in points:
        if point.value is not None:
            by_part[_part(point, parts)].append(point.value)
    years = {part: values[:YEARS_OF_SEASONS] for part, values in by_part.items()}
    if (
        any(len(values) < YEARS_OF_SEASONS for values in years.values())
        or _statistic(list(years.values())) < _STRONG[parts]
    ):
        return {}
    overall = fmean(fmean(values) for values in years.values())
    return {part: fmean(values) - overall for part, values in years.items()}


def _statistic(groups: Sequence[Sequence[float]]) -> float:
    """Kruskal and Wallis: how far the ranks of groups lie apart (J. American Statistical Association 47, 1952)."""
    ranks = _ranks(value for group in groups for value in group)
    count = sum(map(len, groups))
    spread = sum(sum(ranks[value] for value in group) ** 2 / len(group) for group in groups)
    return 12 / (count * (count + 1)) * spread - 3 * (count + 1)


def _ranks(values: Iterator[float]) -> dict[float, float]:
    """The rank of each value; alike ones share the middle of theirs."""
    ordered = sorted(values)
    places: dict[float, list[int]] = {}
    for place, value in enumerate(ordered, start=1):
        places.setdefault(value, []).append(place)
    return {value: fmean(found) for value, found in places.items()}
