"""Where our template's table stands in a file, and under which header each of its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.adapters.parsing.tables import Reading, Table, address
from quarterday.adapters.reading.columns import Column, column_named

_NAMES_INDICATOR = {Column.INDICATOR, Column.INDICATOR_CODE}


@dataclass(frozen=True)
class Header:
    """A header row of the template: which column stands where."""

    row: int
    position: dict[Column, int]
    repeated: tuple[str, ...] = ()  # addresses of titles that stand twice


def headers(table: Table) -> list[Header]:
    """The header rows of a table, in order: a template may carry a second one, copied further down."""
    return [header for row in range(len(table.rows)) if (header := _header(table, row))]


def _header(table: Table, row: int) -> Header | None:
    position: dict[Column, int] = {}
    repeated = []
    for at, cell in enumerate(table.rows[row]):
        if column := column_named(cell):
            if column in position:
                repeated.append(address(row, at))
            position.setdefault(column, at)
    is_header = bool(_NAMES_INDICATOR & set(position)) and Column.VALUE in position
    return Header(row, position, tuple(repeated)) if is_header else None


def forms(reading: Reading) -> list[tuple[Table, list[Header]]]:
    """The tables that are our template; a visible one hides those on hidden sheets."""
    both = [(table, found_headers) for table in reading.tables if (found_headers := headers(table))]
    return [each for each in both if not each[0].hidden] or both


def body(table: Table, found_headers: list[Header]) -> Iterator[tuple[int, Header]]:
    """The rows below the headers, each with the header that it stands under; rows without any cell are left out."""
    for header, following in zip(found_headers, [*found_headers[1:], None], strict=True):
        end = following.row if following else len(table.rows)
        yield from ((row, header) for row in range(header.row + 1, end) if table.rows[row])
