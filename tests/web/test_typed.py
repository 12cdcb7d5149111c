"""A short return typed straight into a form."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO

from pytest import MonkeyPatch
from starlette.testclient import TestClient

from quarterday.adapters.links import hash_token
from quarterday.adapters.typed_drafts import delete_drafts_without_link
from quarterday.domain.facts import ReturnReceived, UploadKept
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.indicators import Unit
from quarterday.domain.framework.periods import Period
from quarterday.web.partners import typed_page
from quarterday.web.serving.app import create_app
from tests.domain.conftest import indicator
from tests.web.conftest import WRONG, Office, Person, words_of
from tests.web.test_code_pages import ask, mailed_code, use


def kept_rows(office: Office) -> list[dict[str, str]]:
    """The rows of the file that the form made."""
    kept = office.kept(UploadKept)[-1]
    data = office.installation.stores.raw.get(kept.stored_as)
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"))))


def test_typed_figures_become_a_file(office: Office, person: Person) -> None:
    """What is typed becomes our own template, filled in, and goes the way of any file."""
    person.open("type")
    person.send("/type", value__0="1,234", comment__0="A busy quarter.")
    row = kept_rows(office)[0]

    assert ("1234", "A busy quarter.", "deliberate-fires") == (row["Value"], row["Comment"], row["Indicator code"])
    person.send("/send")
    assert 1 == len(office.kept(ReturnReceived))


def test_empty_is_not_nought(office: Office, person: Person) -> None:
    """A form with no figure in it is not sent, and nothing is read as 0."""
    person.open("type")
    page = person.send("/type", comment__0="Nothing here.")

    assert 422 == page.status_code
    assert "Type at least one figure" in person.text
    assert () == office.kept(UploadKept)


def test_nought_is_a_figure(office: Office, person: Person) -> None:
    """0 is an answer."""
    person.open("type")
    person.send("/type", value__0="0")

    assert "0" == kept_rows(office)[0]["Value"]


def test_words_are_not_figures(office: Office, person: Person) -> None:
    """What is no number is told beside its box, with what was typed still in it."""
    person.open("type")
    for wrong in ("about ten", "NaN", "1e400", "=1+1"):
        page = person.send("/type", value__0=wrong)

        assert 422 == page.status_code
        assert "write digits alone, such as 12" in person.text
        assert f'value="{wrong}"' in page.text


def test_a_fraction_has_two_boxes(make_office: Callable[..., Office]) -> None:
    """A percentage is typed as its two parts, never as the percentage alone."""
    share = indicator("alarms", "fire", unit=Unit.PERCENTAGE, numerator="Homes with an alarm", denominator="Homes")
    office = make_office(indicators=(share,))
    person = office.person()
    person.open("type")
    person.send("/type", numerator__0="3", denominator__0="4")
    row = kept_rows(office)[0]

    assert ("3", "4", "") == (row["Numerator"], row["Denominator"], row["Value"])


def test_a_long_request_is_not_typed(make_office: Callable[..., Office]) -> None:
    """More than thirty values are a matter for a file."""
    office = make_office(indicators=tuple(indicator(f"fires-{number}", "fire") for number in range(31)))
    person = office.person()

    assert "Type the figures into a form" not in person.open().text
    assert 404 == person.open("type").status_code


def test_typed_figures_are_corrected(office: Office, person: Person) -> None:
    """What must be put right is put right in the form, where everything typed still stands."""
    office.checks.finds = (WRONG,)
    person.open("type")
    page = person.send("/type", value__0="17", comment__0="As counted.")
    upload = office.kept(UploadKept)[0].upload

    assert f"/type?from={upload}" in page.text
    again = person.open(f"type?from={upload}")
    assert 'value="17"' in again.text
    assert "As counted." in again.text


def two_fires(make_office: Callable[..., Office]) -> Office:
    """An office that asks for two figures."""
    return make_office(indicators=(indicator("deliberate-fires", "fire"), indicator("dwelling-fires", "fire")))


def test_why_a_box_is_empty(make_office: Callable[..., Office]) -> None:
    """None is written as 0; what is not available bears its marker and a reason; what comes later makes it a part."""
    office = two_fires(make_office)
    person = office.person()
    person.open("type")
    person.send("/type", empty__0="nil", empty__1="not-available", comment__1="A new system.")
    first, second = kept_rows(office)
    person.open("type")
    rest = {"rest_by__day": "29", "rest_by__month": "7", "rest_by__year": "2025"}
    page = person.send("/type", value__0="3", empty__1="not-yet", **rest)

    assert ("0", "[x]", "A new system.") == (first["Value"], second["Marker"], second["Comment"])
    assert "part=yes&rest_by=2025-07-29" in str(page.url)


def test_a_reason_is_needed_beside_the_figure(make_office: Callable[..., Office]) -> None:
    """Not available without a word of why, or a figure and a reason for none, is told beside the box."""
    office = two_fires(make_office)
    person = office.person()
    person.open("type")
    person.send("/type", value__0="3", empty__0="nil", empty__1="not-available")

    assert "Deliberate fires: clear the figure, or the reason why there is none" in person.text
    assert "Dwelling fires: say why it is not available" in person.text
    assert () == office.kept(UploadKept)


def test_other_days(office: Office, person: Person) -> None:
    """Typed figures may cover another period, told as two dates; one date alone is told."""
    days = {"start__day": "1", "start__month": "3", "start__year": "2025"}
    person.open("type")
    person.send("/type", value__0="3", **days)
    assert "Last day covered: enter a date" in person.text
    page = person.send("/type", value__0="3", end__day="31", end__month="5", end__year="2025", **days)

    assert "start=2025-03-01&end=2025-05-31" in str(page.url)


def test_findings_speak_of_boxes(office: Office, person: Person) -> None:
    """Whoever typed has seen no sheet, no cell and no file: no page of theirs speaks of one."""
    office.checks.finds = (replace(WRONG, sentence="We read -4 in this file, which is below 0."),)
    person.open("type")
    person.send("/type", value__0="-4")

    assert "We read -4 in what you typed, which is below 0." in person.text
    for word in ("H2", "Sheet", "typed into the form.csv", "your file"):
        assert word not in person.text.split("About this page")[0]


def test_kept_for_later(office: Office, person: Person) -> None:
    """What was typed outlives the tab and the portal's process, and is gone once it has been sent."""
    person.open("type")
    person.send("/type", value__0="12", comment__0="A fair.", later="yes")
    assert "This is kept, and not sent." in person.text
    assert () == office.kept(UploadKept)
    again = create_app(office.installation, office.checks, dead_seconds=0)
    other_portal = TestClient(again, cookies=person.client.cookies)
    page = other_portal.get(f"/r/{person.token}/type").text
    assert 'value="12"' in page
    assert "A fair." in page
    person.open("type")
    person.send("/type", value__0="12")
    person.send("/send")

    assert [] == office.installation.stores.raw.names("typed/")


