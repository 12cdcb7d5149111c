"""Today: what needs me, who owes us what, what happened, and tomorrow's emails as they will read."""

from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.disk import why_nothing_is_kept
from quarterday.adapters.doctor.last_runs import what_helps
from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.templates import EmailTemplateError
from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import plans, under_way
from quarterday.domain.collection.horizon import running_out
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    CodeAsked,
    CodeTried,
    CodeUsed,
    EmailKept,
    Fact,
    FiguresSeen,
    HeadRecorded,
    LinkIssued,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    SignedIn,
    SignInAsked,
    SignInTried,
    UndoClosed,
    UndoOffered,
)
from quarterday.domain.telling.audit import Entry, Teller
from quarterday.web.officers.officer_door import SignedInVisit, officers_page
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.owing import owing
from quarterday.web.officers.sign_in import EMAIL
from quarterday.web.officers.subjects import emails_next
from quarterday.web.officers.undo_offered import undo_offers
from quarterday.web.officers.waiting import Way, waiting, ways_of
from quarterday.web.serving.site import Site

# What happens beneath: it is in the history, and would crowd out what happened.
BENEATH = (
    *(CodeAsked, CodeTried, CodeUsed, EmailKept, FiguresSeen, HeadRecorded),
    *(LinkIssued, LinkRevoked, MessageSettled, SignedIn, SignInAsked, SignInTried, UndoOffered),
)
_SHOWN = 50  # emails of a day that are shown whole; a day with more is a day of requests, which read alike


@dataclass(frozen=True)
class Coming:
    """An email of the next working day: to whom, why, how it will read, and what may be done about it."""

    to: str
    why: str
    subject: str
    text: str
    ways: list[Way]


def today_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The officers' first page."""
    plan = under_way(visit.framework, visit.facts, visit.today)
    following = next((each for each in plans(visit.framework, visit.facts) if each.opens > visit.today), None)
    next_day = visit.framework.calendar.add(visit.today + timedelta(days=1), 0)
    runs = ill_runs(site)
    emails = emails_next(visit.framework, visit.facts, next_day)
    return officers_page(
        site,
        request,
        visit,
        "officers/today",
        section="today",
        done=outcome(site.words, request, visit),
        undo_offers=undo_offers(site.words, visit),
        waits=waiting(site.words, visit),
        ill=[*filter(None, [why_nothing_is_kept(site.installation.settings)]), *(runs or ())],
        prefect_silent=runs is None,
        owing=owing(request, visit, plan) if plan else None,
        following=following,
        ending=list(running_out(visit.framework, visit.today)),
        happened=happened_on(visit, visit.today),
        next_day=next_day,
        coming=[_coming(site, visit, each, next_day) for each in emails[:_SHOWN]],
        coming_more=max(0, len(emails) - _SHOWN),
        held=[(key, ways_of(site.words, ("let-email-go",), key)) for key in sorted(visit.facts.held())],
    )


def ill_runs(site: Site) -> list[str] | None:
    """The flows at which somebody should look, with what to do; None where Prefect does not answer."""
    runs = site.runs.now()
    return None if runs is None else [f"{each} {what_helps(each)}" for each in runs if each.ill]


def happened_on(visit: SignedInVisit, day: date) -> list[Entry]:
    """What happened on a day, latest first, decisions included."""
    teller = Teller(visit.framework, visit.facts)
    facts = [each for each in visit.facts if london_day(each.at) == day and not _beneath(each)]
    return [teller.entry(each) for each in reversed(facts)]


def _beneath(fact: Fact) -> bool:
    if isinstance(fact, UndoClosed) and not fact.taken_back:
        return True
    return isinstance(fact, BENEATH) or (isinstance(fact, MessageReserved) and fact.email == EMAIL)


def _coming(site: Site, visit: SignedInVisit, send: Send, day: date) -> Coming:
    """The email as it will read: written now, from what is known now. Its link is made when it goes."""
    installation = site.installation
    subject, text = "", site.words.say("officers.unwritten")
    at = visit.now + timedelta(days=(day - visit.today).days)
    link = site.words.say("officers.link_comes")
    try:
        email = compose(installation.settings, visit.framework, visit.facts, installation.stores, send, at, at, link)
        subject, text = email.heading, email.text
    except (EmailTemplateError, LookupError, OSError, NotStored, Damaged) as problem:
        text = f"{text} {problem}"
    now = not send.request or visit.facts.request(send.request) is not None
    ways = ways_of(site.words, ("send-email-now", "hold-email") if now else ("hold-email",), send.key)
    return Coming(f"{send.recipient.name} ({send.recipient.code})", send.why, subject, text, ways)
