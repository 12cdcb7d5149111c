"""Marks the sender's own workbook: the cells in question filled and commented, all problems listed, the rest as it was.

A workbook that we marked before comes back with those marks cleared first, so that only what still is wrong is marked.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from math import ceil

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from expectations.marked_list import Mark, add_list, fill_of, listed_before
from quarterday.adapters.parsing.tables import CHECKS, CHECKS_SHEET
from quarterday.domain.figures.findings import Finding, Severity

_FILL = {
    Severity.CRITICAL: PatternFill("solid", fgColor="FFF4CCCC"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFFF2CC"),
}
_OURS = frozenset(each.fgColor.rgb for each in _FILL.values())
_BELOW = "\n\nOur checks:\n\n"  # what parts the sender's own comment on a cell from ours
_WIDE, _LINE, _CHARACTERS = 360, 17, 48  # of a comment: its width, a line's height, and how many letters a line holds


def marked(data: bytes, findings: Iterable[Finding]) -> bytes:
    """The workbook with its failing cells marked, red to put right and yellow to explain; it opens at the first.

    A comment of the sender's own is kept, above ours. Notes alone mark nothing. Formulas stay formulas.
    """
    book = load_workbook(io.BytesIO(data), keep_links=True, rich_text=True)
    _clear(book)
    told = sorted((each for each in findings if each.severity in _FILL), key=_worst_first)
    marks = _mark_all(book, told)
    if told:
        add_list(book, told, marks)
        _open_at(book, marks)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _worst_first(finding: Finding) -> bool:
    return finding.severity is not Severity.CRITICAL


def _clear(book: Workbook) -> None:
    """Take away what we put on a workbook before: fills, comments and the list."""
    before = listed_before(book)
    if CHECKS_SHEET in book.sheetnames:
        del book[CHECKS_SHEET]
    for sheet in (each for each in book.worksheets if isinstance(each, Worksheet)):
        for row in sheet.iter_rows():
            for cell in row:
                mark = before.get((sheet.title, cell.coordinate))
                if cell.comment is not None and cell.comment.author == CHECKS:
                    _uncomment(cell, cell.comment, mark)
                if cell.has_style and cell.fill.fgColor.rgb in _OURS:
                    cell.fill = copy(mark.fill) if mark else PatternFill()


def _uncomment(cell: Cell | MergedCell, comment: Comment, mark: Mark | None) -> None:
    own, parted, _ = comment.text.partition(_BELOW)
    kept = Comment(own, mark.author if mark else "") if parted and own else None
    cell.comment = kept  # pyrefly: ignore[missing-attribute]  # what is merged into another has no comment


def _mark_all(book: Workbook, told: Sequence[Finding]) -> list[Mark]:
    """Mark every cell that something is said of, in the order in which it is said."""
    said: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in told:
        for cell in finding.cells:
            said[finding.sheet, cell].append(finding)
    there = ((place, about) for place, about in said.items() if place[0] in book.sheetnames)
    return [_mark(book[sheet], cell, about) for (sheet, cell), about in there if isinstance(book[sheet], Worksheet)]


def _mark(sheet: Worksheet, where: str, about: list[Finding]) -> Mark:
    cell = _first_of_merged(sheet, where)
    own = cell.comment
    mark = Mark(sheet.title, cell.coordinate, fill_of(cell), (own.author or "") if own else "")
    ours = "\n\n".join(dict.fromkeys(each.sentence for each in about))
    text = ours if own is None else own.text if own.author == CHECKS else f"{own.text}{_BELOW}{ours}"
    if own is not None and own.author == CHECKS:  # two cells of one merged range: both are said at its first
        text, mark = f"{own.text}\n\n{ours}", Mark(sheet.title, cell.coordinate, PatternFill(), "")
    comment = Comment(text, CHECKS)
    comment.width, comment.height = _WIDE, _height(text)
    worst = Severity.CRITICAL if any(each.severity is Severity.CRITICAL for each in about) else Severity.WARNING
    cell.fill, cell.comment = _FILL[worst], comment
    return mark


def _height(text: str) -> int:
    """High enough for a comment to be read whole without being drawn larger first."""
    return _LINE * (2 + sum(max(1, ceil(len(line) / _CHARACTERS)) for line in text.splitlines()))


def _first_of_merged(sheet: Worksheet, cell: str) -> Cell:
    """The cell itself, or the first of the merged range that it lies in: no other can carry a comment."""
    for merged in sheet.merged_cells.ranges:
        if cell in merged:
            return sheet.cell(merged.min_row, merged.min_col)  # pyrefly: ignore[bad-return]
    return sheet[cell]


def _open_at(book: Workbook, marks: Sequence[Mark]) -> None:
    """Have the workbook open at the first cell that is marked; at the list where none is."""
    first = marks[0] if marks else Mark(CHECKS_SHEET, "A1", PatternFill(), "")
    for each in book.worksheets:
        each.sheet_view.tabSelected = each.title == first.sheet
    sheet = book[first.sheet]
    assert isinstance(sheet, Worksheet)
    book.active = book.sheetnames.index(first.sheet)
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first.cell
    pane = sheet.sheet_view.pane
    if pane is not None and pane.ySplit:
        row = max(int(pane.ySplit) + 1, sheet[first.cell].row - 3)
        pane.topLeftCell = f"{get_column_letter(int(pane.xSplit or 0) + 1)}{row}"
