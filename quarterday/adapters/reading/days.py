"""Dates as people write them, day before month."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.quarters import day_in_style, month_of, plain, quarter_of
from quarterday.adapters.reading.values import is_error
from quarterday.domain.framework.periods import within_reach


@dataclass(frozen=True)
class Day:
    """A date as read: `tidied` that it was re-read, `problem` why it could not be (a key of the catalogue)."""

    day: date | None = None
    tidied: bool = False
    problem: str = ""


_DAY_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y", "%d %b %Y", "%d %b %y", "%d%b%Y",
    "%d-%b-%Y", "%d-%b-%y", "%d/%b/%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%b %d, %Y", "%b %d %Y",
)  # fmt: skip
_AMERICAN = re.compile(r"^\d{1,2}/(1[3-9]|2\d|3[01])/\d{2,4}$")
_MIDNIGHT = re.compile(r"[T ](?:00:00(?::00(?:\.0+)?)?Z?|12:00(?::00)? AM)$", re.IGNORECASE)
_WITHOUT_DECIMALS = re.compile(r"^(\d{5})\.0$")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099 in Excel's count of days


def read_day(cell: Cell, *, end: bool = False, text_file: bool = False) -> Day:
    """The date that a cell holds, day before month as people here write it.

    A month or a quarter alone is its first day, or its last where `end` says so.
    """
    match cell:
        case None:
            return Day()
        case datetime():
            return Day(cell.date(), tidied=cell.time() != datetime.min.time())
        case date():
            return Day(cell)
        case bool():
            return Day(problem="not-a-date")
        case int() | float():
            return _serial(cell)
    return _written_day(cell, end, text_file)


def _serial(number: float) -> Day:
    """A date as Excel counts days, or as eight digits."""
    if 20_000_101 <= number <= 20_991_231 and float(number).is_integer():
        day = day_in_style(str(int(number)), "%Y%m%d")
        return Day(day, tidied=True) if day else Day(problem="not-a-date")
    if not (_FIRST_SERIAL <= number <= _LAST_SERIAL and float(number).is_integer()):
        return Day(problem="not-a-date")
    return Day(date(1899, 12, 30) + timedelta(days=int(number)), tidied=True)


def _written_day(written: str, end: bool, text_file: bool) -> Day:
    if is_error(written):
        return Day(problem="error-value")
    text = _WITHOUT_DECIMALS.sub(r"\1", _MIDNIGHT.sub("", plain(written)))
    if not text:
        return Day()
    if _AMERICAN.match(text):
        return Day(problem="month-first-date")
    if text.isdecimal() and len(text) == 5:
        return _serial(int(text))
    for style in _DAY_FORMATS:
        if (day := day_in_style(text, style)) and within_reach(day):
            return Day(day, tidied=not text_file or style != "%Y-%m-%d")
    if period := month_of(text) or quarter_of(text):
        return Day(period.end if end else period.start, tidied=True)
    return Day(problem="not-a-date")
