"""Which period a row of a partner's own export is for."""

import re
from datetime import date, datetime

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.columns import whole_title
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.export_sheets import ExportSheet
from quarterday.adapters.reading.export_titles import marked_title
from quarterday.adapters.reading.quarters import ends_of_month, month_of, quarter_of, year_in
from quarterday.adapters.reading.spans import from_to
from quarterday.adapters.reading.values import read_text, shown
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.exports import Quarters, When
from quarterday.domain.framework.periods import Period, calendar_month, month_number

_MONTH_ENDING = re.compile(r"^(?:month|mth)\s+(?:ending|ended|end|to)\s*:?\s*(?P<day>\d.*)$", re.IGNORECASE)
Told = tuple[Period | None, str]  # the period, or the rule that a cell breaks


class TimeOfRow:
    """Reads the time of the rows of one sheet, in the way that the mapping says."""

    def __init__(self, sheet: ExportSheet, when: When) -> None:
        self._sheet, self._when = sheet, when

    def knows(self, row: int) -> bool:
        """Whether a row says its time, or need not."""
        return self._when.is_across or self.of(row)[0] is not None

    def of(self, row: int) -> Told:
        """The period of a row, else the rule that says why there is none."""
        when = self._when
        if when.period_in:
            return self._sheet.period, ""
        if when.year_column:
            return self._year_and_month(row)
        if when.month_column:
            return self._month(self._marked(row)[0])
        if when.quarter_column:
            written, _ = self._marked(row)
            text = read_text(written)
            quarter = quarter_of(text, calendar=when.quarters is Quarters.CALENDAR) or from_to(text)
            return (quarter, "") if quarter else self._month(written)
        if when.date_column:
            day = read_day(self._sheet.written(row, when.date_column))
            return (calendar_month(day.day.year, day.day.month), "") if day.day else (None, day.problem or "not-a-date")
        return self._from_to(row)

    def marker(self, row: int) -> Marker | None:
        """What a sign behind the time of a row says of its numbers: `Apr-25 (p)`."""
        return self._marked(row)[1] if self._when.month_column or self._when.quarter_column else None

    def _marked(self, row: int) -> tuple[Cell, Marker | None]:
        return marked_title(self._sheet.written(row, self._when.month_column or self._when.quarter_column))

    def _month(self, written: Cell) -> Told:
        """The month that a cell names. A date is one only where it begins or ends a month: others are weeks or days."""
        if isinstance(written, str | int) and not isinstance(written, bool):
            text = shown(written)
            if month := self._when.month(text):
                return self._whole(month, text)
            if month := self._named(written):
                return month, ""
        day = read_day(written)
        if day.day is None:
            return None, day.problem or "not-a-date"
        month = ends_of_month(day.day)
        return (month, "") if month else (None, "not-a-month")

    def _named(self, written: Cell) -> Period | None:
        """The month that words name: with a footnote's sign behind, by its ends, or below the year of the table."""
        text = read_text(written)
        if month := month_of(text) or month_of(whole_title(written)):
            return month
        if ended := _MONTH_ENDING.match(text):
            last = read_day(ended["day"]).day
            month = calendar_month(last.year, last.month) if last else None
            return month if month and month.end == last else None
        if (span := from_to(text)) and span == calendar_month(span.start.year, span.start.month):
            return span
        number = month_number(text) if self._sheet.year is not None else None
        return calendar_month(self._sheet.year + (number < 4), number) if number and self._sheet.year else None

    def _whole(self, month: Period, text: str) -> Told:
        """A month named by a date in the form agreed: the date must begin or end it."""
        if "%d" not in self._when.month_written:
            return month, ""
        day = datetime.strptime(text.strip(), self._when.month_written).date()  # noqa: DTZ007
        return (month, "") if day in (month.start, month.end) else (None, "not-a-month")

    def _year_and_month(self, row: int) -> Told:
        year, month = self._year(self._sheet.written(row, self._when.year_column)), self._bare_month(row)
        if year is None or month is None:
            return None, "not-a-date"
        number, is_financial = year
        if is_financial and self._is_bare_number(row):
            if self._when.month_numbers is None:
                return None, "export-month-number"
            if self._when.month_numbers is Quarters.FINANCIAL:
                month = (month + 2) % 12 + 1
        return calendar_month(number + (is_financial and month < 4), month), ""

    def _year(self, written: Cell) -> tuple[int, bool] | None:
        """A year, and whether it is a financial one."""
        if isinstance(written, date):
            return written.year, False
        text = read_text(written).removesuffix(".0")
        if text.isdecimal() and len(text) == 4:
            return int(text), False
        year = year_in(text)
        return (year, True) if year else None

    def _is_bare_number(self, row: int) -> bool:
        written = self._sheet.written(row, self._when.month_column)
        return not isinstance(written, date) and read_text(written).removesuffix(".0").isdecimal()

    def _bare_month(self, row: int) -> int | None:
        written = self._sheet.written(row, self._when.month_column)
        if isinstance(written, date):
            return written.month
        text = read_text(written).lower().removesuffix(".0")
        if named := month_number(text):
            return named
        return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else None

    def _from_to(self, row: int) -> Told:
        start = read_day(self._sheet.written(row, self._when.from_column)).day
        end = read_day(self._sheet.written(row, self._when.to_column), end=True).day
        return (Period(start, end), "") if start and end and start <= end else (None, "not-a-date")
