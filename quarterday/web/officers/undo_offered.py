"""What an officer may still take back by one press, as the pages show it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from quarterday.domain.collection.standing import LONDON
from quarterday.domain.facts import Fact, Facts, UndoOffered
from quarterday.domain.facts.undoing import name_of
from quarterday.domain.framework.partners import Duty
from quarterday.domain.telling.audit import Teller
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.officer_door import HOME, SignedInVisit
from quarterday.web.words import Words


@dataclass(frozen=True)
class Undo:
    """A press that takes a decision back: where it goes, what was decided, and until when nothing follows."""

    href: str
    what: str
    until: str


def undo_offer(words: Words, visit: SignedInVisit, fact: Fact) -> Undo | None:
    """The offer to take back what a fact records; None where there is none, or not for this officer."""
    offer = next((each for each in visit.facts.undo_offers if name_of(fact) in each.decided), None)
    return _shown(words, visit, offer) if offer and may_undo(visit, offer) else None


def undo_offers(words: Words, visit: SignedInVisit) -> list[Undo]:
    """Everything that this officer may take back now, the latest first."""
    return [_shown(words, visit, each) for each in visit.facts.undo_offers[::-1] if may_undo(visit, each)]


def _shown(words: Words, visit: SignedInVisit, offer: UndoOffered) -> Undo:
    teller = Teller(visit.framework, visit.facts)
    what = " ".join(teller.what(each) for each in decided_by(visit.facts, offer))
    return Undo(f"{HOME}/undo/{quote(offer.key)}", what, _until(words, offer, visit.now))


def _until(words: Words, offer: UndoOffered, now: datetime) -> str:
    """Until when nothing follows; once that is past, that no run has gone on yet."""
    if offer.until <= now:
        return words.say("officers.undo.not_yet")
    return words.say("officers.undo.until", time=f"{offer.until.astimezone(LONDON):%H:%M}")


def may_undo(visit: SignedInVisit, offer: UndoOffered) -> bool:
    """Whether an officer may take a decision back: whoever may take it."""
    decision = DECISIONS.get(offer.decision)
    return visit.may(decision.duty if decision else Duty.REQUESTS)


def decided_by(facts: Facts, offer: UndoOffered) -> list[Fact]:
    """What was recorded with a decision."""
    return [each for each in facts if name_of(each) in offer.decided]
