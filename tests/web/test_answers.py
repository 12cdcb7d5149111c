"""Everything else that a partner may say."""

from datetime import date

import pytest

from quarterday.domain.collection.standing import State, standing
from quarterday.domain.facts import ReplyKind, ReplyReceived, ReturnKind, ReturnReceived
from tests.web.conftest import Office, Person

PAGES = ("nil", "time", "reference", "not-available", "colleague")
CONFIRMED = tuple(each for each in PAGES if each != "nil")  # that one's own box confirms it
SAID = {
    "nil": {"confirm": "yes", "reason": "A quiet quarter."},
    "time": {"until__day": "28", "until__month": "7", "until__year": "2025", "reason": "Two analysts are away."},
    "reference": {"reference": "FOI 12/34"},
    "not-available": {"indicators": "deliberate-fires", "reason": "The system was down."},
    "colleague": {"colleague_name": "Carol Fire", "colleague_email": "carol.fire@partner.example"},
}


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_answer_is_no_answer(office: Office, person: Person, page: str) -> None:
    """A form sent empty, as a scanner might, changes nothing."""
    person.open(page)

    assert 422 == person.send(f"/{page}").status_code
    assert () == (*office.kept(ReplyReceived), *office.kept(ReturnReceived))


@pytest.mark.parametrize("page", CONFIRMED)
def test_an_answer_is_shown_before_it_counts(office: Office, person: Person, page: str) -> None:
    """An answer counts once what was said has been shown and confirmed, and then once only."""
    person.open(page)
    shown = person.send(f"/{page}", **SAID[page])
    before = (*office.kept(ReplyReceived), *office.kept(ReturnReceived))
    person.send(f"/{page}")
    person.page = shown
    person.send(f"/{page}")
    after = (*office.kept(ReplyReceived), *office.kept(ReturnReceived))

    assert () == before
    assert 1 == len(after)
    assert 200 == person.page.status_code


@pytest.mark.parametrize("page", CONFIRMED)
def test_what_was_said_can_be_changed(office: Office, person: Person, page: str) -> None:
    """The page that asks for confirmation leads back to the form, with everything still in it."""
    person.open(page)
    person.send(f"/{page}", **SAID[page])
    back = person.send(f"/{page}", change="yes")

    assert 200 == back.status_code
    assert next(iter(SAID[page].values())) in back.text
    assert () == (*office.kept(ReplyReceived), *office.kept(ReturnReceived))


def say(person: Person, page: str, **given: str) -> None:
    """Say something and confirm it."""
    person.open(page)
    person.send(f"/{page}", **(given or SAID[page]))
    person.send(f"/{page}")


def test_nothing_to_report(office: Office, person: Person) -> None:
    """Nothing to report is a return of its own kind, with a receipt: the box that is ticked confirms it, once."""
    form = person.open("nil")
    person.send("/nil", **SAID["nil"])
    person.page = form
    person.send("/nil", **SAID["nil"])
    assert 1 == len(office.kept(ReturnReceived))
    sent = office.kept(ReturnReceived)[0]

    assert (ReturnKind.NIL, "A quiet quarter.") == (sent.kind, sent.reason)
    assert "Return received" in person.text or "nothing to report" in person.text


def test_more_time(office: Office, person: Person) -> None:
    """Asking for time stops the chasers until the day that was named."""
    say(person, "time")
    reply = office.kept(ReplyReceived)[0]
    stands = standing(
        office.installation.framework, office.installation.facts(), _request(office), office.installation.today()
    )

    assert (ReplyKind.NEEDS_TIME, date(2025, 7, 28), "Two analysts are away.") == (
        reply.kind,
        reply.until,
        reply.reason,
    )
    assert State.NEEDS_TIME is stands.state
    assert "We have noted Monday 28 July 2025" in person.text
    assert "we remind you on Tuesday 29 July 2025, not before" in person.text
    person.open()
    assert (
        "until Monday 28 July 2025. It is asked for, not yet decided: Jo Officer decides and writes to you."
        in person.text
    )
    assert "we remind you on Tuesday 29 July 2025, not before" in person.text


def _request(office: Office):
    from quarterday.domain.facts import RequestMade

    return office.kept(RequestMade)[0]


def test_their_own_reference(office: Office, person: Person) -> None:
    """A partner's own reference is kept as it was written."""
    say(person, "reference")

    assert "FOI 12/34" == office.kept(ReplyReceived)[0].reference


def test_not_available(office: Office, person: Person) -> None:
    """What is not available is told by figure, with the reason."""
    say(person, "not-available")
    reply = office.kept(ReplyReceived)[0]

    assert (("deliberate-fires",), "The system was down.") == (reply.indicators, reply.reason)


def test_the_page_says_by_when_the_rest_is_asked_for(office: Office, person: Person) -> None:
    """A word on one figure gives time for the others; where there are none, nothing else is open."""
    say(person, "not-available")

    assert "Nothing else is open." in person.text


def test_a_figure_that_was_not_asked_for(office: Office, person: Person) -> None:
    """Only what was asked for can be called not available."""
    person.open("not-available")

    assert 422 == person.send("/not-available", indicators="robberies", reason="Because.").status_code


def test_a_colleague(office: Office, person: Person) -> None:
    """A colleague at the same organisation is named: the daily decision writes to them."""
    say(person, "colleague")
    reply = office.kept(ReplyReceived)[0]

    assert ("Carol Fire", "carol.fire@partner.example") == (reply.colleague_name, reply.colleague_email)


@pytest.mark.parametrize(
    "email",
    [
        "carol@elsewhere.example",
        "carol@partner.example.evil.example",
        "carol@evil.example@partner.example",
        "carol@partner.example, eve@evil.example",
        "carol@partner.example\nBcc: eve@evil.example",
        "Carol <carol@partner.example>",
        "@partner.example",
        "carol",
        "car..ol@partner.example",
    ],
)
def test_nobody_elsewhere_is_a_colleague(office: Office, person: Person, email: str) -> None:
    """An address anywhere else, or anything that is not one plain address, is refused."""
    person.open("colleague")
    page = person.send("/colleague", colleague_name="Carol", colleague_email=email)

    assert 422 == page.status_code
    assert () == office.kept(ReplyReceived)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (("15", "7", "2025"), "the date must be after today"),
        (("31", "2", "2026"), "31 2 2026 is not a date"),
        (("1", "1", "2030"), "the date must be within a year from now"),
        (("", "", ""), "enter a date"),
        (("x" * 5000, "7", "2025"), "is not a date"),
    ],
)
def test_a_date_that_makes_no_sense(office: Office, person: Person, day: tuple[str, str, str], said: str) -> None:
    """A date that has passed, or is none, is told beside the boxes."""
    person.open("time")
    person.send("/time", until__day=day[0], until__month=day[1], until__year=day[2])

    assert said in person.text
    assert () == office.kept(ReplyReceived)


def test_a_word_too_many(person: Person) -> None:
    """More than a thousand characters of reason are too many, and are told so rather than cut."""
    person.open("nil")

    assert 422 == person.send("/nil", confirm="yes", reason="a" * 1001).status_code
    assert "use 1000 characters or fewer" in person.text
