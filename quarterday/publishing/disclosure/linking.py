"""Figures as linked tables: margins over wards and categories, periods that add up, parts of rates, shared counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from quarterday.domain.figures.figures import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Indicator
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place, Seen
from quarterday.publishing.disclosure.primary import is_small, small_parts

Known = dict[Place, int]  # the cells of one publication, by what they say
_MOST_CHAINS = 8  # ways in which shorter periods make up a longer one
REST = "the rest"  # the part of what is left of a total when the parts that are told are taken from it


def parts_of(framework: Framework, figure: Figure) -> tuple[str, ...]:
    """The parts of a figure that are counts: a rate follows from its two."""
    return ("numerator", "denominator") if framework.indicator[figure.indicator].has_parts else ("value",)


def place_of(figure: Figure, part: str) -> Place:
    """What a part of a figure says."""
    return Place(figure.indicator, part, figure.area_code, figure.breakdown, figure.category, figure.period)


@dataclass(frozen=True)
class Sum:
    """Parts of a whole. `rest` is the place of what is left of it; None where the parts are all that there are."""

    parts: tuple[int, ...]
    whole: int
    rest: Place | None = None


class Linking:
    """Builds the linked tables, one publication after another.

    A cell that says the same of the same thing in two publications is one cell: a reader may take it so, unless it is
    marked as revised. A revised one is a cell of its own, and so are those of the release being made that are named
    in `apart`: where they are hidden now, no reader can know that they were not revised.
    """

    def __init__(self, framework: Framework, apart: Collection[Place] = ()) -> None:
        self.framework = framework
        self.tables = LinkedTables()
        self._apart = frozenset(apart)
        self._cell: dict[tuple[Place, float, bool], int] = {}
        self._kept_back: set[Place] = set()  # what a supplier hid itself
        self._rests: dict[int, tuple[int, ...]] = {}  # what is left of a total, and what it is left of

    def add(self, figures: Iterable[Figure], *, offered: bool) -> Known:
        """The cells of a publication, tied by its own sums. Figures without value tie nothing."""
        known: Known = {}
        for figure in figures:
            small = small_parts(self.framework, figure)
            for part in parts_of(self.framework, figure):
                value = getattr(figure, part)
                if value is not None:
                    place = place_of(figure, part)
                    known[place] = self._add_cell(place, value, part in small, offered)
                elif figure.marker is Marker.CONFIDENTIAL:
                    self._kept_back.add(place_of(figure, part))
        self.tie(known)
        return known

    def keep_hidden(self) -> None:
        """Let a cell that is kept apart be hidden where its like in an earlier release was."""
        for (place, value, apart), cell in self._cell.items():
            twin = self._cell.get((place, value, False))
            if apart and twin in self.tables.seen and self.tables.seen[twin].hidden:
                self.tables.seen[cell] = Seen(1.0, float("inf"), hidden=True)

    def settle_rests(self) -> None:
        """What is left of public totals and parts is public, and nothing can be done for it; a small one else stays."""
        for index, told in self._rests.items():
            cell = self.tables.cells[index]
            if all(self.tables.public(each) for each in told):
                self.tables.seen[index] = Seen(cell.value, cell.value)
            elif cell.small and not cell.offered:
                self.tables.seen[index] = Seen(1.0, float("inf"), hidden=True)

    def _add_cell(self, place: Place, value: float, small: bool, offered: bool) -> int:
        rule = self.framework.indicator[place.indicator].disclosure
        hides = rule.rule is not DisclosureRule.NONE
        rounds = rule.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
        apart = offered and place in self._apart
        index = self._cell.setdefault((place, value, apart), len(self.tables.cells))
        if index == len(self.tables.cells):
            self.tables.cells.append(
                Cell(place, value, rule.threshold if hides else 0, rule.round_to if rounds else 1, small, offered)
            )
        elif offered and not self.tables.cells[index].offered:
            self.tables.cells[index] = replace(self.tables.cells[index], offered=True)
        return index

    def tie(self, known: Known) -> None:
        """Tie cells by every sum and bound that readers know of."""
        for each in (*_margins(self.framework, known), *_periods(known)):
            self._tie_sum(each)
        for smaller, greater in _bounds(self.framework, known):
            if self._value(smaller) <= self._value(greater):
                self.tables.relate([(smaller, 1), (greater, -1)], equation=False)
        for one, other in _shared(self.framework, known):
            if self._value(one) == self._value(other):
                self.tables.relate([(one, 1), (other, -1)])

    def _tie_sum(self, told: Sum) -> None:
        """Parts and their total: an equation where they come to it, else what can still be said of them."""
        added = sum(self._value(part) for part in told.parts)
        whole = self._value(told.whole)
        terms = [*((part, 1) for part in told.parts), (told.whole, -1)]
        if added == whole:
            self.tables.relate(terms)
        elif added < whole and told.rest:
            self.tables.relate([*terms, (self._add_rest(told, told.rest, whole - added), 1)])
        elif added < whole:
            self.tables.relate(terms, equation=False)
        else:  # one person may count in several classes: each class is within the total all the same
            for part in told.parts:
                if self._value(part) <= whole:
                    self.tables.relate([(part, 1), (told.whole, -1)], equation=False)

    def _add_rest(self, told: Sum, place: Place, value: float) -> int:
        """What readers get by taking the parts from the whole: nobody published it, and a small one tells all the same.

        Nothing is known of a greater one, so it may be anything; where a supplier hid parts of it itself, it has to be
        enough for all of them.
        """
        rule = self.framework.indicator[place.indicator].disclosure
        kept_back = sum(1 for each in self._kept_back if _is_left(each, place))
        hides = rule.rule is not DisclosureRule.NONE
        small = hides and is_small(value, rule.threshold * max(1, kept_back))
        offered = small and any(self.tables.cells[cell].offered for cell in (*told.parts, told.whole))
        cell = self._add_cell(place, value, small, offered)
        self._rests[cell] = (*told.parts, told.whole)
        return cell

    def _value(self, cell: int) -> float:
        return self.tables.cells[cell].value


def _is_left(each: Place, rest: Place) -> bool:
    """Whether a class that was not told is part of what is left of its total."""
    return replace(each, category=REST) == rest


def _margins(framework: Framework, known: Known) -> Iterator[Sum]:
    boroughs = [area.code for area in framework.areas("borough")]
    wards = {area.code for area in framework.areas("ward")}
    over_classes: dict[Place, list[int]] = defaultdict(list)
    over_wards: dict[Place, list[int]] = defaultdict(list)
    for place, cell in known.items():
        if place.breakdown:
            over_classes[replace(place, category=REST)].append(cell)
        if place.area_code in wards and len(boroughs) == 1:
            over_wards[replace(place, area_code=boroughs[0])].append(cell)
    for rest, parts in over_classes.items():
        total = known.get(replace(rest, breakdown="", category=""))
        if total is not None:
            every = len(parts) == len(framework.breakdown[rest.breakdown].categories)
            yield Sum(tuple(parts), total, None if every else rest)
    for whole, parts in over_wards.items():
        if whole in known:
            every = len(parts) == len(wards)
            yield Sum(tuple(parts), known[whole], None if every else replace(whole, area_code=f"{REST} of the wards"))


def _periods(known: Known) -> Iterator[Sum]:
    by_series: dict[tuple[str, ...], dict[Period, Place]] = defaultdict(dict)
    for place in known:
        series = (place.indicator, place.part, place.area_code, place.breakdown, place.category)
        by_series[series][place.period] = place
    for places in by_series.values():
        for whole, place in places.items():
            within = sorted(each for each in places if each != whole and whole.contains(each))
            chains = _chains(whole, within)
            for chain in chains:
                yield Sum(tuple(known[places[each]] for each in chain), known[place])
            for apart in () if chains else _apart(within):
                days = ", ".join(map(str, apart))
                rest = replace(place, category=f"{place.category} {REST} beside {days}".strip())
                yield Sum(tuple(known[places[each]] for each in apart), known[place], rest)


def _apart(within: Sequence[Period]) -> list[list[Period]]:
    """Periods of which no two share a day: the shortest that there are, and the longest, where they differ."""
    shortest = [each for each in within if not any(each != other and each.contains(other) for other in within)]
    longest = [each for each in within if not any(each != other and other.contains(each) for other in within)]
    found = []
    for periods in (shortest, longest):
        if periods and periods not in found and all(one.end < other.start for one, other in pairwise(periods)):
            found.append(periods)
    return found


def _chains(whole: Period, within: Sequence[Period]) -> list[list[Period]]:
    """The ways in which periods within a whole make it up, one after another."""
    unfinished: list[list[Period]] = [[each] for each in within if each.start == whole.start]
    found: list[list[Period]] = []
    while unfinished and len(found) < _MOST_CHAINS:
        chain = unfinished.pop()
        if chain[-1].end == whole.end:
            found.append(chain)
            continue
        unfinished += [[*chain, each] for each in within if (each.start - chain[-1].end).days == 1]
    return found


def _bounds(framework: Framework, known: Known) -> Iterator[tuple[int, int]]:
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


def _shared(framework: Framework, known: Known) -> Iterator[tuple[int, int]]:
    """One count under two names: the whole of two rates, or a part of one that is an indicator of its own."""
    by_name: dict[tuple[str, Place], list[int]] = defaultdict(list)
    for place, cell in known.items():
        for name in _names(framework.indicator[place.indicator], place.part):
            by_name[name, replace(place, indicator="", part="")].append(cell)
    for cells in by_name.values():
        yield from combinations(dict.fromkeys(cells), 2)


def _names(indicator: Indicator, part: str) -> set[str]:
    """What a part of an indicator is called, by its own title and code or as a part of a rate."""
    said = {getattr(indicator, part).strip().lower()} if part != "value" else set()
    return (said | {indicator.title.strip().lower(), indicator.code} if part != "denominator" else said) - {""}


def concerned(framework: Framework) -> set[str]:
    """The indicators that hide anything, and those whose counts say something of theirs."""
    hiding = [each for each in framework.indicators if each.disclosure.rule is not DisclosureRule.NONE]
    codes = {each.code for each in hiding}
    bounding = {each.no_more_than for each in hiding}
    named = set().union(*map(_every_name, hiding))
    return codes | {
        each.code
        for each in framework.indicators
        if each.code in bounding or each.no_more_than in codes or _every_name(each) & named
    }


def _every_name(indicator: Indicator) -> set[str]:
    parts = ("numerator", "denominator") if indicator.has_parts else ("value",)
    return set().union(*(_names(indicator, part) for part in parts))
