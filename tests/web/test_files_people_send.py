"""Files as people really send them, through the page with the real checks: each has a sentence that says what to do."""

from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from expectations.checking import Checker
from tests.web.conftest import Office, Person, an_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office that really checks, for all of them."""
    with Checker() as checker:
        yield an_office(tmp_path_factory.mktemp("files"), checks=checker)


@pytest.fixture
def person(office: Office) -> Person:
    """Somebody with a link of their own."""
    return office.person()


def saved(book: Workbook) -> bytes:
    """A workbook's bytes."""
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def form(person: Person, change: Callable[[Worksheet, dict[str, int]], object]) -> bytes:
    """The form that the page offers, filled in and then changed; the columns are told by title."""
    book = load_workbook(BytesIO(person.client.get(f"/r/{person.token}/template.xlsx").content))
    sheet = book["Figures"]
    columns = {str(cell.value): int(cell.column) for cell in sheet[1]}
    sheet.cell(2, columns["Value"], 12)
    change(sheet, columns)
    return saved(book)


def another_partners(sheet: Worksheet, columns: dict[str, int]) -> None:
    """The police's form."""
    sheet.cell(2, columns["Partner code"], "police")


def another_rounds(sheet: Worksheet, columns: dict[str, int]) -> None:
    """The form of a year before."""
    sheet.cell(2, columns["Collection"], "somewhere.2024-25-q1")
    for title in ("Period from", "Period to"):
        cell = sheet.cell(2, columns[title])
        cell.value = cell.value.replace(year=2024)


def renamed(sheet: Worksheet, columns: dict[str, int]) -> None:
    """A title put right by somebody who knew better."""
    sheet.cell(1, columns["Value"], "Number of fires")


def hidden(sheet: Worksheet, _columns: dict[str, int]) -> None:
    """A row out of sight."""
    sheet.row_dimensions[2].hidden = True


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (another_partners, "This is a form for Police, and we asked Fire Service."),
        (another_rounds, "Download the form for April to June 2025"),
        (renamed, "A column “Number of fires” stands in its place"),
        (hidden, "hidden"),
    ],
)
def test_a_form_that_is_not_quite_ours(
    person: Person, change: Callable[[Worksheet, dict[str, int]], object], says: str
) -> None:
    """Another partner's, another round's, with a title of its own, with a row out of sight."""
    person.upload(form(person, change), "figures.xlsx")

    assert says in person.text


def a_list() -> bytes:
    """A workbook that is no form of ours."""
    book = Workbook()
    book.active.append(["Station", "Fires"])
    book.active.append(["North", 7])
    return saved(book)


def of_numbers() -> bytes:
    """What Numbers saves: a package of its own."""
    file = BytesIO()
    with ZipFile(file, "w") as package:
        package.writestr("Index/Document.iwa", b"anything")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("list.xlsx", a_list(), "No table in this file is the template we sent"),
        ("nothing.xlsx", saved(Workbook()), "The workbook holds no sheet with cells"),
        ("figures.numbers", of_numbers(), "In Numbers choose File, Export To, Excel"),
        ("letter.pdf", b"%PDF-1.7 anything", "Excel, OpenDocument or CSV"),
        ("broken.xlsx", a_list()[:900], "damaged"),
        ("empty.csv", b"", "The file is empty"),
        ("latin.csv", "Wache,Brände\nNord,7\n".encode("latin-1"), "No table in this file"),
    ],
)
def test_a_file_that_is_something_else(person: Person, name: str, data: bytes, says: str) -> None:
    """A list of one's own, an empty workbook, a Numbers file, a letter, half a file, no byte, another alphabet."""
    person.upload(data, name)

    assert says in person.text
    assert person.page is not None
    assert person.page.status_code in (200, 422)
