"""More time in one click, and what the pages say of it until an officer decides."""

from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit

from quarterday.domain.facts import ExtensionDecided, ReplyReceived
from tests.web.conftest import FIRE, Office, Person, form_on


def ask(person: Person, day: str = "2025-07-29", page: str = "") -> None:
    """Press the button of a day."""
    person.open(page)
    person.send("/time/ask", until=day)


def decide(office: Office, granted: bool) -> None:
    """An officer decides on the time that was asked for."""
    reply = office.kept(ReplyReceived)[-1]
    office.installation.register.append(
        ExtensionDecided(
            at=datetime(2025, 7, 15, 10, tzinfo=UTC),
            by="jo",
            partnership="somewhere",
            request=FIRE,
            granted=granted,
            until=reply.until if granted else None,
            reply=reply.reply,
        )
    )


def test_a_week_two_weeks_and_the_close(person: Person) -> None:
    """The days offered lie after the one that is awaited and no later than the close."""
    person.open()

    assert "Tuesday 29 July 2025 Friday 1 August 2025 Another day" in person.text


def test_one_press_is_enough(office: Office, person: Person) -> None:
    """A press on a day asks for it, and the page says that nobody has decided yet."""
    ask(person)

    assert [date(2025, 7, 29)] == [each.until for each in office.kept(ReplyReceived)]
    assert "It is asked for, not yet decided: Jo Officer decides and writes to you." in person.text


def test_pressed_twice_is_pressed_once(office: Office, person: Person) -> None:
    """Two presses on one page are one asking; another day afterwards is another."""
    page = person.open()
    person.send("/time/ask", until="2025-07-29")
    person.page = page
    person.send("/time/ask", until="2025-07-29")
    ask(person, "2025-08-01", "time")

    assert [date(2025, 7, 29), date(2025, 8, 1)] == [each.until for each in office.kept(ReplyReceived)]


def test_a_form_sent_without_a_press(office: Office, person: Person) -> None:
    """A scanner that sends the form off, presses the last button or makes a day up asks for nothing."""
    for day in ("", "another", "2025-12-24", "tomorrow"):
        ask(person, day)
        assert "Until when do you need?" in person.text

    assert () == office.kept(ReplyReceived)


def test_a_field_is_read_from_the_form_and_counts_once(office: Office, person: Person) -> None:
    """What an address says beside it is not read, and of a field that is there twice the last is taken."""
    person.open()
    action, hidden = form_on(person.page.text, "/time/ask")
    path = urlsplit(urljoin(str(person.page.url), action)).path
    beside = {"until": "2025-07-29"}
    person.client.post(path, params=beside, data=hidden)
    by_address = office.kept(ReplyReceived)
    person.client.post(path, params=beside, data={**hidden, "until": ["2025-07-29", "2025-08-01"]})

    assert () == by_address
    assert [date(2025, 8, 1)] == [each.until for each in office.kept(ReplyReceived)]


def test_until_somebody_decides(office: Office, person: Person) -> None:
    """The page of the request says that it is undecided, then who decided what."""
    ask(person)
    person.open()
    assert "More time, until Tuesday 29 July 2025, told us 15 July 2025 at 09:00 (asked for, not yet decided)" in (
        person.text
    )
    decide(office, granted=True)
    person.open()

    assert "More time until Tuesday 29 July 2025, granted: decided by Jo Officer, 15 July 2025 at 11:00" in person.text
    assert "not yet decided" not in person.text


def test_refused(office: Office, person: Person) -> None:
    """That it was not granted is told as plainly."""
    ask(person)
    decide(office, granted=False)
    person.open()

    assert "More time, not granted: decided by Jo Officer" in person.text
