"""What a release says of each figure, protected: its quarter's and those of before, and what it says otherwise now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from quarterday.adapters.accepted_figures import oldest_first
from quarterday.domain.facts import Facts, WordsRead
from quarterday.domain.figures.figure import Figure, sources
from quarterday.domain.figures.keys import Key, Series
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.contradictions import Contradiction, contradictions, with_caveats
from quarterday.publishing.disclosure.protect import Protection, protect
from quarterday.publishing.history_revised import history_revisions
from quarterday.publishing.known_figures import KnownFigures
from quarterday.publishing.observations import Context, awaits_reading, observe, touchy
from quarterday.publishing.tables import Observation, Revision
from quarterday.publishing.versions import VersionsSoFar


@dataclass(frozen=True)
class FiguresSaid:
    """The figures of a release as readers see them, and what an officer should know of how they came about."""

    observations: tuple[Observation, ...]
    history: tuple[Observation, ...]
    so_far: VersionsSoFar
    revised_before: tuple[Revision, ...]
    contradictions: tuple[Contradiction, ...]
    hiding: frozenset[str]  # indicators and returns of which something is hidden: words beside it wait
    read: frozenset[tuple[str, str]]  # the returns and indicators whose words may pass
    waiting: tuple[tuple[str, str, str], ...]  # suppliers' words that wait: return, indicator, its title


def figures_said(known: KnownFigures) -> FiguresSaid:
    """Say what may be said of each. Raises `DisclosureRiskError` where no safe release can be made."""
    framework, again = known.framework, known.retold
    protection = protect(framework, [*known.current, *known.before], known.published)
    so_far, read = VersionsSoFar(known.facts, known.past, known.action), _words_read(known.facts)
    by_series, hiding = _by_series(known.before), _hiding(known, protection)
    context = Context(
        known.asked, known.action.version, before=by_series, previous=so_far.last, touchy=hiding, read=read
    )
    own = observe(framework, _with_stand_ins(framework, known.current, by_series), protection, context)
    then = Context(known.asked, 0, before=by_series, touchy=hiding, read=read, said=_said_by_then(known))
    earlier = observe(framework, sorted(known.before, key=oldest_first), protection, then)
    earlier = _in_order(earlier, again.before(known.asked, known.keys))
    found = contradictions(framework, (*earlier, *own))
    observations, history = with_caveats(found, again.with_caveats(own)), with_caveats(found, earlier)
    shown_before = [(release, each.shown) for release, each in zip(known.past, known.published, strict=True)]
    return FiguresSaid(
        observations,
        history,
        so_far,
        tuple(history_revisions(framework, shown_before, known.action, history)),
        tuple(found),
        hiding,
        read,
        _unread(framework, known.current, context),
    )


def _hiding(known: KnownFigures, protection: Protection) -> frozenset[str]:
    """What is touchy by this release or by any that readers hold; what is said twice in the same words counts once."""
    said_before = {id(each): each for release in known.past for each in (*release.history, *release.observations)}
    return touchy(chain(known.current, known.before), protection, said_before.values())


def _unread(framework: Framework, figures: Sequence[Figure], context: Context) -> tuple[tuple[str, str, str], ...]:
    """Which suppliers' words wait for an officer's reading, by the return, the indicator and its title."""
    waiting = (each for each in figures if each.comment and sources(each) and awaits_reading(each, context))
    found = dict.fromkeys((each.source_return, each.indicator) for each in waiting)
    return tuple((source, code, framework.indicator[code].title) for source, code in found)


def _said_by_then(known: KnownFigures) -> dict[Key, Observation]:
    """What each other collection's latest version said of its own figures; what stood in for others is left out."""
    return {
        key: each
        for release in known.past
        if release.fact.collection != known.action.collection
        for key, each in release.by_key().items()
        if not each.stale
    }


def _words_read(facts: Facts) -> frozenset[tuple[str, str]]:
    """The returns and indicators whose words may pass beside what is hidden: the latest reading holds."""
    latest = {(each.partner_return, each.indicator): each.publish for each in facts.of(WordsRead)}
    return frozenset(about for about, publish in latest.items() if publish)


def _with_stand_ins(
    framework: Framework, current: Sequence[Figure], before: Mapping[Series, Sequence[Figure]]
) -> list[Figure]:
    """The figures, with the last value in place of a missing one where the framework lets it stand in."""
    standing_in = []
    for figure in current:
        last = [each for each in before.get(figure.series, ()) if each.value is not None]
        missing = figure.value is None and framework.indicator[figure.indicator].stand_in
        standing_in.append(last[-1] if missing and last else figure)
    return standing_in


def _by_series(figures: Sequence[Figure]) -> dict[Series, list[Figure]]:
    by_series: dict[Series, list[Figure]] = defaultdict(list)
    for figure in sorted(figures, key=oldest_first):
        by_series[figure.series].append(figure)
    return by_series


def _in_order(history: Sequence[Observation], again: Sequence[Observation]) -> tuple[Observation, ...]:
    """The earlier figures with those that are repeated among them, oldest first."""
    if not again:
        return tuple(history)
    return tuple(sorted((*history, *again), key=lambda each: (each.period, each.key)))
