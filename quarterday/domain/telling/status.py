"""Who owes us what: one line a partner, for the officers' table and the end of a rehearsal."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.standing import london_day, standing
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts, MessageReserved, RequestMade, ReturnReceived
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Wait
from quarterday.domain.framework.periods import say_date

NOT_ASKED = "not asked"
NOT_YET_ASKED = "not asked yet"


@dataclass(frozen=True)
class StatusLine:
    """Where one partner stands in a collection, in words an officer would use."""

    partner: str
    name: str
    state: str
    due: date | None
    answered_on: date | None  # the day of its latest return
    chasers: int  # emails of the ladder that went to it or about it after the due date
    verdict: str
    why: str = ""


def status_lines(framework: Framework, facts: Facts, plan: Timetable, today: date) -> list[StatusLine]:
    """One line for each partner from whom the collection wants figures, in the order of `config/`."""
    made = {each.partner: each for each in facts.of(RequestMade) if each.collection == plan.collection}
    return [_line(framework, facts, plan, partner, made.get(partner), today) for partner in plan.request_on]


def _line(
    framework: Framework, facts: Facts, plan: Timetable, partner: str, request: RequestMade | None, today: date
) -> StatusLine:
    name = framework.partner[partner].name
    if request is None:
        gates = {framework.gate(each, today).why for each in framework.asked_of(partner, plan.period)}
        may_ask = any(framework.gate(each, today).open for each in framework.asked_of(partner, plan.period))
        if may_ask:
            why = f"its request goes out on {say_date(plan.request_on[partner])}"
            return StatusLine(partner, name, NOT_YET_ASKED, None, None, 0, "", why)
        return StatusLine(partner, name, NOT_ASKED, None, None, 0, "", "; ".join(sorted(gates)))
    stands = standing(framework, facts, request, today)
    returns = facts.about(request.request, ReturnReceived)
    return StatusLine(
        partner=partner,
        name=name,
        state=str(stands.state),
        due=stands.awaiting.due if stands.awaiting else request.due,
        answered_on=london_day(returns[-1].at) if returns else None,
        chasers=chasers_sent(facts, request),
        verdict=stands.verdict.verdict if stands.verdict else "",
    )


def chasers_sent(facts: Facts, request: RequestMade) -> int:
    """How many chasers and escalations went out about a request: what the ladder sent after its due date."""
    return sum(
        each.message.removeprefix(f"{request.request}/").partition("/")[0] in set(Wait)
        and london_day(each.at) > request.due
        for each in facts.about(request.request, MessageReserved)
    )
