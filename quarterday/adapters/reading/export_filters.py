"""Which rows of an export its mapping keeps, and values that are nearly one that it keeps."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.export_sheets import ExportSheet
from quarterday.adapters.reading.naming import key
from quarterday.adapters.reading.values import read_text, shown
from quarterday.domain.framework.exports import ExportedFigures

_BEFORE = ("london borough of", "royal borough of", "metropolitan borough of", "borough of", "city of", "lb of", "lb")
_BEHIND = ("borough", "london borough", "lb", "council", "bcu", "district")
_ALIKE = 0.88  # of their letters in the same order
_SHORTEST = 5  # letters of a word that may be mistyped


def kept_rows(sheet: ExportSheet, figures: ExportedFigures) -> list[int]:
    """The rows that hold something and that the mapping's `where` and `leave_out` let through."""
    kept = [(title, {key(value) for value in values}) for title, values in figures.where.items()]
    dropped = [(title, {key(value) for value in values}) for title, values in figures.leave_out.items()]
    return [
        row
        for row in sheet.body
        if sheet.table.rows[row]
        and all(key(shown(sheet.written(row, title))) in values for title, values in kept)
        and not any(key(shown(sheet.written(row, title))) in values for title, values in dropped)
    ]


def nearly_kept(sheet: ExportSheet, figures: ExportedFigures) -> Iterator[tuple[str, str, str, str]]:
    """Values that are left out and are nearly one that is kept: the title, the value, what is kept, the first cell."""
    for title, values in figures.where.items():
        first: dict[str, str] = {}
        rows: dict[Cell, int] = {}
        for row in sheet.body:
            rows.setdefault(sheet.written(row, title), row)
        for said, row in rows.items():
            first.setdefault(read_text(said), sheet.at(row, title))
        for written, cell in first.items():
            wanted = next((value for value in values if _is_near(key(written), key(value))), "")
            if wanted and key(written) not in {key(value) for value in values}:
                yield title, written, wanted, cell


def _is_near(written: str, wanted: str) -> bool:
    """Whether a value may be another way of writing the wanted one, or a slip in it; other digits mean another."""
    bare = next((written.removeprefix(f"{said} ") for said in _BEFORE if written.startswith(f"{said} ")), written)
    bare = next((bare.removesuffix(f" {said}") for said in _BEHIND if bare.endswith(f" {said}")), bare)
    if bare == wanted:
        return True
    digits = [[each for each in text if each.isdecimal()] for text in (written, wanted)]
    long_enough = min(len(written), len(wanted)) >= _SHORTEST and digits[0] == digits[1]
    return long_enough and SequenceMatcher(None, written, wanted).ratio() >= _ALIKE
