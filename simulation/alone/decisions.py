"""Every decision of the officers' pages, taken by whoever fills in its form with the first thing that fits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from typing import Any

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.asks.climbing import asks_of
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.booked import given_up, in_doubt
from quarterday.domain.collection.decision import coming_keys
from quarterday.domain.facts import Fact, Facts, RequestMade, ReturnReceived
from quarterday.domain.framework.addresses import domain_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.risks.submissions import owed_outward
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.web.officers.deciding import SAY, Case, Decision, Field
from quarterday.web.officers.subjects import Kind, decide_url, subject_of
from simulation.visits import typed_day

SUBJECTS = 12  # so many are tried for a decision on an evening
WAYS = 30  # and so many ways of filling in its form
_DAYS = (7, 2, 3, 4, 5, 10, 14, 21, 45)
WORDS = "It was discussed on the telephone."


@dataclass(frozen=True)
class Filled:
    """A form that can be sent: where, and what stands in its fields."""

    address: str
    typed: dict[str, str | list[str]]
    facts: tuple[Fact, ...]  # what it would record


def filled_in(decision: Decision, framework: Framework, facts: Facts, ruling: Ruling, today: date) -> Filled | None:
    """The form of a decision, filled in with the first that its ruling takes; None where there is nothing to decide."""
    for name in islice(subjects(decision.about, framework, facts, today), SUBJECTS):
        subject = subject_of(decision.about, framework, facts, name)
        if subject is None:
            continue
        case = Case(framework, facts, subject, today)
        for said in islice(_ways(decision, case), WAYS):
            if taken := _taken(decision, case, ruling, said):
                typed = {key: text for each in decision.fields for key, text in _typed(each, said[each.name]).items()}
                return Filled(decide_url(decision.name, name), {**typed, "why": WORDS}, taken)
    return None


def _taken(decision: Decision, case: Case, ruling: Ruling, said: dict[str, Any]) -> tuple[Fact, ...]:
    """What would be recorded; nothing where the ruling refuses."""
    own = dict(said)
    try:
        return decision.facts(case, Ruling(ruling.who, ruling.why, ruling.at, own.pop(SAY, "") or ""), own)
    except RulingRefusedError:
        return ()


def _ways(decision: Decision, case: Case) -> Iterator[dict[str, Any]]:
    """The ways of filling in a form, likely ones first."""
    names = [each.name for each in decision.fields]
    for values in product(*(_values(each, case) for each in decision.fields)):
        yield dict(zip(names, values, strict=True))


def _values(field: Field, case: Case) -> list[Any]:
    match field.kind:
        case "day" | "any day":
            days = [case.today + timedelta(days=each) for each in _DAYS]
            offered = field.offered(case)
            first = [offered] if offered and (offered > case.today or field.kind == "any day") else []
            return [*first, *days, case.today] if field.kind == "any day" else [*first, *days]
        case "choice":
            return [each for each, _ in field.options(case)][:3] or ([""] if not field.needed else [])
        case "choices":
            every = tuple(each for each, _ in field.options(case))
            return [every] if every else []
        case "lines":
            return [WORDS]
    if field.name == "email":
        return [f"sam.successor@{domain_of(case.framework.partner[case.subject.name.split('/')[0]].contact.email)}"]
    return ["Sam Successor"] if field.needed else [""]


def _typed(field: Field, value: Any) -> dict[str, str | list[str]]:
    if isinstance(value, date):
        return dict(typed_day(field.name, value))
    return {field.name: list(value) if isinstance(value, tuple) else value or ""}


def subjects(kind: Kind, framework: Framework, facts: Facts, today: date) -> Iterator[str]:
    """The names of what there is of a kind, likely ones first."""
    match kind:
        case Kind.REQUEST:
            asked = facts.of(RequestMade)
            yield from (each.request for each in sorted(asked, key=lambda each: not _sent(facts, each.request)))
        case Kind.COLLECTION:
            yield from (each.collection for each in reversed(plans(framework, facts)) if each.opens <= today)
        case Kind.EMAIL:
            yield from sorted(facts.held())
            yield from (each.message.message for each in [*given_up(facts)[:1], *in_doubt(facts)[:1]])
            yield from coming_keys(framework, facts, today, days=5)
        case Kind.WORDS:
            sent = reversed(facts.of(ReturnReceived))
            yield from (f"{each.partner_return}/{code}" for each in sent for code in framework.indicator)
        case Kind.ACTIVITY:
            yield from (
                f"{each.collection}/{code}" for each in facts.of(RequestMade)[:1] for code in framework.activity
            )
        case Kind.ASK:
            yield from reversed(list(asks_of(framework, facts)))
        case Kind.ACTION:
            yield from reversed(list(agreed_actions(facts)))
        case Kind.SUBMISSION:
            yield from (each.name for each in owed_outward(framework, facts))
        case _:
            yield from _configured(framework)[kind]


def _sent(facts: Facts, request: str) -> bool:
    return bool(facts.about(request, ReturnReceived))


def _configured(framework: Framework) -> dict[Kind, list[str]]:
    """What `config/` names."""
    house = framework.partnership
    return {
        Kind.ROLE: [f"{each.code}/contact" for each in framework.partners],
        Kind.OFFICER: [each.code for each in reversed(house.officers)],
        Kind.AGREEMENT: [each.code for each in framework.agreements],
        Kind.INDICATOR: list(framework.indicator),
        Kind.RISK: [each.code for each in framework.risks],
        Kind.BID: [each.code for each in framework.bids],
        Kind.BOARD: list(framework.board),
        Kind.PARTNERSHIP: [house.code],
    }
