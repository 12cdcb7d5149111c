"""What became of a decision since, and by which other it is taken back, or followed by another word.

As long as no email has told of it, nobody hears of a decision that is taken back; afterwards the next word tells of the
change.
"""

from collections.abc import Iterable

from quarterday.domain.collection.decided import ACCEPTED, ASKED_AFTER_ALL, GRANTED, LET_OFF, REFUSED, SENT_BACK
from quarterday.domain.collection.releases import releases_of
from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    ActivityRuled,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BidTold,
    ContactChanged,
    ExtensionDecided,
    Fact,
    Facts,
    FiguresHeld,
    GapRecorded,
    IndicatorNoted,
    LimitsSet,
    MatterPutOff,
    MessageHastened,
    MessageHeld,
    MessageReserved,
    OfficerWrote,
    ReleaseApproved,
    ReleaseHeld,
    ReleaseMade,
    RequestWaived,
    RiskReviewed,
    SubmissionSent,
    VerdictGiven,
    WaiverLifted,
    WordsOn,
    WordsRead,
)
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.figures.findings import Verdict

_TOLD_BY: dict[type[Fact], tuple[str, ...]] = {
    ExtensionDecided: (GRANTED, REFUSED),
    RequestWaived: (LET_OFF,),
    WaiverLifted: (ASKED_AFTER_ALL,),
    VerdictGiven: (SENT_BACK, ACCEPTED),
    OfficerWrote: ("letter",),
}
_ONE_MATTER: tuple[tuple[type[Fact], ...], ...] = ((RequestWaived, WaiverLifted), (ReleaseApproved, ReleaseHeld))
_NOTING = {WordsOn.COMMENTARY: "comment", WordsOn.READING: "agree-reading", WordsOn.NOTE: "take-note"}

Way = tuple[tuple[str, ...], str]  # the decisions, and what they are about


def told(facts: Facts, fact: Fact) -> bool | None:
    """Whether an email has told of a decision; None where none does."""
    occasions, request = _TOLD_BY.get(type(fact), ()), getattr(fact, "request", "")
    if not occasions:
        return None
    booked = facts.about(request, MessageReserved)
    return any(each.occasion in occasions and each.at >= fact.at for each in booked)


def built_on(facts: Facts, decided: Iterable[Fact]) -> bool:
    """Whether anything was said since of the ask or the action that a decision made."""
    said = [each for kind in (AskAnswered, AskWithdrawn, ActionSet, ActionTold) for each in facts.of(kind)]
    return any(_rests_on(each, fact) for fact in decided for each in said if each.at > fact.at)


def _rests_on(later: Fact, fact: Fact) -> bool:
    name = "ask" if isinstance(fact, AskRaised) else "action" if isinstance(fact, ActionSet) else ""
    return bool(name) and getattr(later, name, "") == getattr(fact, name)


def holds(facts: Facts, fact: Fact) -> bool:
    """Whether no later decision on the same matter has taken its place, and nobody took it back."""
    if not facts.stands(fact):
        return False
    kinds = next((each for each in _ONE_MATTER if type(fact) in each), (type(fact),))
    later = (each for kind in kinds for each in facts.of(kind) if each.at > fact.at)
    return isinstance(fact, OfficerWrote) or not any(_matter(each) == _matter(fact) for each in later)


def _matter(fact: Fact) -> tuple[str, ...]:
    names = (
        "request",
        "collection",
        "message",
        "partner",
        "role",
        "indicator",
        "kind",
        "from_day",
        "matter",
        "version",
        "activity",
        "risk",
        "bid",
        "submission",
        "owed_on",
        "ask",
        "action",
        "board",
    )
    return tuple(str(getattr(fact, each, "")) for each in names)


def taken_back_by(facts: Facts, fact: Fact) -> Way:
    """By which decisions, about what, one is taken back or followed; none where there is no going back."""
    match fact:
        case ExtensionDecided():
            return (("refuse-time", "grant-time") if fact.granted else ("grant-time",)), fact.request
        case VerdictGiven():
            return (("accept-return",) if fact.verdict == Verdict.QUERIED else ("send-back",)), fact.request
        case RequestWaived():
            return ("ask-after-all",), fact.request
        case WaiverLifted():
            return ("let-off",), fact.request
        case GapRecorded(request=request) if request:
            return ("record-gap",), request
        case FiguresHeld():
            return (("publish-figures",) if fact.held else ("hold-figures",)), fact.request
        case OfficerWrote():
            return ("write",), fact.request
        case MessageHeld() | MessageHastened():
            return _of_an_email(facts, fact)
        case ContactChanged():
            return ("change-contact",), recipient_code(fact.partner, fact.role)
        case _:
            return _of_a_release(facts, fact)


def _of_an_email(facts: Facts, fact: MessageHeld | MessageHastened) -> Way:
    if fact.message in facts.reserved():
        return (), ""
    return (("let-email-go",) if isinstance(fact, MessageHeld) and fact.held else ("hold-email",)), fact.message


def _of_a_release(facts: Facts, fact: Fact) -> Way:
    match fact:
        case ReleaseApproved() if any(each.version == fact.version for each in releases_of(facts, fact.collection)):
            return ("withdraw-release",), fact.collection
        case ReleaseApproved():
            return ("hold-release",), fact.collection
        case ReleaseHeld():
            return ("approve-release",), fact.collection
        case ReleaseMade():
            return ("withdraw-release",), fact.collection
        case WordsRead():
            other = "keep-words-back" if fact.publish else "publish-words"
            return (other,), f"{fact.partner_return}/{fact.indicator}"
        case IndicatorNoted():
            return (_NOTING[fact.kind],), fact.indicator
        case LimitsSet():
            return (("limits-back",) if fact.holds else ("limits-anew",)), fact.indicator
        case MatterPutOff():
            return ("put-off",), fact.matter
        case _:
            return _of_the_plan(fact)


def _of_the_plan(fact: Fact) -> Way:
    match fact:
        case RiskReviewed():
            return ("review-risk",), fact.risk
        case BidTold():
            return ("tell-bid",), fact.bid
        case SubmissionSent():
            return ("record-submission",), f"{fact.submission}/{fact.owed_on.isoformat()}"
        case ActivityRuled():
            return ("rate-activity",), f"{fact.collection}/{fact.activity}"
        case _:
            return (), ""
