"""Everything that a reader could put side by side: cells with their true values, and the sums that tie them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from quarterday.domain.framework.periods import Period


@dataclass(frozen=True)
class Place:
    """What a cell says: a part (value, numerator or denominator) of a figure."""

    indicator: str
    part: str
    area_code: str
    breakdown: str
    category: str
    period: Period


@dataclass(frozen=True)
class Cell:
    """One number of the linked tables. `threshold` is 0 where its indicator's rule hides nothing."""

    place: Place
    value: float  # the truth
    threshold: int
    round_to: int = 1  # 1: published as it is
    small: bool = False  # hidden on its own account
    offered: bool = True  # part of the release being made; False: only in earlier ones
    least: int = 1  # what a reader knows a hidden one to be at least; 0 where noughts are hidden too

    @property
    def may_be_hidden(self) -> bool:
        """Whether hiding is open: for nought where a rule says so, never for what a supplier publishes itself."""
        return self.offered and self.threshold > 0 and self.value >= self.least

    @property
    def width(self) -> int:
        """The protection interval: a reader must be left with as many possible values as the threshold."""
        return max(self.threshold - 1, 1)


@dataclass(frozen=True)
class Relation:
    """A sum that readers know of: the terms come to nought, or to nought at most where it is no equation."""

    terms: tuple[tuple[int, int], ...]  # (cell, coefficient)
    equation: bool = True


@dataclass(frozen=True)
class Seen:
    """What earlier releases said of a cell: bounds that a reader holds for ever, and whether it was hidden there."""

    low: float
    high: float
    hidden: bool = False

    @property
    def exact(self) -> bool:
        """Whether the number itself is public."""
        return self.low == self.high


@dataclass
class LinkedTables:
    """The cells of all tables published so far and of the one being made, with every sum that ties them."""

    cells: list[Cell] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    seen: dict[int, Seen] = field(default_factory=dict)
    _relations: set[Relation] = field(default_factory=set)

    def relate(self, terms: Iterable[tuple[int, int]], *, equation: bool = True) -> None:
        """Tie cells by a sum; the same sum twice is kept once."""
        relation = Relation(tuple(sorted(terms)), equation)
        if relation not in self._relations:
            self._relations.add(relation)
            self.relations.append(relation)

    def public(self, cell: int) -> bool:
        """Whether an earlier release gave the cell's number as it is: nothing can hide it any more."""
        return cell in self.seen and self.seen[cell].exact

    def must_hide(self) -> set[int]:
        """The cells hidden before anything else is thought of: small ones, and those that were hidden before."""
        return {
            index
            for index, cell in enumerate(self.cells)
            if cell.may_be_hidden
            and not self.public(index)
            and (cell.small or (index in self.seen and self.seen[index].hidden))
        }
