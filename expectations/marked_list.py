"""The sheet that lists what our checks say of a workbook, a line a cell, and keeps how each cell looked before."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import islice
from typing import cast

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.parsing.tables import CHECKS, CHECKS_SHEET
from quarterday.domain.figures.findings import Finding, Severity

_MOST = 1000  # lines: whoever has more to put right begins with these
_TITLES = ("What to do", "Where", "What our checks say")
_WIDTHS = (14, 26, 100)
_DO = {Severity.CRITICAL: "Put right", Severity.WARNING: "Is it right?"}
_KEPT = 5  # the first of the hidden columns that hold how a cell looked: its sheet, itself, whose comment it had
_LINK = Font(name="Calibri", color="0563C1", underline="single")


@dataclass(frozen=True)
class Mark:
    """A cell that is marked: how it was filled before, and by whom the comment on it was."""

    sheet: str
    cell: str
    fill: PatternFill
    author: str


def add_list(book: Workbook, told: Sequence[Finding], marks: Sequence[Mark]) -> None:
    """Put the list behind the other sheets."""
    sheet = book.create_sheet(CHECKS_SHEET)
    sheet.append(_TITLES)
    for cell in sheet[1]:
        cell.font = Font(name="Calibri", bold=True)
    for row, (finding, where) in enumerate(islice(_lines(told), _MOST), 2):
        _write(sheet, row, finding, where if finding.sheet in book.sheetnames else "")
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    _keep(sheet, marks)


def _lines(told: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    for finding in told:
        yield from ((finding, cell) for cell in (finding.cells or ("",)))


def _write(sheet: Worksheet, row: int, finding: Finding, where: str) -> None:
    place = ", ".join(each for each in (finding.sheet, where) if each) or "The whole file"
    for column, words in enumerate((_DO[finding.severity], place, finding.sentence), 1):
        cell = _cell(sheet, row, column)
        cell.value, cell.data_type = words, "s"  # a sentence may begin with what a formula begins with
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if where:
        quoted = finding.sheet.replace("'", "''")
        link = _cell(sheet, row, 2)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{quoted}'!{where}", display=place)
        link.font = _LINK


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell of the list, which merges none."""
    return cast(Cell, sheet.cell(row, column))


def _keep(sheet: Worksheet, marks: Sequence[Mark]) -> None:
    """Keep how the marked cells looked, in columns that nobody sees: the next marking puts them back first."""
    for row, mark in enumerate(marks, 2):
        for column, words in enumerate((mark.sheet, mark.cell, mark.author), _KEPT):
            cell = _cell(sheet, row, column)
            cell.value, cell.data_type = words, "s"
        sheet.cell(row, _KEPT + 1).fill = mark.fill
    for column in range(_KEPT, _KEPT + 3):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def fill_of(cell: Cell | MergedCell) -> PatternFill:
    """How a cell is filled, apart from the cell."""
    return cast(PatternFill, copy(cell.fill))


def listed_before(book: Workbook) -> dict[tuple[str, str], Mark]:
    """How the cells looked that we marked last time, by where they stand; empty where we marked none."""
    if CHECKS_SHEET not in book.sheetnames or not isinstance(book[CHECKS_SHEET], Worksheet):
        return {}
    found: dict[tuple[str, str], Mark] = {}
    for row in book[CHECKS_SHEET].iter_rows(min_row=2, min_col=_KEPT, max_col=_KEPT + 2):
        sheet, cell, author = row
        if sheet.value and cell.value:
            mark = Mark(str(sheet.value), str(cell.value), fill_of(cell), str(author.value or "") or CHECKS)
            found.setdefault((mark.sheet, mark.cell), mark)
    return found
