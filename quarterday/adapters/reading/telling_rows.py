"""A sheet on which something is told in a row each, as people leave it: of activities, or of risks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address
from quarterday.adapters.reading.columns import plain_title
from quarterday.adapters.reading.values import shown
from quarterday.domain.figures.findings import Finding

Row = TypeVar("Row")
_LONGEST = 4000  # characters of a cell that are looked at


@dataclass(frozen=True)
class TellingSheet:
    """What such a sheet is known by.

    A row of titles has `name` or `code`, which say what a row is about, and the title `needs`; `to_fill_in` are the
    columns that its sender writes in.
    """

    title: str
    columns: tuple[str, ...]
    name: str
    code: str
    needs: str
    to_fill_in: tuple[str, ...]

    def is_in(self, table: Table) -> bool:
        """Whether a table has the titles of the sheet, and so is no table of figures."""
        return any(self._titles(cells) for cells in table.rows)

    def rows(self, reading: FileTables) -> Iterator["TellingRow"]:
        """The rows that say something, below any row of titles."""
        for table in reading.tables:
            for number, position in self._body(table):
                row = TellingRow(table, number, position)
                if any(row.text(column) for column in self.to_fill_in):
                    yield row

    @cached_property
    def _named(self) -> dict[str, str]:
        return {each.lower(): each for each in self.columns}

    def _titles(self, cells: Sequence[Cell]) -> dict[str, int]:
        """Which column stands where, in a row of titles; nothing in any other row."""
        titles = {
            self._named[plain]: at
            for at, cell in enumerate(cells)
            if isinstance(cell, str) and (plain := plain_title(cell)) in self._named
        }
        return titles if {self.name, self.code} & set(titles) and self.needs in titles else {}

    def _body(self, table: Table) -> Iterator[tuple[int, dict[str, int]]]:
        """The rows under the titles, each with which column stands where."""
        position: dict[str, int] = {}
        for number, cells in enumerate(table.rows):
            if titles := self._titles(cells):
                position = titles
            elif position and any(cell is not None for cell in cells):
                yield number, position

    def code_of(self, row: "TellingRow", titles: Mapping[str, str]) -> str | None:
        """What a row is about: by its code, or by its title where the code is gone. `titles` are those that may be."""
        if said := row.text(self.code):
            return said if said in titles else None
        by_title = {title.casefold(): code for code, title in titles.items()}
        return by_title.get(row.text(self.name).casefold())


@dataclass(frozen=True)
class TellingRow:
    """One row of such a sheet."""

    table: Table
    number: int
    position: Mapping[str, int]

    def cell(self, column: str) -> Cell:
        """What stands in a column; nothing where the column is not there."""
        return self.table.cell(self.number, self.position[column]) if column in self.position else None

    def text(self, column: str) -> str:
        """The same as words."""
        return shown(self.cell(column))[:_LONGEST].strip() if self.cell(column) is not None else ""

    def at(self, *columns: str) -> tuple[str, ...]:
        """The addresses of the cells in some columns."""
        return tuple(address(self.number, self.position[each]) for each in columns if each in self.position)

    def cells_of(self, fields: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Each field, by its name, with the address of its cell."""
        return tuple((field, at) for field, column in fields.items() for at in self.at(column))


@dataclass(frozen=True)
class TellingRead(Generic[Row]):
    """The rows of such a sheet that say something, and what could not be read without guessing."""

    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()


def as_read(read: Iterable[Row | Finding]) -> TellingRead[Row]:
    """What was read of each row, and what was found against the others."""
    every = tuple(read)
    return TellingRead(
        tuple(each for each in every if not isinstance(each, Finding)),
        tuple(each for each in every if isinstance(each, Finding)),
    )
