"""Reminders, chasers and escalations: which rungs of the ladder have been reached and not yet climbed."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import takewhile

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.owed import owed_figures
from quarterday.domain.collection.people import holds_role, out_of_reach, recipients, went_to
from quarterday.domain.collection.standing import Awaiting, london_day, overdue
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import MessageReserved, RequestMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung, Wait
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import say_day

_AWAITED = {
    Wait.FIRST: "the figures",
    Wait.MORE_TIME: "the figures, for which it asked more time",
    Wait.CORRECTION: "the corrected return",
    Wait.REST: "the rest of the return",
    Wait.OWED: "figures that were a gap",
}


ASKING = ("request", "colleague")  # the emails by which somebody is asked


def rungs_due(request: RequestToday) -> Iterator[Send]:
    """The emails of the one rung that is due by today: never two rungs in a day, nor one out of its turn.

    A rung counts from the day on which the partner was last spoken with: one whose day had passed by then is not
    sent, since the request, the reply or the verdict did its work. After days on which nothing ran the mildest comes
    first, and each later one has the days after it that the ladder gives it: nobody above the partner hears before its
    chaser had its time. Nothing is chased once the collection has closed, nor where nobody could be reached.
    """
    awaiting = request.stands.awaiting
    if awaiting is None or request.today > request.request.closes or not _asked_and_reached(request):
        return
    if not _covered(request):
        return  # no agreement covers what is still open: nobody is chased for it (paper 4.4)
    yield from _climbed(request, awaiting)


def _covered(request: RequestToday) -> bool:
    """Whether an agreement in force covers something of what is still open, or of what is to be put right."""
    if request.stands.open_activities:
        return True  # how an activity goes needs no agreement
    known = request.framework.indicator
    still_open = [known[code] for code in request.stands.still_open or request.request.asked if code in known]
    return not still_open or any(request.framework.gate(each, request.today).open for each in still_open)


def owed_rungs_due(request: RequestToday) -> Iterator[Send]:
    """The emails about figures that had not come at the close and were promised for a day: a ladder for each day."""
    if request.today <= request.request.closes or not _asked_and_reached(request):
        return
    owed = owed_figures(request.framework, request.facts, request.request)
    for day in sorted(set(owed.values())):
        yield from _climbed(request, Awaiting(Wait.OWED, day, request.request.closes, day))


def _climbed(request: RequestToday, awaiting: Awaiting) -> Iterator[Send]:
    """The emails of the rung that is to be climbed by today, to each reader once."""
    asked_anew = _asked_anew_on(request)
    for rung, day in _next_rung(request, awaiting, asked_anew):
        told = _of_rung(request, awaiting, rung, asked_anew)
        heard: set[str] = set()
        for to in _readers(request, rung):
            if to.email.casefold() in heard:
                continue
            heard.add(to.email.casefold())
            if not any(went_to(request.facts, request.partner.code, to, each) for each in told):
                yield _send(request, awaiting, rung, day, to, asked_anew)


def next_word_on(framework: Framework, request: RequestMade, awaiting: Awaiting) -> date | None:
    """The first day on which the ladder writes to the partner as things stand; None where it does not any more."""
    for wait, first, last in ((awaiting.wait, awaiting.since, request.closes), (Wait.OWED, request.closes, date.max)):
        if wait is Wait.OWED and not (awaiting.named and awaiting.named > request.closes):
            return None
        rungs = framework.ladders.rungs(wait)
        on = (framework.calendar.add(awaiting.due, each.days) for each in rungs if each.to is Role.CONTACT)
        if day := next((day for day in on if first < day <= last), None):
            return day
    return None


def _next_rung(request: RequestToday, awaiting: Awaiting, asked_anew: date | None) -> Iterator[tuple[Rung, date]]:
    """The rung that is to be climbed by today, and its day: the first that has its turn, or the one of today."""
    add = request.framework.calendar.add
    spacing = request.framework.partnership.rhythm.correction_days
    earliest = add(asked_anew, spacing) if asked_anew else None
    before: tuple[date, int] | None = None  # when the rung before it went, and its days
    for rung in _to_climb(request, awaiting, asked_anew):
        day = add(awaiting.due, rung.days)
        if before:
            reminded = before[1] < 0 and rung.to is Role.CONTACT
            day = max(day, add(before[0], 1 if reminded else max(1, rung.days - before[1])))
        day = max(day, earliest or day)
        if (went := _went(request, awaiting, rung, asked_anew)) is not None and went < request.today:
            before = went, rung.days
            continue
        if day <= request.today:
            yield rung, day
        return


def _to_climb(request: RequestToday, awaiting: Awaiting, asked_anew: date | None) -> Iterator[Rung]:
    """The rungs that are for this waiting: not those whose day had passed when the partner was last spoken with.

    What reminds of a day to come says nothing true once it has passed, where a chaser says it better.
    """
    calendar, asked = request.framework.calendar, _asked_now(request)
    every = request.framework.ladders.rungs(awaiting.wait)
    rungs = [each for each in every if not _of_own_silence(request, each, asked)]
    passed = overdue(awaiting.due, request.today, calendar)
    chased = any(each.to is Role.CONTACT for each in _before_others(each for each in rungs if each.days >= 0))
    for rung in rungs:
        reminder = rung.days < 0 and passed and chased and _went(request, awaiting, rung, asked_anew) is None
        if awaiting.since < calendar.add(awaiting.due, rung.days) and not reminder:
            yield rung


def _before_others(rungs: Iterable[Rung]) -> Iterator[Rung]:
    """The rungs that speak to the contact before any speaks to others."""
    return takewhile(lambda each: each.to is Role.CONTACT, rungs)


def _went(request: RequestToday, awaiting: Awaiting, rung: Rung, asked_anew: date | None) -> date | None:
    """The day on which a rung of this waiting went; None where it did not."""
    return next((london_day(each.at) for each in _of_rung(request, awaiting, rung, asked_anew)), None)


def _of_rung(request: RequestToday, awaiting: Awaiting, rung: Rung, asked_anew: date | None) -> list[MessageReserved]:
    """The emails of a rung in this waiting: those since it began, whatever a holiday has made of its date since."""
    what, began = (rung.code, _about(awaiting)), max(awaiting.since, asked_anew or awaiting.since)
    return [each for each in request.booked if (each.occasion, each.tells_of) == what and london_day(each.at) > began]


def _about(awaiting: Awaiting) -> str:
    """The promised day that an email about what is owed speaks of; empty for all others."""
    return str(awaiting.due) if awaiting.wait is Wait.OWED else ""


def _readers(request: RequestToday, rung: Rung) -> Iterator[Recipient]:
    """Who hears a rung, and who gets a copy: nobody where nobody holds the role that it is for."""
    yield recipients(request.framework, request.facts, request.request, rung.to)
    for role in rung.copy_to:
        if holds_role(request.framework, request.facts, request.request, role):
            yield recipients(request.framework, request.facts, request.request, role)


def _send(
    request: RequestToday, awaiting: Awaiting, rung: Rung, day: date, to: Recipient, asked_anew: date | None
) -> Send:
    when = f"{abs(rung.days)} working day{'s' if abs(rung.days) != 1 else ''}"
    place = {True: f"in {when}", False: f"since {when}"}[rung.days < 0] if rung.days else "today"
    anew = (asked_anew,) if asked_anew else ()
    return Send(
        key=message_key(request.id, awaiting.wait, _about(awaiting) or awaiting.since, rung.code, to.code, *anew),
        collection=request.plan.collection,
        request=request.id,
        partner=request.partner.code,
        occasion=rung.code,
        email=rung.email,
        recipient=to,
        on=day,
        about=_about(awaiting),
        why=f"{request.partner.name}: {_AWAITED[awaiting.wait]} due {place} ({say_day(awaiting.due)}).",
    )


def _of_own_silence(request: RequestToday, rung: Rung, asked: Recipient) -> bool:
    """Whether a rung would ask somebody above why they themselves are silent."""
    to = recipients(request.framework, request.facts, request.request, rung.to)
    return rung.to is not Role.CONTACT and to.email.casefold() == asked.email.casefold()


def _asked_now(request: RequestToday) -> Recipient:
    """Whoever is asked for the figures as things stand."""
    return recipients(request.framework, request.facts, request.request, Role.CONTACT)


def _askings(request: RequestToday, to: Recipient) -> list[date]:
    """The days on which somebody was asked, by the request or by the email to a colleague."""
    asked = (each for each in request.booked if each.occasion in ASKING)
    return [london_day(each.at) for each in asked if went_to(request.facts, request.partner.code, to, each)]


def _asked_anew_on(request: RequestToday) -> date | None:
    """The day on which whoever is asked now was asked, where somebody else had been asked before."""
    days, asked = _askings(request, _asked_now(request)), [each for each in request.booked if each.occasion in ASKING]
    first = london_day(asked[0].at) if asked else None
    return days[-1] if days and first and days[0] > first else None


def _asked_and_reached(request: RequestToday) -> bool:
    """Whether somebody was asked and can be reached: else the request goes first, and nobody above hears of silence."""
    to = _asked_now(request)
    return bool(_askings(request, to)) and not out_of_reach(request.facts, request.id, request.partner.code, to)
