"""Where a partner's own export stands in a file: the sheet that has its columns, and which column is which."""

from collections.abc import Iterable
from dataclasses import dataclass

from quarterday.adapters.parsing.tables import Cell, Reading, Table, address
from quarterday.adapters.reading.columns import plain_title
from quarterday.adapters.reading.values import shown
from quarterday.domain.framework.exports import Export, ExportedFigures
from quarterday.domain.framework.periods import Period

HEADER_WITHIN = 60  # rows: a title and notes may stand above


@dataclass(frozen=True)
class ExportSheet:
    """A table that has an export's columns: its header's row, its columns by title, and the months across."""

    table: Table
    header: int
    column: dict[str, int]
    months: dict[int, Period]

    def written(self, row: int, title: str) -> Cell:
        """What stands in a row under a title of the mapping."""
        return self.table.cell(row, self.column[title])

    def at(self, row: int, title: str) -> str:
        """The address of that cell."""
        return address(row, self.column[title])


def fits(reading: Reading, export: Export) -> bool:
    """Whether the file has the columns of every entry of the mapping."""
    return all(sheet_of(reading, each) for each in export.figures)


def missing_columns(reading: Reading, export: Export) -> tuple[str, ...]:
    """The titles of the mapping that no sheet has, to say why a file is not this export."""
    titles = {plain_title(cell) for table in reading.tables for row in table.rows[:HEADER_WITHIN] for cell in row}
    return tuple(dict.fromkeys(t for each in export.figures for t in each.columns if plain_title(t) not in titles))


def sheet_of(reading: Reading, figures: ExportedFigures) -> ExportSheet | None:
    """The sheet from which one entry of the mapping is read: a visible one before a hidden one."""
    tables = [table for table in reading.tables if figures.sheet in ("", table.sheet)]
    for table in sorted(tables, key=lambda each: each.hidden):
        if sheet := _as_sheet(table, figures):
            return sheet
    return None


def _as_sheet(table: Table, figures: ExportedFigures) -> ExportSheet | None:
    wanted = {plain_title(title): title for title in figures.columns}
    for header, row in enumerate(table.rows[:HEADER_WITHIN]):
        column: dict[str, int] = {}
        for position, cell in enumerate(row):
            if (title := wanted.get(plain_title(cell))) and title not in column:
                column[title] = position
        months = _months(row, figures)
        if len(column) == len(wanted) and (months or not figures.when.months_across):
            return ExportSheet(table, header, column, months)
    return None


def _months(row: Iterable[Cell], figures: ExportedFigures) -> dict[int, Period]:
    if not figures.when.months_across:
        return {}
    named = ((position, figures.when.month(shown(cell))) for position, cell in enumerate(row) if cell is not None)
    return {position: month for position, month in named if month}
