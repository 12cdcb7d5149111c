"""The second reader of workbooks: calamine knows which numbers are dates. Where the two differ, both are doubted."""

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import python_calamine

from quarterday.adapters.parsing.appearances import plainly
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import RawSheet
from quarterday.adapters.parsing.strings_xml import unescaped
from quarterday.adapters.parsing.tables import Cell, Table, address, trimmed

_LARGEST_AREA = 4_000_000  # calamine keeps every cell of the rectangle, used or not
DISAGREE = "readers-disagree"
Rows = list[list[Any]]


def open_workbook(data: bytes) -> python_calamine.CalamineWorkbook:
    """The workbook as calamine opens it. Raises `Refused` where it cannot."""
    try:
        return python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    except python_calamine.PasswordError:
        raise Refused("encrypted") from None
    except MemoryError:
        raise
    except BaseException as error:  # its panics are no Exception
        raise _broken(error) from None


def _broken(error: BaseException) -> Refused:
    if isinstance(error, KeyboardInterrupt | SystemExit):
        raise error
    return Refused("corrupt")


def rows_of(data: bytes, names: Sequence[str], areas: Sequence[int]) -> list[Rows]:
    """Every named sheet's rows from A1 as calamine reads them. Raises `Refused` where cells lie too far apart."""
    if max(areas) > _LARGEST_AREA:
        raise Refused("too-spread")
    book = open_workbook(data)
    return [sheet_rows(book, name) for name in names]


def hidden_sheets(data: bytes) -> set[str]:
    """The names of the sheets that are hidden."""
    about = open_workbook(data).sheets_metadata
    return {each.name for each in about if each.visible != python_calamine.SheetVisibleEnum.Visible}


def sheet_rows(book: python_calamine.CalamineWorkbook, name: str) -> Rows:
    """One sheet's rows from A1."""
    try:
        rows: Rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except BaseException as error:  # its panics are no Exception
        raise _broken(error) from None
    return rows


def merged_ranges(book: python_calamine.CalamineWorkbook, name: str) -> tuple[str, ...]:
    """The merged ranges of a sheet, as `A2:A7`."""
    ranges = book.get_sheet_by_name(name).merged_cell_ranges or []
    return tuple(f"{address(*first)}:{address(*last)}" for first, last in ranges)


def joined(name: str, hidden: bool, own: RawSheet, other: Rows) -> Table:
    """The cells that both readers agree on; the others are doubts."""
    doubts = dict(own.doubts)
    rows: list[list[Cell]] = [[] for _ in range(max((row for row, _ in own.cells), default=-1) + 1)]
    for (row, column), cell in sorted(own.cells.items()):
        seen = other[row][column] if row < len(other) and column < len(other[row]) else ""
        agreed = _agreed(cell, seen)
        if agreed is None:
            doubts[address(row, column)] = DISAGREE
        rows[row].extend([None] * (column - len(rows[row])))
        rows[row].append(agreed)
    unseen = tuple(sorted(own.hidden_columns))
    return Table(name, hidden, trimmed(rows), doubts, tuple(own.merged), own.shown_as, unseen)


def plain(value: Any) -> Cell:
    """A value of calamine's as a cell: whole numbers as such, times of day and spans as text."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, time | timedelta):
        return str(value)
    return None if value == "" else value


def _agreed(own: Cell, seen: Any) -> Cell:
    if isinstance(seen, datetime | date | time | timedelta):
        is_number = isinstance(own, int | float) and not isinstance(own, bool)
        return plain(seen) if is_number or own == seen else _both_moments(own, seen)
    if isinstance(own, str):
        # Errors are blank to calamine; it trims and unescapes text in ways of its own.
        blank_error = own.startswith("#") and seen == ""
        return own if blank_error or _same_words(own, seen) else None
    if isinstance(own, bool) or isinstance(seen, bool):
        return own if own == seen or own == bool(seen) else None
    if isinstance(own, int | float) and isinstance(seen, int | float):
        return own if math.isclose(own, seen, rel_tol=1e-12) else None
    return own if own == seen else None


def _both_moments(own: Cell, seen: Any) -> Cell:
    return own if isinstance(own, date) and str(own)[:10] == str(seen)[:10] else None


def _same_words(own: str, seen: Any) -> bool:
    """Whether the words are the same. Runs that we read as raised or struck out are plain to calamine."""
    if not isinstance(seen, str):
        return False
    return _words(own) == _words(seen) or _words(plainly(own)) == _words(plainly(seen))


def _words(text: str) -> list[str]:
    return unescaped(text).replace("\r", "").split()
