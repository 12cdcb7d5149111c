"""What became of a decision, told on the page it leads back to: what was recorded, and which emails go for it."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote

from starlette.requests import Request

from quarterday.domain.facts import Fact, Facts
from quarterday.domain.facts.undoing import name_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import Teller
from quarterday.domain.telling.decided_before import decided_before
from quarterday.web.officers.officer_door import SignedInVisit
from quarterday.web.officers.subjects import Subject, emails_next
from quarterday.web.officers.undo_offered import Undo, undo_offer
from quarterday.web.words import Words

_SHOWN_FOR = timedelta(minutes=10)  # an address with an outcome in it may be opened again much later


@dataclass(frozen=True)
class Done:
    """A decision that was recorded a moment ago."""

    what: str
    then: list[str]
    undo: Undo | None = None


def done_url(subject: Subject, fact: Fact) -> str:
    """The page of what was decided about, which then tells the outcome."""
    return recorded_url(subject.page, fact)


def recorded_url(page: str, fact: Fact) -> str:
    """A page that then tells what was recorded."""
    return f"{page}?recorded={quote(name_of(fact))}"


def outcome(words: Words, request: Request, visit: SignedInVisit, about: str = "") -> Done | None:
    """The outcome that an address speaks of, where it is this officer's own and of this very moment."""
    name = request.query_params.get("recorded", "")
    fact = _recorded(visit, name) if name else None
    if fact is None:
        return None
    teller = Teller(visit.framework, visit.facts)
    before = decided_before(visit.framework, visit.facts, fact)
    follows = _follows(words, visit.framework, visit.facts, visit, about)
    return Done(teller.what(fact), [before, *follows] if before else follows, undo_offer(words, visit, fact))


def _recorded(visit: SignedInVisit, name: str) -> Fact | None:
    lately = visit.now - _SHOWN_FOR
    mine = (each for each in visit.facts if each.by == visit.officer.code and each.at >= lately)
    return next((each for each in mine if name_of(each) == name), None)


def _follows(words: Words, framework: Framework, facts: Facts, visit: SignedInVisit, about: str) -> list[str]:
    """Which emails go next about the same, by the run that was asked for."""
    if not about:
        return []
    told = [
        words.say("officers.follows", to=each.recipient.name, why=each.why)
        for each in emails_next(framework, facts, visit.today, about)
    ]
    return told or [words.say("officers.follows_nothing")]
