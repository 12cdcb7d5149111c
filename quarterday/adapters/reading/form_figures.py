"""The figures of one row of our template: value, numerator, denominator, marker and comment."""

import re

from quarterday.adapters.parsing.appearances import ASKED_ABOUT, PERCENT
from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.columns import ENTRIES, FILLED_IN, RULE_OF_DOUBT, Column
from quarterday.adapters.reading.columns import PERCENT as PER_CENT
from quarterday.adapters.reading.form_cells import RowCells
from quarterday.adapters.reading.values import Number, read_marker, read_number, read_text, shown
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import MONTH_WORD, Period

_STARTS_WITH_A_NUMBER = re.compile(rf"^[=:(]?\s*\d{{1,6}}(?![\d/.-]*[/.-]\d)\b(?!\s+{MONTH_WORD}\b)", re.IGNORECASE)
Parts = tuple[float, float]


class RowFigures(RowCells):
    """Reads what was filled in, asks where it can be read in two ways."""

    def figures(self, indicator: Indicator) -> tuple[float | None, float | None, float | None, Marker | None]:
        """Value, numerator, denominator and marker of the row."""
        self._look_at_titles(indicator)
        numerator, marker_above = self._number(Column.NUMERATOR)
        denominator, marker_below = self._number(Column.DENOMINATOR)
        parts = (numerator, denominator) if numerator is not None and denominator is not None else None
        value, marker_beside = self._value(indicator, parts)
        said = self._marker()
        markers = {each for each in (said, marker_beside, marker_above, marker_below) if each}
        if len(markers) > 1:
            self.find("several-markers", Column.MARKER)
        return value, numerator, denominator, said or marker_beside or marker_above or marker_below

    def comment(self) -> str:
        """The sender's words: the comment, what stands in a column of notes beside it, and notes on the cells."""
        words = [shown(self.cell(Column.COMMENT))]
        words += [shown(self.table.cell(self.row, at)) for at in self.header.notes]
        words += [self.notes.get(self.at(column), "") for column in FILLED_IN if column in self.header.position]
        return "; ".join(dict.fromkeys(said.strip() for said in words if said.strip()))

    def find_stray_figure(self) -> None:
        """Where nothing is filled in, a figure may stand under Comment: no answer, and no reason for having none."""
        if any(self.cell(column) is not None or self.doubt(column) for column in (*ENTRIES, Column.MARKER)):
            return
        if read_number(self.cell(Column.COMMENT), markers=self.vocabulary.markers).value is not None:
            self.find("figure-under-comment", Column.COMMENT)
            return
        if _STARTS_WITH_A_NUMBER.match(read_text(self.cell(Column.COMMENT))):
            self.find("number-in-comment", Column.COMMENT)
        for at in self.header.notes:
            if read_number(self.table.cell(self.row, at)).value is not None:
                self.find("figure-under-comment", Column.COMMENT)

    def _look_at_titles(self, indicator: Indicator) -> None:
        for column, doubt in self.header.doubtful.items():
            if self.cell(column) is None or (doubt == PER_CENT and indicator.unit is Unit.PERCENTAGE):
                continue
            self._find_title(RULE_OF_DOUBT[doubt], column)

    def find_other_period(self, period: Period | None) -> None:
        """A title that names a period must name one that has a day of the row's own."""
        for column, titled in self.header.of_period.items():
            if self.cell(column) is not None and period and not titled.overlap_days(period):
                self._find_title("title-of-another", column)

    def _find_title(self, rule: str, column: Column) -> None:
        title = read_text(self.table.cell(self.header.row, self.header.position[column]))
        self.find_at_title(rule, column, title=title, ours=column.value)

    def _value(self, indicator: Indicator, parts: Parts | None) -> tuple[float | None, Marker | None]:
        """The value column. Where it is worked out from its parts, only a number typed there can say something."""
        if indicator.has_parts and parts and self.doubt(Column.VALUE):
            return None, None
        if indicator.has_parts and not parts and (self.doubt(Column.VALUE) or self.cell(Column.VALUE) == 0):
            return None, None
        percentage = indicator.unit is Unit.PERCENTAGE
        value, marker = self._number(Column.VALUE, percent=percentage, is_count=not indicator.has_parts)
        if percentage and value is not None:
            return self._percentage(value, parts), marker
        return value, marker

    def _percentage(self, value: float, parts: Parts | None) -> float | None:
        """A percentage: a cell shown with % holds a share; else a number of at most one may be either."""
        written = self.cell(Column.VALUE)
        if isinstance(written, str) and "%" in written:
            return value
        if self.shown_as(Column.VALUE) == PERCENT and isinstance(written, int | float):
            self.tidied(Column.VALUE, f"{100 * value:g}%")
            return 100 * value
        return self._share(value, parts) if 0 < value < 1 else value

    def _share(self, value: float, parts: Parts | None) -> float | None:
        """A number below one where a percentage is wanted: its parts tell whether it is a share."""
        worked_out = 100 * parts[0] / parts[1] if parts and parts[1] else None
        if worked_out is None:
            self.find("percent-or-share", Column.VALUE)
            return None
        if abs(100 * value - worked_out) < 0.6:
            self.tidied(Column.VALUE, f"{100 * value:g}%")
            return 100 * value
        return value

    def _number(
        self, column: Column, *, percent: bool = False, is_count: bool = True
    ) -> tuple[float | None, Marker | None]:
        cell = self.cell(column)
        number = read_number(cell, text_file=not self.table.sheet, markers=self.vocabulary.markers)
        if problem := self._problem(column, cell, number, percent, is_count):
            self.find(problem, column)
            return None, None
        if number.tidied:
            words = [f"{number.value:g}" if number.value is not None else "", number.marker or ""]
            self.tidied(column, " ".join(word for word in words if word))
        return number.value, number.marker

    def _problem(self, column: Column, cell: Cell, number: Number, percent: bool, is_count: bool) -> str:
        problem = self.doubt(column) or number.problem
        if self.stands_for_several(column):
            return "merged-figure"
        look = self.shown_as(column)
        if look in ASKED_ABOUT:
            problem = problem or look
        if not percent and (number.percent or (look == PERCENT and isinstance(cell, int | float))):
            problem = "percent-for-count"
        return problem or ("point-for-thousands" if is_count and number.may_be_thousands else "")

    def _marker(self) -> Marker | None:
        marker, tidied, problem = read_marker(self.cell(Column.MARKER), self.vocabulary.markers)
        if problem:
            self.find(problem, Column.MARKER)
        elif tidied and marker and not read_text(self.cell(Column.MARKER)).lower().startswith(marker.value):
            self.tidied(Column.MARKER, marker.value)
        return marker
