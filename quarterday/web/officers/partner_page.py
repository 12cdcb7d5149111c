"""A partner in a collection: where it stands, the whole correspondence, whom we write to, and what may be decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.mail.kept_words import words_of
from quarterday.domain.collection.binding import plan_for, standing_of, under_way
from quarterday.domain.collection.booked import booked_messages
from quarterday.domain.collection.held_figures import held_of
from quarterday.domain.collection.people import holder
from quarterday.domain.collection.standing import Standing, State, london_day, overdue
from quarterday.domain.facts import (
    EmailKept,
    Facts,
    FiguresSeen,
    LinkIssued,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
)
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Contact, Role
from quarterday.domain.telling.audit import Teller
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.owing import Owing
from quarterday.web.officers.subjects import request_page
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

_DECISIONS = (
    "grant-time",
    "accept-return",
    "send-back",
    "record-gap",
    "hold-figures",
    "publish-figures",
    "let-off",
    "ask-after-all",
    "write",
    "hand-in",
    "fresh-link",
    "stop-links",
    "make-key",
    "revoke-keys",
)
_UNSAID = (LinkIssued, LinkRevoked, MessageSettled, FiguresSeen, EmailKept)
_ROLES = (Role.CONTACT, Role.DEPUTY, Role.MANAGER)


@dataclass(frozen=True)
class Line:
    """One line of the thread."""

    when: str
    who: str
    what: str
    why: str
    ways: list[Way]
    words: str = ""  # of an email, as it was sent


@dataclass(frozen=True)
class Held:
    """A role at a partner: who has it, and whether an email to them came back."""

    role: str
    person: Contact | None
    came_back: bool
    ways: list[Way]


@dataclass(frozen=True)
class Quarter:
    """How punctual the partner was in one collection: its first return beside the day it was due."""

    label: str
    href: str
    state: str
    due: date
    first: date | None
    days_late: int


def partner_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The page of a partner in a collection; without one, in the collection under way or its last."""
    framework, facts = visit.framework, visit.facts
    partner = framework.partner.get(request.path_params["partner"])
    if partner is None:
        return officers_problem(site, request, "gone", 404)
    known_as = (partner.code, *framework.predecessors(partner.code))
    asked = [each for each in facts.of(RequestMade) if each.partner in known_as]
    collection = request.path_params.get("collection", "")
    plan = plan_for(framework, facts, collection) if collection else under_way(framework, facts, visit.today)
    made = next((each for each in asked if each.collection == (collection or (plan.collection if plan else ""))), None)
    if made is None and not collection and asked:
        made = asked[-1]
        plan = plan_for(framework, facts, made.collection)
    if collection and plan is None and made is None:
        return officers_problem(site, request, "gone", 404)
    stands = standing_of(framework, facts, made, visit.today) if made else None
    return officers_page(
        site,
        request,
        visit,
        "officers/partner",
        section="collections",
        done=outcome(site.words, request, visit, made.request if made else ""),
        partner=partner,
        label=plan.label if plan else (made.collection if made else ""),
        made=made,
        plan=plan,
        stands=stands,
        colour=Owing.colour,
        titles=lambda codes: [framework.indicator[each].title for each in codes if each in framework.indicator],
        own_page=f"{request_page(made.partner, made.collection)}/as-they-see-it" if made else "",
        ways=ways_of(site.words, _open(stands, held_of(facts, made.request)), made.request) if made and stands else [],
        thread=_thread(site, visit, made) if made else [],
        people=[_held(site.words, visit, partner.code, role) for role in _ROLES],
        colleagues=_colleagues(visit, made) if made else [],
        agreements=_agreements(framework, partner.code, visit.today),
        quarters=[_quarter(framework, facts, each, visit.today) for each in reversed(asked)],
    )


def _open(stands: Standing, held: Collection[str]) -> tuple[str, ...]:
    """The decisions that make sense as the request stands. The ruling has the last word."""
    closed = {"accept-return"} if stands.state is not State.SENT_BACK else set()
    closed |= {"let-off"} if stands.state is State.WAIVED else {"ask-after-all"}
    closed |= set() if stands.verdict else {"send-back"}
    closed |= set() if stands.awaiting else {"grant-time", "record-gap", "let-off"}
    closed |= set() if set(stands.answered) - set(held) else {"hold-figures"}
    closed |= set() if held else {"publish-figures"}
    return tuple(each for each in _DECISIONS if each not in closed)


def _thread(site: Site, visit: SignedInVisit, made: RequestMade) -> list[Line]:
    """The correspondence, latest first: emails with what became of them, answers, uploads, verdicts, decisions."""
    teller = Teller(visit.framework, visit.facts)
    became = {each.message.message: each.outcome for each in booked_messages(visit.facts)}
    lines: list[Line] = []
    for fact in visit.facts:
        if isinstance(fact, _UNSAID) or made.request not in teller.names_in(fact) | {getattr(fact, "request", "")}:
            continue
        entry, ways = teller.entry(fact), []
        what = entry.what if visit.facts.stands(fact) else f"{entry.what} {site.words.say('officers.undo.was')}"
        if isinstance(fact, MessageReserved) and (outcome_of := became.get(fact.message)):
            what = f"{what} {site.words.say('officers.became', outcome=outcome_of.value)}"
        if isinstance(fact, ReturnReceived):
            ways = [Way(site.words.say("officers.look_at_return"), f"{HOME}/returns/{fact.partner_return}")]
        sent = (
            words_of(site.installation.stores, visit.facts, fact.message) if isinstance(fact, MessageReserved) else ""
        )
        lines.append(Line(entry.when, entry.who, what, entry.why, ways, sent))
    return lines[::-1]


def _held(words: Words, visit: SignedInVisit, partner: str, role: Role) -> Held:
    code = recipient_code(partner, role)
    bounced = {each.message for each in visit.facts.of(MessageSettled) if each.outcome is Outcome.BOUNCED}
    to_them = [each for each in visit.facts.of(MessageReserved) if each.recipient == code]
    person = holder(visit.framework, visit.facts, partner, role)
    came_back = bool(to_them) and to_them[-1].message in bounced
    return Held(role.value, person, came_back, ways_of(words, ("change-contact",), code))


def _colleagues(visit: SignedInVisit, made: RequestMade) -> list[tuple[str, str, str]]:
    """The colleagues whom the partner named for a request: name, address, and which figures are theirs."""
    named = (each for each in visit.facts.about(made.request, ReplyReceived) if each.kind is ReplyKind.COLLEAGUE)
    known = visit.framework.indicator
    titles = [(each, [known[code].title for code in each.indicators if code in known]) for each in named]
    return [(each.colleague_name, each.colleague_email, "; ".join(of)) for each, of in titles]


def _agreements(framework: Framework, partner: str, today: date) -> list[tuple[Agreement, str]]:
    of_it = (each for each in framework.agreements if partner in each.parties)
    return [(each, each.state_on(today).value) for each in of_it]


def _quarter(framework: Framework, facts: Facts, made: RequestMade, today: date) -> Quarter:
    plan = plan_for(framework, facts, made.collection)
    returns = facts.about(made.request, ReturnReceived)
    first = london_day(returns[0].at) if returns else None
    until = first or today
    late = framework.calendar.between(framework.calendar.add(made.due, 0), until)
    return Quarter(
        plan.label if plan else made.collection,
        request_page(made.partner, made.collection),
        standing_of(framework, facts, made, today).state.value,
        made.due,
        first,
        max(0, late) if overdue(made.due, until, framework.calendar) else 0,
    )
