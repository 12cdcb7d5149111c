"""From a file to a receipt."""

import hashlib
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from quarterday.domain.facts import LinkIssued, ReturnKind, ReturnReceived, UploadKept
from quarterday.domain.figures.returns import Tidied
from tests.web.conftest import A_FILE, UNUSUAL, WRONG, Office, Person

SHA256 = hashlib.sha256(A_FILE).hexdigest()


def test_an_upload_is_no_return(office: Office, person: Person) -> None:
    """A file is kept before it is checked, and it is no return until the partner sends it."""
    person.upload()
    kept = office.kept(UploadKept)[0]

    assert SHA256 == kept.sha256
    assert A_FILE == office.installation.stores.raw.get(kept.stored_as)
    assert () == office.kept(ReturnReceived)


def test_sending_gives_a_receipt(office: Office, person: Person) -> None:
    """The receipt has the reference, the fingerprint, the rows, the period and what happens next."""
    person.upload()
    person.send("/send")
    sent = office.kept(ReturnReceived)[0]

    assert f"/returns/{sent.partner_return}" in str(person.page.url)
    for said in (sent.partner_return, SHA256, "Rows read 1", "1 April 2025 to 30 June 2025", "What happens next"):
        assert said in person.text
    assert ReturnKind.FIGURES is sent.kind
    assert "fire/contact" == sent.by


def test_sending_twice_is_sending_once(office: Office, person: Person) -> None:
    """A second press of the button shows the same receipt."""
    checked = person.upload()
    person.send("/send")
    person.page = checked
    person.send("/send")

    assert 1 == len(office.kept(ReturnReceived))
    assert "Return received" in person.text


def test_what_to_put_right_comes_first(office: Office, person: Person) -> None:
    """What must be put right is told by cell, on top, in the page's title too."""
    office.checks.finds = (UNUSUAL, WRONG)
    page = person.upload()

    assert "<title>Something to put right" in page.text
    assert "Sheet “Figures”, Value, cell H2" in person.text
    assert person.text.index("-4 is below 0") < person.text.index("41, where 8 to 15")


def test_wrong_figures_are_not_sent(office: Office, person: Person) -> None:
    """A return with something to put right is not sent by pressing the button alone."""
    office.checks.finds = (WRONG,)
    person.upload()
    page = person.send("/send")

    assert 422 == page.status_code
    assert "Tick the box" in person.text
    assert () == office.kept(ReturnReceived)


def test_a_partner_may_insist(office: Office, person: Person) -> None:
    """Whoever insists sends it as it is, and is told that it will come back."""
    office.checks.finds = (WRONG,)
    person.upload()
    person.send("/send", as_is="yes")

    assert 1 == len(office.kept(ReturnReceived))
    assert "The same list of what to put right comes to you by email" in person.text


def test_corrected_and_sent_again(office: Office, person: Person) -> None:
    """The corrected file goes from the very page that says what is wrong."""
    office.checks.finds = (WRONG,)
    person.upload()
    office.checks.finds = ()
    person.upload(A_FILE + b"\n")
    person.send("/send")

    assert 2 == len(office.kept(UploadKept))
    assert "Return received" in person.text


def test_unusual_is_explained(office: Office, person: Person) -> None:
    """What is written about a warning goes with the return, with where the warning stood."""
    office.checks.finds = (UNUSUAL,)
    person.upload()
    person.send("/send", explain__0="The fair was in April.")

    expected = "Sheet “Figures”, Value, cell H2: The fair was in April."
    assert expected == office.kept(ReturnReceived)[0].explanations


def test_tidied_values_are_shown(office: Office, person: Person) -> None:
    """What was read as something else than it was written is shown before anything is sent."""
    office.checks.tidied = (Tidied("Figures", "H2", "Value", " 12 fires", "12"),)
    person.upload()

    assert "Figures, Value, H2 12 fires 12" in person.text


@pytest.mark.parametrize(("files", "said"), [(None, "Choose a file"), (b"", "The file is empty")])
def test_no_file(office: Office, person: Person, files: bytes | None, said: str) -> None:
    """Nothing, or an empty file, is no upload."""
    person.open()
    page = person.send("/upload", files={"file": ("", b"") if files is None else ("empty.csv", files)})

    assert 422 == page.status_code
    assert said in person.text
    assert () == office.kept(UploadKept)


def test_too_large_is_refused_by_its_length(office: Office, person: Person) -> None:
    """More than 20 MB is refused, and nothing of it is kept."""
    person.open()
    page = person.send("/upload", files={"file": ("big.csv", b"1" * (21 * 1024 * 1024))})

    assert 413 == page.status_code
    assert "may have up to 20 MB" in person.text
    assert () == office.kept(UploadKept)


def test_too_large_is_refused_however_it_comes(office: Office, person: Person) -> None:
    """A body that does not say its length is cut off where the limit is."""
    person.open()
    page = person.client.post(
        f"/r/{person.token}/upload",
        content=(b"x" * 1024 * 1024 for _ in range(22)),
        headers={"content-type": "multipart/form-data; boundary=b"},
    )

    assert page.status_code in (400, 413)
    assert () == office.kept(UploadKept)


