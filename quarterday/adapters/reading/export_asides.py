"""Rows of a partner's own export that hold no figure: totals of others, notes, the titles once more."""

import re
from collections.abc import Callable

from quarterday.adapters.parsing.tables import address
from quarterday.adapters.reading.export_sheets import ExportSheet
from quarterday.adapters.reading.export_times import TimeOfRow
from quarterday.adapters.reading.naming import Names, key, meant_by
from quarterday.adapters.reading.spans import period_of
from quarterday.adapters.reading.values import Markers, read_number, read_text
from quarterday.domain.framework.exports import ExportedFigures
from quarterday.domain.framework.periods import MONTH_WORD

_TOTAL = re.compile(
    r"^(?:(?:grand|sub|overall|borough|all)[ -]?)?totals?\b.*$|^.{1,80}\btotals?$|^(?:all|overall|sum|grand|combined)$"
    r"|^(?:year|quarter|month)[ -]to[ -]date$|^(?:ytd|qtd|cumulative|average|mean|median|minimum|maximum|min|max)$"
    r"|^target$|^(?:all|any) (?:recorded )?(?:offences?|crimes?|incidents?|categories|classes|types|wards|areas)$"
    r"|^(?:sum|count|average) of \w.{0,60}$|^row count$|^(?:%|per ?cent)? ?change$|^(?:monthly|quarterly) average$",
    re.IGNORECASE,
)
_NO_MONTH = re.compile(  # what stands under months and is none: what they add up to, and what they are compared with
    rf"^(?:q|qtr|quarter)\s*\.?[1-4](?: total)?$|^(?:all|whole) (?:months|quarters?|year)$|^.{{1,20}}\bytd$"
    rf"|^{MONTH_WORD}\s*(?:-|–|to)\s*{MONTH_WORD}$|^(?:variance|difference)$"
    r"|^(?:last|previous|prior|same) (?:year|quarter|month|period)(?: total)?$"
    r"|^(?:number of |no\.? of )?(?:rows|records)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(  # what stands below or above an export about how it was made, with or without a cell beside it
    r"^[*(\[-]*\s*(?:notes?|sources?|run|run by|run on|generated|report|applied|filters?|filtered|"
    r"extract(?:ed)?|printed|"
    r"created|exported|produced|prepared|date|time|user|page|records?|rows?|owner|version|classification|disclaimer|"
    r"caveats?|last (?:updated|refreshed)|data (?:as at|source|extracted)|contact|end of|parameters?|"
    r"selection|criteria)\b",
    re.IGNORECASE,
)


_LONGEST_MONTH = 31  # days


class RowsApart:
    """Tells the rows of one sheet that hold no figure from those that may."""

    def __init__(
        self,
        sheet: ExportSheet,
        figures: ExportedFigures,
        areas: Names,
        categories: Names | None,
        markers: Markers,
        knows_category: Callable[[int], bool],
    ) -> None:
        self.sheet, self.figures, self.areas, self.categories = sheet, figures, areas, categories
        self.markers, self._knows_category = markers, knows_category
        self.time = TimeOfRow(sheet, figures.when)

    def why(self, row: int) -> str:
        """Why a row holds no figure: a total of others, a note, the titles once more; empty where it may hold one."""
        labels = [cell for cell in self.sheet.table.rows[row] if isinstance(cell, str)]
        if any(self._is_total(cell) for cell in labels[:3]):
            return "export-total"
        if self._is_for_longer(row):
            return "export-total"
        if labels and _ASIDE.match(read_text(labels[0])) and not self.time.knows(row) and not self._has_number(row):
            return "text-below"
        if self.figures.records:
            return "text-below" if len(self.sheet.table.rows[row]) - self.sheet.table.rows[row].count(None) == 1 else ""
        if any(self._holds_a_value(row, position) for position in self._value_positions()):
            return "" if not self._repeats_titles(row) else "export-titles-again"
        readable = self._knows_area(row) and self.time.knows(row) and self._knows_category(row)
        return "" if readable else "text-below"

    def may_head_a_table(self, row: int) -> bool:
        """Whether a row without a figure may head another table: words that stand above ours too, or tell how it was
        made, do not, nor do totals."""
        words = [read_text(cell) for cell in self.sheet.table.rows[row] if cell is not None]
        above = {read_text(cell) for cells in self.sheet.table.rows[: self.sheet.header] for cell in cells}
        is_aside = not words or _ASIDE.match(words[0]) or _TOTAL.match(words[0]) or self._repeats_titles(row)
        return not is_aside and not above.issuperset(words)

    def is_like_the_rest(self, row: int) -> bool:
        """Whether a row says all that a row of figures says: an area, a time, a category that we know, and a number."""
        if not self.sheet.table.rows[row] or self.why(row):
            return False
        has_number = self.figures.records or self._has_number(row)
        return has_number and self._knows_area(row) and self.time.knows(row) and self._knows_category(row)

    def _is_total(self, cell: str) -> bool:
        text = read_text(cell)
        if not _TOTAL.match(text):
            return False
        category = self.figures.category
        known = self.areas.code(cell) or (self.categories and self.categories.code(cell))
        meant = {*self.figures.area.means, *(category.means if category else ())}
        return not known and key(text) not in {key(each) for each in meant}

    def _is_for_longer(self, row: int) -> bool:
        """Whether a row of months is for none: for a quarter or a year, which its months add up to, or beside them."""
        when = self.figures.when
        if not when.month_column or when.year_column:
            return False
        written = self.sheet.written(row, when.month_column)
        if not isinstance(written, str) or when.month(written):
            return False
        period = period_of(written)
        return bool(_NO_MONTH.match(read_text(written))) or (period is not None and period.days > _LONGEST_MONTH)

    def _has_number(self, row: int) -> bool:
        cells = (self.sheet.table.cell(row, position) for position in self._value_positions())
        return any(read_number(cell, markers=self.markers).value is not None for cell in cells)

    def _holds_a_value(self, row: int, position: int) -> bool:
        return self.sheet.table.cell(row, position) is not None or address(row, position) in self.sheet.table.doubts

    def _value_positions(self) -> list[int]:
        return list(self.sheet.across) or [self.sheet.column[self.figures.value_column]]

    def _repeats_titles(self, row: int) -> bool:
        """Whether a row is the titles once more, as where pages were put one below another."""
        cells = self.sheet.table.rows[row]
        return cells == self.sheet.table.rows[self.sheet.header]

    def _knows_area(self, row: int) -> bool:
        area = self.figures.area
        written = self.sheet.written(row, area.column) if area.column else None
        return bool(area.always or self.areas.code(written) or meant_by(written, area.means))
