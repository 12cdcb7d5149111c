"""Earlier figures whose files cannot be read back: what readers were told of them is told again, and nothing else.

Such figures are known no longer, but for what releases said. So they are repeated as they were last published, hidden
ones hidden, and what was never published is left out. Where an indicator hides anything, nothing new may be said that
shares days with them, since nobody can prove any more that it would not give a hidden one away: its other figures of
those days are repeated too, and a release that would have to add to them is stopped.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from quarterday.adapters.accepted_figures import Lost
from quarterday.domain.facts import CollectionOpened, Facts
from quarterday.domain.figures.figure import Figure, sources
from quarterday.domain.figures.keys import Key
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, describe
from quarterday.publishing.disclosure.grouped import Groups
from quarterday.publishing.disclosure.risk import TruthLostError
from quarterday.publishing.disclosure.sums import concerned, neighbours
from quarterday.publishing.past import PastRelease
from quarterday.publishing.tables import Observation

AGAIN = "Repeated as it was last published: the file behind it can no longer be read."
_FIRM = {Marker.PROVISIONAL: None, Marker.REVISED: None}  # markers that only a quarter's own release bears


@dataclass(frozen=True)
class Retold:
    """What stands for earlier figures that are lost."""

    observations: tuple[Observation, ...] = ()
    keys: frozenset[Key] = frozenset()  # what is repeated
    codes: frozenset[str] = frozenset()  # indicators of which nothing new may be said about the days below
    days: tuple[Period, ...] = ()
    to_look_at: tuple[str, ...] = ()  # for an officer, each a sentence
    caveats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # for readers, by indicator

    def stills(self, figure: Figure) -> bool:
        """Whether nothing new may be said of a figure."""
        return figure.indicator in self.codes and any(figure.period.overlap_days(each) for each in self.days)

    def without(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures of which something may be said, hidden or not."""
        if not self.keys and not self.codes:
            return list(figures)
        return [each for each in figures if each.key not in self.keys and not self.stills(each)]

    def without_in(self, groups: Groups) -> Groups:
        """The same of what lies behind a release."""
        if not self.keys and not self.codes:
            return groups
        return {group: self.without(figures) for group, figures in groups.items()}

    def before(self, asked: Period, known: Collection[Key]) -> list[Observation]:
        """What is repeated in a release for a period: of earlier days, and not what it says itself."""
        return [each for each in self.observations if each.period.start < asked.start and each.key not in known]

    def refuse(self, current: Iterable[Figure]) -> None:
        """Raises `TruthLostError` where a figure of the release to come adds to what is lost."""
        if stopped := sorted({each.indicator for each in current if each.value is not None and self.stills(each)}):
            raise TruthLostError(stopped, self.to_look_at)

    def with_caveats(self, observations: Sequence[Observation]) -> tuple[Observation, ...]:
        """A release's own figures, bearing what to know of the earlier ones; the totals, where there are."""
        totals = {each.indicator for each in observations if not each.breakdown}
        return tuple(
            replace(each, caveats=(*each.caveats, *self.caveats[each.indicator]))
            if each.indicator in self.caveats and not (each.breakdown and each.indicator in totals)
            else each
            for each in observations
        )


def retold(
    framework: Framework,
    facts: Facts,
    lost: Sequence[Lost],
    past: Sequence[PastRelease],
    figures: Iterable[Figure],
) -> Retold:
    """What stands for what is lost, given every other figure there is, whose days may join theirs."""
    if not lost:
        return Retold()
    gone = {each.source for each in lost}
    said = _last_said(past)
    cited = [each for each in _every(past) if not gone.isdisjoint(sources(each))]
    codes = _joined(framework, {each.indicator for each in cited} & concerned(framework))
    told = [each.period for each in _every(past) if each.indicator in codes]
    known = [*told, *(each.period for each in figures if each.indicator in codes)]
    days = _spans(known, [each.period for each in cited if each.indicator in codes])
    again = {
        key: each
        for key, each in said.items()
        if each.indicator in framework.indicator
        and (not gone.isdisjoint(sources(each)) or (each.indicator in codes and _within(each.period, days)))
    }
    return Retold(
        observations=tuple(_again(each) for each in again.values()),
        keys=frozenset(again),
        codes=frozenset(codes),
        days=days,
        to_look_at=tuple(dict.fromkeys(_for_an_officer(facts, each, cited) for each in lost)),
        caveats=_for_readers(facts, lost, cited),
    )


def _every(past: Iterable[PastRelease]) -> list[Observation]:
    return [each for release in past for each in release.everything().values() if not each.stale]


def _last_said(past: Iterable[PastRelease]) -> dict[Key, Observation]:
    """The last that any release said of each figure."""
    return {each.key: each for each in _every(past)}


def _joined(framework: Framework, codes: set[str]) -> set[str]:
    """The indicators, and all that are tied to them through whatever others."""
    codes = codes & set(framework.indicator)
    while (more := neighbours(framework, codes)) != codes:
        codes = more
    return codes


def _spans(periods: Iterable[Period], about: Sequence[Period]) -> tuple[Period, ...]:
    """The stretches of days, each joined by periods that share days, in which any of some periods lies."""
    spans: list[Period] = []
    for each in sorted(periods):
        if spans and each.start <= spans[-1].end:
            spans[-1] = Period(spans[-1].start, max(spans[-1].end, each.end))
        else:
            spans.append(each)
    return tuple(each for each in spans if _within(each, about))


def _within(period: Period, spans: Iterable[Period]) -> bool:
    return any(period.overlap_days(each) for each in spans)


def _again(said: Observation) -> Observation:
    marker = _FIRM.get(said.marker, said.marker) if said.marker else None
    return replace(said, marker=marker, caveats=tuple(dict.fromkeys((*said.caveats, AGAIN))))


def _for_an_officer(facts: Facts, each: Lost, cited: Iterable[Observation]) -> str:
    published = any(each.source in sources(said) for said in cited)
    what = "What releases said of it is repeated; nothing else of it is told." if published else "It is left out."
    about = (
        f"Return {each.source} ({_days_of(facts, each)})" if each.collection else f"The earlier figures, {each.source},"
    )
    return f"{about} cannot be read back: {each.why.rstrip('.')}. {what} Put the file back from a backup."


def _for_readers(facts: Facts, lost: Iterable[Lost], cited: Iterable[Observation]) -> dict[str, tuple[str, ...]]:
    """What readers are told of each indicator's earlier figures."""
    told: dict[str, list[str]] = {}
    for each in lost:
        published = {said.indicator for said in cited if each.source in sources(said)}
        days = _days_of(facts, each)
        for code in sorted(published):
            told.setdefault(code, []).append(
                f"{days}: repeated as last published; the file behind it can no longer be read."
            )
        for code in sorted(set(each.indicators) - published):
            told.setdefault(code, []).append(f"{days}: left out; the file behind it can no longer be read.")
    return {code: tuple(dict.fromkeys(sentences)) for code, sentences in told.items()}


def _days_of(facts: Facts, each: Lost) -> str:
    """The quarter that a lost return was about."""
    opened = (one.period for one in facts.of(CollectionOpened) if one.collection == each.collection)
    found = next(opened, None)
    return describe(found) if found else "Figures from before"
