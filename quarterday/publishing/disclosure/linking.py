"""Figures as linked tables: margins over wards and categories, periods that add up, parts of rates, shared counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from quarterday.figures import Figure
from quarterday.framework import DisclosureRule, Framework
from quarterday.periods import Period
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place, Seen
from quarterday.publishing.disclosure.primary import small_parts

Known = dict[Place, int]  # the cells of one publication, by what they say
_MOST_CHAINS = 8  # ways in which shorter periods make up a longer one


def parts_of(framework: Framework, figure: Figure) -> tuple[str, ...]:
    """The parts of a figure that are counts: a rate follows from its two."""
    return ("numerator", "denominator") if framework.indicator[figure.indicator].has_parts else ("value",)


def place_of(figure: Figure, part: str) -> Place:
    """What a part of a figure says."""
    return Place(figure.indicator, part, figure.area_code, figure.breakdown, figure.category, figure.period)


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
        self._tie(known)
        return known

    def keep_hidden(self) -> None:
        """Let a cell that is kept apart be hidden where its like in an earlier release was."""
        for (place, value, apart), cell in self._cell.items():
            twin = self._cell.get((place, value, False))
            if apart and twin in self.tables.seen and self.tables.seen[twin].hidden:
                self.tables.seen[cell] = Seen(1.0, float("inf"), hidden=True)

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

    def _tie(self, known: Known) -> None:
        for terms in _margins(self.framework, known):
            self._tie_sum(*terms)
        for terms in _periods(known):
            self._tie_sum(*terms)
        for smaller, greater in _bounds(self.framework, known):
            if self._value(smaller) <= self._value(greater):
                self.tables.relate([(smaller, 1), (greater, -1)], equation=False)
        for one, other in _shared(self.framework, known):
            if self._value(one) == self._value(other):
                self.tables.relate([(one, 1), (other, -1)])

    def _tie_sum(self, parts: Sequence[int], total: int, complete: bool) -> None:
        """Parts and their total: an equation where they come to it, else what can still be said of them."""
        added = sum(self._value(part) for part in parts)
        whole = self._value(total)
        if complete and added == whole:
            self.tables.relate([*((part, 1) for part in parts), (total, -1)])
        elif added <= whole:
            self.tables.relate([*((part, 1) for part in parts), (total, -1)], equation=False)
        else:  # one person may count in several classes: each class is within the total all the same
            for part in parts:
                if self._value(part) <= whole:
                    self.tables.relate([(part, 1), (total, -1)], equation=False)

    def _value(self, cell: int) -> float:
        return self.tables.cells[cell].value


def _margins(framework: Framework, known: Known) -> Iterator[tuple[list[int], int, bool]]:
    boroughs = [area.code for area in framework.areas("borough")]
    wards = {area.code for area in framework.areas("ward")}
    over_classes: dict[Place, list[int]] = defaultdict(list)
    over_wards: dict[Place, list[int]] = defaultdict(list)
    for place, cell in known.items():
        if place.breakdown:
            over_classes[replace(place, category="")].append(cell)
        if place.area_code in wards and len(boroughs) == 1:
            over_wards[replace(place, area_code=boroughs[0])].append(cell)
    for shared, parts in over_classes.items():
        total = known.get(replace(shared, breakdown=""))
        if total is not None:
            yield parts, total, len(parts) == len(framework.breakdown[shared.breakdown].categories)
    for whole, parts in over_wards.items():
        if whole in known:
            yield parts, known[whole], len(parts) == len(wards)


def _periods(known: Known) -> Iterator[tuple[list[int], int, bool]]:
    by_series: dict[tuple[str, ...], dict[Period, int]] = defaultdict(dict)
    for place, cell in known.items():
        series = (place.indicator, place.part, place.area_code, place.breakdown, place.category)
        by_series[series][place.period] = cell
    for periods in by_series.values():
        if len(periods) > 2:
            for whole, cell in periods.items():
                for chain in _chains(whole, [each for each in periods if each != whole]):
                    yield [periods[each] for each in chain], cell, True


def _chains(whole: Period, shorter: Sequence[Period]) -> list[list[Period]]:
    """The ways in which shorter periods, one after another, make up the whole."""
    within = sorted(each for each in shorter if each.start >= whole.start and each.end <= whole.end)
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
    """One count under two names: the denominator of a rate that is an indicator of its own."""
    named = _by_name(framework)
    for place, cell in known.items():
        indicator = framework.indicator[place.indicator]
        if place.part in ("numerator", "denominator"):
            other = named.get(getattr(indicator, place.part).strip().lower())
            if other and other != indicator.code:
                for part in ("value", "numerator"):
                    shared = known.get(replace(place, indicator=other, part=part))
                    if shared is not None:
                        yield cell, shared


def _by_name(framework: Framework) -> Mapping[str, str]:
    titles = {each.title.strip().lower(): each.code for each in framework.indicators}
    return titles | {each.code: each.code for each in framework.indicators}