def test_the_name_of_a_file_is_ours(office: Office, person: Person) -> None:
    """Where a file lies has nothing of the sender's name but a known kind."""
    person.upload(name="../../etc/passwd.xlsx")
    kept = office.kept(UploadKept)[0]

    assert "passwd.xlsx" == kept.said_name
    assert f"{kept.upload}.xlsx" == Path(kept.stored_as).name


def test_checks_that_are_down_cost_nobody_a_return(office: Office, person: Person) -> None:
    """Without the checks the return is taken unchecked: the flow decides later."""
    office.checks.down = True
    person.upload()

    assert "Our checks are not available just now" in person.text
    person.send("/send")

    assert 1 == len(office.kept(ReturnReceived))
    assert "not counted yet" in person.text


def test_a_part_now(office: Office, person: Person) -> None:
    """A part is sent with the day by which the rest comes, and checked as a part."""
    person.open("part")
    person.upload(ending="/part", rest_by__day="25", rest_by__month="7", rest_by__year="2025")
    person.send("/send")
    sent = office.kept(ReturnReceived)[0]

    assert (ReturnKind.PART, date(2025, 7, 25)) == (sent.kind, sent.rest_by)
    assert office.checks.jobs[0].part
    assert "Part of the figures, the rest by Friday 25 July 2025" in person.text


def test_another_period(office: Office, person: Person) -> None:
    """Figures of another period are sent with the two dates that they really cover."""
    person.open("period")
    dates = {"start__day": "1", "start__month": "june", "start__year": "2024"}
    dates |= {"end__day": "30", "end__month": "9", "end__year": "2024"}
    person.upload(ending="/period", **dates)
    person.send("/send")
    sent = office.kept(ReturnReceived)[0]

    assert (date(2024, 6, 1), date(2024, 9, 30)) == (sent.period_start, sent.period_end)
    assert "1 June 2024 to 30 September 2024 (we asked for 1 April 2025 to 30 June 2025)" in person.text


def test_a_year_of_two_digits_is_one_of_this_century(office: Office, person: Person) -> None:
    """Who types 25 means 2025."""
    person.open("period")
    dates = {"start__day": "1", "start__month": "1", "start__year": "25"}
    dates |= {"end__day": "31", "end__month": "3", "end__year": "25"}
    person.upload(ending="/period", **dates)
    person.send("/send")
    sent = office.kept(ReturnReceived)[0]

    assert (date(2025, 1, 1), date(2025, 3, 31)) == (sent.period_start, sent.period_end)


@pytest.mark.parametrize("year", ["0025", "1925", "2225", "25000"])
def test_a_year_that_cannot_be_is_an_error_beside_its_date(office: Office, person: Person, year: str) -> None:
    """Nothing is kept."""
    person.open("period")
    dates = {"start__day": "1", "start__month": "1", "start__year": year}
    dates |= {"end__day": "31", "end__month": "3", "end__year": "2025"}
    page = person.upload(ending="/period", **dates)

    assert 'href="#start-day"' in page.text
    assert () == office.kept(UploadKept)


@pytest.mark.parametrize(
    "query",
    ["?start=0025-04-01&end=0025-06-30", "?start=2025-04-01&end=2125-06-30", "?start=2025-01-01&end=2025-12-31"],
)
def test_an_address_cannot_say_what_no_form_would_take(office: Office, person: Person, query: str) -> None:
    """A period out of reach, or one that is not over, is left out: the file is read as its own cells say."""
    person.upload()
    path = urlsplit(str(person.page.url)).path
    person.client.get(f"{path}{query}")

    assert {None} == {job.says_period for job in office.checks.jobs}


def test_a_period_ends_after_it_starts(office: Office, person: Person) -> None:
    """Two dates the wrong way round are an error beside the second."""
    person.open("period")
    dates = {"start__day": "1", "start__month": "6", "start__year": "2024"}
    dates |= {"end__day": "31", "end__month": "5", "end__year": "2024"}
    page = person.upload(ending="/period", **dates)

    assert 'href="#end-day"' in page.text
    assert () == office.kept(UploadKept)


def test_two_people_at_once(office: Office) -> None:
    """Both returns are kept, the later is the current one, and each sender is told of the other."""
    first, second = office.person(), office.person("fire/manager")
    first.upload(A_FILE)
    second.upload(A_FILE + b"\n")
    first.send("/send")
    office.at("2025-07-15T09:05:00+01:00")
    second.send("/send")

    assert "Another return for this request came 15 July 2025 at 09:00" in second.text
    assert "Yours came later and is the one being used" in second.text
    first.page = first.client.get(str(first.page.url))
    assert "That one is the one being used" in first.text
    assert 2 == len(office.kept(ReturnReceived))


def test_the_other_is_told_before_sending(office: Office) -> None:
    """Whoever has a file open sees that somebody else has sent one meanwhile."""
    first, second = office.person(), office.person("fire/manager")
    first.upload(A_FILE)
    second.upload(A_FILE + b"\n")
    second.send("/send")
    first.page = first.client.get(str(first.page.url))

    assert "Another return for this request arrived" in first.text


def test_another_requests_file_cannot_be_sent(office: Office, person: Person) -> None:
    """An upload belongs to its own request: a name from elsewhere opens nothing."""
    assert 404 == person.open("uploads/" + "0" * 32).status_code
    assert 404 == person.open("returns/R-0000-0000-00").status_code
    assert 1 == len(office.kept(LinkIssued))
