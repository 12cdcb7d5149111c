"""Strong seasons: where a part of the year lies high or low each year, a figure is held against that part of others.

The one definition, for charts and checks alike. Whether seasons are strong is judged by the Kruskal-Wallis test over
the first four years: with fewer, two or three odd quarters would look like a season. The means of the parts are then
those of these years.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from statistics import fmean

from quarterday.domain.framework.indicators import Frequency

PARTS = {Frequency.QUARTER: 4, Frequency.MONTH: 12}
YEARS_OF_SEASONS = 4  # from so many years on seasons may be taken out
WIDER = sqrt((YEARS_OF_SEASONS + 1) / (YEARS_OF_SEASONS - 1))  # a season's mean is known from these few years alone
_STRONG = {4: 9.35, 12: 21.92}  # chi-squared at 0.025 for one part fewer: of so few years it is passed more rarely yet


def part_of_year(start: date, frequency: Frequency) -> int:
    """Which part of the year a period begins in."""
    return (start.month - 1) * PARTS[frequency] // 12


def points_of_seasons(frequency: Frequency) -> int:
    """On how many values limits are set where seasons are strong: those of all the years that the seasons rest on."""
    return YEARS_OF_SEASONS * PARTS[frequency]


def strong_seasons(values: Iterable[tuple[date, float | None]], frequency: Frequency) -> Mapping[int, float]:
    """How far each part of the year lies from the mean of all; empty where that may be chance, or years are too few.

    `values` are a series' own, oldest first, each with the first day of its period.
    """
    if frequency not in PARTS:
        return {}
    by_part: dict[int, list[float]] = {part: [] for part in range(PARTS[frequency])}
    for start, value in values:
        if value is not None:
            by_part[part_of_year(start, frequency)].append(value)
    years = {part: known[:YEARS_OF_SEASONS] for part, known in by_part.items()}
    if (
        any(len(known) < YEARS_OF_SEASONS for known in years.values())
        or _statistic(list(years.values())) < _STRONG[PARTS[frequency]]
    ):
        return {}
    overall = fmean(fmean(known) for known in years.values())
    return {part: fmean(known) - overall for part, known in years.items()}


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
