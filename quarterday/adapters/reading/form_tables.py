"""Where our template's table stands in a file, and under which header each of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from quarterday.adapters.parsing.tables import FileTables, Table, address
from quarterday.adapters.reading.columns import ENTRIES, Column, also_column, column_named, doubt_of, own_column
from quarterday.adapters.reading.spans import time_in
from quarterday.adapters.reading.values import read_text
from quarterday.domain.framework.periods import Period

_ENOUGH_TO_KNOW = 5  # of our titles, for a table to be our template with something amiss
_NAMES_INDICATOR = {Column.INDICATOR, Column.INDICATOR_CODE}


@dataclass(frozen=True)
class Header:
    """A header row of the template: which column stands where.

    `repeated` are the addresses of titles that mean a column which stands there already; `notes` are columns of words
    beside our own Comment. `doubtful` names the columns whose title says that the numbers may not be what they
    look like (`columns.doubt_of`), `of_period` those whose title names a period.
    """

    row: int
    position: dict[Column, int]
    repeated: tuple[tuple[str, Column], ...] = ()
    notes: tuple[int, ...] = ()
    doubtful: dict[Column, str] = field(default_factory=dict)
    of_period: dict[Column, Period] = field(default_factory=dict)


def headers(table: Table) -> list[Header]:
    """The header rows of a table, in order: a template may carry a second one, copied further down."""
    words = set(chain.from_iterable(table.rows))
    if not any(isinstance(word, str) and column_named(word) in _NAMES_INDICATOR for word in words):
        return []  # as most exports: no need to look at each row
    return [header for row in range(len(table.rows)) if (header := _header(table, row))]


def _header(table: Table, row: int) -> Header | None:
    """The header that a row is: our own titles first, then other words for those that are not there."""
    position: dict[Column, int] = {}
    repeated: list[tuple[str, Column]] = []
    notes: list[int] = []
    for at, cell in enumerate(table.rows[row]):
        if column := own_column(cell):
            if column in position:
                repeated.append((address(row, at), column))
            position.setdefault(column, at)
    for at, cell in enumerate(table.rows[row]):
        column = also_column(cell)
        if column is None:
            continue
        if column not in position:
            position[column] = at
        elif column is Column.COMMENT:
            notes.append(at)
        elif column in ENTRIES:
            repeated.append((address(row, at), column))
    if not (_NAMES_INDICATOR & set(position)) or Column.VALUE not in position:
        return None
    titles = {column: table.cell(row, position[column]) for column in ENTRIES if column in position}
    doubtful = {column: doubt for column, title in titles.items() if (doubt := doubt_of(title))}
    of_period = {column: period for column, title in titles.items() if (period := time_in(read_text(title)))}
    return Header(row, position, tuple(repeated), tuple(notes), doubtful, of_period)


def without_value(reading: FileTables) -> tuple[str, str] | None:
    """A table that is our template but for the title Value: the sheet's name, and the title that stands instead."""
    for table in reading.tables:
        for cells in table.rows:
            known = {column for cell in cells if (column := own_column(cell))}
            if len(known) >= _ENOUGH_TO_KNOW and Column.VALUE not in known and known & _NAMES_INDICATOR:
                others = [read_text(cell) for cell in cells if cell is not None and own_column(cell) is None]
                others = [each for each in others if "last time" not in each.lower()]
                return table.sheet, others[0] if others else ""
    return None


def forms(reading: FileTables) -> list[tuple[Table, list[Header]]]:
    """The tables that are our template; a visible one hides those on hidden sheets."""
    both = [(table, found_headers) for table in reading.tables if (found_headers := headers(table))]
    return [each for each in both if not each[0].hidden] or both


def body(table: Table, found_headers: list[Header]) -> Iterator[tuple[int, Header]]:
    """The rows below the headers, each with the header that it stands under; rows without any cell are left out."""
    for header, following in zip(found_headers, [*found_headers[1:], None], strict=True):
        end = following.row if following else len(table.rows)
        yield from ((row, header) for row in range(header.row + 1, end) if table.rows[row])
