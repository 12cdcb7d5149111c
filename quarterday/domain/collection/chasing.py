"""Reminders, chasers and escalations: which rungs of the ladder have been reached and not yet climbed."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.people import recipients
from quarterday.domain.collection.standing import Awaiting, london_day
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.framework.ladder import Rung, Wait
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import say_day

_AWAITED = {
    Wait.FIRST: "the figures",
    Wait.MORE_TIME: "the figures, for which it asked more time",
    Wait.CORRECTION: "the corrected return",
    Wait.REST: "the rest of the return",
}


def rungs_due(request: RequestToday) -> Iterator[Send]:
    """The emails of the ladder that are due by today, in the order of their days.

    A rung counts from the day on which the partner was last spoken with: one whose day had passed by then is not
    sent, since the request, the reply or the verdict did its work. Nothing is chased once the collection has closed.
    So it is with the deputy who is asked in the contact's place: the request alone comes first.
    """
    awaiting, framework = request.stands.awaiting, request.framework
    if awaiting is None or request.today > request.request.closes:
        return
    for rung in framework.ladders.rungs(awaiting.wait):
        day = framework.calendar.add(awaiting.due, rung.days)
        if awaiting.since < day <= request.today:
            for role in (rung.to, *rung.copy_to):
                to = recipients(framework, request.facts, request.request, role)
                if role is not Role.CONTACT or _was_asked_before(request, to, day):
                    yield _send(request, awaiting, rung, day, to)


def _send(request: RequestToday, awaiting: Awaiting, rung: Rung, day: date, to: Recipient) -> Send:
    when = f"{abs(rung.days)} working day{'s' if abs(rung.days) != 1 else ''}"
    place = {True: f"in {when}", False: f"since {when}"}[rung.days < 0] if rung.days else "today"
    return Send(
        key=f"{request.id}/{awaiting.wait}/{awaiting.due}/{rung.code}/{to.code}",
        collection=request.plan.collection,
        request=request.id,
        partner=request.partner.code,
        occasion=rung.code,
        email=rung.email,
        recipient=to,
        on=day,
        why=f"{request.partner.name}: {_AWAITED[awaiting.wait]} due {place} ({say_day(awaiting.due)}).",
    )


def _was_asked_before(request: RequestToday, to: Recipient, day: date) -> bool:
    """Whether a rung's day finds its reader asked already: a deputy may be, long after the request was made."""
    if to.code != f"{request.partner.code}/{Role.DEPUTY}":
        return True
    sent = (each for each in request.booked if each.occasion == "request")
    return any(each.recipient == to.code and london_day(each.at) < day for each in sent)
