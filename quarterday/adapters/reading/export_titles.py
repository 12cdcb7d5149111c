"""The titles of a table of a partner's own export: which column is which, and which time each is for."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from quarterday.adapters.parsing.tables import Cell, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import (
    ANOTHER,
    MORE,
    PERCENT,
    RULE_OF_DOUBT,
    SCALE,
    doubt_of,
    plain_title,
    whole_title,
)
from quarterday.adapters.reading.quarters import ends_of_month, month_of, quarter_of, year_in
from quarterday.adapters.reading.spans import from_to, time_in
from quarterday.adapters.reading.values import WORDS_FOR_MARKERS, read_text, shown
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.exports import CategoryFrom, ExportedFigures, Quarters, When
from quarterday.domain.framework.periods import Period, calendar_month, financial_quarter, month_number

_BETWEEN = " / "  # joins the titles of several rows
_YEAR = re.compile(r"20\d\d")
_MARKED = re.compile(  # provisional, revised, estimated
    r"^(?P<title>.*\d)\s*[(\[]?\s*(?P<said>p|r|e|prov\.?|provisional|rev\.?|revised|est\.?|estimated)\s*[)\]]?$",
    re.IGNORECASE,
)
_SUMMED = re.compile(  # as pivot tables name their columns
    r"^(?:sum|count|total) of\s+|\s+(?:count|total|number|offences|incidents|volume)$", re.IGNORECASE
)
BARE_QUARTER = re.compile(r"^(?:q|qtr|quarter)\s*\.?([1-4])$", re.IGNORECASE)


class TitlesOfTable:
    """The titles of a table: of each column the parts that stand above one another."""

    def __init__(self, table: Table, first: int, rows: int) -> None:
        self.table, self.first, self.rows = table, first, rows
        lines = self._lines()
        self.parts: list[list[Cell]] = [
            [cell for cell in cells if cell is not None] for cells in zip(*lines, strict=True)
        ]
        joined = [self.joined(parts) for parts in self.parts]
        self.whole = [whole_title(each) for each in joined]
        self.plain = [plain_title(each) for each in joined]
        self.count = Counter(each for each in self.plain if each)

    def _lines(self) -> list[list[Cell]]:
        """The rows of titles. An upper title stands over all titles of the row below up to the next one."""
        lines: list[list[Cell]] = []
        for row in reversed(range(self.first, self.first + self.rows)):
            cells = [self.table.cell(row, column) for column in range(self.table.width)]
            lines.insert(0, self._stretched(cells, lines[0]) if lines else cells)
        return lines

    @staticmethod
    def _stretched(cells: list[Cell], below: list[Cell]) -> list[Cell]:
        last: Cell = None
        stretched = []
        for cell, under in zip(cells, below, strict=True):
            last = cell if cell is not None else last
            stretched.append(last if under is not None else cell)
        return stretched

    @staticmethod
    def joined(parts: list[Cell]) -> Cell:
        """The title of a column, from its parts; what stands in both rows is said once."""
        parts = [part for at, part in enumerate(parts) if not at or whole_title(part) != whole_title(parts[at - 1])]
        if len(parts) == 1:
            return parts[0]
        return _BETWEEN.join(read_text(part) for part in parts) if parts else None

    def positions(self, wanted: tuple[str, ...]) -> dict[str, int] | None:
        """Where each title stands; None where one does not. Brackets count unless no other column could be meant."""
        asked = Counter(plain_title(title) for title in wanted)
        column: dict[str, int] = {}
        for title in wanted:
            whole, plain = whole_title(title), plain_title(title)
            if whole in self.whole:
                column[title] = self.whole.index(whole)
            elif plain and self.count[plain] == 1 and asked[plain] == 1:
                column[title] = self.plain.index(plain)
            else:
                return None
        return column

    def across(self, figures: ExportedFigures, year: int | None) -> dict[int, tuple[str, Period | None]]:
        """What each column of values is for, where categories or periods lie across."""
        category, when = figures.category, figures.when
        by_category = category if category and category.across else None
        columns: dict[int, tuple[str, Period | None]] = {}
        for position, parts in enumerate(self.parts):
            code, rest = self._category(position, parts, by_category)
            if by_category and not code:
                continue
            period = period_of_titles(rest, when, year)
            if when.is_across and period is None:
                continue
            if by_category or when.is_across:
                columns[position] = code, period
        return columns

    def markers(self, across: Iterable[int]) -> dict[int, Marker]:
        """What a sign behind the title of a column of values says of its numbers."""
        said = {position: [marked_title(part)[1] for part in self.parts[position]] for position in across}
        return {position: marker for position, each in said.items() if (marker := next(filter(None, each), None))}

    def _category(self, position: int, parts: list[Cell], category: CategoryFrom | None) -> tuple[str, list[Cell]]:
        """The category that a column's titles name, and what they say besides."""
        if category is None:
            return "", parts
        for title, code in category.across.items():
            wanted = whole_title(title)
            if self.whole[position] == wanted:
                return code, parts
            for part in parts:
                said = whole_title(part)
                if said == wanted and len(parts) > 1:
                    return code, [each for each in parts if each is not part]
                if said.startswith(f"{wanted} "):
                    return code, [said.removeprefix(wanted).strip(" -–:/()")]
                if said.endswith(f" {wanted}") and month_of(before := said.removesuffix(wanted).strip(" -–:/()")):
                    return code, [before]
            loose = plain_title(title)
            alone = sum(plain_title(each) == loose for each in category.across) == 1
            if alone and self.plain[position] == loose and self.count[loose] == 1:
                return code, parts
        return "", parts

    def repeats(self, column: dict[str, int]) -> Iterable[Finding]:
        """Titles of the mapping that two columns have: which is meant?"""
        for title, position in column.items():
            twice = [at for at, whole in enumerate(self.whole) if whole == self.whole[position]]
            if len(twice) > 1:
                row = self.first + self.rows - 1
                cells = tuple(address(row, at) for at in twice)
                yield found("repeated-column", self.table.sheet, title, cells, title=title)

    def period_of(self, position: int, agreed: str) -> Period | None:
        """The time that the title of a column of values names, where the mapping's own title does not."""
        said = self.joined(self.parts[position])
        return None if whole_title(said) == whole_title(agreed) else time_in(read_text(said))

    def scales(
        self, figures: ExportedFigures, column: dict[str, int], across: dict[int, tuple[str, Period | None]]
    ) -> Iterable[Finding]:
        """Columns of values whose title speaks of thousands, of last year, of a target, where the mapping does not."""
        agreed = figures.value_column
        for position in [column[agreed]] if agreed else across:
            said = self.joined(self.parts[position])
            doubt = "" if whole_title(said) == whole_title(agreed) else doubt_of(said)
            where = (address(self.first + self.rows - 1, position),)
            words = {"title": read_text(said), "ours": agreed}
            by_times = doubt == SCALE and figures.times != 1
            if doubt in (SCALE, PERCENT if agreed else SCALE) and doubt_of(agreed) != doubt and not by_times:
                yield found("title-with-scale", self.table.sheet, words["title"], where, **words)
            elif doubt in (ANOTHER, MORE) and agreed:
                yield found(RULE_OF_DOUBT[doubt], self.table.sheet, words["title"], where, **words)


