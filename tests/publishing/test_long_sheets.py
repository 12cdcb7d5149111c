"""Facts about long sheets: written by column, they are the very bytes that the library writes cell by cell."""

import io
import warnings
from datetime import UTC, date, datetime

import gptables
import pandas as pd
import pytest

from quarterday.publishing.long_sheets import SheetRows, produce

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
DAY = date(2026, 7, 14)

KINDS = {
    "numbers": [[1], [2.5], [1]],
    "numbers among markers": [[12], ["[c]"], [0]],
    "a marker first": [["[x]"], [3], [4.25]],
    "markers alone": [["[p]"], ["[p] [e]"], ["[p]"]],
    "markers among words": [["plain"], ["[c]"], ["plain"]],
    "numbers among words": [[7], ["not known any more"], [8]],
    "days": [[DAY], [date(2026, 4, 1)], [DAY]],
    "days among words": [["no date yet"], [DAY], ["no date yet"]],
    "words and what looks like a formula or a link": [["'=1+1"], ["http://a.example"], ["{=1}"]],
    "several columns": [["Thefts", 12, DAY, "[p]"], ["Fires", "[c]", DAY, "plain"], ["Thefts", 3.5, DAY, "[p]"]],
}


def sheet_of(rows: SheetRows, frame: pd.DataFrame) -> gptables.GPTable:
    """A sheet of the workbook, as the library takes it."""
    formats = [{"column": {"columns": rows.of_dates, "format": {"num_format": "yyyy-mm-dd"}}}] if rows.of_dates else []
    named = {"title": "Figures", "subtitles": [], "instructions": "This worksheet contains one table.", "source": "us"}
    return gptables.GPTable(table=frame, table_name="t", index_columns={}, additional_formatting=formats, **named)


def closed(book: gptables.GPWorkbook, buffer: io.BytesIO) -> bytes:
    """The bytes of a workbook, made at a fixed time."""
    book.set_properties({"created": datetime(2026, 7, 14, tzinfo=UTC)})
    book.close()
    return buffer.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_sheet_is_what_the_library_writes(kind: str) -> None:
    """Of whatever kinds of cells a column is, formats, widths and strings are the library's own."""
    cells = KINDS[kind]
    rows = SheetRows(tuple(f"Column {number}" for number in range(len(cells[0]))), cells)
    cover = gptables.Cover(cover_label="Cover", title="Figures", intro=["Made up."])
    whole = pd.DataFrame(cells, columns=list(rows.columns), dtype=object)
    theirs, ours = io.BytesIO(), io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = gptables.produce_workbook(
            theirs,
            {"Figures": sheet_of(rows, whole)},
            cover=cover,
            auto_width={"Figures": False},
            workbook_options=OPTIONS,
        )
        made = produce(ours, cover, "Contents", {"Figures": (sheet_of(rows, rows.first), rows)}, OPTIONS)
        assert closed(expected, theirs) == closed(made, ours)
