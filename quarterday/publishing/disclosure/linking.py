"""Figures as linked tables: margins over wards and categories, periods that add up, parts of rates, shared counts."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.disclosure.cells import LinkedTables, Place
from quarterday.publishing.disclosure.gathered import Gathered, Sent
from quarterday.publishing.disclosure.grouped import Group
from quarterday.publishing.disclosure.groups import whole_groups
from quarterday.publishing.disclosure.primary import small_parts
from quarterday.publishing.disclosure.sums import CellsSeen, neighbours
from quarterday.publishing.disclosure.tying import Tying

GroupsSeen = dict[Group, CellsSeen]  # the same by the groups that publications have in common


def parts_of(framework: Framework, figure: Figure) -> tuple[str, ...]:
    """The parts of a figure that are counts: a rate follows from its two."""
    return ("numerator", "denominator") if framework.indicator[figure.indicator].has_parts else ("value",)


def place_of(figure: Figure, part: str) -> Place:
    """What a part of a figure says."""
    return Place(figure.indicator, part, figure.area_code, figure.breakdown, figure.category, figure.period)


class Linking:
    """Builds the linked tables, one publication after another; `apart` as `Gathered` has it."""

    def __init__(self, framework: Framework, apart: Collection[Sent] = ()) -> None:
        self.framework = framework
        self._gathered = Gathered(framework, apart)
        self._groups: dict[int, tuple[Sequence[Figure], CellsSeen]] = {}  # holds them, so that ids stay theirs

    @property
    def tables(self) -> LinkedTables:
        """What was built."""
        return self._gathered.tables

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
                    hides = part in small or said in whole
                    known[place] = self._gathered.add_cell(place, value, hides, offered, least, figure.source_return)
                    self._gathered.bound(known[place], self.framework.indicator[figure.indicator].out_of)
                elif figure.marker is Marker.CONFIDENTIAL:
                    self._gathered.kept_back.add(place_of(figure, part))
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

    def settle(self) -> None:
        """Say of what is left over, and of what is kept apart, what earlier releases gave away."""
        self._gathered.settle_rests()
        self._gathered.keep_hidden()

    def _tie(self, known: CellsSeen) -> None:
        Tying(self._gathered, known).tie()


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
