"""The cells of an .xls file look as its records say: formats, struck-out fonts, raised and struck-out words."""

import io

import pytest
import xlwt

from quarterday.adapters.parsing.appearances import OTHERWISE, PERCENT, RAISED, STRUCK_OUT, UNSEEN
from quarterday.adapters.reading import FileTables, Table, read_tables


def saved(book: xlwt.Workbook) -> Table:
    """The first sheet of a workbook that was saved and read back."""
    data = io.BytesIO()
    book.save(data)
    result = read_tables(data.getvalue(), "export.xls")
    assert isinstance(result, FileTables), result
    return result.tables[0]


@pytest.mark.parametrize(
    ("value", "style", "look"),
    [
        (3, 'num_format_str=[<5]"<5";0', OTHERWISE),
        (12000, "num_format_str=0.0\\,", OTHERWISE),
        (-4, "num_format_str=0;0", OTHERWISE),
        (0.25, "num_format_str=0%", PERCENT),
        (15, "font: struck_out true", STRUCK_OUT),
        ("fifteen", "font: struck_out true", STRUCK_OUT),
        (15, "font: color white", UNSEEN),
        (15, "font: color white; pattern: pattern solid, fore_colour dark_blue", None),
        (15, "font: escapement superscript", RAISED),
        (12, "num_format_str=#,##0.00", None),
        (12, 'num_format_str=0" cases"', None),
    ],
)
def test_a_cell_looks_as_its_style_says(value: float | str, style: str, look: str | None) -> None:
    """One cell by itself, and several numbers of one record."""
    book = xlwt.Workbook()
    code = style.removeprefix("num_format_str=").replace("\\,", ",") if style.startswith("num") else None
    of = xlwt.easyxf(num_format_str=code) if code else xlwt.easyxf(style)
    sheet = book.add_sheet("Figures")
    for column in range(2):
        sheet.write(0, column, value, of)

    assert ({"A1": look, "B1": look} if look else {}) == saved(book).shown_as


def test_hidden_columns_and_rows_are_told() -> None:
    """A figure in a hidden column is asked about, a hidden row is a note, as in workbooks of today."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Figures")
    for row in range(3):
        for column in range(3):
            sheet.write(row, column, 10 * row + column)
    sheet.col(1).hidden = True
    sheet.row(2).hidden = True
    data = io.BytesIO()
    book.save(data)
    result = read_tables(data.getvalue(), "export.xls")

    assert isinstance(result, FileTables)
    assert ((1,), ("The sheet “Figures” has rows that are hidden: we read them.",)) == (
        result.tables[0].hidden_columns,
        result.notes,
    )


def test_raised_and_struck_out_words_look_as_they_did() -> None:
    """`12` with a raised 2 is no 122, also where the workbook has more text than one record holds."""
    plain, up, out = xlwt.Font(), xlwt.Font(), xlwt.Font()
    up.escapement, out.struck_out = xlwt.Font.ESCAPEMENT_SUPERSCRIPT, True
    book = xlwt.Workbook()
    sheet = book.add_sheet("Figures")
    sheet.write_rich_text(0, 0, (("12", plain), ("2", up)))
    for number in range(2500):
        sheet.write(1 + number, 0, f"word {number}" if number % 7 else f"wörd Ω {number}")
    sheet.write_rich_text(2501, 0, (("15", out), ("12", plain)))
    rows = saved(book).rows

    assert ("12²", "wörd Ω 2499", "1\u03365\u033612") == (rows[0][0], rows[2500][0], rows[2501][0])
