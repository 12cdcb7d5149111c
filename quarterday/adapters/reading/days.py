"""Dates and periods as people write them, day before month."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import is_error, read_text
from quarterday.domain.framework.periods import (
    MONTHS,
    Period,
    calendar_month,
    financial_quarter,
    financial_year,
    within_reach,
)


@dataclass(frozen=True)
class Day:
    """A date as read: `tidied` that it was re-read, `problem` why it could not be (a key of the catalogue)."""

    day: date | None = None
    tidied: bool = False
    problem: str = ""


_DAY_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y", "%d %B %Y", "%d %b %Y", "%d %b %y",
    "%d %B %y", "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%B %d, %Y", "%B %d %Y", "%b %d, %Y",
)  # fmt: skip
_MONTH_FORMATS = (
    "%B %Y", "%b %Y", "%b-%y", "%b %y", "%B-%y", "%B %y", "%b-%Y", "%B-%Y", "%Y-%m", "%m/%Y", "%Y/%m", "%m-%Y",
    "%Y %B", "%Y %b", "%b%y", "%b'%y", "%B, %Y", "%Y-%b", "%Y-%B",
)  # fmt: skip
_AMERICAN = re.compile(r"^\d{1,2}/(1[3-9]|2\d|3[01])/\d{2,4}$")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|satur|sat|sun)(day)?,?\s+", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099 in Excel's count of days
_YEAR = r"(?P<year>20\d\d)(?:\s*[-/–]\s*(?P<next>\d{2}|20\d\d))?"
_QUARTER = r"(?:q|qtr|quarter)\s*\.?(?P<quarter>[1-4])"
_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:fy\s*)?{_YEAR}\s*[-,:]?\s*\(?{_QUARTER}\)?$",
        rf"^\(?{_QUARTER}\)?\s*[-,:]?\s*(?:of\s+)?(?:fy\s*)?{_YEAR}$",
        rf"^{_QUARTER}\s*(?P<year>\d{{2}})\s*[-/–]\s*(?P<next>\d{{2}})$",
    )
)
_YEAR_ALONE = re.compile(
    r"^(?:fy\s*|financial year\s*)?(?P<year>20\d\d)\s*[-/–]\s*(?P<next>\d{2}|20\d\d)$", re.IGNORECASE
)
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*\.?"
_JOIN = r"\s*(?:-|–|—|to|until|and)\s*"
_FROM_TO_MONTH = re.compile(
    rf"(?P<first>{_MONTH})\s*(?P<first_year>20\d\d|\d\d)?{_JOIN}(?P<last>{_MONTH})\s*,?\s*(?P<last_year>20\d\d|'?\d\d)\b",
    re.IGNORECASE,
)
_ONE_MONTH = re.compile(rf"\b(?P<first>{_MONTH})\s*[-,']?\s*(?P<last_year>20\d\d)\b", re.IGNORECASE)
_ANY_DAY = r"\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Za-z]{3,9},?\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{2}-\d{2}"
_FROM_TO_DAY = re.compile(rf"(?P<from>{_ANY_DAY}){_JOIN}(?P<to>{_ANY_DAY})", re.IGNORECASE)
_IN_TEXT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"\b(?:fy\s*)?{_YEAR}\s*[-,:]?\s*\(?{_QUARTER}\b", rf"\b{_QUARTER}\s*[-,:(]?\s*(?:of\s+)?{_YEAR}")
)


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
        day = _strptime(str(int(number)), "%Y%m%d")
        return Day(day, tidied=True) if day else Day(problem="not-a-date")
    if not (_FIRST_SERIAL <= number <= _LAST_SERIAL and float(number).is_integer()):
        return Day(problem="not-a-date")
    return Day(date(1899, 12, 30) + timedelta(days=int(number)), tidied=True)


def _written_day(written: str, end: bool, text_file: bool) -> Day:
    if is_error(written):
        return Day(problem="error-value")
    text = _plain(written)
    if not text:
        return Day()
    if _AMERICAN.match(text):
        return Day(problem="month-first-date")
    if text.isdecimal() and len(text) == 5:
        return _serial(int(text))
    for style in _DAY_FORMATS:
        if (day := _strptime(text, style)) and within_reach(day):
            return Day(day, tidied=not text_file or style != "%Y-%m-%d")
    if period := month_of(text) or quarter_of(text):
        return Day(period.end if end else period.start, tidied=True)
    return Day(problem="not-a-date")


def _plain(written: Cell) -> str:
    text = _WEEKDAY.sub("", _ORDINAL.sub("", read_text(written)))
    return re.sub(r"\b[Ss]ept(?=[ -])", "Sep", text)


def _strptime(text: str, style: str) -> date | None:
    try:
        return datetime.strptime(text, style).date()  # noqa: DTZ007
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def month_of(text: str) -> Period | None:
    """The month that a text names, in any written form that people use; None where it names none."""
    text = _plain(text)
    if re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", text):
        return calendar_month(int(text[:4]), int(text[4:]))
    for style in _MONTH_FORMATS:
        if (day := _strptime(text, style)) and within_reach(day):
            return calendar_month(day.year, day.month)
    return None


@lru_cache(maxsize=10_000)
def quarter_of(text: str, *, calendar: bool = False) -> Period | None:
    """The quarter that a text names; None where it names none.

    `Q1 2025/26` is April to June 2025 whoever says it; a quarter of a single year (`2025Q2`) is the financial year's
    that begins in it, or the calendar year's where `calendar` says so.
    """
    text = _plain(text)
    for pattern in _QUARTERS:
        if match := pattern.match(text):
            return _quarter(match, calendar)
    return None


def _quarter(match: "re.Match[str]", calendar: bool) -> Period | None:
    year, number, following = int(match["year"]), int(match["quarter"]), match["next"]
    year += 2000 if year < 100 else 0
    if following is None:
        if calendar:
            return Period(date(year, 3 * number - 2, 1), calendar_month(year, 3 * number).end)
        return financial_quarter(year, number)
    return financial_quarter(year, number) if int(following) % 100 == (year + 1) % 100 else None


def period_of(cell: Cell, *, calendar: bool = False) -> Period | None:
    """The period that a cell is for: a month, a quarter, a financial year, from one date to another.

    A date is its month, where it is the first or the last of one; any other date names no period.
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return ends_of_month(day)
    if isinstance(cell, bool) or cell is None:
        return None
    text = read_text(cell)
    found = month_of(text) or quarter_of(text, calendar=calendar) or _year_of(text) or from_to(text)
    if found:
        return found
    written = read_day(cell).day
    return ends_of_month(written) if written else None


