"""What did not come: the figures that were wanted and are not there, and why, with an owner and a date."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.collection.gap_words import gap_now, is_suppliers, not_available
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.facts import Facts, GapRecorded, ReplyKind, ReplyReceived, RequestMade, ReturnReceived
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import GridRow, Marker, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe
from quarterday.publishing.tables import Gap, Observation
from quarterday.publishing.words import LEFT_OUT, Read, await_reading, tells_of_a_person

WHY_UNREAD = "What the supplier wrote is left out until an officer has read it, as a figure that it may tell is hidden"


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
    framework: Framework,
    facts: Facts,
    collection: str,
    observations: Sequence[Observation],
    on: date,
    hiding: Collection[str] = (),
    read: Read = (),
) -> tuple[Gap, ...]:
    """Why each indicator's figures are missing, wholly or in part.

    That an officer holds them back comes first, then what was recorded when the collection closed. `hiding` are the
    indicators of which something is hidden: a reason in a supplier's own words waits until an officer has read it
    where anything is hidden that the supplier supplies, since one reason may be given for several.
    """
    held = held_in(facts, collection)
    recorded = {each.indicator: each for each in facts.of(GapRecorded) if each.collection == collection}
    missing: dict[str, list[Observation]] = defaultdict(list)
    for each in observations:
        if each.marker is Marker.NOT_AVAILABLE or each.stale:
            missing[each.indicator].append(each)
    gate = _Gate(framework, facts, collection, hiding, read)
    found = []
    for code, rows in sorted(missing.items()):
        indicator = framework.indicator[code]
        owner = indicator.owner or framework.partner[indicator.supplier].name
        if code in held:
            why = held[code].for_readers or _why_held(framework, indicator, on)
            found.append(gate.officers(Gap(code, indicator.supplier, why, owner, None)))
        elif code in recorded:
            fact = recorded[code]
            reason, expected = gap_now(framework, facts, fact)
            said = reason if fact.for_readers is None else fact.for_readers
            why = said or _why(framework, facts, collection, indicator, rows, on)
            through = gate.officers if fact.for_readers else gate.suppliers
            found.append(through(Gap(code, fact.partner, why, fact.owner, expected)))
        else:
            why = _sent_instead(observations, code) or _why(framework, facts, collection, indicator, rows, on)
            found.append(gate.suppliers(Gap(code, indicator.supplier, why, owner, None)))
    return tuple(found)


class _Gate:
    """What the reasons of one collection's gaps pass before they are published."""

    def __init__(
        self, framework: Framework, facts: Facts, collection: str, hiding: Collection[str], read: Read
    ) -> None:
        self.framework, self.known, self.hiding, self.read = framework, OwnWords(framework), hiding, read
        self.replies = [
            reply
            for request in facts.requests_of(collection)
            for reply in facts.about(request.request, ReplyReceived)
            if reply.kind is ReplyKind.NOT_AVAILABLE and reply.reason
        ]

    def officers(self, gap: Gap) -> Gap:
        """A reason in an officer's words or ours: about nobody."""
        if not tells_of_a_person(gap.why, self.known):
            return gap
        ours, colon, _ = gap.why.partition(": ")
        left_out = LEFT_OUT.removesuffix(".")
        return replace(gap, why=f"{ours}. {left_out}" if colon else left_out)

    def suppliers(self, gap: Gap) -> Gap:
        """A reason that may repeat a supplier's own words: about nobody, and read by an officer where they must be."""
        passed = self.officers(gap)
        if passed is not gap or not is_suppliers(gap.why):
            return passed
        said = next((each.reply for each in reversed(self.replies) if not_available(each) == gap.why), "")
        about = [each.code for each in self.framework.supplied_by(gap.partner)]
        if not await_reading((said, gap.indicator), about, self.hiding, self.read):
            return gap
        return replace(gap, why=f"{gap.why.partition(': ')[0]}. {WHY_UNREAD}", unread=said)


def unread_reasons(framework: Framework, missing: Iterable[Gap]) -> tuple[tuple[str, str, str], ...]:
    """The reasons that wait for an officer's reading: each reply's id, its indicator's code and title."""
    return tuple(
        (each.unread, each.indicator, framework.indicator[each.indicator].title) for each in missing if each.unread
    )


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
