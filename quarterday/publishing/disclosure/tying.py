"""The sums and bounds that tie what was published: margins, periods that share days, shares, counts under two names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from quarterday.domain.framework.indicators import Unit
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Place
from quarterday.publishing.disclosure.gathered import Gathered
from quarterday.publishing.disclosure.pieces import Told, clusters, cut
from quarterday.publishing.disclosure.remainders import Remainder, Remainders
from quarterday.publishing.disclosure.sums import REST, CellsSeen, Sum, bounds, margins, series, shared

OTHERS = "others"  # of a percentage's whole, those who are not its part
PIECE = "in part of a period"  # the part of days that periods which overlap are cut into


class Tying:
    """Ties the cells of what readers have at one time."""

    def __init__(self, gathered: Gathered, known: CellsSeen) -> None:
        self._gathered, self._known = gathered, known
        self._framework, self._tables = gathered.framework, gathered.tables
        self._left = Remainders(gathered.framework)
        self._rests: dict[frozenset[tuple[str, str]], CellsSeen] = defaultdict(dict)  # by what did not come

    def tie(self) -> None:
        """Tie the cells by every sum and bound that readers know of."""
        self._known = {**self._known, **dict(self._totals_that_follow())}
        for each in margins(self._framework, self._known):
            self._tie_sum(each)
        for known in (self._known, *self._rests.values()):
            self._tie_overlapping(known)
        for smaller, greater in bounds(self._framework, self._known):
            if self._value(smaller) <= self._value(greater):
                self._tables.relate([(smaller, 1), (greater, -1)], equation=False)
        for one, other in shared(self._framework, self._known):
            if self._value(one) == self._value(other):
                self._tables.relate([(one, 1), (other, -1)])
        for left in self._left.telling():
            self._gathered.add_group(left)

    def _totals_that_follow(self) -> Iterator[tuple[Place, int]]:
        """Totals that were not told, and that one of several breakdowns gives away by telling all of its classes."""
        told: dict[Place, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for place, cell in self._known.items():
            if place.breakdown and len(self._framework.indicator[place.indicator].breakdowns) > 1:
                told[replace(place, breakdown="", category="")][place.breakdown][place.category] = cell
        for total, classes in told.items():
            if total not in self._known and len(classes) > 1:
                for breakdown, cells in classes.items():
                    if {each.code for each in self._framework.breakdown[breakdown].asked(total.period)} <= cells.keys():
                        value = sum(map(self._value, cells.values()))
                        yield total, self._gathered.add_cell(total, value, small=False, offered=False)
                        break

    def _tie_sum(self, told: Sum) -> None:
        """Parts and their total: an equation where they come to it, else what can still be said of them."""
        added = sum(self._value(part) for part in told.parts)
        whole = self._value(told.whole)
        terms = [*((part, 1) for part in told.parts), (told.whole, -1)]
        if added == whole and (told.rest is None or told.rest.category == REST):
            self._tables.relate(terms)
            if told.rest:
                self._rests[self._missing(told, told.rest)][told.rest] = self._gathered.add_nobody(told.rest)
        elif added <= whole and told.rest:
            rest = self._gathered.add_rest(told, told.rest, whole - added)
            self._tables.relate([*terms, (rest, 1)])
            self._rests[self._missing(told, told.rest)][told.rest] = rest
            self._left_of_sum(told, told.rest, rest)
        elif added < whole:
            self._tables.relate(terms, equation=False)
        else:  # one person may count in several classes: each class is within the total all the same
            for part in told.parts:
                if self._value(part) <= whole:
                    self._tables.relate([(part, 1), (told.whole, -1)], equation=False)

    def _missing(self, told: Sum, rest: Place) -> frozenset[tuple[str, str]]:
        """The wards or classes that did not come: what is left of two periods is of the same people where these are."""
        came = {(place.area_code, place.category) for place in (self._tables.cells[part].place for part in told.parts)}
        if rest.category != REST:
            return frozenset((each.code, rest.category) for each in self._framework.areas("ward")) - came
        asked = self._framework.breakdown[rest.breakdown].asked(rest.period)
        return frozenset((rest.area_code, each.code) for each in asked) - came

    def _left_of_sum(self, told: Sum, place: Place, rest: int) -> None:
        """Keep what is left of a total, and the classes that are told beside it."""
        cells = (*told.parts, told.whole)
        self._left.found.append(Remainder(place, self._value(rest), ((rest, 1),), cells))
        if place.category == REST:
            for cell in cells:
                beside = self._tables.cells[cell].place
                self._left.beside[beside] = Remainder(beside, self._value(cell), ((cell, 1),), (cell,))

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
        if self._framework.indicator[every[0].indicator].unit is not Unit.PERCENTAGE:
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
            others[period] = self._gathered.add_cell(place, count, small=False, offered=False, least=0)
            self._tables.relate([(cell, 1), (others[period], 1), (wholes[period], -1)])
        in_parts = self._tie_periods(parts, like)
        in_others = self._tie_periods(others, replace(like, part=OTHERS))
        together = {piece: self._value(cell) + self._value(in_others[piece]) for piece, cell in in_parts.items()}
        in_wholes = self._tie_periods(wholes, replace(like, part="denominator"), together)
        for piece, cell in in_parts.items():
            if together[piece] == self._value(in_wholes[piece]):
                self._tables.relate([(cell, 1), (in_others[piece], 1), (in_wholes[piece], -1)])

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
                self._tables.relate([*((pieces[piece], 1) for piece in made_of), (cells[period], -1)])
        for period in parts.contradicted:
            self._bound_contradicted(period, cells)
        fitting = {period: cells[period] for period in parts.made_of}
        for told in parts.told:
            self._gathered.add_told(told, pieces, fitting, like)
            self._left_of_periods(told, pieces, fitting, like)
        return pieces

    def _left_of_periods(
        self, told: Told, pieces: Mapping[Period, int], cells: Mapping[Period, int], like: Place
    ) -> None:
        """Keep what is left of a period, where it may be a group of people that tells of each."""
        if like.part == OTHERS or not self._framework.indicator[like.indicator].hides_whole_groups:
            return
        without = ", ".join(map(str, told.without)) or "other periods"
        place = replace(like, area_code=f"{like.area_code} beside {without}", period=told.span)
        terms = tuple((pieces[piece], 1) for piece in told.pieces)
        value = sum(self._value(cell) for cell, _ in terms)
        self._left.found.append(Remainder(place, value, terms, tuple(cells.values()), (told, cells)))

    def _bound_contradicted(self, period: Period, cells: Mapping[Period, int]) -> None:
        """A period that does not fit the others is bounded, where it can be, by those within it and around it."""
        for other, cell in cells.items():
            smaller, greater = (cell, cells[period]) if period.contains(other) else (cells[period], cell)
            nested = other != period and (period.contains(other) or other.contains(period))
            if nested and self._value(smaller) <= self._value(greater):
                self._tables.relate([(smaller, 1), (greater, -1)], equation=False)

    def _add_piece(self, like: Place, piece: Period, count: float) -> int:
        place = replace(like, category=f"{like.category} {PIECE}".strip(), period=piece)
        return self._gathered.add_cell(place, count, small=False, offered=False, least=0)

    def _value(self, cell: int) -> float:
        return self._gathered.value(cell)
