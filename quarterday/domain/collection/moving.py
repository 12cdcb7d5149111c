"""Word of a date that an officer moved: each partner that still owes something hears of it once.

What counts is the date that the partner was told, by whatever email: one who has a later date already, since it was
granted more time or asked for a correction, hears nothing of a move that leaves its date as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.differences import DATES
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.promised import binding_of
from quarterday.domain.collection.standing import london_day, standing
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import CollectionBound, Facts, MessageReserved, RequestMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day

OCCASION = "date-moved"
# What officers decided of what is awaited, and by when: each of these says the date that holds then.
WORDS_ON_DATES = frozenset({OCCASION, "asked-after-all", "extension-granted", "extension-refused", "sent-back"})
_SAYS_A_DATE = WORDS_ON_DATES | {"request", "colleague", "receipt"}


@dataclass(frozen=True)
class Move:
    """A date that was moved since its partner was told it last, and whether a meeting that moved is why."""

    told: date
    by_a_meeting: bool


def told_due(request: RequestToday, going: Iterable[Send]) -> Iterator[Send]:
    """The email with the date that holds now, where the partner was told another. What was not sent is replaced.

    Nothing where another email that is `going` says the date.
    """
    awaiting, bound = request.stands.awaiting, binding_of(request.facts, request.plan.collection)
    if not bound or not awaiting:
        return
    move = last_move(request.framework, request.facts, request.request, request.today)
    if not move or move.told == awaiting.due or any(each.occasion in _SAYS_A_DATE for each in going):
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
        why=f"{request.partner.name} is told that {say_day(awaiting.due)} is the day now.",
        about=bound.key,
    )


def last_move(framework: Framework, facts: Facts, request: RequestMade, today: date, before: str = "") -> Move | None:
    """What officers made of the dates since a partner was told its date last; None where they left them.

    `before` is the message that is being written: one that is tried again is booked already, and has told nothing.
    """
    since = _told_last(facts, request, before)
    bindings = facts.about(request.collection, CollectionBound)
    fresh = {each.key for each in bindings if each.number and since and each.at > since.at}
    if not fresh:
        return None
    (made,) = facts.about(request.request, RequestMade)
    awaiting = standing(framework, facts.without(CollectionBound, fresh), made, today).awaiting
    by_a_meeting = any(DATES in each.adopted for each in bindings if each.key in fresh)
    return Move(awaiting.due if awaiting else made.due, by_a_meeting)


def _told_last(facts: Facts, request: RequestMade, before: str) -> MessageReserved | None:
    """The last email that told a partner its date, before the one that is being written."""
    booked = list(facts.about(request.request, MessageReserved))
    keys = [each.message for each in booked]
    earlier = booked[: keys.index(before)] if before in keys else booked
    said = [each for each in earlier if each.occasion in _SAYS_A_DATE]
    unread = never_said(facts, said)
    return next((each for each in reversed(said) if each.message not in unread), None)
