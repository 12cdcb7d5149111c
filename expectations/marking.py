"""Marks the sender's own workbook: the cells in question filled and commented, everything else as it was."""

import io
from collections import defaultdict
from collections.abc import Iterable

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.parsing.tables import CHECKS
from quarterday.domain.figures.findings import Finding, Severity

_FILL = {
    Severity.CRITICAL: PatternFill("solid", fgColor="FFF4CCCC"),
    Severity.WARNING: PatternFill("solid", fgColor="FFFFF2CC"),
}


def marked(data: bytes, findings: Iterable[Finding]) -> bytes:
    """The workbook with its failing cells marked, red to put right and yellow to explain.

    A comment that stands there already is kept, above ours. Notes alone mark nothing. Formulas stay formulas.
    """
    book = load_workbook(io.BytesIO(data), keep_links=True, rich_text=True)
    said: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.severity in _FILL:
            for cell in finding.cells:
                said[finding.sheet, cell].append(finding)
    for (sheet, cell), about in said.items():
        if sheet in book.sheetnames and isinstance(book[sheet], Worksheet):
            _mark(book[sheet], cell, about)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _mark(sheet: Worksheet, cell: str, about: list[Finding]) -> None:
    marking = _first_of_merged(sheet, cell)
    worst = Severity.CRITICAL if any(each.severity is Severity.CRITICAL for each in about) else Severity.WARNING
    before = [marking.comment.text] if marking.comment else []
    comment = Comment("\n\n".join([*before, *dict.fromkeys(each.sentence for each in about)]), CHECKS)
    comment.width, comment.height = 320, 140
    marking.fill = _FILL[worst]
    marking.comment = comment


def _first_of_merged(sheet: Worksheet, cell: str):  # type: ignore[no-untyped-def]
    """The cell itself, or the first of the merged range that it lies in: no other can carry a comment."""
    for merged in sheet.merged_cells.ranges:
        if cell in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[cell]
