"""Where a data request stands: a pure function of the facts and today. The only definition of *overdue* is here."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.verdicts import (
    accepted_returns,
    answered_by,
    last_word,
    missing_after,
    was_sent_back,
)
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Verdict
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Wait

LONDON = ZoneInfo("Europe/London")


class State(StrEnum):
    """What an officer would say of a request, in a few words."""

    AWAITED = "awaited"
    OVERDUE = "overdue"
    NEEDS_TIME = "needs time"
    RECEIVED = "received, being checked"
    SENT_BACK = "sent back"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_CAVEATS = "accepted with caveats"
    PART = "part received"
    NIL = "nil return"
    NOT_AVAILABLE = "not available"
    WAIVED = "waived"


@dataclass(frozen=True)
class Awaiting:
    """What is still awaited of a partner, until when, and since which day (when it was last spoken with)."""

    wait: Wait
    due: date
    since: date


@dataclass(frozen=True)
class Standing:
    """Where a request stands on a day. `awaiting` is None once nothing more is expected."""

    request: RequestMade
    state: State
    awaiting: Awaiting | None
    latest: ReturnReceived | None = None
    verdict: VerdictGiven | None = None
    accepted: tuple[ReturnReceived, ...] = ()  # the returns that count, oldest first: later figures replace earlier
    answered: tuple[str, ...] = ()  # the asked indicators that accepted returns have a word on
    missing: tuple[str, ...] = ()  # those that they do not answer, or not wholly


def london_day(moment: datetime) -> date:
    """The calendar day in London of an aware moment."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(LONDON).date()


def overdue(due: date, today: date, calendar: WorkingDays) -> bool:
    """Whether something due on a day is late: due on a Sunday, it is late from the Tuesday."""
    return today > calendar.add(due, 0)


def standing(framework: Framework, facts: Facts, request: RequestMade, today: date) -> Standing:
    """Where a request stands on `today`."""
    request = as_promised(facts, request)
    accepted = accepted_returns(facts, request.request)
    answered, missing = answered_by(facts, request, accepted), missing_after(facts, request, accepted)
    returns = facts.about(request.request, ReturnReceived)
    latest = returns[-1] if returns else None
    given = last_word(facts, latest) if latest else None
    if facts.about(request.request, RequestWaived):
        state, awaiting = State.WAIVED, None
    elif latest:
        state, awaiting = _after_a_return(framework, facts, request, latest, given, missing)
    else:
        state, awaiting = _before_any_return(framework, facts, request)
    if awaiting and state in (State.AWAITED, State.NEEDS_TIME) and overdue(awaiting.due, today, framework.calendar):
        state = State.OVERDUE
    return Standing(request, state, awaiting, latest, given, accepted, answered, missing)


def _after_a_return(
    framework: Framework,
    facts: Facts,
    request: RequestMade,
    latest: ReturnReceived,
    given: VerdictGiven | None,
    missing: tuple[str, ...],
) -> tuple[State, Awaiting | None]:
    if given is None:
        return State.RECEIVED, None
    spoken = london_day(given.at)
    if was_sent_back(given):
        due = framework.calendar.add(spoken, framework.partnership.rhythm.correction_days)
        return State.SENT_BACK, _moved(framework, facts, request, Awaiting(Wait.CORRECTION, due, spoken))
    if missing:
        due = latest.rest_by or framework.calendar.add(spoken, framework.partnership.rhythm.correction_days)
        return State.PART, _moved(framework, facts, request, Awaiting(Wait.REST, due, spoken))
    if latest.kind is ReturnKind.NIL:
        return State.NIL, None
    caveats = given.verdict == Verdict.ACCEPTED_WITH_CAVEATS
    return (State.ACCEPTED_WITH_CAVEATS if caveats else State.ACCEPTED), None


def _before_any_return(framework: Framework, facts: Facts, request: RequestMade) -> tuple[State, Awaiting | None]:
    replies = facts.about(request.request, ReplyReceived)
    unavailable = {
        code
        for reply in replies
        if reply.kind is ReplyKind.NOT_AVAILABLE
        for code in (reply.indicators or request.asked)
    }
    if unavailable >= set(request.asked):
        return State.NOT_AVAILABLE, None
    first = Awaiting(Wait.FIRST, request.due, london_day(request.at))
    moved = _moved(framework, facts, request, first)
    return (State.NEEDS_TIME if moved.wait is Wait.MORE_TIME else State.AWAITED), moved


def _moved(framework: Framework, facts: Facts, request: RequestMade, awaiting: Awaiting) -> Awaiting:
    """What is awaited after everything the partner said, and officers decided, since the waiting began."""
    decided = {each.reply: each for each in facts.about(request.request, ExtensionDecided)}
    spoken: list[ReplyReceived | ExtensionDecided] = [
        *facts.about(request.request, ReplyReceived),
        *facts.about(request.request, ExtensionDecided),
    ]
    for fact in sorted(spoken, key=lambda each: (each.at, each.key)):
        day = london_day(fact.at)
        if day < awaiting.since:
            continue
        if isinstance(fact, ExtensionDecided):
            if fact.granted and fact.until:
                awaiting = Awaiting(Wait.MORE_TIME, fact.until, day)
            elif not fact.granted:
                awaiting = Awaiting(Wait.FIRST, request.due, day)
        elif fact.reply not in decided:
            awaiting = _after_a_reply(framework, request, awaiting, fact)
    return awaiting


def _after_a_reply(framework: Framework, request: RequestMade, awaiting: Awaiting, reply: ReplyReceived) -> Awaiting:
    """Any reply stops what was running: the ladder begins again from the day that the reply points to."""
    day, add = london_day(reply.at), framework.calendar.add
    if reply.kind in (ReplyKind.NEEDS_TIME, ReplyKind.OWN_REFERENCE):
        lead_time = framework.partner[request.partner].lead_time
        return Awaiting(Wait.MORE_TIME, reply.until or max(awaiting.due, add(day, lead_time)), day)
    correction_days = framework.partnership.rhythm.correction_days
    return Awaiting(awaiting.wait, max(awaiting.due, add(day, correction_days)), day)
