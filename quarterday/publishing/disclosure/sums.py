"""The sums and bounds that readers know of: margins over wards and classes, parts of rates, counts under two names."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Place

CellsSeen = dict[Place, int]  # the cells of one publication, by what they say
REST = "the rest"  # the part of what is left of a total when the parts that are told are taken from it


@dataclass(frozen=True)
class Sum:
    """Parts of a whole. `rest` is the place of what is left of it; None where the parts are all that there are."""

    parts: tuple[int, ...]
    whole: int
    rest: Place | None = None


def margins(framework: Framework, known: CellsSeen) -> Iterator[Sum]:
    """Totals over classes, and the borough over its wards."""
    boroughs = [area.code for area in framework.areas("borough")]
    wards = {area.code for area in framework.areas("ward")}
    over_classes: dict[Place, dict[str, int]] = defaultdict(dict)
    over_wards: dict[Place, list[int]] = defaultdict(list)
    for place, cell in known.items():
        if place.breakdown:
            over_classes[replace(place, category=REST)][place.category] = cell
        if place.area_code in wards and len(boroughs) == 1:
            over_wards[replace(place, area_code=boroughs[0])].append(cell)
    for rest, parts in over_classes.items():
        total = known.get(replace(rest, breakdown="", category=""))
        if total is not None:
            asked = {each.code for each in framework.breakdown[rest.breakdown].asked(rest.period)}
            yield Sum(tuple(parts.values()), total, None if asked <= set(parts) else rest)
    for whole, of_wards in over_wards.items():
        if whole in known:
            every = len(of_wards) == len(wards)
            yield Sum(
                tuple(of_wards), known[whole], None if every else replace(whole, area_code=f"{REST} of the wards")
            )


def series(known: CellsSeen) -> Iterator[dict[Period, Place]]:
    """What is told of each count, by its days."""
    by_series: dict[Place, dict[Period, Place]] = defaultdict(dict)
    one = Period(date.min, date.min)
    for place in known:
        by_series[replace(place, period=one)][place.period] = place
    yield from by_series.values()


def bounds(framework: Framework, known: CellsSeen) -> Iterator[tuple[int, int]]:
    """Counts that cannot exceed others: a percentage's numerator, and what the framework says."""
    for place, cell in known.items():
        indicator = framework.indicator[place.indicator]
        if place.part == "numerator" and indicator.unit.value == "percentage":
            below = known.get(replace(place, part="denominator"))
            if below is not None:
                yield cell, below
        if place.part == "value" and indicator.no_more_than:
            above = known.get(replace(place, indicator=indicator.no_more_than))
            if above is not None:
                yield cell, above


def shared(framework: Framework, known: CellsSeen) -> Iterator[tuple[int, int]]:
    """One count under two names: the whole of two rates, or a part of one that is an indicator of its own."""
    by_name: dict[tuple[str, Place], list[int]] = defaultdict(list)
    for place, cell in known.items():
        for name in names_of(framework.indicator[place.indicator], place.part):
            by_name[name, replace(place, indicator="", part="")].append(cell)
    for cells in by_name.values():
        yield from combinations(dict.fromkeys(cells), 2)


def names_of(indicator: Indicator, part: str) -> set[str]:
    """What a part of an indicator is called: by its own title and code or as a part of a rate."""
    said = {getattr(indicator, part).strip().lower()} if part != "value" else set()
    return (said | {indicator.title.strip().lower(), indicator.code} if part != "denominator" else said) - {""}


def neighbours(framework: Framework, codes: set[str]) -> set[str]:
    """The indicators, and those that bound one of them or share a name with it."""
    found = [framework.indicator[code] for code in sorted(codes)]
    bounding = {each.no_more_than for each in found}
    named = set[str]().union(*map(_every_name, found))
    return codes | {
        each.code
        for each in framework.indicators
        if each.code in bounding or each.no_more_than in codes or _every_name(each) & named
    }


def concerned(framework: Framework) -> set[str]:
    """The indicators that hide anything, and those whose counts say something of theirs."""
    hiding = [each for each in framework.indicators if each.disclosure.hides]
    return neighbours(framework, {each.code for each in hiding})


def _every_name(indicator: Indicator) -> set[str]:
    parts = ("numerator", "denominator") if indicator.has_parts else ("value",)
    return set().union(*(names_of(indicator, part) for part in parts))
