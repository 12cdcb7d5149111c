"""With the very checks that the flow decides by: from the template to the receipt."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from expectations.checking import Checker
from flows import receive_return
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.facts import RequestMade, ReturnKind, ReturnReceived, Verdict, VerdictGiven
from tests.domain.activities_example import CAMPAIGN
from tests.domain.conftest import indicator
from tests.web.conftest import COLLECTION, Office, Person, an_office


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    """The real checks, warmed once."""
    with Checker() as checks:
        yield checks


@pytest.fixture
def person(checker: Checker, tmp_path: Path) -> Person:
    """Somebody whose returns are really checked."""
    return an_office(tmp_path, checks=checker).person()


@pytest.fixture
def office(checker: Checker, tmp_path: Path) -> Office:
    """An office that really checks."""
    return an_office(tmp_path, checks=checker)


def filled_in(person: Person, value: object, row: int = 2) -> bytes:
    """The workbook that the page offers, with one value filled in."""
    book = load_workbook(BytesIO(person.client.get(f"/r/{person.token}/template.xlsx").content))
    sheet = book["Figures"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Value")
    sheet.cell(row, column).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_the_template_filled_in_is_accepted(office: Office) -> None:
    """The workbook that the page offers, filled in, needs nothing put right and gets its receipt."""
    person = office.person()
    person.upload(filled_in(person, 12), "figures.xlsx")

    assert "Nothing needs putting right" in person.text
    person.send("/send")
    assert 1 == len(office.kept(ReturnReceived))


def test_two_parts_checked_at_once_are_the_whole(checker: Checker, tmp_path: Path, monkeypatch) -> None:
    """Sent in the same minute and checked side by side, neither check knows of the other: nothing is missing."""
    monkeypatch.setattr(receive_return, "checker", lambda: checker)
    office = an_office(
        tmp_path, checks=checker, indicators=(indicator("deliberate-fires", "fire"), indicator("smoke-alarms", "fire"))
    )
    for row in (2, 3):
        person = office.person()
        person.open("part")
        data = filled_in(person, 12, row)
        given = {"rest_by__day": "25", "rest_by__month": "7", "rest_by__year": "2025"}
        person.upload(data, f"part-{row}.xlsx", ending="/part", **given)
        person.send("/send")
    (request,), facts = office.kept(RequestMade), office.installation.facts()
    with ThreadPoolExecutor() as both:
        checked = both.map(
            lambda each: (each, receive_return.check_return(office.installation, facts, request, each)),
            facts.of(ReturnReceived),
        )
    for each, found in checked:
        given = receive_return.verdict_fact(office.installation, facts, request, each, found)
        office.installation.register.append(given)
    stands = standing(office.installation.framework, office.installation.facts(), request, office.installation.today())

    assert {("deliberate-fires",), ("smoke-alarms",)} == {each.answered for each in office.kept(VerdictGiven)}
    assert (None, ()) == (stands.awaiting, stands.missing)
    assert stands.state in (State.ACCEPTED, State.ACCEPTED_WITH_CAVEATS)


def test_what_is_left_empty_is_still_to_come_and_no_fault(checker: Checker, tmp_path: Path) -> None:
    """One of two figures in the template, nothing declared: the page counts, asks for one date, and takes a part."""
    office = an_office(
        tmp_path, checks=checker, indicators=(indicator("deliberate-fires", "fire"), indicator("smoke-alarms", "fire"))
    )
    person = office.person()
    person.upload(filled_in(person, 12), "figures.xlsx")

    assert "1 of 2 figures; still to come: Smoke alarms" in person.text
    assert "Something needs putting right" not in person.text
    person.send("/send", rest__day="25", rest__month="7", rest__year="2025")
    (sent,) = office.kept(ReturnReceived)
    assert (ReturnKind.PART, date(2025, 7, 25)) == (sent.kind, sent.rest_by)


def test_a_template_without_any_figure_is_put_right(person: Person) -> None:
    """Nothing filled in is no part of anything."""
    person.upload(filled_in(person, None), "figures.xlsx")

    assert "Something needs putting right" in person.text


def test_a_wrong_cell_is_named(person: Person) -> None:
    """What is wrong is told with the sheet and the cell in which it stands."""
    person.upload(filled_in(person, "about ten"), "figures.xlsx")

    assert "Something needs putting right" in person.text
    assert "Sheet “Figures”" in person.text
    assert "not a number" in person.text


def test_the_senders_own_workbook_comes_back_with_the_cell_marked(person: Person) -> None:
    """The check page gives back the same workbook, the cell in question filled and commented."""
    person.upload(filled_in(person, "about ten"), "figures.xlsx")
    assert person.page is not None
    link = next(each for each in re.findall(r'href="([^"]*)"', person.page.text) if "marked.xlsx" in each)
    book = load_workbook(BytesIO(person.client.get(link).content))
    comments = [each for row in book["Figures"] for each in row if each.comment]

    assert ["about ten"] == [each.value for each in comments]
    assert "This is not a number." in comments[0].comment.text


@pytest.mark.parametrize("value", [12, "Danielle Whitcombe, 943 476 5919"], ids=["nothing to mark", "personal data"])
def test_a_workbook_with_nothing_to_mark_or_a_person_in_it_does_not_come_back(person: Person, value: object) -> None:
    """A good workbook has nothing to mark, and what is kept apart is given to nobody."""
    person.upload(filled_in(person, value), "figures.xlsx")
    assert person.page is not None
    address = str(person.page.url.copy_with(query=None))

    assert "marked.xlsx" not in person.page.text
    assert 404 == person.client.get(f"{address}/marked.xlsx").status_code


def test_a_workbook_does_not_come_back_to_another_person(office: Office) -> None:
    """A colleague with a link of their own is not given the file that somebody else sent."""
    sender = office.person()
    sender.upload(filled_in(sender, "about ten"), "figures.xlsx")
    assert sender.page is not None
    upload = sender.page.url.path.split("/")[-1]
    token, _ = office.link("fire/manager")

    assert 404 == office.client.get(f"/r/{token}/uploads/{upload}/marked.xlsx").status_code
    assert 200 == office.client.get(f"/r/{sender.token}/uploads/{upload}/marked.xlsx").status_code


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"%PDF-1.7\nnothing", "minutes.pdf", "The file is a PDF"),
        (b"a,b\n1,2\n", "other.csv", "Something needs putting right"),
        (b"\x00\x01\x02" * 99, "figures.xlsx", "Something needs putting right"),
    ],
)
def test_what_is_no_return_is_refused(person: Person, data: bytes, name: str, said: str) -> None:
    """A file that is no return is refused with a sentence."""
    person.upload(data, name)

    assert said in person.text


def test_typed_figures_are_checked(person: Person) -> None:
    """What is typed goes through the same checks."""
    person.open("type")
    person.send("/type", value__0="12")

    assert "Nothing needs putting right" in person.text
    person.open("type")
    person.send("/type", value__0="-12")
    assert "Something needs putting right" in person.text


def test_activities_may_come_before_the_figures(checker: Checker, tmp_path: Path, monkeypatch) -> None:
    """A lead fills in the sheet of activities alone: thanked for it, on page and by email; the figures stay awaited."""
    monkeypatch.setattr(receive_return, "checker", lambda: checker)
    office = an_office(tmp_path, checks=checker, activities=(CAMPAIGN,))
    person = office.person()
    person.upload(with_a_state(person, "on course"), "activities.xlsx")

    assert "Nothing needs putting right; the figures can come another time." in person.text
    assert "What you are sending How 1 activity is going" in person.text
    assert "What is still to come Deliberate fires." in person.text
    person.send("/send")
    assert "The figures are still to come: Deliberate fires." in person.text
    (request,), (received,), facts = office.kept(RequestMade), office.kept(ReturnReceived), office.installation.facts()
    checked = receive_return.check_return(office.installation, facts, request, received)
    told = receive_return.words_in(office.installation, facts, request, received, checked)
    verdict = receive_return.verdict_fact(office.installation, facts, request, received, checked)
    office.installation.register.append(*told, verdict)
    stands = standing(office.installation.framework, office.installation.facts(), request, office.installation.today())

    assert (State.PART, Verdict.ACCEPTED, ("deliberate-fires",), ()) == (
        stands.state, verdict.verdict, stands.still_open, stands.open_activities,
    )  # fmt: skip
    person.open(f"returns/{received.partner_return}")
    assert "What you told us goes into the release of" in person.text
    assert re.search(r"Still to come by [^:]*: Deliberate fires\.", person.text)
    assert not re.search("The figures go|Period covered|Rows read", person.text)
    perform_send(office.installation, receipt_for(received))
    (sent,) = (each.read_text() for each in office.outbox())
    assert re.search(
        r"- How these activities are going: A campaign.*Still to come, by [^:]*:\s+- Deliberate f", sent, re.DOTALL
    )
    assert not re.search("Part of the figures|Period covered|Rows read", sent)


def test_a_lead_without_figures_hears_of_none(checker: Checker, tmp_path: Path) -> None:
    """It was asked about its activity alone, so nothing is to come after its workbook."""
    office = an_office(tmp_path, checks=checker, activities=(CAMPAIGN,), indicators=())
    person = office.person()
    person.upload(with_a_state(person, "on course"), "activities.xlsx")

    assert "We could read your file. Nothing needs putting right." in person.text
    assert "still to come" not in person.text
    person.send("/send")
    assert "What you told us goes into the release of" in person.text
    assert "still to come" not in person.text


def with_a_state(person: Person, state: str) -> bytes:
    """The workbook that the page offers, with the state of its one activity and no figure."""
    book = load_workbook(BytesIO(person.client.get(f"/r/{person.token}/template.xlsx").content))
    sheet = book["Activities"]
    sheet.cell(2, next(cell.column for cell in sheet[1] if cell.value == "State")).value = state
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def receipt_for(received: ReturnReceived) -> Send:
    """The email that confirms a return."""
    to = Recipient("fire/contact", "Fay Fire", "fay.fire@partner.example")
    return Send(
        key=f"{received.partner_return}/receipt",
        collection=COLLECTION,
        request=received.request,
        partner="fire",
        occasion="receipt",
        email="receipt",
        recipient=to,
        on=date(2025, 7, 15),
        why="A return came.",
        about=received.partner_return,
    )
