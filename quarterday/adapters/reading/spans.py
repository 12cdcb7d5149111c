"""Periods as people write them in cells, titles and names of files: a quarter, a year, from one date to another."""

import re
from datetime import date, datetime
from itertools import chain

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.quarters import (
    QUARTER,
    YEAR,
    as_quarter,
    ends_of_month,
    month_of,
    plain,
    quarter_of,
    quarter_said,
    year_in,
    year_of,
)
from quarterday.adapters.reading.values import read_text
from quarterday.domain.framework.periods import MONTH_WORD, Period, calendar_month, financial_year, month_number

_JOIN = r"\s*(?:-|–|—|to|until|and)\s*"
_SHORT_OR_LONG = r"20\d\d|\d\d"
_FROM_TO_MONTH = re.compile(
    rf"(?P<first>{MONTH_WORD})[\s-]*(?P<first_year>{_SHORT_OR_LONG})?{_JOIN}(?P<last>{MONTH_WORD})[\s,-]*"
    rf"(?P<last_year>{_SHORT_OR_LONG})\b",
    re.IGNORECASE,
)
_ONE_MONTH = re.compile(
    rf"\b(?P<first>{MONTH_WORD})\s*[-,]?\s*(?P<last_year>20\d\d)\b",
    re.IGNORECASE,
)
# What stands before a month that is no period: when it was printed, or the end of one that began earlier.
_NOT_OF = re.compile(
    r"\b(?:ending|ended|end|to|until|since|from|before|after|by|published|extracted|produced|run|printed|generated|"
    r"updated|created|refreshed|exported|downloaded|as (?:at|of)|on|w/?[ce]|commencing)\W*(?:\d{1,2}\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
_DAY = (
    rf"\d{{1,2}}\s+(?:of\s+)?{MONTH_WORD},?\s+(?:{_SHORT_OR_LONG})(?!\d)|\d{{1,2}}[/.]\d{{1,2}}[/.](?:20\d\d|\d\d)(?!\d)"
    r"|\d{4}-\d{2}-\d{2}"
)
_FROM_TO_DAY = re.compile(rf"(?P<from>{_DAY})(?:{_JOIN}|/)(?P<to>{_DAY})", re.IGNORECASE)
_DAYS_OF_ONE_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s+(?P<month>{MONTH_WORD}){_JOIN}(?P<to>\d{{1,2}}\s+{MONTH_WORD},?\s+(?P<year>20\d\d|\d\d))\b",
    re.IGNORECASE,
)
_LENGTHS = {"month": 1, "quarter": 3, "q": 3, "year": 12, "y": 12, "three": 3, "six": 6, "nine": 9, "twelve": 12}
_ENDING = re.compile(
    rf"\b(?:(?P<count>\d{{1,2}}|three|six|nine|twelve)\s+months?|(?P<unit>month|quarter|year|q|y))[\s/]*(?:ending|ended|end|to|e)\b"
    rf"[\s:]*(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{MONTH_WORD})[\s,-]*(?P<year>{_SHORT_OR_LONG})\b",
    re.IGNORECASE,
)
_IN_TEXT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (rf"\b(?:fy\s*)?{YEAR}\s*[-,:]?\s*\(?{QUARTER}\b", rf"\b{QUARTER}\s*[-,:(]?\s*(?:of\s+)?{YEAR}")
)


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
    found = month_of(text) or quarter_of(text, calendar=calendar) or year_of(text) or from_to(text)
    if found:
        return found
    written = read_day(cell).day
    return ends_of_month(written) if written else None


def from_to(text: str) -> Period | None:
    """The period that a text names by its two ends, or by its length and its end; None where it names none.

    `April to June 2025`, `1 April to 30 June 2025`, `quarter ending June 2025`.
    """
    text = plain(text)
    if match := _FROM_TO_DAY.search(text):
        return _between(read_day(match["from"]).day, read_day(match["to"]).day)
    if match := _DAYS_OF_ONE_YEAR.search(text):
        return _between(read_day(f"{match['day']} {match['month']} {match['year']}").day, read_day(match["to"]).day)
    if match := _ENDING.search(text):
        return _ending(match)
    if match := _FROM_TO_MONTH.search(text):
        last_year = _full_year(match["last_year"])
        first, last = _number(match["first"]), _number(match["last"])
        year = _full_year(match["first_year"]) if match["first_year"] else last_year - (first > last)
        return _between(calendar_month(year, first).start, calendar_month(last_year, last).end)
    return None


def _between(first: date | None, last: date | None) -> Period | None:
    return Period(first, last) if first and last and first <= last else None


def _ending(match: "re.Match[str]") -> Period | None:
    """So many months up to the end of one; None where the day is not its last."""
    said = (match["count"] or match["unit"]).lower()
    months = int(said) if said.isdecimal() else _LENGTHS[said]
    year, month = _full_year(match["year"]), _number(match["month"])
    last = calendar_month(year, month).end
    if not months or (match["day"] and int(match["day"]) != last.day):
        return None
    years, number = divmod(12 * year + month - months, 12)
    return Period(date(years, number + 1, 1), last)


def period_in(text: str, *, calendar: bool = False) -> Period | None:
    """The one period that a title, a file's or a sheet's name speaks of; None where it speaks of none or of several."""
    text = read_text(text).replace("_", " ")
    whole = period_of(text, calendar=calendar)
    if whole:
        return whole
    text = as_quarter(plain(text))
    said = chain.from_iterable(pattern.finditer(text) for pattern in _IN_TEXT)
    found = {quarter for match in said if (quarter := quarter_said(match, calendar=calendar))}
    if not found:
        named = (each for each in _ONE_MONTH.finditer(text) if not _NOT_OF.search(text[: each.start()]))
        found = {calendar_month(int(each["last_year"]), _number(each["first"])) for each in named}
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
    return month_number(month) or 0


def _full_year(written: str) -> int:
    year = int(written)
    return year + 2000 if year < 100 else year
