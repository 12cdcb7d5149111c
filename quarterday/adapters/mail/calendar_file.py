"""The due date as a calendar file: an all-day event that moves when the date moves (RFC 5545, METHOD:PUBLISH)."""

from datetime import date, datetime, timedelta

from quarterday.adapters.mail.message import Attachment

MIME = "text/calendar; method=PUBLISH"


def due_date_file(
    uid: str, due: date, moved: int, made_at: datetime, summary: str, description: str, organiser: str
) -> Attachment:
    """The file. `uid` stays the same for a request; `moved` counts how often its due date has moved (SEQUENCE).

    Calendars are shared with colleagues, so neither summary nor description may hold a link.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - slow, and few runs write one

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
    calendar = Calendar()
    calendar.add("prodid", "-//quarterday//due dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return Attachment("due-date.ics", MIME, calendar.to_ical())
