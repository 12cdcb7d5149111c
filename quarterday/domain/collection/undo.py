"""What waits while a decision may still be taken back by one press, and when that is over.

Whoever decides, on a page or by a form in Prefect, has some minutes in which nothing follows. Meanwhile nobody is
written to about the same request, and no release is made of the same collection; then the first run on a working day
closes the offer and goes on. The register holds one closing of each offer: of a run and an officer at the same moment
the first wins.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quarterday.domain.collection.actions import Action, CloseCollection, Publish, RecordActivityGap, RecordGap
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Fact, Facts, FrameworkKept, MessageReserved, UndoClosed, UndoOffered
from quarterday.domain.facts.collections import collection_in
from quarterday.domain.facts.undoing import name_of
from quarterday.domain.framework.calendar import WorkingDays


@dataclass(frozen=True)
class Matter:
    """Which decision was taken about what, by whatever way: both as the officers' pages name them."""

    decision: str
    name: str
    touches: tuple[str, ...] = ()  # see `UndoOffered.touches`


_FROM_ALL = (Publish, CloseCollection, RecordGap, RecordActivityGap)  # what speaks for everybody in a collection


def without_what_waits(facts: Facts, actions: Iterable[Action]) -> list[Action]:
    """The actions that concern nothing of which a decision may still be taken back."""
    offers = facts.undo_offers
    return [each for each in actions if not any(_waits(each, offer) for offer in offers)] if offers else list(actions)


def email_waits(facts: Facts, message: MessageReserved) -> bool:
    """Whether an email that was booked is about something of which a decision may still be taken back."""
    named = {message.request, message.collection} - {""}
    return any(named & set(each.touches) for each in facts.undo_offers)


def _waits(action: Action, offer: UndoOffered) -> bool:
    named = {str(getattr(action, each, "")) for each in ("request", "partner", "collection")} - {""}
    if named & set(offer.touches):
        return True
    if not isinstance(action, _FROM_ALL):
        return False
    return not offer.touches or action.collection in {collection_in(each) for each in offer.touches}


def to_close(facts: Facts, calendar: WorkingDays, now: datetime) -> list[UndoClosed]:
    """What a run closes before it goes on: the offers whose time is over. On a day off nothing goes on."""
    if not calendar.is_working_day(london_day(now)):
        return []
    over = (each for each in facts.undo_offers if each.until <= now)
    return [closing(each, at=now, by="quarterday", taken_back=False) for each in over]


def asked_once(run: str, offer: UndoOffered) -> str:
    """By what name a run at the end of an offer is asked for, so that whoever else asks for it makes no second."""
    return f"{run}-{hashlib.sha256(offer.key.encode()).hexdigest()[:32]}"


def offering(matter: Matter, decided: Sequence[Fact], partnership: str, minutes: int) -> UndoOffered:
    """What may be taken back by one press for some minutes. The kept words of a framework harm nobody: they stay."""
    first = decided[0]
    return UndoOffered(
        partnership=partnership,
        decision=matter.decision,
        matter=matter.name,
        decided=tuple(name_of(each) for each in decided if not isinstance(each, FrameworkKept)),
        touches=matter.touches,
        until=first.at + timedelta(minutes=minutes),
        at=first.at,
        by=first.by,
    )


def closing(offer: UndoOffered, *, at: datetime, by: str, taken_back: bool) -> UndoClosed:
    """The end of an offer."""
    return UndoClosed(
        partnership=offer.partnership,
        offer=offer.key,
        matter=offer.matter,
        decided=offer.decided,
        taken_back=taken_back,
        at=at,
        by=by,
    )
