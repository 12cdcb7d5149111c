"""What a file holds, cell for cell: CSV and workbooks."""

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.adapters.parsing import files, wire
from quarterday.adapters.parsing.refusals import SENTENCES
from quarterday.adapters.parsing.tables import FileTables, Refusal, Table, address
from quarterday.adapters.reading import read_tables
from tests.reading.attacks import ODS_CELL, ods, packed, parts, workbook
from tests.reading.conftest import shared

MOMENT = dt.datetime(2025, 4, 1, 10, 30)  # noqa: DTZ001 - a cell knows no time zone


def rows(data: bytes, name: str = "a.csv") -> tuple:
    """The rows of a file's first table."""
    result = files.parse(data, name)
    assert isinstance(result, FileTables), result.sentence
    return result.tables[0].rows


def reason(data: bytes, name: str = "a.csv") -> str:
    """Why a file is refused."""
    result = files.parse(data, name)
    assert isinstance(result, Refusal)
    return result.reason


@pytest.mark.parametrize(
    "data",
    [
        b"Area,Count\nNorth,1\nSouth,2\n",
        b"Area,Count\r\nNorth,1\r\nSouth,2",
        b"Area,Count\rNorth,1\rSouth,2\r",
        b"\xef\xbb\xbfArea;Count\nNorth;1\nSouth;2\n",
        b"Area\tCount\nNorth\t1\nSouth\t2\n\n\n",
        b"Area, Count\nNorth, 1\nSouth, 2\n",
        b"sep=|\nArea|Count\nNorth|1\nSouth|2\n",
        b'"Area","Count"\n"North","1"\n"South","2"\n',
        "Area,Count\nNorth,1\nSouth,2\n".encode("utf-16"),
        b"Area,Count\nNorth,1\nSouth,2\n\x1a",
    ],
)
def test_one_table_in_many_dresses(data: bytes) -> None:
    """Line ends, marks, delimiters and quotes change nothing."""
    assert (("Area", "Count"), ("North", "1"), ("South", "2")) == rows(data)


def test_windows_text_is_read_with_its_pound_signs() -> None:
    """£, dashes and curly quotes of Windows come through."""
    assert (("Cost", "Note"), ("£5", "it’s – fine")) == rows("Cost,Note\n£5,it’s – fine\n".encode("cp1252"))


def test_quoted_delimiters_and_lines_stay_in_their_cell() -> None:
    """A comma, a line end or a quote inside quotes belongs to the cell."""
    assert (("a", "b"), ("x, y\nz", 'say "hi"')) == rows(b'a,b\n"x, y\nz","say ""hi"""\n')


def test_notes_above_and_below_stay_where_they_are() -> None:
    """A title, an empty line and a source under the table are cells like any others."""
    data = b"Our title\n\nArea,Count\nNorth,1\nSouth,2\nEast,3\nWest,4\n\nSource: us\n"

    assert (("Our title",), (), ("Area", "Count")) == rows(data)[:3]
    assert (("West", "4"), (), ("Source: us",)) == rows(data)[-3:]


def test_leading_zeros_survive() -> None:
    """A code is no number."""
    assert ("0012", "1") == rows(b"Code,Count\n0012,1\n")[1]


def test_a_row_with_a_cell_too_many_is_named() -> None:
    """The sender is told which row to look at."""
    result = files.parse(b"Area,Count\nNorth,1\nSouth,1,200\nEast,3\nWest,4\nHigh,5\n", "a.csv")

    assert isinstance(result, Refusal)
    assert "Look at row 3." in result.sentence


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8).filter(
                lambda cell: cell.strip() == cell and cell[0] not in "{<"
            ),
            min_size=3,
            max_size=3,
        ),
        min_size=2,
        max_size=8,
    )
)
def test_a_quoted_table_comes_back_or_is_refused(table: list[list[str]]) -> None:
    """Whatever stands in its cells, a well quoted table is read exactly or refused, never changed."""
    text = "".join(",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) + "\n" for row in table)

    result = files.parse(text.encode(), "a.csv")

    if isinstance(result, FileTables):
        assert tuple(map(tuple, table)) == result.tables[0].rows


@settings(max_examples=150, deadline=None)
@given(st.binary(min_size=1, max_size=300))
def test_no_bytes_break_the_parser(data: bytes) -> None:
    """Any bytes are read or refused for a reason of the catalogue."""
    result = files.parse(data, "a.csv")

    assert isinstance(result, FileTables) or result.reason in SENTENCES


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_breaks_the_workbook_reader(data: st.DataObject) -> None:
    """A workbook with bytes changed anywhere is read or refused for a reason of the catalogue."""
    good = bytearray(workbook(sheet='<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="str"><v>x</v></c></row>'))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))

    result = files.parse(bytes(good), "a.xlsx")

    assert isinstance(result, FileTables) or result.reason in SENTENCES


