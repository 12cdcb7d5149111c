"""Classes of an export and their totals. A class may be one itself: a supplier's “TNO”, or a heading's sum.

A class that is new to us is counted beside the others. One that is their sum would count everything twice, whatever it
is called, so it is known by its numbers.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from quarterday.adapters.reading.counts import Count
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period

Split = tuple[str, str, Period]  # indicator, breakdown and period
_Group = tuple[str, str, Period]  # sheet, area and period
_ENOUGH = 3  # groups in which a class is the sum of the same others, before that is no chance
_NEAR = 1e-6


def classes_that_are_totals(counts: list[Count]) -> frozenset[str]:
    """The new classes, as they are written, whose number is everywhere the sum of the same others."""
    groups: dict[_Group, dict[str, float]] = defaultdict(dict)
    broken: set[_Group] = set()
    for count in counts:
        group, name = (count.sheet, count.area, count.period), count.written or count.category
        if count.value is None:
            broken.add(group)
        groups[group][name] = groups[group].get(name, 0.0) + (count.value or 0.0)
    whole = [numbers for group, numbers in groups.items() if group not in broken]
    new = dict.fromkeys(count.written for count in counts if count.written)
    return frozenset(name for name in new if _is_total(name, [each for each in whole if name in each]))


def _is_total(name: str, groups: list[dict[str, float]]) -> bool:
    telling = [each for each in groups if each[name] > 0]
    if len(telling) < _ENOUGH:
        return False
    return any(all(_adds_up(name, parts, each) for each in groups) for parts in _runs(name, list(telling[0])))


def _adds_up(name: str, parts: tuple[str, ...], numbers: dict[str, float]) -> bool:
    return abs(numbers[name] - sum(numbers.get(part, 0.0) for part in parts)) < _NEAR


def _runs(name: str, order: list[str]) -> Iterator[tuple[str, ...]]:
    """All others, and each run of two and more classes that stands just below or just above."""
    yield tuple(each for each in order if each != name)
    at = order.index(name)
    for length in range(2, len(order)):
        for run in (order[at + 1 : at + 1 + length], order[max(0, at - length) : at]):
            if len(run) == length:
                yield tuple(run)


def totals_of(rows: list[ReturnRow], splits: Mapping[Split, set[str]], framework: Framework) -> Iterator[ReturnRow]:
    """Each area's total where it is asked beside its parts: an export gives the parts, we add up.

    `splits` are those that the export gives, each with the classes that it no longer has: what these counted is in
    what is new.
    """
    by_area: dict[tuple[Split, str], list[ReturnRow]] = defaultdict(list)
    for row in rows:
        split = (row.indicator, row.breakdown, row.period)
        if row.period and split in splits and row.category not in splits[row.indicator, row.breakdown, row.period]:
            by_area[(row.indicator, row.breakdown, row.period), row.area_code].append(row)
    for ((_, breakdown, period), _), parts in by_area.items():
        asked = {each.code for each in framework.breakdown[breakdown].asked(period)}
        asked -= splits[parts[0].indicator, breakdown, period]
        values = [row.value for row in parts if row.value is not None]
        if asked <= {row.category for row in parts} and len(values) == len(parts):
            cells = tuple(cell for row in parts for cell in row.cells)
            yield replace(parts[0], breakdown="", category="", value=sum(values), marker=None, cells=cells)
