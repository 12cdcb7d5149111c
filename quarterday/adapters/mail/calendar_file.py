"""The due date as a calendar file: an all-day event that moves when the date moves (RFC 5545, METHOD:PUBLISH)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from quarterday.adapters.mail.message import Attachment

if TYPE_CHECKING:
    from icalendar import Event

MIME = "text/calendar; method=PUBLISH"


def due_date_file(
    uid: str, due: date, moved: int, made_at: datetime, summary: str, description: str, organiser: str
) -> Attachment:
    """The file. `uid` stays the same for a request; `moved` counts how often its due date has moved (SEQUENCE).

    Calendars are shared with colleagues, so neither summary nor description may hold a link.
    """
    event = event_of(
        uid=uid, due=due, moved=moved, made_at=made_at, summary=summary, description=description, organiser=organiser
    )
    return Attachment("due-date.ics", MIME, calendar_of([event]))


def event_of(
    *,
    uid: str,
    due: date,
    moved: int,
    made_at: datetime,
    summary: str,
    description: str,
    organiser: str,
    url: str = "",
) -> "Event":
    """A day in a diary. `url` is a page that anybody may open."""
    from icalendar import Event  # noqa: PLC0415 - slow, and few runs write one

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1))
    event.add("sequence", moved)
    event.add("summary", summary)
    event.add("description", description)
    event.add("organizer", f"mailto:{organiser}")
    event.add("transp", "TRANSPARENT")  # a deadline does not make its reader busy
    event.add("status", "CONFIRMED")
    if url:
        event.add("url", url)
    return event


def calendar_of(events: "Iterable[Event]") -> bytes:
    """The events as one file."""
    from icalendar import Calendar  # noqa: PLC0415

    calendar = Calendar()
    calendar.add("prodid", "-//quarterday//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
