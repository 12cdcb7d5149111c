"""The log of what officers decided, latest first: to narrow to an officer or a partner, and to decide anew from."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.facts import (
    ContactChanged,
    ExtensionDecided,
    Fact,
    FiguresSeen,
    GapRecorded,
    LinkIssued,
    MessageHeld,
    ReleaseApproved,
    ReleaseMade,
    RequestWaived,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInTried,
    UploadKept,
    VerdictGiven,
)
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.figures.findings import Verdict
from quarterday.domain.telling.audit import Entry, Teller
from quarterday.web.officers.officer_door import SignedInVisit, officers_page
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

_NO_DECISION = (SignInAsked, SignInTried, SignedIn, SignedOut, FiguresSeen, LinkIssued, UploadKept)
_SHOWN = 100


@dataclass(frozen=True)
class Decided:
    """A line of the log, with the ways to decide the same anew."""

    when: str
    who: str
    what: str
    why: str
    ways: list[Way]


def log_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The log."""
    officers = {each.code: each.name for each in visit.framework.partnership.officers}
    teller = Teller(visit.framework, visit.facts)
    taken = [each for each in visit.facts if each.by in officers and not isinstance(each, _NO_DECISION)]
    by, partner = request.query_params.get("by", ""), request.query_params.get("partner", "")
    chosen = [each for each in taken if by in ("", each.by) and _concerns(teller, each, partner)][::-1]
    return officers_page(
        site,
        request,
        visit,
        "officers/decisions",
        section="decisions",
        done=outcome(site.words, request, visit),
        lines=[_line(site.words, teller.entry(each), each) for each in chosen[:_SHOWN]],
        more=max(0, len(chosen) - _SHOWN),
        officers=officers.items(),
        partners=[(each.code, each.name) for each in visit.framework.partners],
        by=by,
        partner=partner,
        sign_outs=[(name, ways_of(site.words, ("sign-out-officer",), code)) for code, name in officers.items()],
    )


def _concerns(teller: Teller, fact: Fact, partner: str) -> bool:
    """Whether a decision is about a partner; about any, where none is named."""
    names = teller.names_in(fact)
    return not partner or partner in names or any(each.endswith(f".{partner}") for each in names)


def _line(words: Words, entry: Entry, fact: Fact) -> Decided:
    return Decided(entry.when, entry.who, entry.what, entry.why, ways_of(words, *_anew(fact)))


def _anew(fact: Fact) -> tuple[tuple[str, ...], str]:
    """By which decision, about what, the same is decided anew; none where there is no going back."""
    match fact:
        case ExtensionDecided():
            return ("grant-time",), fact.request
        case VerdictGiven(verdict=Verdict.QUERIED):
            return ("accept-return",), fact.request
        case VerdictGiven():
            return ("send-back",), fact.request
        case RequestWaived():
            return ("ask-after-all",), fact.request
        case GapRecorded(request=request) if request:
            return ("record-gap",), request
        case MessageHeld(held=True):
            return ("let-email-go",), fact.message
        case ContactChanged():
            return ("change-contact",), recipient_code(fact.partner, fact.role)
        case ReleaseApproved() | ReleaseMade():
            return ("withdraw-release",), fact.collection
        case _:
            return (), ""
