"""Who owes us what: one line a partner, for the officers' table and the end of a rehearsal."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.today import CollectionToday, RequestToday
from quarterday.domain.facts import Verdict
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
    verdict: Verdict | None  # the last word on its latest return
    why: str = ""


def status_lines(collection: CollectionToday) -> list[StatusLine]:
    """One line for each partner from whom the collection wants figures, in the order of `config/`."""
    return [_line(collection, partner) for partner in collection.plan.request_on]


def _line(collection: CollectionToday, partner: str) -> StatusLine:
    request = collection.requests.get(partner)
    if request is None:
        return _not_asked(collection, partner)
    stands, returns = request.stands, request.returns
    return StatusLine(
        partner=partner,
        name=request.partner.name,
        state=str(stands.state),
        due=stands.awaiting.due if stands.awaiting else request.request.due,
        answered_on=london_day(returns[-1].at) if returns else None,
        chasers=chasers_sent(request),
        verdict=stands.verdict.verdict if stands.verdict else None,
    )


def _not_asked(collection: CollectionToday, partner: str) -> StatusLine:
    framework, plan, name = collection.framework, collection.plan, collection.framework.partner[partner].name
    gates = [framework.gate(each, collection.today) for each in framework.asked_of(partner, plan.period)]
    if any(each.open for each in gates) and not collection.opened and collection.today > plan.closes:
        return StatusLine(
            partner, name, NOT_ASKED, None, None, 0, None, "its time had passed before anything began here"
        )
    if any(each.open for each in gates):
        why = f"its request goes out on {say_date(plan.request_on[partner])}"
        return StatusLine(partner, name, NOT_YET_ASKED, None, None, 0, None, why)
    return StatusLine(partner, name, NOT_ASKED, None, None, 0, None, "; ".join(sorted({each.why for each in gates})))


def chasers_sent(request: RequestToday) -> int:
    """How many chasers and escalations went out about a request: what the ladder sent after its due date."""
    rungs = {rung.code for wait in Wait for rung in request.framework.ladders.rungs(wait)}
    return sum(each.occasion in rungs and london_day(each.at) > request.request.due for each in request.booked)
