"""What did not come: the figures that were wanted and are not there, and why, with an owner and a date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.collection.gap_words import gap_now, not_available
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.facts import Facts, GapRecorded, ReplyKind, ReplyReceived, RequestMade, ReturnReceived
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import GridRow, Marker, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Indicator
from quarterday.domain.framework.periods import Period, describe
from quarterday.publishing.tables import Gap, Observation
from quarterday.publishing.words import LEFT_OUT, tells_of_a_person, without_counts


def missing_figures(framework: Framework, asked: Period, figures: Iterable[Figure]) -> list[Figure]:
    """A figure without value, marked `[x]`, for everything wanted of anyone for which nothing came.

    A figure that covers other days than were asked is an answer all the same: it is published for its own days.
    """
    came: dict[Series, list[Period]] = defaultdict(list)
    for figure in figures:
        came[figure.series].append(figure.period)
    wanted = [row for row in wanted_rows(framework, asked) if not _answered(row, came)]
    return [
        Figure(
            indicator=row.indicator,
            definition_version=framework.indicator[row.indicator].definition_on(row.period.start).version,
            area_code=row.area_code,
            breakdown=row.breakdown,
            category=row.category,
            period=row.period,
            value=None,
            marker=Marker.NOT_AVAILABLE,
        )
        for row in wanted
    ]


def wanted_rows(framework: Framework, asked: Period) -> list[GridRow]:
    """Every figure that the framework wants for a period, whether or not an agreement let it be asked."""
    indicators = tuple(each for each in framework.indicators if framework.periods_asked(each, asked))
    return grid(framework, indicators, asked)


def _answered(row: GridRow, came: dict[Series, list[Period]]) -> bool:
    series = row.series
    periods = came.get(series, ())
    return any(period == row.period or period.overlap_days(row.period) * 2 > row.period.days for period in periods)


def gaps(
    framework: Framework, facts: Facts, collection: str, observations: Sequence[Observation], on: date
) -> tuple[Gap, ...]:
    """Why each indicator's figures are missing, wholly or in part.

    That an officer holds them back comes first, then what was recorded when the collection closed.
    """
    held = held_in(facts, collection)
    recorded = {each.indicator: each for each in facts.of(GapRecorded) if each.collection == collection}
    missing: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        if each.marker is Marker.NOT_AVAILABLE or each.stale:
            missing[each.indicator].append(each)
    found, known = [], OwnWords(framework)
    for code, rows in sorted(missing.items()):
        indicator = framework.indicator[code]
        owner = indicator.owner or framework.partner[indicator.supplier].name
        if code in held:
            why = held[code].for_readers or _why_held(framework, indicator, on)
            found.append(Gap(code, indicator.supplier, _safe(framework, known, indicator, why), owner, None))
        elif code in recorded:
            fact = recorded[code]
            reason, expected = gap_now(framework, facts, fact)
            said = reason if fact.for_readers is None else fact.for_readers
            why = _safe(framework, known, indicator, said or _why(framework, facts, collection, indicator, rows, on))
            found.append(Gap(code, fact.partner, why, fact.owner, expected))
        else:
            why = _sent_instead(observations, code) or _why(framework, facts, collection, indicator, rows, on)
            found.append(Gap(code, indicator.supplier, _safe(framework, known, indicator, why), owner, None))
    return tuple(found)


def _why_held(framework: Framework, indicator: Indicator, on: date) -> str:
    """What readers are told of figures that are held back, where the officer says nothing to them."""
    gate = framework.gate(indicator, on)
    since = f", since the agreement “{gate.agreement.title}” has ended" if gate.over and gate.agreement else ""
    return f"the figures came and are not published{since}"


def _sent_instead(observations: Sequence[Observation], code: str) -> str:
    """That figures came, and for which other days; empty where none did."""
    came = {
        each.period
        for each in observations
        if each.indicator == code and each.marker is not Marker.NOT_AVAILABLE and not each.comparable and not each.stale
    }
    return f"what the supplier sent covers {describe(min(came))}, not what was asked for" if came else ""


def _safe(framework: Framework, known: OwnWords, indicator: Indicator, why: str) -> str:
    """The reason without what counts in a supplier's own words: "we had only two" must not stand in for the count.

    One reason may be given for several indicators, so what another of the supplier's hides counts too.
    """
    ours, colon, theirs = why.partition(": ")
    if tells_of_a_person(why, known):
        return ". ".join((ours, LEFT_OUT.removesuffix("."))) if colon else LEFT_OUT.removesuffix(".")
    rules = {each.disclosure.rule for each in framework.supplied_by(indicator.supplier)}
    return ours + colon + without_counts(theirs) if rules - {DisclosureRule.NONE} else why


def _why(
    framework: Framework,
    facts: Facts,
    collection: str,
    indicator: Indicator,
    rows: Sequence[Observation],
    on: date,
) -> str:
    requests = [
        request
        for request in facts.of(RequestMade)
        if request.collection == collection and request.partner == indicator.supplier
    ]
    if not requests or indicator.code not in requests[0].asked:
        gate = framework.gate(indicator, on)
        return gate.why if not gate.open else "the supplier was not asked in time"
    for reply in reversed(facts.about(requests[0].request, ReplyReceived)):
        if reply.kind is ReplyKind.NOT_AVAILABLE and (not reply.indicators or indicator.code in reply.indicators):
            return not_available(reply)
    said = sorted({row.commentary for row in rows if row.commentary})
    if said:
        return f"the supplier marks it as not available: {said[0]}"
    if (gate := framework.gate(indicator, on)).over and gate.agreement:
        return gate.agreement.ended_first
    if not facts.about(requests[0].request, ReturnReceived):
        return "no answer had come when this version was made"
    return "it is not in what the supplier has sent so far"
