"""One table of a sample: its columns by title, its cells with the labels that stand above them once."""

import re
from datetime import date

from quarterday.adapters.parsing.tables import Cell, Table
from quarterday.adapters.reading.export_titles import BARE_QUARTER, TitlesOfTable, period_of_titles
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.outlines import Outline, kind
from quarterday.adapters.reading.quarters import month_of, quarter_of, year_in
from quarterday.adapters.reading.values import read_number, read_text, shown
from quarterday.domain.framework.exports import ANY, When
from quarterday.domain.framework.framework import Framework

_MOST_ROWS_OF_TITLES = 4
_NUMBERS = 0.9  # of the cells of a column of numbers
_YEAR = re.compile(r"(?:fy\s*)?20\d\d(?:\s*[-/]\s*(?:20)?\d\d)?", re.IGNORECASE)
TOTAL = re.compile(r"\b(total|ytd|target|average|year to date)\b", re.IGNORECASE)


class Sample:
    """One table of the sample, its columns by title."""

    def __init__(self, table: Table, outline: Outline, framework: Framework, vocabulary: Vocabulary, file: str) -> None:
        self.table, self.framework, self.vocabulary, self.file = table, framework, vocabulary, file
        self.first, self.rows = outline.header[0], len(outline.header)
        while self.rows < _MOST_ROWS_OF_TITLES and self._is_upper_title(self.first - 1):
            self.first, self.rows = self.first - 1, self.rows + 1
        self.titles_of = TitlesOfTable(table, self.first, self.rows)
        joined = [TitlesOfTable.joined(parts) for parts in self.titles_of.parts]
        self.cells_of_titles = {at: cell for at, cell in enumerate(joined) if read_text(cell)}
        self.titles = {at: read_text(cell) for at, cell in self.cells_of_titles.items()}
        self.body = [row for row in outline.body if not self._is_total(row) and not self._is_note(row)]
        self.fill_down = [at for at in self.titles if self._has_gaps(at)]
        self.remarks: list[str] = []

    def _is_upper_title(self, row: int) -> bool:
        """Whether a row just above the titles belongs to them: it names classes, months or years over columns."""
        if row < 0 or (self.table.cell(row, 0) is not None and self.table.cell(self.first, 0) is not None):
            return False
        return any(self._heads_columns(cell) for cell in self.table.rows[row][1:] if cell is not None)

    def _heads_columns(self, cell: Cell) -> bool:
        text = read_text(cell)
        names_time = isinstance(cell, date) or bool(month_of(text) or quarter_of(text) or _YEAR.fullmatch(text))
        breakdowns = self.framework.breakdown
        return names_time or any(self.vocabulary.categories(code).code_or_made(cell) for code in breakdowns)

    def _is_total(self, row: int) -> bool:
        words = [read_text(cell) for cell in self.table.rows[row] if isinstance(cell, str)]
        return any(TOTAL.search(word) for word in words[:2])

    def _is_note(self, row: int) -> bool:
        """Whether a row holds words alone, in one cell: a heading between rows, or a note below them."""
        cells = [cell for cell in self.table.rows[row] if cell is not None]
        return len(cells) == 1 and kind(cells[0]) == "words" and len(self.titles) > 1

    def _has_gaps(self, column: int) -> bool:
        """Whether the labels of a column stand in the first of its rows alone."""
        cells = [self.table.cell(row, column) for row in self.body]
        words = [cell for cell in cells if cell is not None and kind(cell) == "words"]
        empty = cells.count(None)
        stand_once = empty > 0 and len(set(words)) == len(words) > 0
        has_gaps = bool(cells) and cells[0] is not None and (empty >= len(words) > 0 or stand_once)
        return has_gaps and empty + len(words) == len(cells)

    def at(self, row: int, column: int) -> Cell:
        """A cell, or the label above it where labels are not repeated."""
        while column in self.fill_down and self.table.cell(row, column) is None and row > self.body[0]:
            row -= 1
        return self.table.cell(row, column)

    def cells(self, column: int) -> list[Cell]:
        """The cells of a column in the body."""
        return [self.at(row, column) for row in self.body]

    def is_all_numbers(self, column: int) -> bool:
        """Whether a column holds numbers, or what stands in the place of one."""
        cells = [cell for cell in self.cells(column) if cell is not None]
        return bool(cells) and sum(self._is_number(cell) for cell in cells) >= _NUMBERS * len(cells)

    def _is_number(self, cell: Cell) -> bool:
        number = read_number(cell, markers=self.vocabulary.markers)
        return kind(cell) == "number" or number.value is not None or number.marker is not None

    def said(self, column: int) -> list[str]:
        """The different words of a column, in the order in which they stand."""
        return list(dict.fromkeys(shown(cell) for cell in self.cells(column) if cell is not None))

    @property
    def above(self) -> list[str]:
        """The words above the table."""
        return [read_text(cell) for row in self.table.rows[: self.first] for cell in row if cell is not None]

    def title_of_time(self, column: int) -> Cell:
        """The lowest title of a column; the first of its month where a year above, or a sign behind, belongs to it."""
        parts = self.titles_of.parts[column]
        if len(parts) == 1 and (beside := self.class_and_time(read_text(parts[0]))[1]):
            return beside
        if len(parts) > 1 and not month_of(read_text(parts[-1])):
            times = (part for part in parts if month_of(read_text(part)) or quarter_of(read_text(part)))
            if (time := next(times, None)) is not None:
                return time
        if len(parts) > 1 and BARE_QUARTER.match(read_text(parts[-1])):
            year = next((read_text(part) for part in parts if year_in(read_text(part))), "")
            return f"{year} {read_text(parts[-1])}".strip()
        month = period_of_titles(parts, When(months_across=ANY), None)
        if month and not month_of(read_text(parts[-1])) and not isinstance(parts[-1], date):
            return month.start
        return parts[-1] if parts else None

    def class_and_time(self, title: str) -> tuple[str, str]:
        """A title that names a class and a month: both parts of it; empty where it is no such title."""
        words = title.split()
        for at in range(1, len(words)):
            first, last = (" ".join(part).strip(" -–:/()") for part in (words[:at], words[at:]))
            for name, time in ((first, last), (last, first)):
                if month_of(time) and self._heads_columns(name) and not month_of(name):
                    return name, time
        return "", ""
