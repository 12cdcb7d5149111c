"""Where a partner's own export stands in a file: the sheets that have its columns, and which column is which."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import plain_title, whole_title
from quarterday.adapters.reading.export_titles import TitlesOfTable
from quarterday.adapters.reading.quarters import year_in
from quarterday.adapters.reading.spans import period_in
from quarterday.adapters.reading.values import read_text
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.exports import Export, ExportedFigures, PeriodIn, Quarters, When
from quarterday.domain.framework.periods import Period

HEADER_WITHIN = 60  # rows: a title and notes may stand above


@dataclass(frozen=True)
class ExportSheet:
    """A table that has an export's columns.

    `header` is the last row of titles; `column` finds columns by the mapping's titles; `across` says for each column
    of values which category and which period it is for, and `marked` what a sign behind its title says of its numbers;
    `period` is the one period of the whole table, `titled` the time that the title of its column of values names, and
    `year` the financial year that stands above the table.
    """

    table: Table
    header: int
    column: dict[str, int]
    across: dict[int, tuple[str, Period | None]] = field(default_factory=dict)
    period: Period | None = None
    titled: Period | None = None
    year: int | None = None
    marked: Mapping[int, Marker] = field(default_factory=dict)
    filled: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def written(self, row: int, title: str) -> Cell:
        """What stands in a row under a title of the mapping, or is meant there: the label of the rows above."""
        position = self.column[title]
        cell = self.table.cell(row, position)
        return self.filled.get((row, position)) if cell is None else cell

    def at(self, row: int, title: str) -> str:
        """The address of that cell."""
        return address(row, self.column[title])

    @property
    def body(self) -> range:
        """The rows below the titles."""
        return range(self.header + 1, len(self.table.rows))


def fits(reading: FileTables, export: Export) -> bool:
    """Whether the file has the columns of every entry of the mapping."""
    return all(sheets_of(reading, each) for each in export.figures)


def missing_columns(reading: FileTables, export: Export) -> tuple[str, ...]:
    """The titles of the mapping that no sheet has, to say why a file is not this export."""
    cells = [cell for table in reading.tables for row in table.rows[:HEADER_WITHIN] for cell in row]
    titles = {whole_title(cell) for cell in cells}
    plain = Counter(plain_title(title) for title in titles)
    wanted = dict.fromkeys(title for each in export.figures for title in each.columns)
    return tuple(t for t in wanted if whole_title(t) not in titles and plain[plain_title(t)] != 1)


def sheets_of(reading: FileTables, figures: ExportedFigures) -> list[ExportSheet]:
    """The sheets that have the columns of one entry of the mapping: the visible ones, else those that are hidden."""
    tables = [table for table in reading.tables if figures.sheet in ("", table.sheet)]
    fitting = [sheet for table in tables if (sheet := _as_sheet(table, figures, reading.name))]
    filled = [each for each in fitting if any(each.table.rows[each.header + 1 :])] or fitting
    return [each for each in filled if not each.table.hidden] or filled


def belong_together(figures: ExportedFigures) -> bool:
    """Whether several sheets with the same columns are one table."""
    return figures.joined_sheets or figures.when.period_in is PeriodIn.SHEET


def _as_sheet(table: Table, figures: ExportedFigures, file: str) -> ExportSheet | None:
    for first in range(min(len(table.rows), HEADER_WITHIN)):
        if sheet := _with_header(table, figures, first, file):
            return sheet
    return None


def _with_header(table: Table, figures: ExportedFigures, first: int, file: str) -> ExportSheet | None:
    titles = TitlesOfTable(table, first, figures.header_rows)
    column = titles.positions(figures.columns)
    if column is None:
        return None
    year = _year(table, first, file)
    across = titles.across(figures, year)
    if (figures.when.is_across or (figures.category and figures.category.across)) and not across:
        return None
    last = first + figures.header_rows - 1
    findings = [*titles.repeats(column), *titles.scales(figures, column, across), *_twice(table, last, across)]
    period = _period(table, first, figures.when, file)
    if figures.when.period_in and period is None:
        findings.append(found("export-period-unknown", table.sheet, where=figures.when.period_in.value))
    filled = _filled_down(table, last, [column[title] for title in figures.fill_down])
    agreed = figures.value_column
    return ExportSheet(
        table,
        last,
        column,
        across,
        period,
        titled=titles.period_of(column[agreed], agreed) if agreed else None,
        year=year,
        marked=titles.markers(across),
        filled=filled,
        findings=tuple(findings),
    )


def _twice(table: Table, row: int, across: dict[int, tuple[str, Period | None]]) -> Iterable[Finding]:
    """Two columns for the same category and period."""
    seen: dict[tuple[str, Period | None], list[int]] = {}
    for position, what in across.items():
        seen.setdefault(what, []).append(position)
    for positions in seen.values():
        if len(positions) > 1:
            title = read_text(table.cell(row, positions[0]))
            cells = tuple(address(row, at) for at in positions)
            yield found("repeated-column", table.sheet, title, cells, title=title)


def _above(table: Table, header: int) -> list[str]:
    return [read_text(cell) for row in table.rows[:header] for cell in row if cell is not None]


def _year(table: Table, header: int, file: str) -> int | None:
    """The financial year that the title, the sheet's name or the file's name speaks of."""
    return next((year for text in (*_above(table, header), table.sheet, file) if (year := year_in(text))), None)


def _period(table: Table, header: int, when: When, file: str) -> Period | None:
    calendar = when.quarters is Quarters.CALENDAR
    match when.period_in:
        case PeriodIn.TITLE:
            named = {period for text in _above(table, header) if (period := period_in(text, calendar=calendar))}
            return next(iter(named)) if len(named) == 1 else None
        case PeriodIn.SHEET:
            return period_in(table.sheet, calendar=calendar)
        case PeriodIn.FILE:
            return period_in(file.rpartition(".")[0], calendar=calendar)
    return None


def _filled_down(table: Table, header: int, columns: list[int]) -> dict[tuple[int, int], Cell]:
    """What the empty cells of a column stand for: the last label above."""
    filled: dict[tuple[int, int], Cell] = {}
    for column in columns:
        label: Cell = None
        for row in range(header + 1, len(table.rows)):
            cell = table.cell(row, column)
            label = cell if cell is not None else label
            filled[row, column] = label
    return filled
