"""Where the tables of a sheet stand: which rows are titles, which are headers, which hold values.

A reading keeps every cell where it stands; this says what the cells are, for `map` and for comparing with truths.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from quarterday.adapters.parsing.tables import Cell, Table
from quarterday.adapters.reading.values import read_text

_NUMBER = re.compile(r"^[-+(]?[£$€]?\s?-?[\d,. ]*\d[\d,.]*\s?[%)]?$")
_DATE = re.compile(r"^(\d{1,4}[-/.](\d{1,2}|[A-Za-z]{3,9})[-/.]\d{2,4}|\d{1,2}:\d{2}(:\d{2})?)$")
_PERIOD = re.compile(r"^(19|20)\d\d([-/ ]?(0[1-9]|1[0-2]|Q[1-4]|\d\d))?([-/]\d\d)?( 00:00:00)?$")
_TYPED = 0.6  # the share of a column's cells that makes it one of numbers, or of dates
_FULL = 0.6  # the share of the columns that a header fills
_LONGEST = 40


@dataclass(frozen=True)
class Outline:
    """One table: its header's rows and the rows of values below, counted from 0. A table may have no header."""

    header: tuple[int, ...]
    body: tuple[int, ...]


def outlines(table: Table) -> list[Outline]:
    """The tables that stand one below another in a sheet; a new one begins where the header is repeated."""
    sheet = _Sheet(table)
    if not sheet.rows:
        return []
    start = next((row for row in sheet.rows if sheet.is_full(row)), sheet.rows[0])
    if sheet.has_values(start):
        return [Outline((), tuple(row for row in sheet.rows if row >= start))]
    found: list[Outline] = []
    header: list[int] = [start]
    body: list[int] = []
    for row in (row for row in sheet.rows if row > start):
        if sheet.text(row) == sheet.text(start) and not body:
            header.append(row)
        elif sheet.text(row) == sheet.text(start):
            found.append(Outline(tuple(header), tuple(body)))
            header, body = [row], []
        elif not body and sheet.continues_header(row):
            header.append(row)
        else:
            body.append(row)
    return [*found, Outline(tuple(header), tuple(body))]


def kind(cell: Cell) -> str:
    """What a cell looks like: `empty`, `number`, `date` or `words`."""
    match cell:
        case None:
            return "empty"
        case bool():
            return "words"
        case int() | float():
            return "number"
        case date():
            return "date"
    text = read_text(cell)
    if not text:
        return "empty"
    if len(text) <= _LONGEST and _DATE.match(text):
        return "date"
    return "number" if len(text) <= _LONGEST and _NUMBER.match(text) else "words"


class _Sheet:
    def __init__(self, table: Table) -> None:
        self._table = table
        self.kinds = [[kind(cell) for cell in row] for row in table.rows]
        self.rows = [row for row, kinds in enumerate(self.kinds) if set(kinds) - {"empty"}]
        self.width = max((self._used(row) for row in self.rows), default=0)
        self.typed = {column for column in range(table.width) if self._is_typed(column)}

    def _used(self, row: int) -> int:
        return sum(each != "empty" for each in self.kinds[row])

    def _at(self, row: int, column: int) -> str:
        return self.kinds[row][column] if column < len(self.kinds[row]) else "empty"

    def _is_typed(self, column: int) -> bool:
        seen = Counter(self._at(row, column) for row in self.rows)
        filled = sum(seen.values()) - seen["empty"]
        return filled > 0 and max(seen["number"], seen["date"]) >= _TYPED * max(filled - 1, 1) > 0

    def is_full(self, row: int) -> bool:
        """Whether a row fills the table's width, as headers and rows of values do, and titles do not."""
        return self._used(row) >= max(_FULL * self.width, min(2, self.width))

    def has_values(self, row: int) -> bool:
        """Whether a row has numbers or dates where its columns have them."""
        values = [column for column in self.typed if self._at(row, column) in ("number", "date")]
        return bool(values) and not self._are_titles(row, values)

    def _are_titles(self, row: int, columns: list[int]) -> bool:
        """Whether numbers or dates are titles themselves: several years or months, no two the same."""
        titles = [read_text(self._table.cell(row, column)) for column in columns]
        return len(titles) > 1 and len(set(titles)) == len(titles) and all(map(_PERIOD.match, titles))

    def continues_header(self, row: int) -> bool:
        """Whether a row is a header's further line: words alone, and nothing in the first column."""
        kinds = set(self.kinds[row]) - {"empty"}
        return kinds == {"words"} and self._at(row, 0) == "empty" and bool(self.typed)

    def text(self, row: int) -> tuple[str, ...]:
        """A row's words for comparing."""
        return tuple(read_text(cell).lower() for cell in self._table.rows[row])
