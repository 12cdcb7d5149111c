"""An accessible workbook whose sheets may be long: formats are kept by column, where the library keeps them by cell.

gptables holds a dictionary for each cell of a table and asks of each cell again what it is. A release tells tens of
thousands of earlier figures, twenty cells each: those dictionaries were half of what a release cost. What is written
is the very same workbook.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, BinaryIO

import gptables
import pandas as pd
from gptables.core.wrappers import GPWorkbook, GPWorksheet
from xlsxwriter.workbook import Workbook

Cell = str | int | float | date


@dataclass(frozen=True)
class SheetRows:
    """What one table of the workbook holds: its headings and its rows, no cell of them blank."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    @cached_property
    def by_column(self) -> tuple[tuple[Cell, ...], ...]:
        """What stands in each column, of like cells one."""
        return tuple(tuple(dict.fromkeys(cells)) for cells in zip(*self.rows, strict=True))

    @property
    def of_dates(self) -> list[str]:
        """The columns in which any date stands."""
        held = zip(self.columns, self.by_column, strict=True)
        return [name for name, cells in held if any(isinstance(each, date) for each in cells)]

    @property
    def first(self) -> pd.DataFrame:
        """The headings and the first row: all that the library is to look at."""
        return pd.DataFrame([list(self.rows[0])], columns=list(self.columns), dtype=object)


class _LongSheet(GPWorksheet):
    """A sheet that writes its own table where it has been given rows for it."""

    long: SheetRows | None = None

    def _write_table_elements(self, pos: list[int], gptable: gptables.GPTable, auto_width: bool) -> list[int]:
        if self.long is None:
            written: list[int] = super()._write_table_elements(pos, gptable, auto_width)
            return written
        first_row, _, _, last_column = gptable.data_range
        gptable.data_range = [first_row, 0, first_row + len(self.long.rows), last_column]
        formats = self._formats_of(self.long, gptable)
        headings, cells = ([self._workbook.add_format(each) for each in row] for row in formats.values.tolist())
        for column, (name, style) in enumerate(zip(self.long.columns, headings, strict=True)):
            self.write_string(first_row, column, name, style)
        for row, told in enumerate(self.long.rows, start=first_row + 1):
            for column, (cell, style) in enumerate(zip(told, cells, strict=True)):
                self._write_cell_of(row, column, cell, style)
        self._mark_data_as_worksheet_table(gptable, formats)
        return [first_row + len(self.long.rows) + 1, 0]

    def _write_cell_of(self, row: int, column: int, cell: Cell, style: object) -> None:
        if isinstance(cell, str):  # never as a formula or a link, whatever it begins with
            self.write_string(row, column, cell, style)
        elif isinstance(cell, date):
            self.write_datetime(row, column, cell, style)
        else:
            self.write_number(row, column, cell, style)

    def _formats_of(self, told: SheetRows, gptable: gptables.GPTable) -> pd.DataFrame:
        """The formats of the headings and of each column, as the library would give them to every cell."""
        headings, cells = ([dict[str, object]() for _ in told.columns] for _ in range(2))
        formats = pd.DataFrame([headings, cells], columns=list(told.columns), dtype=object)
        self._apply_format(formats.iloc[0, :], self.theme.column_heading_format)
        self._apply_format(formats.iloc[1:, :], self.theme.data_format)
        self._apply_column_alignments(_kinds(told), formats, [])
        self._apply_additional_formatting(formats, gptable.additional_formatting, 0)
        return formats


def _kinds(told: SheetRows) -> pd.DataFrame:
    """Headings over one cell of each kind that its column holds: by which the library says how the column stands."""
    kinds = [list({_kind(each): each for each in cells}.values()) for cells in told.by_column]
    most = max(map(len, kinds))
    columns = [
        [name, *cells, *cells[:1] * (most - len(cells))] for name, cells in zip(told.columns, kinds, strict=True)
    ]
    return pd.DataFrame(dict(zip(told.columns, columns, strict=True)))  # texts alone are texts to it, markers or not


def _kind(cell: Cell) -> object:
    """Numbers are alike, and so are dates; of texts the library asks whether a marker stands in them."""
    return cell if isinstance(cell, str) else isinstance(cell, date)


class LongBook(GPWorkbook):
    """The workbook, its sheets made for long tables."""

    def add_worksheet(self, name: str | None = None, gridlines: str = "hide_all") -> _LongSheet:
        """A sheet as the library adds one, of our own class."""
        sheet: _LongSheet = Workbook.add_worksheet(self, name, _LongSheet)
        sheet.theme = self.theme
        sheet._workbook = self
        sheet.hide_gridlines({"show_all": 0, "hide_printed": 1, "hide_all": 2}[gridlines])
        return sheet


def produce(
    buffer: BinaryIO,
    cover: gptables.Cover,
    contents: str,
    sheets: Mapping[str, tuple[gptables.GPTable, SheetRows]],
    options: dict[str, Any],
) -> LongBook:
    """What `gptables.produce_workbook` makes of a cover and some sheets, with a list of them; the caller closes it."""
    book = LongBook(buffer, options=options)
    book.add_worksheet(cover.cover_label).write_cover(cover)
    told = {label: table for label, (table, _) in sheets.items()}
    listing = book.make_table_of_contents(told)
    book._update_annotations(told)
    book.add_worksheet(contents).write_gptable(listing, True, book._annotations)
    for label, (table, rows) in sheets.items():
        sheet = book.add_worksheet(label)
        sheet.long = rows
        sheet.write_gptable(table, False, book._annotations)
    return book
