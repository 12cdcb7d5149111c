"""The plan for people: a collection's timetable, and which emails would go on a day, to whom and why."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import would_be_due
from quarterday.domain.collection.definitions import begin_within
from quarterday.domain.collection.ending import ends_before_the_close
from quarterday.domain.collection.reporting import meeting_too_late
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date, say_day


def timetable_lines(framework: Framework, plan: Timetable) -> Iterator[str]:
    """A collection's timetable, earliest day first, and what cannot work in it."""
    yield f"{plan.label} ({plan.period})"
    days: list[tuple[date, str]] = [
        (day, f"ask {framework.partner[partner].name} (lead time {framework.partner[partner].lead_time} working days)")
        for partner, day in plan.request_on.items()
    ]
    days += [
        (plan.due, "figures due"),
        (plan.closes, "collection closes; gaps are recorded the next working day"),
        (plan.publish_on, "provisional release"),
    ]
    days += [
        (plan.papers[board.code], f"papers to {board.name}, which meets on {say_date(meeting.on)}")
        for board in framework.partnership.boards
        for meeting in board.meetings
        if meeting.considers == plan.period and board.code in plan.papers
    ]
    for day, what in sorted(days, key=lambda each: each[0]):
        yield f"  {say_day(day):<28} {what}"
    for clash in (*plan.clashes(framework), *meeting_too_late(framework, plan)):
        yield f"  Cannot work: {clash}"
    for each in (*ends_before_the_close(framework, plan), *begin_within(framework, plan)):
        yield f"  Mind: {each}"


def email_lines(framework: Framework, facts: Facts, day: date) -> Iterator[str]:
    """Each email that would go on a day as things stand, with its key, by which an officer can hold it."""
    emails = [each for each in would_be_due(framework, facts, day) if isinstance(each, Send)]
    if not framework.calendar.is_working_day(day):
        following = framework.calendar.add(day, 0)
        yield f"{say_day(day)} is not a working day: nothing is sent. The next is {say_day(following)}."
    elif not emails:
        yield f"No email is due on {say_day(day)}."
    for each in emails:
        yield f"{each.email} to {each.recipient.name} <{each.recipient.email}>: {each.why}"
        yield f"  key {each.key}"
