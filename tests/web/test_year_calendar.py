"""A year's requests in a diary: one entry a request, no token in any, and pages that open nothing."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import vobject
from icalendar import Calendar

from quarterday.adapters.mail.year_calendar import year_calendar
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.facts import Facts
from tests.domain.activities_example import with_activities
from tests.domain.conftest import framework
from tests.web.conftest import COLLECTION, Office, Person


def test_two_libraries_read_the_same(person: Person) -> None:
    """icalendar and vobject find the same day, title and entry."""
    file = person.client.get(f"/r/{person.token}/year.ics")
    (one,) = Calendar.from_ical(file.content).events
    (other,) = vobject.readOne(file.text).vevent_list

    assert date(2025, 7, 22) == one["dtstart"].dt == other.dtstart.value
    assert "Safer Somewhere: figures of Fire Service for 2025-26 Q1 due" == str(one["summary"]) == other.summary.value
    assert str(one["uid"]) == other.uid.value


def test_no_token_and_a_page_for_everybody(office: Office, person: Person) -> None:
    """A calendar is shared with colleagues: its link leads to the collection's page, without a token."""
    file = person.client.get(f"/r/{person.token}/year.ics").text.replace("\r\n ", "")
    page = office.client.get(f"/collections/{COLLECTION}")

    assert person.token not in file
    assert f"http://testserver/collections/{COLLECTION}" in file
    assert "They are due on Tuesday 22 July 2025" in page.text
    assert 404 == office.client.get("/collections/somewhere.2099-00-q1").status_code


def test_one_analyst_for_two_organisations_has_two_entries(make_office: Callable[..., Office]) -> None:
    """Whoever answers for both has an entry for each request; made again, the entries stay the same."""
    known = framework()
    both = known.partner["fire"].contact
    police = known.partner["police"].model_copy(update={"contact": both})
    office = make_office(partners=(known.partner["fire"], police))
    person = office.person()

    def entries() -> list[str]:
        file = person.client.get(f"/r/{person.token}/year.ics").content
        return [str(each["uid"]) for each in Calendar.from_ical(file).events]

    assert [f"{COLLECTION}.fire@somewhere.example"] == entries() == entries()


def test_a_lead_of_activities_alone_is_asked_for_no_figures() -> None:
    """The entry says what is asked, in the words of the email that brings it."""
    house, now = with_activities(), datetime(2025, 7, 1, 9, tzinfo=UTC)
    said = [
        year_calendar(house, Facts(), code, Recipient(f"{code}/contact", "", ""), "http://x", now, now.date())
        for code in ("haven", "fire")
    ]

    assert [
        "Safer Somewhere: updates on activities of Haven for 2025-26 Q1 due",
        "Safer Somewhere: figures of Fire Service for 2025-26 Q1 due",
    ] == [str(next(iter(Calendar.from_ical(each).events))["summary"]) for each in said]