def _saved(change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    change(book.active)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_a_workbooks_cells_keep_their_kinds() -> None:
    """Text, numbers, dates, times of day and truth values come back as what they are."""

    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet.append(["0012", 12, 0.5, True, dt.date(2025, 4, 1), MOMENT, None, "end"])

    expected = ("0012", 12, 0.5, True, dt.date(2025, 4, 1), MOMENT, None, "end")

    assert (expected,) == rows(_saved(fill), "a.xlsx")


def test_errors_and_formulas_without_results_are_not_blank() -> None:
    """#N/A keeps its words; a formula that was never worked out is a doubt."""
    data = workbook(
        sheet='<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v>2</v></c></row>'
    )

    result = files.parse(data, "a.xlsx")

    assert isinstance(result, FileTables)
    assert (("#N/A", None, 2),) == result.tables[0].rows
    assert {"B1": "formula-without-value"} == result.tables[0].doubts


def test_cells_start_at_a1_wherever_the_table_stands() -> None:
    """Addresses are the sheet's own."""
    assert ((), (), (None, None, 7)) == rows(workbook(sheet='<row r="3"><c r="C3"><v>7</v></c></row>'), "a.xlsx")


def test_long_numbers_lose_no_digits() -> None:
    """Seventeen digits come back as they stand in the file."""
    data = workbook(sheet='<row r="1"><c r="A1"><v>12345678901234567</v></c></row>')

    assert ((12345678901234567,),) == rows(data, "a.xlsx")


def test_hidden_sheets_are_read_and_named_as_such() -> None:
    """A hidden sheet is a table like the others."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = 1
    secret = book.create_sheet("Secret")
    secret["A1"] = 2
    secret.sheet_state = "veryHidden"
    saved = io.BytesIO()
    book.save(saved)

    result = files.parse(saved.getvalue(), "a.xlsx")

    assert isinstance(result, FileTables)
    assert [("Sheet", False), ("Secret", True)] == [(table.sheet, table.hidden) for table in result.tables]


def test_parts_with_the_other_slash_are_found() -> None:
    """Some programs write the slashes of Windows into the package."""
    members = {name.replace("/", "\\") if name.startswith("xl/w") else name: part for name, part in parts().items()}

    assert ((1,),) == rows(packed(members), "a.xlsx")


def test_an_ods_repeats_its_cells() -> None:
    """A cell three times over is three cells; the empty thousands behind it are none."""
    body = "<table:table-row>" + ODS_CELL.format(' table:number-columns-repeated="3"')
    data = ods(body + '<table:table-cell table:number-columns-repeated="16381"/></table:table-row>')

    assert ((1, 1, 1),) == rows(data, "a.ods")


@pytest.mark.parametrize(
    ("folder", "file", "why"),
    [
        ("dfe_ees", "additional-filters-and-indicators.csv", "ragged"),
        ("mhclg_bulk_upload", "excel_as_csv.csv", "corrupt"),
    ],
)
def test_departments_broken_files_are_refused_for_what_is_broken(folder: str, file: str, why: str) -> None:
    """A row with a cell too many, a package that was mangled as text."""
    path = shared(folder, file)

    assert why == reason(path.read_bytes(), path.name)


@pytest.mark.parametrize("folder", ["dluhc_returns", "mhclg_bulk_upload", "dfe_ees", "dfe_neet_la"])
def test_departments_returns_are_read_whole(folder: str) -> None:
    """Every return that departments test with is read, but for the two that are broken."""
    refused = [
        path.name
        for path in sorted(shared(folder).iterdir())
        if isinstance(read_tables(path.read_bytes(), path.name), Refusal)
    ]

    assert set(refused) <= {"additional-filters-and-indicators.csv", "excel_as_csv.csv"}


def test_valid_and_invalid_bulk_uploads_differ_where_they_were_damaged() -> None:
    """FileTables loses nothing: the cells in which a valid and an invalid file differ can be named."""
    valid = shared("mhclg_bulk_upload", "2023_24_lettings_bulk_upload.csv")
    invalid = shared("mhclg_bulk_upload", "2023_24_lettings_bulk_upload_invalid.csv")
    one, two = rows(valid.read_bytes()), rows(invalid.read_bytes())

    differing = [
        address(row, column)
        for row, (left, right) in enumerate(zip(one, two, strict=True))
        for column, (a, b) in enumerate(zip(left, right, strict=True))
        if a != b
    ]

    assert differing


def test_what_the_process_hands_back_is_what_it_read() -> None:
    """Every kind of cell crosses the wire unchanged."""
    cells = (None, "text", 1, 1.5, True, dt.date(2025, 4, 1), MOMENT)
    reading = FileTables((Table("S", True, (cells, ()), {"A1": "readers-disagree"}, ("A1:B2",)),), ("a note",))

    assert reading == wire.load(wire.dump(reading))
