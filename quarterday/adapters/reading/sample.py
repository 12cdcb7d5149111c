"""One table of a sample: its columns by title, its cells with the labels that stand above them once."""

import re
from datetime import date

from quarterday.adapters.parsing.tables import Cell, Table
from quarterday.adapters.reading.export_titles import TitlesOfTable, period_of_titles
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.outlines import Outline, kind
from quarterday.adapters.reading.quarters import month_of
from quarterday.adapters.reading.values import read_text
from quarterday.domain.framework.exports import ANY, When
from quarterday.domain.framework.framework import Framework

TOTAL = re.compile(r"\b(total|ytd|target|average|year to date)\b", re.IGNORECASE)


class Sample:
    """One table of the sample, its columns by title."""

    def __init__(self, table: Table, outline: Outline, framework: Framework, vocabulary: Vocabulary, file: str) -> None:
        self.table, self.framework, self.vocabulary, self.file = table, framework, vocabulary, file
        self.first, self.rows = outline.header[0], len(outline.header)
        self.titles_of = TitlesOfTable(table, self.first, self.rows)
        joined = [TitlesOfTable.joined(parts) for parts in self.titles_of.parts]
        self.cells_of_titles = {at: cell for at, cell in enumerate(joined) if read_text(cell)}
        self.titles = {at: read_text(cell) for at, cell in self.cells_of_titles.items()}
        self.body = [row for row in outline.body if not self._is_total(row)]
        self.fill_down = [at for at in self.titles if self._has_gaps(at)]
        self.remarks: list[str] = []

    def _is_total(self, row: int) -> bool:
        words = [read_text(cell) for cell in self.table.rows[row] if isinstance(cell, str)]
        return any(TOTAL.search(word) for word in words[:2])

    def _has_gaps(self, column: int) -> bool:
        """Whether the labels of a column stand in the first of its rows alone."""
        cells = [self.table.cell(row, column) for row in self.body]
        words = [cell for cell in cells if cell is not None and kind(cell) == "words"]
        empty = cells.count(None)
        return bool(cells) and cells[0] is not None and empty >= len(words) > 0 and empty + len(words) == len(cells)

    def at(self, row: int, column: int) -> Cell:
        """A cell, or the label above it where labels are not repeated."""
        while column in self.fill_down and self.table.cell(row, column) is None and row > min(self.body):
            row -= 1
        return self.table.cell(row, column)

    def cells(self, column: int) -> list[Cell]:
        """The cells of a column in the body."""
        return [self.at(row, column) for row in self.body]

    def title_of_time(self, column: int) -> Cell:
        """The lowest title of a column; the first of its month where a year above, or a sign behind, belongs to it."""
        parts = self.titles_of.parts[column]
        month = period_of_titles(parts, When(months_across=ANY), None)
        if month and not month_of(read_text(parts[-1])) and not isinstance(parts[-1], date):
            return month.start
        return parts[-1] if parts else None
