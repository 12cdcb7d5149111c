"""A release before it is written: every figure there is, what stands in, what is missing, and all of it protected."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from quarterday.adapters.accepted_figures import Lost, accepted_figures, earlier_figures, oldest_first
from quarterday.adapters.installation import Installation
from quarterday.adapters.reference_figures import reference_figures
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of, period_of, plan_for
from quarterday.domain.collection.upward import made_from
from quarterday.domain.facts import Facts, ReleaseMade, WordsRead
from quarterday.domain.figures.figure import Figure, sources
from quarterday.domain.figures.keys import Key, Series
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, quarter_name
from quarterday.publishing.activities import activity_lines, earlier_lines, unread_words
from quarterday.publishing.asks import followed
from quarterday.publishing.behind import TruthBehind, every
from quarterday.publishing.contradictions import contradictions, with_caveats
from quarterday.publishing.coverage import coverage_of
from quarterday.publishing.disclosure.protect import Published, protect
from quarterday.publishing.earlier import earlier_collections
from quarterday.publishing.history_revised import history_revisions
from quarterday.publishing.missing import gaps, missing_figures, unread_reasons
from quarterday.publishing.observations import Context, awaits_reading, observe, touchy
from quarterday.publishing.officers_words import new_limits, officers_words, readings_that_wait
from quarterday.publishing.pack.proposing import every_proposal
from quarterday.publishing.past import PastRelease, past_releases
from quarterday.publishing.rate_revisions import since_the_last_release
from quarterday.publishing.retold import retold
from quarterday.publishing.risks import before as before_now
from quarterday.publishing.risks import bid_lines, risk_lines, unread_of_risks
from quarterday.publishing.sent_outward import sent_lines
from quarterday.publishing.tables import Observation, ReleaseTables
from quarterday.publishing.totals import Totals
from quarterday.publishing.uncollected import uncollected
from quarterday.publishing.versions import VersionsSoFar


@dataclass(frozen=True)
class Candidate:
    """What a release would say, and the returns it would be made from."""

    tables: ReleaseTables
    returns: tuple[str, ...]
    to_look_at: tuple[str, ...] = ()  # what an officer should see before it is published, each a sentence
    unread: tuple[tuple[str, str, str], ...] = ()  # words that wait for an officer: return or word, on what, its title


@uncollected()
def prepare(installation: Installation, action: Publish) -> Candidate:
    """Prepare a release. Raises `DisclosureRiskError` where no safe one can be made.

    Raises `NotStored` or `Damaged` where a return of its own quarter cannot be read back; an earlier quarter's that
    cannot is told again from releases (`retold`).
    """
    facts, today = installation.facts(), installation.today()
    framework = framework_of(installation.framework, facts, action.collection)
    asked = period_of(framework, facts, action.collection)
    totals = Totals(framework)
    current = _current(totals, framework, asked, accepted_figures(installation, facts, action.collection))
    known = {figure.key for figure in current}
    lost: list[Lost] = []
    known_before = totals.added_to(earlier_figures(installation, framework, facts, asked, lost=lost))
    past = past_releases(installation.stores, facts)
    truth = TruthBehind(installation, framework, totals, facts)
    behind = [truth.of(each) for each in past]
    lost += truth.lost
    again = retold(framework, facts, lost, past, chain(current, known_before, every(behind)))
    again.refuse(current)
    earlier = [figure for figure in again.without(known_before) if figure.key not in known]
    seen = [Published(again.without_in(true), each.everything()) for true, each in zip(behind, past, strict=True)]
    protection = protect(framework, [*current, *earlier], seen)
    so_far = VersionsSoFar(facts, past, action)
    previous = so_far.last
    by_series = _by_series(earlier)
    said_before = {id(each): each for release in past for each in (*release.history, *release.observations)}
    hiding = touchy([*current, *earlier], protection, said_before.values())
    read = _words_read(facts)
    context = Context(asked, action.version, before=by_series, previous=previous, touchy=hiding, read=read)
    observations = observe(framework, _with_stand_ins(framework, current, by_series), protection, context)
    before = Context(asked, 0, before=by_series, touchy=hiding, read=read, said=_said_by_then(past, action))
    history = observe(framework, sorted(earlier, key=oldest_first), protection, before)
    history = _in_order(history, again.before(asked, known))
    found = contradictions(framework, (*history, *observations))
    observations, history = with_caveats(found, again.with_caveats(observations)), with_caveats(found, history)
    said_of_earlier = [(release, each.shown) for release, each in zip(past, seen, strict=True)]
    revised_before = history_revisions(framework, said_of_earlier, action, history)
    activities = activity_lines(framework, facts, action.collection, today, hiding, read)
    risks = risk_lines(framework, facts, action.collection, today, hiding, read)
    told_before = earlier_collections(framework, facts, action.collection)
    waiting, words = _unread(framework, current, context), unread_words(activities)
    said_on = officers_words(framework, facts, action.collection, hiding)
    follows = followed(framework, facts, action.collection, today, hiding, read)
    missing = gaps(framework, facts, action.collection, observations, today, hiding, read)
    others = (*unread_reasons(framework, missing), *follows.unread, *unread_of_risks(risks))
    beside, lost_beside = reference_figures(installation.stores, framework, facts)
    coverage, rates = coverage_of(framework, facts, action.collection, asked, current, today)
    tables = ReleaseTables(
        collection=action.collection,
        label=quarter_name(asked) or str(asked),
        period=asked,
        version=action.version,
        kind=action.kind,
        made_on=today,
        synthetic=framework.partnership.synthetic,
        observations=observations,
        history=history,
        gaps=missing,
        coverage=coverage,
        revisions=(*so_far.log(observations), *revised_before),
        versions=so_far.versions(today),
        since=so_far.since(observations),
        officers_words=said_on,
        new_limits=new_limits(framework, facts),
        references=beside,
        rates=rates,
        activities=activities,
        risks=risks,
        risks_before=before_now(risk_lines, framework, told_before, hiding, read),
        bids=bid_lines(framework, facts, action.collection, today),
        bids_before=before_now(bid_lines, framework, told_before, hiding),
        activities_before=earlier_lines(told_before, hiding, read),
        asks=follows.asks,
        actions=follows.actions,
        words_upward=follows.words_upward,
        sent=sent_lines(framework, facts, action.collection),
    )
    rates_revised = since_the_last_release(framework, installation.stores, facts, tables)
    tables = replace(tables, rate_revisions=rates_revised)
    return Candidate(
        tables,
        made_from(framework, facts, action.collection, plan_for(framework, facts, action.collection), today),
        (
            *again.to_look_at,
            *lost_beside,
            *(each.says for each in found),
            *_told_unread(waiting),
            *_leads_unread(words),
            *_others_unread(others),
            *readings_that_wait(framework, said_on),
            *every_proposal(framework, tables),
        ),
        tuple(dict.fromkeys((*waiting, *words, *others))),
    )


def _told_unread(unread: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(
        f"The words beside “{title}” in return {source} are left out until an officer has read them."
        for source, _, title in unread
    )


def _leads_unread(unread: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(
        f"The lead’s words on “{title}” are left out until an officer has read them." for _, _, title in unread
    )


def _others_unread(unread: Sequence[tuple[str, str, str]]) -> tuple[str, ...]:
    return tuple(f"What was written of “{title}” is left out until an officer has read it." for _, _, title in unread)


def _unread(framework: Framework, figures: Sequence[Figure], context: Context) -> tuple[tuple[str, str, str], ...]:
    """Which suppliers' words wait for an officer's reading, by the return, the indicator and its title."""
    waiting = (each for each in figures if each.comment and sources(each) and awaits_reading(each, context))
    found = dict.fromkeys((each.source_return, each.indicator) for each in waiting)
    return tuple((source, code, framework.indicator[code].title) for source, code in found)


def _said_by_then(past: Sequence[PastRelease], action: Publish) -> dict[Key, Observation]:
    """What each other collection's latest version said of its own figures; what stood in for others is left out."""
    return {
        key: each
        for release in past
        if release.fact.collection != action.collection
        for key, each in release.by_key().items()
        if not each.stale
    }


def _words_read(facts: Facts) -> frozenset[tuple[str, str]]:
    """The returns and indicators whose words may pass beside what is hidden: the latest reading holds."""
    latest = {(each.partner_return, each.indicator): each.publish for each in facts.of(WordsRead)}
    return frozenset(about for about, publish in latest.items() if publish)


def _current(totals: Totals, framework: Framework, asked: Period, accepted: Sequence[Figure]) -> list[Figure]:
    return totals.added_to([*accepted, *missing_figures(framework, asked, accepted)])


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


def made_already(facts: Facts, action: Publish) -> ReleaseMade | None:
    """The fact of this very release, where it has been made."""
    made = (each for each in facts.of(ReleaseMade) if each.collection == action.collection)
    return next((each for each in made if each.version == action.version), None)
