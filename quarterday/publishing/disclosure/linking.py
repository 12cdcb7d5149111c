"""Figures as linked tables: margins over wards and categories, periods that add up, parts of rates, shared counts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Unit
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place, Seen
from quarterday.publishing.disclosure.grouped import Group
from quarterday.publishing.disclosure.groups import whole_groups
from quarterday.publishing.disclosure.pieces import Told, clusters, cut, joined_by
from quarterday.publishing.disclosure.primary import is_small, small_parts
from quarterday.publishing.disclosure.sums import REST, CellsSeen, Sum, bounds, margins, neighbours, series, shared

Sent = tuple[Place, str]  # what a figure says, and the return that it came in
GroupsSeen = dict[Group, CellsSeen]  # the same by the groups that publications have in common
OTHERS = "others"  # of a percentage's whole, those who are not its part
PIECE = "in part of a period"  # the part of days that periods which overlap are cut into


def parts_of(framework: Framework, figure: Figure) -> tuple[str, ...]:
    """The parts of a figure that are counts: a rate follows from its two."""
    return ("numerator", "denominator") if framework.indicator[figure.indicator].has_parts else ("value",)


def place_of(figure: Figure, part: str) -> Place:
    """What a part of a figure says."""
    return Place(figure.indicator, part, figure.area_code, figure.breakdown, figure.category, figure.period)


class Linking:
    """Builds the linked tables, one publication after another.

    A cell that says the same of the same thing in two publications is one cell: a reader may take it so, unless it is
    marked as revised. A revised one is a cell of its own, and so are those that are named in `apart`, by the return
    that they came in: where they are hidden, no reader can know that the later return did not revise them.
    """

    def __init__(self, framework: Framework, apart: Collection[Sent] = ()) -> None:
        self.framework = framework
        self.tables = LinkedTables()
        self._apart = frozenset(apart)
        self._cell: dict[tuple[Place, float, str], int] = {}  # the last is the return of what is kept apart
        self._kept_back: set[Place] = set()  # what a supplier hid itself
        self._groups: dict[int, tuple[Sequence[Figure], CellsSeen]] = {}  # holds them, so that ids stay theirs
        self._rests: dict[int, tuple[int, ...]] = {}  # what is left of a total, and what it is left of
        self._left_over: dict[int, tuple[Told, dict[Period, int]]] = {}  # what is left of periods, and of which

    def add(self, figures: Iterable[Figure], *, offered: bool) -> CellsSeen:
        """The cells of a publication. Figures without value are no cells."""
        known: CellsSeen = {}
        figures = list(figures)
        whole, open_noughts = whole_groups(self.framework, figures)
        for figure in figures:
            small = small_parts(self.framework, figure)
            for part in parts_of(self.framework, figure):
                value, said = getattr(figure, part), (figure.key, part)
                if value is not None:
                    place = place_of(figure, part)
                    least = 0 if said in open_noughts else 1
                    sent = figure.source_return if (place, figure.source_return) in self._apart else ""
                    known[place] = self._add_cell(place, value, part in small or said in whole, offered, least, sent)
                elif figure.marker is Marker.CONFIDENTIAL:
                    self._kept_back.add(place_of(figure, part))
        return known

    def add_group(self, figures: Sequence[Figure]) -> CellsSeen:
        """The cells of what an earlier publication says of an indicator and some days; the very same ones once."""
        if id(figures) not in self._groups:
            self._groups[id(figures)] = figures, self.add(figures, offered=False)
        return self._groups[id(figures)][1]

    def tie_all(self, now: CellsSeen, earlier: Sequence[GroupsSeen]) -> None:
        """Tie all that was published together, and apart what each earlier publication said otherwise.

        What a later publication leaves out is remembered from an earlier one. Where one says nothing else than all of
        them together, its own sums follow from theirs; where figures were revised since, those indicators are tied as
        they stood.
        """
        together = _all_together(earlier) | now
        self._tie(together)
        for known in (*_as_they_stood(self.framework, earlier, together), now):
            revised = _otherwise(known, together)
            if revised:
                concerned_too = neighbours(self.framework, revised)
                self._tie({place: cell for place, cell in known.items() if place.indicator in concerned_too})

    def keep_hidden(self) -> None:
        """Let a cell that is kept apart be hidden where its like in an earlier release was."""
        for (place, value, sent), cell in self._cell.items():
            twin = self._cell.get((place, value, ""))
            told = self.tables.public(cell)
            if sent and not told and twin in self.tables.seen and self.tables.seen[twin].hidden:
                self.tables.seen[cell] = Seen(1.0, float("inf"), hidden=True)

    def settle_rests(self) -> None:
        """What is left of public totals and parts is public, and nothing can be done for it; a small one else stays."""
        for index, told in self._rests.items():
            cell = self.tables.cells[index]
            if all(self.tables.public(each) for each in told):
                self.tables.seen[index] = Seen(cell.value, cell.value)
            elif cell.small and not cell.offered:
                self.tables.seen[index] = Seen(1.0, float("inf"), hidden=True)
        for index, (left, cells) in self._left_over.items():
            cell = self.tables.cells[index]
            public = [period for period, each in cells.items() if self.tables.public(each)]
            if all(joined_by(public, span) for span in (left.span, *left.without)):
                self.tables.seen[index] = Seen(cell.value, cell.value)
            elif not cell.offered:
                self.tables.seen[index] = Seen(0.0, float("inf"), hidden=True)

    def _add_cell(self, place: Place, value: float, small: bool, offered: bool, least: int = 1, sent: str = "") -> int:
        rule = self.framework.indicator[place.indicator].disclosure
        hides = rule.rule is not DisclosureRule.NONE
        rounds = rule.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
        index = self._cell.setdefault((place, value, sent), len(self.tables.cells))
        if index == len(self.tables.cells):
            self.tables.cells.append(
                Cell(
                    place, value, rule.threshold if hides else 0, rule.round_to if rounds else 1, small, offered, least
                )
            )
        elif offered and not self.tables.cells[index].offered:
            self.tables.cells[index] = replace(self.tables.cells[index], offered=True)
        return index

    def _tie(self, known: CellsSeen) -> None:
        """Tie cells by every sum and bound that readers know of."""
        for each in margins(self.framework, known):
            self._tie_sum(each)
        self._tie_overlapping(known)
        for smaller, greater in bounds(self.framework, known):
            if self._value(smaller) <= self._value(greater):
                self.tables.relate([(smaller, 1), (greater, -1)], equation=False)
        for one, other in shared(self.framework, known):
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

    def _tie_overlapping(self, known: CellsSeen) -> None:
        """Tie the periods of each series that share days with others of it."""
        for places in series(known):
            for periods in clusters(places):
                cells = {period: known[places[period]] for period in periods}
                like = places[periods[0]]
                wholes = self._wholes(known, places, periods)
                if wholes is None:
                    self._tie_periods(cells, like)
                elif like.part == "numerator":
                    self._tie_shares(cells, wholes, like)

    def _wholes(
        self, known: CellsSeen, places: Mapping[Period, Place], periods: Iterable[Period]
    ) -> dict[Period, int] | None:
        """The wholes that these parts of percentages are of, or themselves if they are the wholes; None for others."""
        every = [places[period] for period in periods]
        if self.framework.indicator[every[0].indicator].unit is not Unit.PERCENTAGE:
            return None
        parts = [known.get(replace(place, part="numerator")) for place in every]
        wholes = [known.get(replace(place, part="denominator")) for place in every]
        pairs = [
            (one, other) for one, other in zip(parts, wholes, strict=True) if one is not None and other is not None
        ]
        if len(pairs) < len(every) or any(self._value(one) > self._value(other) for one, other in pairs):
            return None
        return dict(zip(periods, (other for _, other in pairs), strict=True))

    def _tie_shares(self, parts: Mapping[Period, int], wholes: Mapping[Period, int], like: Place) -> None:
        """Parts, those not among them, and both together: in each piece of the days they add up."""
        others = {}
        for period, cell in parts.items():
            place = replace(like, part=OTHERS, period=period)
            count = self._value(wholes[period]) - self._value(cell)
            others[period] = self._add_cell(place, count, small=False, offered=False, least=0)
            self.tables.relate([(cell, 1), (others[period], 1), (wholes[period], -1)])
        in_parts = self._tie_periods(parts, like)
        in_others = self._tie_periods(others, replace(like, part=OTHERS))
        together = {piece: self._value(cell) + self._value(in_others[piece]) for piece, cell in in_parts.items()}
        in_wholes = self._tie_periods(wholes, replace(like, part="denominator"), together)
        for piece, cell in in_parts.items():
            if together[piece] == self._value(in_wholes[piece]):
                self.tables.relate([(cell, 1), (in_others[piece], 1), (in_wholes[piece], -1)])

    def _tie_periods(
        self, cells: Mapping[Period, int], like: Place, counts: Mapping[Period, float] | None = None
    ) -> dict[Period, int]:
        """Periods that share days: each is the sum of its pieces, which may be nobody's figure. Returns the pieces."""
        parts = cut({period: self._value(cell) for period, cell in cells.items()}, counts)
        pieces = {
            piece: cells[piece] if piece in parts.made_of else self._add_piece(like, piece, count)
            for piece, count in parts.counts.items()
        }
        for period, made_of in parts.made_of.items():
            if made_of != (period,):
                self.tables.relate([*((pieces[piece], 1) for piece in made_of), (cells[period], -1)])
        for period in parts.contradicted:
            self._bound_contradicted(period, cells)
        for told in parts.told:
            self._add_told(told, pieces, {period: cells[period] for period in parts.made_of}, like)
        return pieces

    def _bound_contradicted(self, period: Period, cells: Mapping[Period, int]) -> None:
        """A period that does not fit the others is bounded, where it can be, by those within it and around it."""
        for other, cell in cells.items():
            smaller, greater = (cell, cells[period]) if period.contains(other) else (cells[period], cell)
            nested = other != period and (period.contains(other) or other.contains(period))
            if nested and self._value(smaller) <= self._value(greater):
                self.tables.relate([(smaller, 1), (greater, -1)], equation=False)

    def _add_piece(self, like: Place, piece: Period, count: float) -> int:
        place = replace(like, category=f"{like.category} {PIECE}".strip(), period=piece)
        return self._add_cell(place, count, small=False, offered=False, least=0)

    def _add_told(self, told: Told, pieces: Mapping[Period, int], cells: Mapping[Period, int], like: Place) -> None:
        """What is left of a period when others are taken away: a small one tells as much as a small figure does."""
        rule = self.framework.indicator[like.indicator].disclosure
        value = sum(self._value(pieces[piece]) for piece in told.pieces)
        if rule.rule is DisclosureRule.NONE or not is_small(value, rule.threshold):
            return
        without = ", ".join(map(str, told.without))
        named = f"{like.category} {REST} beside {without}" if without else f"{like.category} {REST} of other periods"
        place = replace(like, category=named.strip(), period=told.span)
        offered = any(self.tables.cells[cell].offered for cell in cells.values())
        cell = self._add_cell(place, value, small=True, offered=offered, least=0)
        self.tables.relate([*((pieces[piece], 1) for piece in told.pieces), (cell, -1)])
        self._left_over[cell] = told, dict(cells)

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


