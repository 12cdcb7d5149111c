"""Months and quarters as people write them, and years."""

import re
from datetime import date, datetime
from functools import lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import read_text
from quarterday.domain.framework.periods import (
    MONTH_WORD,
    Period,
    calendar_month,
    financial_quarter,
    financial_year,
    within_reach,
)

_MONTH_FORMATS = (
    "%b %Y", "%b-%y", "%b %y", "%b-%Y", "%b/%y", "%b/%Y", "%b_%y", "%b_%Y", "%b, %Y", "%b%y", "%b%Y", "%Y-%m", "%m/%Y",
    "%Y/%m", "%m-%Y", "%Y %b", "%Y-%b", "%Y/%b", "%YM%m", "%Y M%m", "%Y-M%m", "M%m %Y",
)  # fmt: skip
_A_MONTH = re.compile(rf"(?<![a-z]){MONTH_WORD}(?![a-z])", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|satur|sat|sun)(day)?,?\s+", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"\s*['’‘](?=\d\d\b)")
_NUMBER_WORDS = "first second third fourth one two three four".split()
_WORDS_FOR_NUMBERS: dict[str, str] = dict(zip(_NUMBER_WORDS, "12341234", strict=True))
_NUMBERED = "|".join(_WORDS_FOR_NUMBERS)
_QUARTER_AFTER = re.compile(rf"\b({_NUMBERED}|[1-4])\s*(?:quarter|qtr|q)\b", re.IGNORECASE)
_QUARTER_IN_WORDS = re.compile(rf"\b(?:quarter|qtr)\s+({_NUMBERED})\b", re.IGNORECASE)
_MONTHS_OF_IT = re.compile(rf"\(\s*{MONTH_WORD}\s*(?:-|–|to)\s*{MONTH_WORD}\s*\)", re.IGNORECASE)
YEAR = r"(?P<year>20\d\d)(?:\s*[-/–]\s*(?P<next>\d{2}|20\d\d))?"
_SHORT = r"(?P<year>\d{2})\s*[-/–]\s*(?P<next>\d{2})"
QUARTER = r"(?:q|qtr|quarter)\s*\.?(?P<quarter>[1-4])"
_FY = r"(?:fy\s*)?"
_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^{_FY}{YEAR}\s*[-,:/]?\s*\(?{QUARTER}\)?$",
        rf"^\(?{QUARTER}\)?\s*[-,:/]?\s*(?:of\s+)?\(?{_FY}{YEAR}\)?$",
        rf"^\(?{QUARTER}\)?\s*[-,:]?\s*\(?{_FY}{_SHORT}\)?$",
        rf"^{_FY}{_SHORT}\s*[-,:]?\s*\(?{QUARTER}\)?$",
    )
)
_YEAR_ALONE = re.compile(
    r"^(?:fy\s*|financial year\s*)?(?P<year>20\d\d)\s*[-/–]\s*(?P<next>\d{2}|20\d\d)$", re.IGNORECASE
)


def plain(written: Cell) -> str:
    """A text without weekdays, endings of numbers and apostrophes of years; months as their first three letters."""
    text = _SHORT_YEAR.sub(" ", _WEEKDAY.sub("", _ORDINAL.sub("", read_text(written))))
    return _A_MONTH.sub(lambda found: found[0][:3], text)  # `Sept.` and `September` are Sep, as `%b` reads it


def day_in_style(text: str, style: str) -> date | None:
    """The day that a text names in one style, as `strptime` has it; None where it names none."""
    try:
        return datetime.strptime(text, style).date()  # noqa: DTZ007
    except ValueError:
        return None


@lru_cache(maxsize=10_000)
def month_of(text: str) -> Period | None:
    """The month that a text names, in any written form that people use; None where it names none."""
    text = plain(text)
    if re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", text):
        return calendar_month(int(text[:4]), int(text[4:]))
    for style in _MONTH_FORMATS:
        if (day := day_in_style(text, style)) and within_reach(day):
            return calendar_month(day.year, day.month)
    return None


@lru_cache(maxsize=10_000)
def quarter_of(text: str, *, calendar: bool = False) -> Period | None:
    """The quarter that a text names; None where it names none.

    `Q1 2025/26` is April to June 2025 whoever says it; a quarter of a single year (`2025Q2`) is the financial year's
    that begins in it, or the calendar year's where `calendar` says so.
    """
    text = as_quarter(plain(text))
    for pattern in _QUARTERS:
        if match := pattern.match(text):
            return quarter_said(match, calendar=calendar)
    return None


def as_quarter(text: str) -> str:
    """A text in which `first quarter`, `1Q` and `Quarter One` are `Q1`, and the months beside it are left out."""
    text = _QUARTER_AFTER.sub(lambda said: f"Q{_WORDS_FOR_NUMBERS.get(said[1].lower(), said[1])}", text)
    text = _QUARTER_IN_WORDS.sub(lambda said: f"Q{_WORDS_FOR_NUMBERS[said[1].lower()]}", text)
    return " ".join(_MONTHS_OF_IT.sub(" ", text).split())


def quarter_said(match: "re.Match[str]", *, calendar: bool) -> Period | None:
    """The quarter that a match of `YEAR` and `QUARTER` says; None where its two years do not follow one another."""
    year, number, following = int(match["year"]), int(match["quarter"]), match["next"]
    year += 2000 if year < 100 else 0
    if following is None:
        if calendar:
            return Period(date(year, 3 * number - 2, 1), calendar_month(year, 3 * number).end)
        return financial_quarter(year, number)
    return financial_quarter(year, number) if int(following) % 100 == (year + 1) % 100 else None


def ends_of_month(day: date) -> Period | None:
    """The month that a date begins or ends; None for a day within one."""
    month = calendar_month(day.year, day.month)
    return month if day in (month.start, month.end) else None


def year_of(text: str) -> Period | None:
    """The financial year that a text names and nothing else; None where it names none."""
    match = _YEAR_ALONE.match(text)
    if match and int(match["next"]) % 100 == (int(match["year"]) + 1) % 100:
        return financial_year(int(match["year"]))
    return None


def year_in(text: str) -> int | None:
    """The year in which the financial year begins that a text names somewhere; None where it names none."""
    match = re.search(r"(?P<year>20\d\d)\s*[-/–]\s*(?P<next>\d{2}|20\d\d)(?!\d)", read_text(text))
    return int(match["year"]) if match and int(match["next"]) % 100 == (int(match["year"]) + 1) % 100 else None
