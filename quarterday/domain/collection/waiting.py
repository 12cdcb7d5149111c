"""What is awaited of a partner, and until when: everything that was said and decided about a request, in its order.

A date that a partner was told never moves earlier because of what it did: it holds until a later one takes its place.
More time lies upon what is awaited, so that a correction is still a correction once time for it is granted or refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.open_figures import what_is_open
from quarterday.domain.collection.promised import as_promised, moved_on
from quarterday.domain.collection.verdicts import was_accepted, was_sent_back
from quarterday.domain.facts import (
    ActivityTold,
    ExtensionDecided,
    Fact,
    Facts,
    GapRecorded,
    MessageReserved,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Wait
from quarterday.domain.framework.periods import say_day

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Awaiting:
    """What is still awaited of a partner, until when, and since which day (when it was last spoken with)."""

    wait: Wait
    due: date
    since: date
    named: date | None = None  # the day that the partner named or was granted, where there is one


@dataclass(frozen=True)
class Course:
    """How the waiting stands after some facts: what is awaited without the time asked for, and with it."""

    plain: Awaiting
    now: Awaiting
    pending: bool = False  # a return is in and not judged, or the last one was accepted whole
    waived: RequestWaived | None = None

    def awaiting(self, missing: tuple[str, ...], still_open: tuple[str, ...]) -> Awaiting | None:
        """What is awaited; None where nothing is: the partner was let off, or all that was asked has an answer.

        A return that was sent back is awaited again even where an earlier one has all the figures.
        """
        put_right = self.plain.wait is Wait.CORRECTION and not missing
        return None if self.waived or self.pending or not (still_open or put_right) else self.now


def london_day(moment: datetime) -> date:
    """The calendar day in London of an aware moment."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(LONDON).date()


def say_moment(moment: datetime) -> str:
    """An aware moment in London, as people say it: `Monday 4 August 2025 at 10:00`."""
    return f"{say_day(london_day(moment))} at {moment.astimezone(LONDON):%H:%M}"


def waiver_of(framework: Framework, facts: Facts, request: RequestMade) -> RequestWaived | None:
    """That a partner was let off, where it still holds: a return, a lifting or time granted after it ends it."""
    return course_of(framework, facts, request).waived


def course_of(framework: Framework, facts: Facts, request: RequestMade) -> Course:
    """How the waiting for a request stands after everything that was said and decided about it."""
    request, moved = as_promised(facts, request), moved_on(facts, request)
    first = Awaiting(Wait.FIRST, request.due, london_day(moved or request.at))
    course, turn = Course(first, first), _Turn(framework, facts, request)
    for fact in _in_order(facts, request):
        course = turn.after(course, fact)
    return course


def _in_order(facts: Facts, request: RequestMade) -> Iterator[Fact]:
    kinds: tuple[type[Fact], ...] = (
        ActivityTold,
        ReturnReceived,
        VerdictGiven,
        ReplyReceived,
        RequestWaived,
        WaiverLifted,
        ExtensionDecided,
    )
    said: list[tuple[datetime, int, str, Fact]] = [
        (fact.at, number, fact.key, fact)
        for number, kind in enumerate(kinds)
        for fact in facts.about(request.request, kind)
    ]
    yield from (fact for *_, fact in sorted(said, key=lambda each: each[:3]))


