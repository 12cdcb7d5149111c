"""Cells merged over several rows: what the first holds is meant for all of them."""

import re

from quarterday.adapters.parsing.tables import Cell, Table

Merged = dict[tuple[int, int], Cell]

_RANGE = re.compile(r"^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$")
_MOST_CELLS = 50_000


def merged_cells(table: Table) -> Merged:
    """What each cell below or beside the first of a merged range stands for, by row and column from 0."""
    cells: Merged = {}
    for written in table.merged:
        match = _RANGE.match(written.upper())
        if not match:
            continue
        left, top, right, bottom = _column(match[1]), int(match[2]) - 1, _column(match[3]), int(match[4]) - 1
        bottom = min(bottom, len(table.rows) - 1)
        if (bottom - top + 1) * (right - left + 1) + len(cells) > _MOST_CELLS:
            continue
        if not 0 <= top <= bottom or right < left:
            continue
        value = table.cell(top, left)
        covered = {(r, c): value for r in range(top, bottom + 1) for c in range(left, right + 1)}
        del covered[top, left]
        cells.update(covered)
    return cells


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return column - 1