def test_nothing_takes_the_place_of_something(office: Office, person: Person) -> None:
    """A scanner that presses the button on an empty form leaves what was kept as it is."""
    person.open("type")
    person.send("/type", value__0="41", later="yes")
    scanner = office.person()
    scanner.token = person.token
    scanner.open("type")

    assert 422 == scanner.send("/type", later="yes").status_code
    assert 'value="41"' in person.open("type").text


def test_a_forwarded_link_shows_no_draft(office: Office, person: Person) -> None:
    """Another browser sees that something is kept, and sees what only after the code."""
    person.open("type")
    person.send("/type", value__0="41", later="yes")
    other = office.person()
    other.token = person.token
    other.open("type")
    assert 'value="41"' not in other.page.text
    assert "Enter a code to go on with them" in other.text
    ask(other)
    use(other, mailed_code(office))

    assert 'value="41"' in other.open("type").text


def test_drafts_go_with_their_link(office: Office, person: Person) -> None:
    """Nothing that was typed is kept for a link that works no more."""
    person.open("type")
    person.send("/type", value__0="41", later="yes")
    raw = office.installation.stores.raw
    kept = raw.names("typed/")

    assert 0 == delete_drafts_without_link(raw, {hash_token(person.token)})
    assert kept == raw.names("typed/")
    assert 1 == delete_drafts_without_link(raw, set())
    assert [] == raw.names("typed/")


def test_last_time_stands_beside_each_box(office: Office, person: Person, monkeypatch: MonkeyPatch) -> None:
    """With the code, what was sent last time; without it, nothing of it."""
    before = Figure("deliberate-fires", 1, "E09000099", "", "", Period(date(2025, 1, 1), date(2025, 3, 31)), 17.0)
    monkeypatch.setattr(typed_page, "earlier_figures", lambda *_, **__: [before])

    assert "Last time: 17" not in words_of(person.open("type").text)
    ask(person)
    use(person, mailed_code(office))
    assert "Last time: 17 (January to March 2025)" in words_of(person.open("type").text)
