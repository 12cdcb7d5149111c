"""Groups that nobody published: readers get them by taking published counts from one another.

What a quarter has beside two of its months, a total beside the classes that came, a borough beside the wards that
came: where that is a small group, it must not be told that all of it, or none, are in one class, as of a published one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Place
from quarterday.publishing.disclosure.groups import Part, whole_groups
from quarterday.publishing.disclosure.pieces import Told
from quarterday.publishing.disclosure.primary import small_parts
from quarterday.publishing.disclosure.sums import REST

Terms = tuple[tuple[int, int], ...]
Left = tuple[Told, Mapping[Period, int]]  # what is left of periods, and the cells of which


@dataclass(frozen=True)
class Remainder:
    """A count that follows from published ones. Its place says of whom: its area also what it is left of."""

    place: Place
    value: float
    terms: Terms  # the cells that it is the sum of
    taken_from: tuple[int, ...]  # the published counts that it follows from
    left: Left | None = None  # where it is of other days than those

    @property
    def said(self) -> Part:
        """What it would be as a part of a figure."""
        at = self.place
        key = (at.indicator, at.area_code, at.breakdown, at.category, at.period.start, at.period.end)
        return key, at.part


@dataclass
class Remainders:
    """All remainders of what readers have at one time, with the published counts that are told beside some of them."""

    framework: Framework
    found: list[Remainder] = field(default_factory=list)
    beside: dict[Place, Remainder] = field(default_factory=dict)  # nothing is taken from these

    def telling(self) -> Iterator[Remainder]:
        """Those that tell of each person in a small group, or of the few who are in no class or another."""
        left = list(self._of_classes_left())
        found = list({each.place: each for each in (*self.beside.values(), *self.found)}.values())
        figures = _as_figures({each.place: each.value for each in (*found, *left)})
        hidden, _ = whole_groups(self.framework, figures)
        # what is small by itself was looked at where it was found, but for what is left of classes
        small = {(each.key, part) for each in figures for part in small_parts(self.framework, each)}
        yield from (each for each in found if each.said in hidden - small)
        yield from (each for each in left if each.said in hidden | small)

    def _of_classes_left(self) -> Iterator[Remainder]:
        """What is left of a remainder in all when its classes are taken away, where not every class is told."""
        totals = {each.place: each for each in self.found if not each.place.breakdown}
        classes: dict[Place, list[Remainder]] = defaultdict(list)
        for each in self.found:
            if each.place.breakdown:
                classes[replace(each.place, category=REST)].append(each)
        for place, told in classes.items():
            total = totals.get(replace(place, breakdown="", category=""))
            asked = {each.code for each in self.framework.breakdown[place.breakdown].asked(place.period)}
            if total and not asked <= {each.place.category for each in told}:
                yield _left_of(place, total, told)


def _left_of(place: Place, total: Remainder, told: Sequence[Remainder]) -> Remainder:
    terms = (*total.terms, *((cell, -sign) for each in told for cell, sign in each.terms))
    value = total.value - sum(each.value for each in told)
    return Remainder(place, value, terms, tuple(cell for each in (total, *told) for cell in each.taken_from))


def _as_figures(told: Mapping[Place, float]) -> list[Figure]:
    """Counts as the figures that the rule for published groups knows."""
    parts: dict[Place, dict[str, float]] = defaultdict(dict)
    for place, value in told.items():
        parts[replace(place, part="")][place.part] = value
    return [_figure(place, values) for place, values in parts.items()]


def _figure(place: Place, values: Mapping[str, float]) -> Figure:
    return Figure(
        place.indicator,
        0,
        place.area_code,
        place.breakdown,
        place.category,
        place.period,
        values.get("value"),
        values.get("numerator"),
        values.get("denominator"),
    )
