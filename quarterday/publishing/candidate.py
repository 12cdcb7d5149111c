"""A release before it is written: every figure there is, what stands in, what is missing, and all of it protected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quarterday.adapters.installation import Installation
from quarterday.adapters.reference_figures import reference_figures
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.upward import made_from
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.figures.reference_figures import ReferenceFigure
from quarterday.domain.framework.periods import quarter_name
from quarterday.publishing.activities import activity_lines, earlier_lines, unread_words
from quarterday.publishing.asks import Followed, followed
from quarterday.publishing.coverage import coverage_of
from quarterday.publishing.earlier import earlier_collections
from quarterday.publishing.figures_said import FiguresSaid, figures_said
from quarterday.publishing.known_figures import KnownFigures, known_figures
from quarterday.publishing.missing import gaps, unread_reasons
from quarterday.publishing.officers_words import new_limits, officers_words, readings_that_wait
from quarterday.publishing.pack.proposing import every_proposal
from quarterday.publishing.rate_revisions import since_the_last_release
from quarterday.publishing.risks import before as before_now
from quarterday.publishing.risks import bid_lines, risk_lines, unread_of_risks
from quarterday.publishing.sent_outward import sent_lines
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.uncollected import uncollected


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
    known = known_figures(installation, action)
    framework, facts, collection = known.framework, known.facts, action.collection
    figures = figures_said(known)
    follows = followed(framework, facts, collection, known.today, figures.hiding, figures.read)
    references, lost_references = reference_figures(installation.stores, framework, facts)
    tables = _tables(known, figures, follows, references)
    tables = replace(tables, rate_revisions=since_the_last_release(framework, installation.stores, facts, tables))
    of_leads = unread_words(tables.activities)
    of_others = (*unread_reasons(framework, tables.gaps), *follows.unread, *unread_of_risks(tables.risks))
    return Candidate(
        tables,
        made_from(framework, facts, collection, plan_for(framework, facts, collection), known.today),
        (
            *known.retold.to_look_at,
            *lost_references,
            *(each.says for each in figures.contradictions),
            *_told_unread(figures.waiting),
            *_leads_unread(of_leads),
            *_others_unread(of_others),
            *readings_that_wait(framework, tables.officers_words),
            *every_proposal(framework, tables),
        ),
        tuple(dict.fromkeys((*figures.waiting, *of_leads, *of_others))),
    )


def _tables(
    known: KnownFigures, figures: FiguresSaid, follows: Followed, references: tuple[ReferenceFigure, ...]
) -> ReleaseTables:
    """Everything that readers are told, but what has changed in rates since the last release."""
    framework, facts, today, collection = known.framework, known.facts, known.today, known.action.collection
    hiding, read, so_far = figures.hiding, figures.read, figures.so_far
    told_before = earlier_collections(framework, facts, collection)
    coverage, rates = coverage_of(framework, facts, collection, known.asked, known.current, today)
    return ReleaseTables(
        collection=collection,
        label=quarter_name(known.asked) or str(known.asked),
        period=known.asked,
        version=known.action.version,
        kind=known.action.kind,
        made_on=today,
        synthetic=framework.partnership.synthetic,
        observations=figures.observations,
        history=figures.history,
        gaps=gaps(framework, facts, collection, figures.observations, today, hiding, read),
        coverage=coverage,
        revisions=(*so_far.log(figures.observations), *figures.revised_before),
        versions=so_far.versions(today),
        since=so_far.since(figures.observations),
        officers_words=officers_words(framework, facts, collection, hiding),
        new_limits=new_limits(framework, facts),
        references=references,
        rates=rates,
        activities=activity_lines(framework, facts, collection, today, hiding, read),
        risks=risk_lines(framework, facts, collection, today, hiding, read),
        risks_before=before_now(risk_lines, framework, told_before, hiding, read),
        bids=bid_lines(framework, facts, collection, today),
        bids_before=before_now(bid_lines, framework, told_before, hiding),
        activities_before=earlier_lines(told_before, hiding, read),
        asks=follows.asks,
        actions=follows.actions,
        words_upward=follows.words_upward,
        sent=sent_lines(framework, facts, collection),
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


def made_already(facts: Facts, action: Publish) -> ReleaseMade | None:
    """The fact of this very release, where it has been made."""
    made = (each for each in facts.of(ReleaseMade) if each.collection == action.collection)
    return next((each for each in made if each.version == action.version), None)
