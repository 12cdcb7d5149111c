"""Word of a date that an officer moved: each partner that still owes something hears of it once."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.booked import never_said
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.promised import as_promised, binding_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import CollectionBound, Facts, MessageReserved, RequestMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.periods import say_day

OCCASION = "date-moved"


def told_due(request: RequestToday) -> Iterator[Send]:
    """The email with the date that holds now, where the partner was told another. What was not sent is replaced."""
    bound = _last_binding(request.facts, request.request)
    due = request.request.due
    if bound is None or due == due_told(request.facts, request.request) or not request.stands.awaiting:
        return
    to = contact_for(request.framework, request.facts, request.id, request.request.partner)
    yield Send(
        key=message_key(request.id, OCCASION, bound.number, to.code),
        collection=request.plan.collection,
        request=request.id,
        partner=request.request.partner,
        occasion=OCCASION,
        email=OCCASION,
        recipient=to,
        on=london_day(bound.at),
        why=f"{request.partner.name} is told that its figures are due on {say_day(due)} now.",
        about=bound.key,
    )


def due_told(facts: Facts, request: RequestMade, before: str = "") -> date:
    """The due date that a partner was told last: by the request, or by word of a date that moved.

    `before` is the message that is being written: one that is tried again is booked already, and has told nothing.
    """
    booked = facts.about(request.request, MessageReserved)
    unread = never_said(facts, booked)
    told = [each for each in booked if each.occasion == OCCASION and each.message not in {before, *unread}]
    (made,) = facts.about(request.request, RequestMade)
    if not told:
        return made.due
    until = [each for each in facts.about(request.collection, CollectionBound) if each.key == told[-1].tells_of]
    then = Facts([*until, made])
    return as_promised(then, made).due


def _last_binding(facts: Facts, request: RequestMade) -> CollectionBound | None:
    bound = binding_of(facts, request.collection)
    return bound if bound and bound.number else None
