"""What a file holds, cell for cell: tables of plain values, or the reason for which it was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | None


@dataclass(frozen=True)
class Table:
    """One sheet, from its cell A1. Rows are as long as their last used cell.

    `doubts` names cells whose content cannot be trusted (address -> why): a formula without its result, or a cell that
    two readers read differently. Such a cell is None in `rows`. A cell that holds an error has its text, `#REF!`.
    `shown_as` names cells that a person sees otherwise than they are (address -> how): see `appearances`. Their
    content stays; whoever takes a figure from one asks first.
    """

    sheet: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]
    doubts: Mapping[str, str] = field(default_factory=dict)
    merged: tuple[str, ...] = ()  # ranges of merged cells, as `A2:A7`: only the first holds something
    shown_as: Mapping[str, str] = field(default_factory=dict)
    hidden_columns: tuple[int, ...] = ()  # counted from 0; our own template hides its codes

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and column counted from 0; None beyond the table."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)


CELL_NOTE = "a note on a cell"
OUR_NOTE = "a note of the checks"  # on a workbook that we marked and that comes back
CHECKS = "Checks"  # whom those notes are by
CHECKS_SHEET = "What our checks say"  # the list of problems on such a workbook: no figure is read from it


HIDDEN_NOTE = "The table has rows or cells that are hidden: we read them."  # of a page, which has no sheets


# Of workbooks whose rules for looks we do not work out: `conditional_looks` reads those of .xlsx.
CONDITIONS_NOTE = (
    "The workbook has looks under conditions, which were not read: if a rule strikes out or hides a figure, say so in "
    "the cell of the figure itself."
)


@dataclass(frozen=True)
class Aside:
    """Words of a file that stand in no cell: a note on one, a footer, a link, a property, the text of a chart."""

    place: str
    text: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class FileTables:
    """Every table of a file, and what its reader should know about how it was read.

    `asides` are the words that stand in no cell; `kept_apart` are tables that nobody sees, such as what a pivot table
    or a link to another workbook remembers. Both are looked at for personal data; no figure is read from them.
    """

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    kept_apart: tuple[Table, ...] = ()
    name: str = ""  # what the file is called


@dataclass(frozen=True)
class Refusal:
    """Why a file was not read: `reason` for programs, `sentence` for the sender: what is wrong and what to do."""

    reason: str
    sentence: str


@lru_cache(maxsize=16_384)  # as many as a sheet of Excel has
def column_letters(column: int) -> str:
    """The letters of a column counted from 0: A, B ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address of a cell whose row and column are counted from 0: `B14`."""
    return f"{column_letters(column)}{row + 1}"


def trimmed(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows without the empty cells at their ends, and without the empty rows at the foot."""
    kept = [tuple(row[: _used(row)]) for row in rows]
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _used(row: list[Cell]) -> int:
    for length in range(len(row), 0, -1):
        if row[length - 1] is not None:
            return length
    return 0
