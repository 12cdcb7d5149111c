"""Tables as CSV on standard output, cell for cell as read, a blank line between two tables."""

import csv
import os
import sys
from datetime import datetime
from io import StringIO

from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address

UNREAD = "#UNREAD!"  # stands in a cell that could not be read for sure


def write_tables(reading: FileTables) -> None:
    """Write every table to standard output, as UTF-8 whatever the terminal says."""
    try:
        for number, table in enumerate(each for each in reading.tables if each.rows):
            if number:
                sys.stdout.buffer.write(b"\n")
            for row in range(len(table.rows)):
                sys.stdout.buffer.write(_line(table, row))
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _line(table: Table, row: int) -> bytes:
    cells = [_written(table, row, column) for column in range(table.width)]
    line = StringIO(newline="")
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


def _written(table: Table, row: int, column: int) -> str:
    cell = table.cell(row, column)
    if cell is None and table.doubts and address(row, column) in table.doubts:
        return UNREAD
    return in_csv(cell)


def in_csv(cell: Cell) -> str:
    """A cell as it stands in CSV: dates as ISO, numbers with every digit they have."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return repr(cell)
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell)
