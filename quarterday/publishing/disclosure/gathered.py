"""Cells as publications said them, each once, and what is left of them that nobody published."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule
from quarterday.domain.framework.periods import Period
from quarterday.publishing.disclosure.cells import Cell, LinkedTables, Place, Seen
from quarterday.publishing.disclosure.pieces import Told, joined_by
from quarterday.publishing.disclosure.primary import is_small
from quarterday.publishing.disclosure.remainders import Left, Remainder
from quarterday.publishing.disclosure.sums import REST, Sum

Sent = tuple[Place, str]  # what a figure says, and the return that it came in


class Gathered:
    """The cells of all publications.

    A cell that says the same of the same thing in two publications is one cell: a reader may take it so, unless it is
    marked as revised. A revised one is a cell of its own, and so are those that are named in `apart`, by the return
    that they came in: where they are hidden, no reader can know that the later return did not revise them.
    """

    def __init__(self, framework: Framework, apart: Collection[Sent] = ()) -> None:
        self.framework = framework
        self.tables = LinkedTables()
        self.kept_back: set[Place] = set()  # what a supplier hid itself
        self._apart = frozenset(apart)
        self._cell: dict[tuple[Place, float, str], int] = {}  # the last is the return of what is kept apart
        self._rests: dict[int, tuple[int, ...]] = {}  # what is left of a total, and what it is left of
        self._left_over: dict[int, Left] = {}  # what is left of periods, and of which
        self._at_most: dict[int, float] = {}  # counts out of a total that everybody knows

    def value(self, cell: int) -> float:
        """The truth of a cell."""
        return self.tables.cells[cell].value

    def add_cell(self, place: Place, value: float, small: bool, offered: bool, least: int = 1, sent: str = "") -> int:
        """The cell of what a publication said; the one that it has already."""
        rule = self.framework.indicator[place.indicator].disclosure
        rounds = rule.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
        apart = sent if (place, sent) in self._apart else ""
        index = self._cell.setdefault((place, value, apart), len(self.tables.cells))
        if index == len(self.tables.cells):
            self.tables.cells.append(
                Cell(
                    place,
                    value,
                    rule.threshold if rule.hides else 0,
                    rule.round_to if rounds else 1,
                    small,
                    offered,
                    least,
                )
            )
        elif offered and not self.tables.cells[index].offered:
            self.tables.cells[index] = replace(self.tables.cells[index], offered=True)
        return index

    def bound(self, cell: int, at_most: float | None) -> None:
        """Keep that readers know a cell to be no more than a number."""
        if at_most is not None and self.value(cell) <= at_most:
            self._at_most[cell] = at_most

    def add_told(self, told: Told, pieces: Mapping[Period, int], cells: Mapping[Period, int], like: Place) -> None:
        """What is left of a period when others are taken away: a small one tells as much as a small figure does."""
        rule = self.framework.indicator[like.indicator].disclosure
        value = sum(self.value(pieces[piece]) for piece in told.pieces)
        if not rule.hides or not is_small(value, rule.threshold):
            return
        without = ", ".join(map(str, told.without))
        named = f"{like.category} {REST} beside {without}" if without else f"{like.category} {REST} of other periods"
        place = replace(like, category=named.strip(), period=told.span)
        offered = any(self.tables.cells[cell].offered for cell in cells.values())
        cell = self.add_cell(place, value, small=True, offered=offered, least=0)
        self.tables.relate([*((pieces[piece], 1) for piece in told.pieces), (cell, -1)])
        self._left_over[cell] = told, dict(cells)

    def add_rest(self, told: Sum, place: Place, value: float) -> int:
        """What readers get by taking the parts from the whole: nobody published it, and a small one tells all the same.

        Nothing is known of a greater one, so it may be anything; where a supplier hid parts of it itself, it has to be
        enough for all of them.
        """
        rule = self.framework.indicator[place.indicator].disclosure
        kept_back = sum(1 for each in self.kept_back if _is_left(each, place))
        small = rule.hides and is_small(value, rule.threshold * max(1, kept_back))
        offered = small and any(self.tables.cells[cell].offered for cell in (*told.parts, told.whole))
        cell = self.add_cell(place, value, small, offered)
        self._rests[cell] = (*told.parts, told.whole)
        return cell

    def add_nobody(self, place: Place) -> int:
        """Nobody is left of a total: readers who know its parts are taken to know that too."""
        cell = self.add_cell(place, 0.0, small=False, offered=False, least=0)
        self.tables.seen[cell] = Seen(0.0, 0.0)
        return cell

    def add_group(self, left: Remainder) -> None:
        """What tells of a small group that nobody published: a cell to be kept as wide as a published one.

        Noughts that it follows from are open to hiding: nobody of a kind in all may be what tells of the few.
        """
        place = replace(left.place, area_code=f"{left.place.area_code} as a group")
        offered = any(self.tables.cells[cell].offered for cell in left.taken_from)
        cell = self.add_cell(place, left.value, small=True, offered=offered, least=0)
        self.tables.relate([*left.terms, (cell, -1)])
        if left.left:
            self._left_over[cell] = left.left
        else:
            self._rests[cell] = left.taken_from
        for each in left.taken_from:
            if not self.value(each):
                self.tables.cells[each] = replace(self.tables.cells[each], least=0)

    def settle_rests(self) -> None:
        """What is left of public totals and parts is public, and nothing can be done for it; a small one else stays."""
        for index, seen in self.tables.seen.items():
            if seen.hidden and not self.value(index):  # a nought that was hidden stays so, whatever it is part of now
                self.tables.cells[index] = replace(self.tables.cells[index], least=0)
        for index, told in self._rests.items():
            cell = self.tables.cells[index]
            if all(self.tables.public(each) for each in told):
                self.tables.seen[index] = Seen(cell.value, cell.value)
            elif cell.small and not cell.offered:
                self.tables.seen[index] = Seen(float(cell.least), float("inf"), hidden=True)
        for index, at_most in self._at_most.items():
            seen = self.tables.seen.get(index, Seen(0.0, at_most))
            self.tables.seen[index] = replace(seen, high=min(seen.high, at_most))
        for index, (left, cells) in self._left_over.items():
            cell = self.tables.cells[index]
            public = [period for period, each in cells.items() if self.tables.public(each)]
            nobody = [period for period in public if not self.value(cells[period])]
            if all(joined_by(public, span) for span in (left.span, *left.without)) or left.is_within(nobody):
                self.tables.seen[index] = Seen(cell.value, cell.value)
            elif not cell.offered:
                self.tables.seen[index] = Seen(0.0, float("inf"), hidden=True)

    def keep_hidden(self) -> None:
        """Let a cell that is kept apart be hidden where its like in an earlier release was."""
        for (place, value, sent), cell in self._cell.items():
            twin = self._cell.get((place, value, ""))
            told = self.tables.public(cell)
            if sent and not told and twin in self.tables.seen and self.tables.seen[twin].hidden:
                self.tables.seen[cell] = Seen(1.0, float("inf"), hidden=True)


def _is_left(each: Place, rest: Place) -> bool:
    """Whether a class that was not told is part of what is left of its total."""
    return replace(each, category=REST) == rest
