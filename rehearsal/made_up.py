"""Made-up figures: believable, the same for the same period on every run, and consistent with one another.

They are drawn within each indicator's usual range, so that the checks find nothing to ask about.
"""

import random
from dataclasses import dataclass, replace

from quarterday.domain.figures.returns import GridRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import Period

Key = tuple[object, ...]


@dataclass(frozen=True)
class MadeUp:
    """One made-up figure: a value, or a numerator and a denominator."""

    row: GridRow
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None


def made_up_figures(framework: Framework, indicators: tuple[Indicator, ...], period: Period) -> dict[Key, MadeUp]:
    """A figure for every row that a request for these indicators and this period asks for, by the row's key."""
    made: dict[Key, MadeUp] = {}
    for indicator in sorted(indicators, key=lambda each: each.no_more_than is not None):
        rows = grid(framework, (indicator,), period)
        for place in sorted({(row.area_code, row.period) for row in rows}):
            here = [row for row in rows if (row.area_code, row.period) == place]
            made |= {figure.row.key: figure for figure in _of_one_place(indicator, here, made)}
    return made


def recounted(figures: dict[Key, MadeUp]) -> dict[Key, MadeUp]:
    """The same figures after a recount: one more in the first that stands alone, without parts that add up to it."""
    in_parts = {made.row.indicator for made in figures.values() if made.row.breakdown}
    for key, made in figures.items():
        if made.value is not None and made.row.indicator not in in_parts:
            return {**figures, key: replace(made, value=made.value + 1)}
    return figures


def _of_one_place(indicator: Indicator, rows: list[GridRow], made: dict[Key, MadeUp]) -> list[MadeUp]:
    """The total of one area and period, and the same total split over each breakdown."""
    first = rows[0]
    chance = random.Random(f"{indicator.code}|{first.area_code}|{first.period.start}|{first.period.end}")  # noqa: S311
    if indicator.has_parts:
        return _with_parts(indicator, rows, chance)
    ceilings = {row.key: made.get((indicator.no_more_than, *row.key[1:])) for row in rows}
    whole = ceilings[first.key]
    total = _total(indicator, chance, whole.value if whole and not first.breakdown else None)
    shares = _split(total, rows, f"{indicator.code}|{first.area_code}", chance)
    for breakdown in dict.fromkeys(row.breakdown for row in rows if row.breakdown):
        of_it = [row for row in rows if row.breakdown == breakdown]
        if all(ceilings[row.key] for row in of_it):
            larger: dict[Key, int] = {row.key: round(_value(ceilings[row.key])) for row in of_it}
            shares |= _drawn_from(total, larger, chance)
    return [MadeUp(row, value=shares[row.key]) for row in rows]


def _value(figure: MadeUp | None) -> float:
    return figure.value or 0 if figure else 0


def _drawn_from(total: int, larger: dict[Key, int], chance: random.Random) -> dict[Key, int]:
    """So many of a larger count's cases, category by category: never more than there are."""
    cases = [key for key, count in larger.items() for _ in range(count)]
    drawn = chance.sample(cases, min(total, len(cases)))
    return {key: drawn.count(key) for key in larger}


def _total(indicator: Indicator, chance: random.Random, ceiling: float | None) -> int:
    low, high = _usual(indicator, 8, 40)
    if indicator.unit is Unit.OUT_OF and indicator.out_of:
        high = min(high, indicator.out_of)
    middle, spread = (low + high) / 2, (high - low) / 8
    value = round(min(max(chance.gauss(middle, spread), low), high))
    return min(value, round(ceiling)) if ceiling is not None else value


def _with_parts(indicator: Indicator, rows: list[GridRow], chance: random.Random) -> list[MadeUp]:
    low, high = _usual(indicator, 20, 60)
    share = min(max(chance.gauss((low + high) / 2, (high - low) / 8), low), high) / indicator.per
    smallest_whole = max(1, round(20 / max(share, 0.05)))
    whole = chance.randint(smallest_whole, 2 * smallest_whole) + 30
    wholes = _split(whole, rows, indicator.code, chance)
    parts = _split(round(share * whole), rows, indicator.code, chance)
    return [MadeUp(row, numerator=min(parts[row.key], wholes[row.key]), denominator=wholes[row.key]) for row in rows]


def _usual(indicator: Indicator, low: float, high: float) -> tuple[float, float]:
    return (
        indicator.usual_low if indicator.usual_low is not None else low,
        indicator.usual_high if indicator.usual_high is not None else high,
    )


def _split(total: int, rows: list[GridRow], seed: str, chance: random.Random) -> dict[Key, int]:
    """The total for the row without a breakdown, and for each breakdown categories that add up to it."""
    shares: dict[Key, int] = {row.key: total for row in rows if not row.breakdown}
    for breakdown in dict.fromkeys(row.breakdown for row in rows if row.breakdown):
        of_it = [row for row in rows if row.breakdown == breakdown]
        steady = random.Random(f"{seed}|{breakdown}")  # noqa: S311  (the same leaning in every period)
        weights = [steady.expovariate(1) + 0.05 for _ in of_it]
        counts: dict[Key, int] = {row.key: 0 for row in of_it}
        for row in chance.choices(of_it, weights, k=total):
            counts[row.key] += 1
        shares |= counts
    return shares
