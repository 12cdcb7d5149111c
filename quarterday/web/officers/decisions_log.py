"""The log of what officers decided, latest first: to narrow, and to undo or follow from."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.collection.binding import plans
from quarterday.domain.facts import (
    ActivityRuled,
    BidTold,
    CollectionBound,
    ContactChanged,
    ExtensionDecided,
    Fact,
    FiguresHeld,
    GapRecorded,
    IndicatorNoted,
    LimitsSet,
    LinkReplaced,
    LinkRevoked,
    MessageHastened,
    MessageHeld,
    MessageSettled,
    OfficerWrote,
    PreReleaseGiven,
    ReleaseApproved,
    ReleaseHeld,
    ReleaseWithdrawn,
    RequestWaived,
    ReturnReceived,
    RiskReviewed,
    SubmissionSent,
    VerdictGiven,
    WaiverLifted,
    WordsRead,
)
from quarterday.domain.telling.audit import Teller
from quarterday.domain.telling.choosing import Chosen
from quarterday.web.officers.officer_door import SignedInVisit, officers_page
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.subjects import emails_next
from quarterday.web.officers.undo_offered import Undo, undo_offer
from quarterday.web.officers.undoing import holds, taken_back_by, told
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site

_SHOWN = 100
_ABOUT: dict[str, tuple[type[Fact], ...]] = {
    "time": (ExtensionDecided, RequestWaived, WaiverLifted, GapRecorded),
    "returns": (VerdictGiven, ReturnReceived),
    "emails": (MessageHeld, MessageHastened, MessageSettled, OfficerWrote),
    "people": (ContactChanged, LinkReplaced, LinkRevoked),
    "releases": (
        *(ReleaseApproved, ReleaseHeld, ReleaseWithdrawn, PreReleaseGiven),
        *(FiguresHeld, WordsRead, IndicatorNoted, LimitsSet),
    ),
    "activities": (ActivityRuled, RiskReviewed, BidTold, SubmissionSent),
    "configuration": (CollectionBound,),
}


@dataclass(frozen=True)
class Decided:
    """A line of the log, with the ways to decide the same anew."""

    when: str
    who: str
    what: str
    why: str
    became: str  # whether it still holds, and whether anybody was told
    ways: list[Way]
    undo: Undo | None = None


def log_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """The log."""
    officers = {each.code: each.name for each in visit.framework.partnership.officers}
    teller = Teller(visit.framework, visit.facts)
    asked = {each: request.query_params.get(each, "") for each in ("by", "partner", "quarter", "about")}
    taken = Chosen(asked["quarter"], decisions=True).of(visit.framework, visit.facts)
    chosen = [each for each in taken if _is_asked_for(teller, each, asked)][::-1]
    return officers_page(
        site,
        request,
        visit,
        "officers/decisions",
        section="decisions",
        done=outcome(site.words, request, visit),
        lines=[_line(site, visit, teller, each) for each in chosen[:_SHOWN]],
        more=max(0, len(chosen) - _SHOWN),
        filters=_filters(site, visit, officers),
        asked=asked,
        sign_outs=[(name, ways_of(site.words, ("sign-out-officer",), code)) for code, name in officers.items()],
    )


def _filters(site: Site, visit: SignedInVisit, officers: dict[str, str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """By what the log may be narrowed: the name of each filter and its choices."""
    begun = [each for each in plans(visit.framework, visit.facts) if each.opens <= visit.today]
    return [
        ("by", list(officers.items())),
        ("partner", [(each.code, each.name) for each in visit.framework.partners]),
        ("quarter", [(each.collection, each.label) for each in reversed(begun)]),
        ("about", [(each, site.words.say(f"officers.log.about_{each}")) for each in _ABOUT]),
    ]


def _is_asked_for(teller: Teller, fact: Fact, asked: dict[str, str]) -> bool:
    names = teller.names_in(fact) | {str(getattr(fact, each, "")) for each in ("collection", "message")}
    return (
        asked["by"] in ("", fact.by)
        and (not asked["partner"] or _names(names, f".{asked['partner']}", asked["partner"]))
        and (not asked["about"] or isinstance(fact, _ABOUT.get(asked["about"], ())))
    )


def _names(names: set[str], ending: str, name: str) -> bool:
    """Whether a partner is named, by itself or by a request of its own."""
    return name in names or any(each.partition("/")[0].endswith(ending) for each in names)


def _line(site: Site, visit: SignedInVisit, teller: Teller, fact: Fact) -> Decided:
    entry = teller.entry(fact)
    standing, heard = holds(visit.facts, fact), told(visit.facts, fact)
    names, about = taken_back_by(visit.facts, fact) if standing else ((), "")
    became = "no_more" if not standing else "" if heard is None else "told" if heard else "untold"
    said = site.words.say(f"officers.log.{became}") if became else ""
    ways = ways_of(site.words, names, about)
    if standing and heard is False and isinstance(fact, OfficerWrote):
        due = emails_next(visit.framework, visit.facts, visit.today, fact.request)
        ways = [
            way for each in due if each.about == fact.letter for way in ways_of(site.words, ("hold-email",), each.key)
        ]
    undo = undo_offer(site.words, visit, fact) if standing else None
    return Decided(entry.when, entry.who, entry.what, entry.why, said, [] if undo else ways, undo)