@dataclass(frozen=True)
class _Turn:
    """How one fact turns the course of a request's waiting."""

    framework: Framework
    facts: Facts
    request: RequestMade

    def after(self, course: Course, fact: Fact) -> Course:
        """The course after a fact."""
        match fact:
            case ReturnReceived():
                return replace(course, pending=True, waived=None)
            case ActivityTold():
                return self._spoken_with(course, london_day(fact.at))
            case VerdictGiven():
                return self._after_a_verdict(course, fact)
            case ReplyReceived():
                return self._after_a_reply(course, fact)
            case RequestWaived():
                return replace(course, waived=fact)
            case WaiverLifted():
                return self._after_a_lifting(course, fact)
            case ExtensionDecided():
                return self._after_a_decision(course, fact)
        return course

    def _after_a_lifting(self, course: Course, lifted: WaiverLifted) -> Course:
        """Who was told that it need not send has the time of a correction; where nobody was, all is as before."""
        if course.waived is None or not self._was_told(course.waived, lifted.at):
            return replace(course, waived=None)
        plain = self._at_least(course.plain, course.now.due, london_day(lifted.at))
        return replace(course, plain=plain, now=plain, waived=None)

    def _was_told(self, waived: RequestWaived, by: datetime) -> bool:
        """Whether the partner may have read, by a moment, that it was let off."""
        emails = self.facts.about(self.request.request, MessageReserved)
        told = [each for each in emails if each.tells_of == waived.key and each.at <= by]
        return len(never_said(self.facts, told)) < len(told)

    def _after_a_verdict(self, course: Course, given: VerdictGiven) -> Course:
        """A word on the latest return begins the waiting anew: for what is to be put right, or for the rest."""
        until = [each for each in self._returns() if each.at <= given.at]
        received = until[-1] if until else None
        if received is None or received.partner_return != given.partner_return:
            return course
        day = london_day(given.at)
        if was_sent_back(given):
            plain = self._at_least(replace(course.plain, wait=Wait.CORRECTION), course.now.due, day)
            return Course(plain, plain, waived=course.waived)
        if was_accepted(given) and self._left_after(given):
            plain = self._at_least(replace(course.plain, wait=Wait.REST), course.now.due, day)
            if received.rest_by:
                plain = replace(plain, due=max(course.now.due, received.rest_by), named=received.rest_by)
            return Course(plain, plain, waived=course.waived)
        return replace(course, pending=True)

    def _left_after(self, given: VerdictGiven) -> tuple[str, ...]:
        """What was still open once a verdict was given."""
        return what_is_open(Facts(each for each in self._own() if each.at <= given.at), self.request)

    def _own(self) -> Iterator[Fact]:
        kinds: tuple[type[Fact], ...] = (ActivityTold, ReturnReceived, VerdictGiven, ReplyReceived, GapRecorded)
        for kind in kinds:
            yield from self.facts.about(self.request.request, kind)

    def _returns(self) -> tuple[ReturnReceived, ...]:
        return self.facts.about(self.request.request, ReturnReceived)

    def _after_a_reply(self, course: Course, reply: ReplyReceived) -> Course:
        """Any reply stops what was running: the ladder begins again from the day that the reply points to."""
        day, add = london_day(reply.at), self.framework.calendar.add
        if reply.kind in (ReplyKind.NEEDS_TIME, ReplyKind.OWN_REFERENCE):
            lead_time = self.framework.partner[self.request.partner].lead_time
            due = max(course.now.due, reply.until or add(day, lead_time))
            named = due if reply.until and due == reply.until else None
            return replace(course, now=Awaiting(Wait.MORE_TIME, due, day, named))
        return self._spoken_with(course, day)

    def _spoken_with(self, course: Course, day: date) -> Course:
        """Nobody is chased the day after a word: what is awaited has the time of a correction from there."""
        return replace(
            course,
            plain=self._at_least(course.plain, course.plain.due, day),
            now=self._at_least(course.now, course.now.due, day),
        )

    def _after_a_decision(self, course: Course, decided: ExtensionDecided) -> Course:
        day = london_day(decided.at)
        if decided.granted and decided.until:
            until = max(decided.until, self.request.due)  # a meeting that moved since leaves nobody less time
            return replace(course, now=Awaiting(Wait.MORE_TIME, until, day, decided.until), waived=None)
        if decided.granted:
            return course
        plain = replace(course.plain, since=day)
        return replace(course, plain=plain, now=plain)

    def _at_least(self, awaiting: Awaiting, told: date, day: date) -> Awaiting:
        """What is awaited from a day on: never before the date that was told, never in less time than a correction."""
        days = self.framework.partnership.rhythm.correction_days
        return replace(awaiting, due=max(told, self.framework.calendar.add(day, days)), since=day)
