"""The true figures behind past releases, as they stood when each was made.

Each release tells all that came before it, so nearly all of what lies behind one lies behind the next. Figures are
kept here by indicator and days: what two releases have in common is the very same group, put together once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quarterday.adapters.accepted_figures import Lost, accepted_figures, as_named, earlier_sources
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.binding import period_of
from quarterday.domain.facts import Facts
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.disclosure.grouped import Group, Groups, in_groups
from quarterday.publishing.missing import missing_figures
from quarterday.publishing.past import PastRelease
from quarterday.publishing.totals import Totals


def every(releases: Iterable[Groups]) -> Iterator[Figure]:
    """All figures behind some releases."""
    return (each for groups in releases for figures in groups.values() for each in figures)


class TruthBehind:
    """What lies behind each past release; hidden figures are attacked by their truth.

    Only what the framework of the release to come knows: nothing of it says anything about what is no indicator more.
    """

    def __init__(self, installation: Installation, framework: Framework, totals: Totals, facts: Facts) -> None:
        self.lost: list[Lost] = []  # what cannot be read back
        self._installation, self._framework, self._totals, self._facts = installation, framework, totals, facts
        self._sources: dict[int, tuple[Sequence[Figure], dict[Group, list[Figure]]]] = {}  # holds them: ids stay theirs
        self._groups: dict[tuple[int, ...], Sequence[Figure]] = {}

    def of(self, release: PastRelease) -> Groups:
        """The figures behind a release: its own, and those of before."""
        then = self._facts.until(release.fact.at)
        asked = period_of(self._installation.framework, then, release.fact.collection)
        own = in_groups(self._own(release, then))
        before: dict[Group, list[list[Figure]]] = defaultdict(list)
        for source in earlier_sources(self._installation, self._framework, then, asked, self.lost):
            for group, figures in self._by_group(source).items():
                before[group].append(figures)
        found: dict[Group, Sequence[Figure]] = {group: self._together(parts) for group, parts in before.items()}
        for group, figures in own.items():
            known = {each.key for each in figures}
            found[group] = (*figures, *(each for each in found.get(group, ()) if each.key not in known))
        return found

    def _own(self, release: PastRelease, then: Facts) -> list[Figure]:
        collection, returns = release.fact.collection, release.fact.returns
        asked = period_of(self._installation.framework, then, collection)
        accepted = accepted_figures(self._installation, then, collection, only=returns, lost=self.lost)
        named = list(as_named(self._framework, accepted))
        return self._totals.added_to([*named, *missing_figures(self._framework, asked, named)])

    def _by_group(self, source: Sequence[Figure]) -> Mapping[Group, list[Figure]]:
        if id(source) not in self._sources:
            self._sources[id(source)] = source, in_groups(source)
        return self._sources[id(source)][1]

    def _together(self, parts: Sequence[list[Figure]]) -> Sequence[Figure]:
        """What all sources say of one indicator and its days, with its totals; a later source's word holds."""
        same = tuple(map(id, parts))
        if same not in self._groups:
            found: dict[Key, Figure] = {}
            for part in parts:
                found |= {each.key: each for each in part}
            self._groups[same] = tuple(self._totals.added_to(found.values()))
        return self._groups[same]
