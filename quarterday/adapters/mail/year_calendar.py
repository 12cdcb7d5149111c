"""A year's requests of one partner as a calendar: a day each, which moves when its date moves (RFC 5545).

Each has the entry that the email about it brings, so a diary that has both shows it once. Calendars are shared with
colleagues, so nothing in it holds a token: its link leads to the collection's own page, which opens nothing.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from quarterday.adapters.mail.calendar_file import calendar_of, event_of
from quarterday.adapters.mail.due_dates import asked_for, entry_of, number_of
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.collection.binding import plans, standing_of
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.framework import Framework

AHEAD = timedelta(days=366)


def year_calendar(
    framework: Framework, facts: Facts, partner: str, reader: Recipient, portal_url: str, now: datetime, today: date
) -> bytes:
    """The requests that are due within a year, as a calendar file for one reader."""
    names, at = framework.partnership, framework.partnership.sender.rpartition("@")[2]
    events = []
    for plan, due, moved in _ahead(framework, facts, partner, today):
        page, what = collection_url(portal_url, plan.collection), _what(framework, facts, partner, plan)
        made = event_of(
            uid=f"{entry_of(framework, facts, partner, plan.collection, reader)}@{at}",
            due=due,
            moved=moved,
            made_at=now,
            summary=f"{names.name}: {what} of {framework.partner[partner].name} for {plan.label} due",
            description=f"What they are for, and how to send them: {page}",
            organiser=names.reply_to,
            url=page,
        )
        events.append(made)
    return calendar_of(events)


def _what(framework: Framework, facts: Facts, partner: str, plan: Timetable) -> str:
    made = facts.request(request_id(plan.collection, partner))
    return asked_for(made.asked if made else framework.asked_of(partner, plan.period))


def collection_url(portal_url: str, collection: str) -> str:
    """The collection's page, which is for everybody."""
    return f"{portal_url.rstrip('/')}/collections/{collection}"


def _ahead(framework: Framework, facts: Facts, partner: str, today: date) -> Iterator[tuple[Timetable, date, int]]:
    for plan in plans(framework, facts):
        if partner not in plan.request_on or plan.called_off:
            continue
        made = facts.request(request_id(plan.collection, partner))
        awaiting = standing_of(framework, facts, made, today).awaiting if made else None
        if made and awaiting is None:
            continue  # nothing more is awaited
        due = awaiting.due if awaiting else plan.due_of.get(partner, plan.due)
        if today <= due <= today + AHEAD:
            yield plan, due, number_of(framework, facts, made, due) if made else 0
