"""A rehearsed history for the decision: perform what is due, as the flows do, and keep the facts."""

from datetime import UTC, date, datetime, time, timedelta

from quarterday.domain.collection.actions import (
    Action,
    CloseCollection,
    LeaveAtRest,
    MakeRequest,
    OpenCollection,
    Publish,
    RaiseAsk,
    RecordActivityGap,
    RecordGap,
    Send,
)
from quarterday.domain.collection.binding import opening
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.horizon import OCCASION
from quarterday.domain.facts import (
    ActivityGap,
    AnswerTold,
    AskRaised,
    CollectionClosed,
    CollectionsAtRest,
    Fact,
    Facts,
    FrameworkKept,
    GapRecorded,
    MessageReserved,
    ReleaseMade,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework

WHO = {"partnership": "somewhere", "by": "quarterday"}
EVERYTHING = ("deliberate-fires", "robberies", "smoke-alarms")  # all that anybody is asked for in these histories


def at(day: date, hour: int = 10) -> datetime:
    """An hour of a day in UTC."""
    return datetime.combine(day, time(hour), UTC)


def with_new(facts: Facts, *made: Fact) -> Facts:
    """Facts and those that a register would take beside them: a framework that is kept already is not kept again."""
    kept = {each.key for each in facts.of(FrameworkKept)}
    return facts.plus(*(each for each in made if not isinstance(each, FrameworkKept) or each.key not in kept))


def recorded(framework: Framework, action: Action, day: date) -> tuple[Fact, ...]:
    """All that performing an action records."""
    if isinstance(action, OpenCollection):
        return opening(framework, action.plan, at=at(day, 9), **WHO)
    if isinstance(action, MakeRequest):
        told = (AnswerTold(ask=a.ask, answer=a.key, told_in=action.request, at=at(day, 9), **WHO) for a in action.tells)
        return (facts_of(action, day), *told)
    return (facts_of(action, day),)


def facts_of(action: Action, day: date) -> Fact:
    """What performing an action records, where it is one fact."""
    when = {"at": at(day, 9), **WHO}
    match action:
        case MakeRequest():
            same = {name: getattr(action, name) for name in ("collection", "request", "partner", "asked", "withheld")}
            return RequestMade(**same, due=action.due, closes=action.closes, activities=action.activities, **when)
        case Send():
            return MessageReserved(
                collection=action.collection,
                request=action.request,
                message=action.key,
                occasion=action.occasion,
                email=action.email,
                recipient=action.recipient.code,
                subject="",
                outbox_id="",
                tells_of=action.about,
                reader=action.recipient.mark,
                **when,
            )
        case RecordGap():
            same = {name: getattr(action, name) for name in ("collection", "request", "partner", "indicator", "owner")}
            return GapRecorded(**same, reason=action.why, expected=action.expected, **when)
        case RecordActivityGap():
            same = {name: getattr(action, name) for name in ("collection", "request", "partner", "activity")}
            return ActivityGap(**same, reason=action.why, expected=action.expected, **when)
        case CloseCollection():
            return CollectionClosed(collection=action.collection, **when)
        case RaiseAsk():
            first = action.first
            return AskRaised(
                ask=action.ask, asker=action.asker, board=action.board, kind=first.kind, what=first.what, **when
            )
        case LeaveAtRest():
            return CollectionsAtRest(collections=action.collections, quiet_since=action.quiet_since, **when)
        case Publish():
            return ReleaseMade(
                collection=action.collection,
                version=action.version,
                kind=action.kind,
                folder="",
                manifest_sha256="",
                returns=(),
                **when,
            )


def days(first: date, last: date) -> list[date]:
    """Every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def walk(framework: Framework, on: list[date], facts: Facts | None = None) -> tuple[Facts, list[tuple[date, Action]]]:
    """Run the decision on each of the days and perform all that it says."""
    facts = facts or Facts()
    done: list[tuple[date, Action]] = []
    for day in on:
        actions = what_is_due(framework, facts, day)
        done += [(day, action) for action in actions]
        facts = with_new(facts, *(fact for action in actions for fact in recorded(framework, action, day)))
    return facts, done


def sent(done: list[tuple[date, Action]], partner: str = "") -> list[tuple[date, str]]:
    """The emails that went, by day and rung; not the word that the one meeting of these histories is the last."""
    return [
        (day, action.occasion)
        for day, action in done
        if isinstance(action, Send) and action.occasion != OCCASION and (not partner or action.partner == partner)
    ]


def a_return(request: str, day: date, **more: object) -> ReturnReceived:
    """A return that arrived on a day."""
    parts = {
        "request": request,
        "partner_return": f"R-{request}-{day}",
        "at": at(day),
        "by": f"{request.rpartition('.')[2]}/contact",
        "partnership": "somewhere",
        "kind": ReturnKind.FIGURES,
    }
    return ReturnReceived(**{**parts, **more})


def a_verdict(received: ReturnReceived, verdict: str, **more: object) -> VerdictGiven:
    """What the checks made of a return, an hour later."""
    return VerdictGiven(
        request=received.request,
        partner_return=received.partner_return,
        verdict=verdict,
        critical=0,
        warnings=0,
        notes=0,
        findings_stored_as="",
        at=received.at + timedelta(hours=1),
        **{"answered": EVERYTHING, **WHO, **more},
    )
