"""A short return typed straight into a form."""

import csv
from collections.abc import Callable
from io import StringIO

from quarterday.domain.facts import ReturnReceived, UploadKept
from quarterday.domain.framework.indicators import Unit
from tests.domain.conftest import indicator
from tests.web.conftest import WRONG, Office, Person


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