def _all_together(earlier: Iterable[GroupsSeen]) -> CellsSeen:
    """The last that was told of each place; what the publication before told too is passed over."""
    together: CellsSeen = {}
    last: GroupsSeen = {}
    for known in earlier:
        for group, cells in known.items():
            if last.get(group) is not cells:
                together |= cells
        last = known
    return together


def _as_they_stood(framework: Framework, earlier: Iterable[GroupsSeen], together: CellsSeen) -> Iterator[CellsSeen]:
    """What each earlier publication told of what was revised since, and of what that bears on."""
    revised: dict[int, set[str]] = {}
    for known in earlier:
        for cells in known.values():
            if id(cells) not in revised:
                revised[id(cells)] = _otherwise(cells, together)
        if codes := set[str]().union(*(revised[id(cells)] for cells in known.values())):
            around = neighbours(framework, codes)
            yield {place: cell for group, cells in known.items() if group[0] in around for place, cell in cells.items()}


def _otherwise(known: CellsSeen, together: CellsSeen) -> set[str]:
    """The indicators of which something else was told than holds now."""
    return {place.indicator for place, cell in known.items() if together[place] != cell}


def _is_left(each: Place, rest: Place) -> bool:
    """Whether a class that was not told is part of what is left of its total."""
    return replace(each, category=REST) == rest
