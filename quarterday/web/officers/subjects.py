"""What an officer decides about: a request, a collection, an email, a role, an officer, an agreement, some words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.asks.answering import boards_asked
from quarterday.domain.asks.climbing import asks_of
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.decision import will_be_due
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.facts.collections import collection_in
from quarterday.domain.facts.message_keys import concerns, what_for
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.risks.submissions import owed_outward
from quarterday.domain.rulings.partner_rulings import PARTNERS_OWN
from quarterday.domain.rulings.words_named import words_named
from quarterday.domain.telling.audit import Teller
from quarterday.web.officers.officer_door import HOME

ASKS = f"{HOME}/asks"


class Kind(StrEnum):
    """What kind of thing is decided about."""

    REQUEST = "request"
    COLLECTION = "collection"
    EMAIL = "email"
    ROLE = "role"
    OFFICER = "officer"
    AGREEMENT = "agreement"
    INDICATOR = "indicator"
    WORDS = "words"  # that wait to be read, by the names that a reading gives them
    ACTIVITY = "activity"  # in a collection
    RISK = "risk"
    BID = "bid"
    BOARD = "board"
    ASK = "ask"  # of a board
    ACTION = "action"  # that a board set
    SUBMISSION = "submission"  # on a day
    PARTNERSHIP = "partnership"


@dataclass(frozen=True)
class Subject:
    """One thing that is decided about: how it is called, the page it stands on, and what it belongs to."""

    kind: Kind
    name: str
    title: str
    page: str
    request: RequestMade | None = None
    plan: Timetable | None = None

    @property
    def touches(self) -> tuple[str, ...]:
        """Of which request, partner or collection nothing goes on while a decision may be taken back."""
        if self.request:
            return (self.request.request,)
        if self.kind is Kind.ROLE:
            return (whose_and_role(self.name)[0],)
        return (self.plan.collection,) if self.plan else ()


def subject_of(kind: Kind, framework: Framework, facts: Facts, name: str) -> Subject | None:
    """The thing of that kind and name; None where there is none."""
    return _FINDERS[kind](framework, facts, name)


def request_page(partner: str, collection: str) -> str:
    """The page of a partner in a collection."""
    return f"{HOME}/partners/{partner}/{collection}"


def _request(framework: Framework, facts: Facts, name: str) -> Subject | None:
    made = facts.about(name, RequestMade)
    if not made or made[0].partner not in framework.partner:
        return None
    plan = plan_for(framework, facts, made[0].collection)
    label = plan.label if plan else made[0].collection
    title = f"{framework.partner[made[0].partner].name}, {label}"
    return Subject(Kind.REQUEST, name, title, request_page(made[0].partner, made[0].collection), made[0], plan)


def _collection(framework: Framework, facts: Facts, name: str) -> Subject | None:
    plan = plan_for(framework, facts, name)
    return Subject(Kind.COLLECTION, name, plan.label, f"{HOME}/collections/{name}", plan=plan) if plan else None


def _email(framework: Framework, facts: Facts, name: str) -> Subject | None:
    """An email that is booked, held, of a request or collection that there is, or of the partnership itself.

    The ruling says whether it may still be held.
    """
    concerned = concerns(name)
    collection, whose = collection_in(concerned), _request(framework, facts, concerned)
    ours = name in facts.held() or concerned == framework.partnership.code
    if whose is None and not ours and plan_for(framework, facts, collection) is None:
        return None
    to = Teller(framework, facts).person("/".join(name.rsplit("/", 2)[1:]))
    title = f"{name.rpartition('/')[0].rpartition('/')[2]}, {whose.title}" if whose else f"{what_for(name)}, {to}"
    return Subject(Kind.EMAIL, name, title, HOME, whose.request if whose else None)


def _role(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    partner, role = whose_and_role(name)
    if partner not in framework.partner or role not in PARTNERS_OWN:
        return None
    title = f"{framework.partner[partner].name}: {role}"
    return Subject(Kind.ROLE, name, title, f"{HOME}/partners/{partner}")


def _officer(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = next((each for each in framework.partnership.officers if each.code == name), None)
    return Subject(Kind.OFFICER, name, known.name, f"{HOME}/decisions") if known else None


def _agreement(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = next((each for each in framework.agreements if each.code == name), None)
    return Subject(Kind.AGREEMENT, name, known.title, HOME) if known else None


def _indicator(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = framework.indicator.get(name)
    return Subject(Kind.INDICATOR, name, known.title, f"{HOME}/indicators/{name}") if known else None


def return_and_indicator(name: str) -> tuple[str, str]:
    """The return and the indicator that words stand beside, or the words' own id and what they are on, by a subject.

    The id of a word that came in a workbook has a stroke of its own; no code has one.
    """
    reference, _, indicator = name.rpartition("/")
    return reference, indicator


def _words(framework: Framework, facts: Facts, name: str) -> Subject | None:
    """Words that wait; they stand on the page of the release that they would be published with, or of asks."""
    reference, on = return_and_indicator(name)
    came = words_named(facts, reference, on) or facts.received(reference)
    if came and not came.request:
        known = framework.board.get(on)
        return Subject(Kind.WORDS, name, f"What was written of {on}" if known is None else known.name, ASKS)
    whose = _request(framework, facts, came.request) if came else None
    about = framework.activity.get(on) or framework.indicator.get(on)
    if whose is None or whose.request is None or about is None:
        return None
    page = f"{HOME}/collections/{whose.request.collection}/release"
    return Subject(Kind.WORDS, name, f"{about.title}, {whose.title}", page, whose.request)


def _activity(framework: Framework, facts: Facts, name: str) -> Subject | None:
    collection, _, code = name.partition("/")
    plan, known = plan_for(framework, facts, collection), framework.activity.get(code)
    if plan is None or known is None:
        return None
    return Subject(Kind.ACTIVITY, name, f"{known.title}, {plan.label}", f"{HOME}/activities/{collection}", plan=plan)


def _risk(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = next((each for each in framework.risks if each.code == name), None)
    return Subject(Kind.RISK, name, known.title, f"{HOME}/risks") if known else None


def _bid(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = next((each for each in framework.bids if each.code == name), None)
    return Subject(Kind.BID, name, known.title, f"{HOME}/risks") if known else None


def _board(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = {each.code: each for each in boards_asked(framework)}.get(name)
    return Subject(Kind.BOARD, name, known.name, ASKS) if known and framework.partnership.follows_up else None


def _ask(framework: Framework, facts: Facts, name: str) -> Subject | None:
    known = asks_of(framework, facts).get(name)
    follows_up = framework.partnership.follows_up and known and known.board in framework.board
    return Subject(Kind.ASK, name, known.what, ASKS) if known and follows_up else None


def _action(framework: Framework, facts: Facts, name: str) -> Subject | None:
    known = agreed_actions(facts).get(name)
    return Subject(Kind.ACTION, name, known.set.what, ASKS) if known and framework.partnership.follows_up else None


def _submission(framework: Framework, facts: Facts, name: str) -> Subject | None:
    known = next((each for each in owed_outward(framework, facts) if each.name == name), None)
    title = f"{known.submission.title}, {say_date(known.on)}" if known else ""
    return Subject(Kind.SUBMISSION, name, title, f"{HOME}/risks") if known else None


def _partnership(framework: Framework, _facts: Facts, name: str) -> Subject | None:
    known = framework.partnership
    return Subject(Kind.PARTNERSHIP, name, known.name, HOME) if name == known.code else None


_FINDERS: dict[Kind, Callable[[Framework, Facts, str], Subject | None]] = {
    Kind.REQUEST: _request,
    Kind.COLLECTION: _collection,
    Kind.EMAIL: _email,
    Kind.ROLE: _role,
    Kind.OFFICER: _officer,
    Kind.AGREEMENT: _agreement,
    Kind.INDICATOR: _indicator,
    Kind.WORDS: _words,
    Kind.ACTIVITY: _activity,
    Kind.RISK: _risk,
    Kind.BID: _bid,
    Kind.BOARD: _board,
    Kind.ASK: _ask,
    Kind.ACTION: _action,
    Kind.SUBMISSION: _submission,
    Kind.PARTNERSHIP: _partnership,
}


def decide_url(decision: str, name: str) -> str:
    """Where a decision about something is taken."""
    return f"{HOME}/decide/{decision}/{quote(name)}"


def emails_next(framework: Framework, facts: Facts, today_or_later: date, only: str = "") -> list[Send]:
    """The emails that the next working day from a day on would bring, of one request or of all."""
    day = framework.calendar.add(today_or_later, 0)
    due = (each for each in will_be_due(framework, facts, day) if isinstance(each, Send))
    return [each for each in due if not only or only in (each.request, each.collection)]
