"""From figures to what may be shown of them, over everything published so far. The attack has the last word."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quarterday.domain.figures.assembling import computed
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Key
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule
from quarterday.publishing.disclosure.attack import Narrowed, attack, hidden_names
from quarterday.publishing.disclosure.cells import LinkedTables, Place, Seen
from quarterday.publishing.disclosure.gathered import Sent
from quarterday.publishing.disclosure.grouped import Group, Groups
from quarterday.publishing.disclosure.linking import GroupsSeen, Linking, parts_of, place_of
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.disclosure.rounding import rounded, rounded_range
from quarterday.publishing.disclosure.shown import Protection, Shown
from quarterday.publishing.disclosure.sums import CellsSeen, concerned
from quarterday.publishing.disclosure.suppression import hidden_cells
from quarterday.publishing.tables import Observation


@dataclass(frozen=True)
class Published:
    """An earlier release: the true figures behind it, and what it showed of them."""

    figures: Groups
    shown: Mapping[Key, Observation]


def protect(framework: Framework, figures: Sequence[Figure], published: Iterable[Published] = ()) -> Protection:
    """How each figure may be shown. Raises `DisclosureRiskError` where no choice keeps the hidden ones safe.

    First the reader is taken to know which hidden figures were not revised, though no release says so. Where a
    revision leaves no safe choice under that, or makes small what stays as it was (46 of 60 become 46 of 48; nobody of
    a kind when there was nobody at all, and now there are two), figures that were public may be hidden again; at last
    nothing is taken to be known of a figure that this release hides. Both go for figures of a return that no earlier
    release had: of the others the release itself says that they are as they were. What was hidden stays hidden in any
    case.
    """
    published = tuple(published)
    choice = _choose(framework, figures, published)
    if published and not choice.safe:
        sent_again = _sent_again(framework, figures, published)
        for apart in (choice.public & sent_again, sent_again):
            if choice.narrowed or choice.bare & sent_again:
                choice = _choose(framework, figures, published, apart)
    if choice.narrowed:
        raise DisclosureRiskError(hidden_names(choice.tables, choice.narrowed))
    return {figure.key: _shown(framework, figure, choice) for figure in figures}


@dataclass(frozen=True)
class _Choice:
    """What was chosen to be hidden, and what the attack made of it."""

    tables: LinkedTables
    known: Mapping[Place, int]
    hidden: set[int]
    narrowed: list[Narrowed]
    public: set[Sent]  # what an earlier release had told
    bare: set[Sent]  # what is shown because it had been told, and is hidden by a rule or was by an earlier release

    @property
    def safe(self) -> bool:
        """Whether nothing is told that should not be."""
        return not (self.narrowed or self.bare)


def _choose(
    framework: Framework, figures: Sequence[Figure], published: Sequence[Published], apart: Collection[Sent] = ()
) -> _Choice:
    linking = Linking(framework, apart)
    tables = linking.tables
    codes = concerned(framework)
    known = linking.add([each for each in figures if each.indicator in codes], offered=True)
    hidden_before: set[Sent] = set()
    linking.tie_all(known, _add_published(framework, linking, published, codes, hidden_before))
    linking.settle()
    hidden = hidden_cells(tables)
    attacked = hidden | {cell for cell, seen in tables.seen.items() if seen.hidden and not seen.exact}
    public = {each for each in _sent(framework, figures) if each[0] in known and tables.public(known[each[0]])}
    bare = {each for each in public if each in hidden_before or tables.cells[known[each[0]]].small}
    return _Choice(tables, known, hidden, attack(tables, attacked), public, bare)


def _sent(framework: Framework, figures: Iterable[Figure]) -> Iterator[Sent]:
    """The parts of figures, each with the return that it came in."""
    return (
        (place_of(figure, part), figure.source_return) for figure in figures for part in parts_of(framework, figure)
    )


def _sent_again(framework: Framework, figures: Sequence[Figure], published: Sequence[Published]) -> set[Sent]:
    """What came in another return than the one that was first told of: it may have been revised."""
    first: dict[Key, str] = {}
    for release in published:
        for key, said in release.shown.items():
            first.setdefault(key, said.source_return)
    return set(_sent(framework, (each for each in figures if first.get(each.key) != each.source_return)))


def _add_published(
    framework: Framework, linking: Linking, published: Sequence[Published], codes: set[str], hidden: set[Sent]
) -> list[GroupsSeen]:
    """Add what each release told, and keep what it said and hid; what it repeats of the one before is passed over."""
    earlier: list[GroupsSeen] = []
    told: dict[Group, tuple[Sequence[Figure], Sequence[Observation | None]]] = {}
    for release in published:
        seen: GroupsSeen = {}
        for group, figures in release.figures.items():
            if group[0] not in codes:
                continue
            seen[group] = linking.add_group(figures)
            said = tuple(release.shown.get(each.key) for each in figures)
            last, said_last = told.get(group, (None, ()))
            if last is not figures or said != said_last:
                told[group] = figures, said
                _note_group(framework, linking.tables, seen[group], figures, said)
                hidden.update(_hidden(framework, figures, said))
        earlier.append(seen)
    return earlier


def _note_group(
    framework: Framework,
    tables: LinkedTables,
    cells: CellsSeen,
    figures: Sequence[Figure],
    said: Sequence[Observation | None],
) -> None:
    for figure, told in zip(figures, said, strict=True):
        for part in parts_of(framework, figure) if told else ():
            cell = cells.get(place_of(figure, part))
            if cell is not None and told:
                _note(tables, cell, getattr(told, part), told)


def _hidden(framework: Framework, figures: Sequence[Figure], said: Sequence[Observation | None]) -> Iterator[Sent]:
    """What a release hid."""
    for figure, told in zip(figures, said, strict=True):
        if told and told.marker is Marker.CONFIDENTIAL:
            yield from (each for each in _sent(framework, [figure]) if getattr(told, each[0].part) is None)


def _note(tables: LinkedTables, cell: int, told: float | None, said: Observation) -> None:
    """Keep what a release said of a cell, together with what others said before."""
    truth = tables.cells[cell].value
    before = tables.seen.get(cell, Seen(float(min(truth, tables.cells[cell].least)), float("inf")))
    if told is None:
        hidden = said.marker is Marker.CONFIDENTIAL or before.hidden
        tables.seen[cell] = Seen(before.low, before.high, hidden and before.low != before.high)
        return
    low, high = truth, truth
    if told != truth:
        low, high = rounded_range(truth, tables.cells[cell].round_to, tables.cells[cell].threshold)
    tables.seen[cell] = Seen(max(before.low, low), min(before.high, high))


def _shown(framework: Framework, figure: Figure, choice: _Choice) -> Shown:
    indicator = framework.indicator[figure.indicator]
    cells = {part: choice.known.get(place_of(figure, part)) for part in parts_of(framework, figure)}
    taken = {part for part, cell in cells.items() if cell in choice.hidden}
    base = indicator.disclosure.round_to
    rounds = indicator.disclosure.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
    notes = (f"Rounded to the nearest {base}.",) if rounds and figure.value is not None else ()

    def told(part: str) -> float | None:
        value = getattr(figure, part)
        if value is None or part in taken:
            return None
        return rounded(value, base) if rounds else value

    if not indicator.has_parts:
        value = told("value")
        return Shown(value, None, None, bool(taken), () if taken else notes)
    numerator, denominator = told("numerator"), told("denominator")
    if taken or figure.value is None:
        return Shown(None, numerator, denominator, bool(taken), () if taken else notes)
    value = figure.value if not rounds else _share(framework, figure, numerator, denominator)
    return Shown(value, numerator, denominator, False, notes)


def _share(framework: Framework, figure: Figure, numerator: float | None, denominator: float | None) -> float | None:
    return computed(framework.indicator[figure.indicator], numerator, denominator)