def period_of_titles(parts: list[Cell], when: When, year: int | None) -> Period | None:
    """The period that the titles above one column name, each alone, or a month below its year."""
    plain_parts = [marked_title(part)[0] for part in parts]
    alone = next((each for part in plain_parts if (each := _period_titled(part, when, year))), None)
    if alone or not when.is_across:
        return alone
    financial = next((said for part in parts if (said := year_in(shown(part)))), None)
    calendar = next((int(text) for part in parts if _YEAR.fullmatch(text := read_text(part))), None)
    month = next((number for part in plain_parts if (number := month_number(read_text(part)))), None)
    if month and (financial or calendar):
        return calendar_month(calendar or (financial or 0) + (month < 4), month)
    quarter = next((match for part in plain_parts if (match := BARE_QUARTER.match(read_text(part)))), None)
    return financial_quarter(financial, int(quarter[1])) if quarter and financial and when.periods_across else None


def marked_title(cell: Cell) -> tuple[Cell, Marker | None]:
    """A title without the sign behind it that says what its numbers are, and what that sign means: `Jun-25 (p)`."""
    if not isinstance(cell, str) or not (match := _MARKED.match(read_text(cell))):
        return cell, None
    return match["title"], WORDS_FOR_MARKERS[match["said"].lower().rstrip(".")]


def _period_titled(cell: Cell, when: When, year: int | None) -> Period | None:
    """The period that a title over a column of values names."""
    if not when.is_across:
        return None
    if isinstance(cell, date):
        return ends_of_month(cell.date() if isinstance(cell, datetime) else cell)
    text = _SUMMED.sub("", read_text(cell))
    if found_month := when.month(shown(cell)) or when.month(text) or month_of(text) or month_of(whole_title(cell)):
        return found_month
    if not when.periods_across:
        return None
    if quarter := quarter_of(text, calendar=when.quarters is Quarters.CALENDAR) or from_to(text):
        return quarter
    if year is None:
        return None
    if bare := BARE_QUARTER.match(text):
        return financial_quarter(year, int(bare[1]))
    if month := month_number(text):
        return calendar_month(year if month >= 4 else year + 1, month)
    return None
