"""Where a data request stands: a pure function of the facts and today. The only definition of *overdue* is here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.activities.told import open_activities
from quarterday.domain.collection.covered import as_covered
from quarterday.domain.collection.open_figures import open_figures
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.verdicts import (
    accepted_returns,
    answered_by,
    last_word,
    missing_after,
    was_sent_back,
)
from quarterday.domain.collection.waiting import LONDON, Awaiting, course_of, london_day, say_moment
from quarterday.domain.facts import Facts, RequestMade, ReturnKind, ReturnReceived, Verdict, VerdictGiven
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Wait

__all__ = ["LONDON", "Awaiting", "Standing", "State", "london_day", "overdue", "say_moment", "standing"]


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
    still_open: tuple[str, ...] = ()  # those of the missing that nothing else answers either, and that may still come
    open_activities: tuple[str, ...] = ()  # the activities of which nothing has been told yet


def overdue(due: date, today: date, calendar: WorkingDays) -> bool:
    """Whether something due on a day is late: due on a Sunday, it is late from the Tuesday."""
    return today > due and today > calendar.add(due, 0)


def standing(framework: Framework, facts: Facts, request: RequestMade, today: date) -> Standing:
    """Where a request stands on `today`."""
    request = as_promised(facts, request)
    accepted = accepted_returns(facts, request.request)
    answered, missing = answered_by(facts, request, accepted), missing_after(facts, request, accepted)
    untold = open_activities(facts, request)
    returns = facts.about(request.request, ReturnReceived)
    latest = returns[-1] if returns else None
    wanted = as_covered(framework, request, today) if latest else request
    still_open = tuple(code for code in open_figures(facts, request) if code in wanted.asked)
    given = last_word(facts, latest) if latest else None
    course = course_of(framework, facts, request)
    awaiting = course.awaiting(missing, (*still_open, *untold))
    state = State.WAIVED if course.waived else _state(request, latest, given, (still_open, untold), awaiting)
    if awaiting and state in (State.AWAITED, State.NEEDS_TIME) and overdue(awaiting.due, today, framework.calendar):
        state = State.OVERDUE
    return Standing(request, state, awaiting, latest, given, accepted, answered, missing, still_open, untold)


def _state(
    request: RequestMade,
    latest: ReturnReceived | None,
    given: VerdictGiven | None,
    left: tuple[tuple[str, ...], tuple[str, ...]],
    awaiting: Awaiting | None,
) -> State:
    figures, untold = left
    if latest is None:
        if not figures and not untold:
            return State.NOT_AVAILABLE if request.asked or not request.activities else State.ACCEPTED
        return State.NEEDS_TIME if awaiting and awaiting.wait is Wait.MORE_TIME else State.AWAITED
    if given is None:
        return State.RECEIVED
    if was_sent_back(given):
        return State.SENT_BACK
    if figures or untold:
        return State.PART
    if latest.kind is ReturnKind.NIL:
        return State.NIL
    caveats = given.verdict == Verdict.ACCEPTED_WITH_CAVEATS
    return State.ACCEPTED_WITH_CAVEATS if caveats else State.ACCEPTED
