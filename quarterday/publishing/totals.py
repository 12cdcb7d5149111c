"""Margins that are ours to add up, where all parts came: a ward's total over categories, the borough's over wards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from quarterday.domain.figures.assembling import summed
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Indicator
from quarterday.domain.framework.periods import Period

ADDED_UP = "Added up from its parts by the partnership."


class Totals:
    """Adds up figures by a framework, the very same ones once: each past release holds the quarters before it again."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._known: dict[
            tuple[int, ...], tuple[list[Figure], list[Figure]]
        ] = {}  # holds them, so that ids stay theirs

    def added_to(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures and every total that follows from them and was not sent; `[x]` where a part is missing."""
        grouped: dict[tuple[str, Period, int], list[Figure]] = defaultdict(list)
        for figure in figures:
            grouped[figure.indicator, figure.period, figure.definition_version].append(figure)
        made: list[Figure] = []
        for group in grouped.values():
            same = tuple(map(id, group))
            if same not in self._known:
                self._known[same] = group, list(self._totals(group))
            made += (*group, *self._known[same][1])
        return sorted(made, key=lambda figure: figure.key)

    def _totals(self, group: list[Figure]) -> Iterator[Figure]:
        """What one indicator's figures of one period come to."""
        indicator = self._framework.indicator[group[0].indicator]
        over_categories = list(_over_categories(self._framework, indicator, group))
        yield from over_categories
        yield from _over_wards(self._framework, indicator, [*group, *over_categories])


def with_totals(framework: Framework, figures: Iterable[Figure]) -> list[Figure]:
    """The figures and every total that follows from them and was not sent."""
    return Totals(framework).added_to(figures)


def _over_categories(framework: Framework, indicator: Indicator, group: list[Figure]) -> Iterator[Figure]:
    by_area: dict[str, dict[tuple[str, str], Figure]] = defaultdict(dict)
    for figure in group:
        by_area[figure.area_code][figure.breakdown, figure.category] = figure
    for found in by_area.values():
        if ("", "") in found:
            continue
        wanted = [_classes(framework.breakdown[each], group[0].period, found) for each in indicator.breakdowns]
        began = [classes for classes in wanted if any(each in found for each in classes)]
        whole = (classes for classes in began if all(_is_told(found.get(each)) for each in classes))
        if classes := next(whole, began[0] if began else None):
            yield _total([found.get(each) for each in classes], indicator, breakdown="", category="")


def _is_told(figure: Figure | None) -> bool:
    """Whether a class has a figure: readers add up whichever breakdown has all of its classes, and so do we."""
    return figure is not None and figure.value is not None


def _classes(breakdown: Breakdown, period: Period, found: Mapping[tuple[str, str], Figure]) -> list[tuple[str, str]]:
    """The classes that make up a total: those asked for the period, and what is new where something is."""
    asked = [(breakdown.code, category.code) for category in breakdown.asked(period)]
    new = breakdown.for_new
    if new is None or (breakdown.code, new.code) not in found:
        return asked
    # A class that is gone from the supplier's export is part of what is new: it has no figure that could be added.
    there = [each for each in asked if not (each in found and _is_gone(found[each]))]
    return [*there, (breakdown.code, new.code)]


def _is_gone(figure: Figure) -> bool:
    return figure.value is None and figure.marker is Marker.NOT_APPLICABLE


def _over_wards(framework: Framework, indicator: Indicator, group: list[Figure]) -> Iterator[Figure]:
    boroughs = framework.areas("borough")
    if indicator.area != "ward" or len(boroughs) != 1:
        return
    by_class: dict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for figure in group:
        by_class[figure.breakdown, figure.category][figure.area_code] = figure
    for found in by_class.values():
        if boroughs[0].code not in found:
            parts = [found.get(ward.code) for ward in framework.areas("ward")]
            if _is_new_somewhere(framework, next(iter(found.values()))):
                parts = [part for part in parts if part]  # a ward without a new class has none of it
            yield _total(parts, indicator, area_code=boroughs[0].code)


def _is_new_somewhere(framework: Framework, figure: Figure) -> bool:
    """Whether a figure is of the class that takes what is new."""
    new = framework.breakdown[figure.breakdown].for_new if figure.breakdown else None
    return new is not None and new.code == figure.category


def _total(parts: Sequence[Figure | None], indicator: Indicator, **place: Any) -> Figure:
    came = [part for part in parts if part]
    total = summed(indicator, came, **place) if len(came) == len(parts) else None
    if total is None:
        first = replace(came[0], numerator=None, denominator=None, comment="", cells=(), **place)
        why = "Not added up: some of its parts are missing."
        return replace(first, value=None, marker=Marker.NOT_AVAILABLE, caveats=(why,))
    marker: Marker | None = total.marker if total.marker in (Marker.ESTIMATED, Marker.LOW_RELIABILITY) else None
    if total.value is None:
        marker = Marker.NOT_APPLICABLE
    return replace(total, cells=(), comment="", caveats=(ADDED_UP,), marker=marker)