def ends_of_month(day: date) -> Period | None:
    """The month that a date begins or ends; None for a day within one."""
    month = calendar_month(day.year, day.month)
    return month if day in (month.start, month.end) else None


def _year_of(text: str) -> Period | None:
    match = _YEAR_ALONE.match(text)
    if match and int(match["next"]) % 100 == (int(match["year"]) + 1) % 100:
        return financial_year(int(match["year"]))
    return None


def year_in(text: str) -> int | None:
    """The year in which the financial year begins that a text names somewhere; None where it names none."""
    match = re.search(r"(?P<year>20\d\d)\s*[-/–]\s*(?P<next>\d{2}|20\d\d)(?!\d)", read_text(text))
    return int(match["year"]) if match and int(match["next"]) % 100 == (int(match["year"]) + 1) % 100 else None


def from_to(text: str) -> Period | None:
    """The period that a text names by its two ends, as `April to June 2025`; None where it names none."""
    if match := _FROM_TO_DAY.search(text):
        first_day, last_day = read_day(match["from"]).day, read_day(match["to"]).day
        return Period(first_day, last_day) if first_day and last_day and first_day <= last_day else None
    if match := _FROM_TO_MONTH.search(text):
        last_year = _full_year(match["last_year"])
        first, last = _number(match["first"]), _number(match["last"])
        year = _full_year(match["first_year"]) if match["first_year"] else last_year - (first > last)
        begins, ends = calendar_month(year, first).start, calendar_month(last_year, last).end
        return Period(begins, ends) if begins <= ends else None
    return None


def period_in(text: str, *, calendar: bool = False) -> Period | None:
    """The one period that a title, a file's or a sheet's name speaks of; None where it speaks of none or of several."""
    text = read_text(text).replace("_", " ")
    whole = period_of(text, calendar=calendar) or from_to(text)
    if whole:
        return whole
    found: set[Period] = set()
    for pattern in _IN_TEXT:
        found |= {quarter for match in pattern.finditer(text) if (quarter := _quarter(match, calendar))}
    if not found:
        months = {calendar_month(int(each["last_year"]), _number(each["first"])) for each in _ONE_MONTH.finditer(text)}
        found |= months
    return next(iter(found)) if len(found) == 1 else None


def time_in(text: str) -> Period | None:
    """The period or, where a title names no more, the year that it speaks of; None where it speaks of no time."""
    if period := period_in(text):
        return period
    if year := year_in(text):
        return financial_year(year)
    years = {int(each) for each in re.findall(r"(?<![\d/-])20\d\d(?![\d/-])", text)}
    return Period(date(min(years), 1, 1), date(min(years), 12, 31)) if len(years) == 1 else None


def _number(month: str) -> int:
    return MONTHS.index(month[:3].lower()) + 1


def _full_year(written: str) -> int:
    year = int(written.strip("'"))
    return year + 2000 if year < 100 else year
