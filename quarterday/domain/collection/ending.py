"""Agreements that end: told months ahead, again before what is being collected, and an officer decides in time.

Whoever lets one end knows what follows: nothing is asked or chased under it from the next day on, what comes then is
not used, and what came before is, unless an officer holds it back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.held_figures import held_of
from quarterday.domain.collection.people import word_to_officer
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday, RequestToday
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.agreements import Agreement, AgreementState
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import say_date, say_day

OCCASION = "agreement-ending"
NEAR = timedelta(days=14)  # no days off in a row are more
OTHERWISE = (
    "Otherwise nothing is asked or chased under it from the next day on, what comes then is not used, and the gap says "
    "why; what came before is published as any other figure."
)
UNLESS_HELD = "They are published as any other figure, unless you hold them back (“hold-figures”)."


@dataclass(frozen=True)
class StillAwaited:
    """What of a request hangs on an agreement that ends before its collection closes."""

    request: RequestToday
    indicators: tuple[Indicator, ...]

    def __str__(self) -> str:
        plan, titles = self.request.plan, "; ".join(each.title for each in self.indicators)
        awaiting = self.request.stands.awaiting
        if awaiting and awaiting.due > plan.closes:
            return f"{self.request.partner.name} for {plan.label}, which has until {say_day(awaiting.due)}: {titles}"
        return f"{self.request.partner.name} for {plan.label}, which closes on {say_day(plan.closes)}: {titles}"


@dataclass(frozen=True)
class CameUnder:
    """What a request has brought under an agreement that ends before it is published."""

    request: RequestToday
    indicators: tuple[Indicator, ...]

    def __str__(self) -> str:
        plan, titles = self.request.plan, "; ".join(each.title for each in self.indicators)
        return f"{self.request.partner.name} for {plan.label}, to be published on {say_day(plan.publish_on)}: {titles}"


def ending_agreements(framework: Framework, today: date) -> Iterator[tuple[Agreement, date]]:
    """The agreements in force that end soon, each with the day from which that is to be said."""
    notice = timedelta(days=framework.partnership.rhythm.agreement_notice_days)
    for agreement in framework.agreements:
        if agreement.state is AgreementState.IN_FORCE and agreement.ends - notice <= today <= agreement.ends:
            yield agreement, agreement.ends - notice


def still_awaited(framework: Framework, facts: Facts, agreement: Agreement, today: date) -> list[StillAwaited]:
    """What open collections still await under an agreement, and that nothing covers once it has ended.

    Empty before the last working day that leaves time to decide.
    """
    return [
        StillAwaited(request, on_it)
        for request in _decided_now(framework, facts, agreement, today)
        if request.stands.awaiting and agreement.ends < max(request.plan.closes, request.stands.awaiting.due)
        if (on_it := _on(request, agreement, request.stands.still_open))
    ]


def came_under(framework: Framework, facts: Facts, agreement: Agreement, today: date) -> list[CameUnder]:
    """What came under an agreement that has ended when it is published, where nobody holds it back yet.

    Empty before the last working day that leaves time to decide, and once it is published.
    """
    return [
        CameUnder(request, on_it)
        for request in _decided_now(framework, facts, agreement, today)
        if agreement.ends < request.plan.publish_on and not facts.about(request.plan.collection, ReleaseMade)
        if (on_it := _on(request, agreement, _came_and_not_held(request)))
    ]


def _decided_now(framework: Framework, facts: Facts, agreement: Agreement, today: date) -> Iterator[RequestToday]:
    """The requests of what goes on, where today is the last working day that leaves time to decide, or later."""
    if not today <= agreement.ends <= today + NEAR or agreement.ends > framework.calendar.add(today, 1):
        return
    over = at_rest(facts)
    for plan in plans(framework, facts):
        if plan.collection not in over and plan.opens <= today:
            yield from CollectionToday(framework, facts, plan, today).requests.values()


def _came_and_not_held(request: RequestToday) -> tuple[str, ...]:
    held = held_of(request.facts, request.id)
    return tuple(code for code in request.stands.answered if code not in held)


def _on(request: RequestToday, agreement: Agreement, codes: Iterable[str]) -> tuple[Indicator, ...]:
    """Those of some figures of a request that nothing covers once an agreement has ended."""
    known, after = request.framework.indicator, agreement.ends + timedelta(days=1)
    return tuple(
        known[code]
        for code in codes
        if code in known
        and agreement.covers(request.partner.code, code, known[code].purpose)
        and request.framework.gate(known[code], after).over
    )


def agreements_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """Word to the officer of agreements that end: in good time, and on the last day on which it can decide."""
    for agreement, first_day in ending_agreements(framework, today):
        ends = f"“{agreement.title}” ends on {say_day(agreement.ends)}"
        hanging = {each.request.id for each in still_awaited(framework, facts, agreement, today)}
        hanging |= {each.request.id for each in came_under(framework, facts, agreement, today)}
        if hanging:  # the word on the last day says all that the first one does
            why = f"{ends}, and {len(hanging)} request(s) hang on it."
            yield _word(framework, agreement, today, why, "last-day")
        else:
            yield _word(framework, agreement, first_day, f"{ends}; without it nothing may be asked under it.")


def _word(framework: Framework, agreement: Agreement, on: date, why: str, *which: str) -> Send:
    key = message_key(framework.partnership.code, "agreement", agreement.code, agreement.ends, *which)
    return word_to_officer(framework, key, OCCASION, on, why, agreement.code)


def ends_before_the_close(framework: Framework, plan: Timetable) -> Iterator[str]:
    """The agreements under which a collection asks and which end before it closes, each with what hangs on it."""
    hanging: dict[tuple[str, str], list[str]] = defaultdict(list)
    for partner, day in plan.request_on.items():
        for indicator in framework.asked_of(partner, plan.period):
            gate = framework.gate(indicator, day)
            if gate.open and gate.agreement and framework.gate(indicator, plan.closes).over:
                hanging[gate.agreement.code, partner].append(indicator.title)
    by_code = {each.code: each for each in framework.agreements}
    for (code, partner), titles in hanging.items():
        agreement = by_code[code]
        yield (
            f"“{agreement.title}” ends on {say_day(agreement.ends)}, before {plan.label} closes on "
            f"{say_day(plan.closes)}: {framework.partner[partner].name} is asked for {len(titles)} figure(s) "
            f"under it ({'; '.join(titles)}), and what comes after {say_date(agreement.ends)} cannot be used. Renew it "
            "and write its new end into config/agreements.yaml, or ask for these to be sent by then."
        )
