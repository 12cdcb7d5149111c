"""Information periods: always two dates, whatever a partner or a paper calls them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

CENTURY = 2000
A_YEAR = timedelta(days=366)  # as far ahead as a promise may lie: a day further off is a slip of the finger
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_WRITTEN_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ ./-](?P<month>\d{1,2}|[A-Za-z]{3,9})[ ./-](?P<year>\d{4}|[’']?\d{2})",
    re.IGNORECASE,
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SHORTEST_MONTH = 3  # letters
MONTH_WORD = rf"(?:{'|'.join(sorted({name[:n] for name in _MONTHS for n in range(3, 10)}, key=len, reverse=True))})\.?"
_KNOWN = 4096  # months, quarters and what they are called are asked for many thousand times in one release
_QUARTER_FIRST = re.compile(r"^\s*(Q[1-4])\s*,?\s*(\d{4}\s*[-/–]\s*\d{2})\s*$", re.IGNORECASE)
_QUARTER_NAME = re.compile(r"^\s*(\d{4})\s*[-/–]\s*(\d{2})\s*[- ]?\s*Q([1-4])\s*$", re.IGNORECASE)


@dataclass(frozen=True, order=True)
class Period:
    """The days a figure covers, both ends included.

    Raises `ValueError` where the end comes before the start.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def __str__(self) -> str:
        return describe(self)

    @property
    def days(self) -> int:
        """How many days the period holds."""
        return (self.end - self.start).days + 1

    def contains(self, other: "Period") -> bool:
        """Whether every day of another period is one of this."""
        return self.start <= other.start and other.end <= self.end

    def overlap_days(self, other: "Period") -> int:
        """How many days two periods share."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return max(0, shared.days + 1)

    def overlap_share(self, asked: "Period") -> float:
        """The share of the two periods' union that both cover: 1.0 where they are the same, 0.0 where apart."""
        shared = self.overlap_days(asked)
        return shared / (self.days + asked.days - shared)

    def months(self) -> Iterator["Period"]:
        """The whole calendar months that lie inside the period, in order."""
        first = self.start if self.start.day == 1 else _first_of_next_month(self.start)
        while (month := calendar_month(first.year, first.month)).end <= self.end:
            yield month
            first = _first_of_next_month(first)


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@lru_cache(maxsize=_KNOWN)
def calendar_month(year: int, month: int) -> Period:
    """One calendar month."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


@lru_cache(maxsize=_KNOWN)
def financial_quarter(year: int, quarter: int) -> Period:
    """A quarter of the United Kingdom's financial year that begins in April of `year`: quarter 1 is April to June."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"a financial year has quarters 1 to 4, not {quarter}")
    start_year, start_month = (year, 3 * quarter + 1) if quarter < 4 else (year + 1, 1)
    return Period(date(start_year, start_month, 1), calendar_month(start_year, start_month + 2).end)


def financial_year(year: int) -> Period:
    """The financial year from 1 April of `year` to 31 March of the next."""
    return Period(date(year, 4, 1), date(year + 1, 3, 31))


def year_name(year: Period) -> str:
    """`2025-26` for the financial year that begins in April 2025."""
    return f"{year.start.year}-{year.end.year % 100:02d}"


def parse_year(name: str) -> Period:
    """The financial year that a name such as `2025-26` stands for.

    Raises `ValueError` with a sentence that says how to write one.
    """
    match = re.fullmatch(r"\s*(\d{4})\s*[-/–]\s*(\d{2})\s*", name)
    if not match or int(match[2]) != (int(match[1]) + 1) % 100:
        raise ValueError(f"“{name}” is not a financial year: write it as 2025-26 (April 2025 to March 2026)")
    return financial_year(int(match[1]))


def rolling_year(end: date) -> Period:
    """The twelve months that end on `end`."""
    first_day_after = end + timedelta(days=1)
    try:
        start = first_day_after.replace(year=first_day_after.year - 1)
    except ValueError:  # 29 February has no counterpart a year earlier
        start = date(first_day_after.year - 1, 3, 1)
    return Period(start, end)


def parse_quarter(name: str) -> Period:
    """The period that a name such as `2025-26 Q1`, `2025-26Q1` or `Q1 2025-26` stands for.

    Raises `ValueError` with a sentence that says how to write one.
    """
    match = _QUARTER_NAME.match(_QUARTER_FIRST.sub(r"\2 \1", name))
    if not match:
        raise ValueError(f"“{name}” is not a financial quarter: write it as 2025-26 Q1 (April to June 2025)")
    year, next_year, quarter = int(match[1]), int(match[2]), int(match[3])
    if next_year != (year + 1) % 100:
        raise ValueError(f"“{name}” does not name two years that follow one another: write it as 2025-26 Q1")
    return financial_quarter(year, quarter)


def within_reach(day: date) -> bool:
    """Whether a day is one that figures may speak of: of this century, so that a slip in a year is no period."""
    return day.year // 100 == CENTURY // 100


def of_this_century(day: date) -> date:
    """A day whose year was once kept as it was typed, of two digits, as it was meant."""
    return day.replace(year=day.year + CENTURY) if day.year < 100 else day


def month_number(word: str) -> int | None:
    """The month that a word names, in full or cut after three letters or more (`Sept.`); None where it names none.

    This is the one rule of what counts as a month's name; `MONTH_WORD` is its pattern.
    """
    said = word.strip().lower().rstrip(".")
    names = (number for number, name in enumerate(_MONTHS, 1) if name.startswith(said))
    return next(names, None) if len(said) >= _SHORTEST_MONTH else None


def parse_day(said: str) -> date:
    """A day as people write it: `2026-07-14`, `14 July 2026`, `14/7/26`. A year of two digits is one of this century.

    Raises `ValueError` with a sentence that says how to write one.
    """
    match = _ISO_DAY.fullmatch(said.strip()) or _WRITTEN_DAY.fullmatch(said.strip())
    try:
        if match is None:
            raise ValueError
        year, month = match["year"].lstrip("’'"), match["month"].lower()
        number = int(month) if month.isdigit() else month_number(month) or 0
        day = date(int(year) + (CENTURY if len(year) == 2 else 0), number, int(match["day"]))
        if not within_reach(day):
            raise ValueError
    except ValueError:
        raise ValueError(f"“{said}” is no day: write it as 2026-07-14 or 14 July 2026") from None
    return day


@lru_cache(maxsize=_KNOWN)
def quarter_name(period: Period) -> str | None:
    """`2025-26 Q1` for a financial quarter, None for any other period."""
    year = period.start.year if period.start.month >= 4 else period.start.year - 1
    for quarter in (1, 2, 3, 4):
        if financial_quarter(year, quarter) == period:
            return f"{year}-{(year + 1) % 100:02d} Q{quarter}"
    return None


@lru_cache(maxsize=_KNOWN)
def describe(period: Period) -> str:
    """A period for people: `April to June 2025`, or both dates where it is not whole months."""
    start, end = period.start, period.end
    whole_months = start.day == 1 and end == calendar_month(end.year, end.month).end
    if whole_months and (start.year, start.month) == (end.year, end.month):
        return f"{start:%B %Y}"
    if whole_months and start.year == end.year:
        return f"{start:%B} to {end:%B %Y}"
    if whole_months:
        return f"{start:%B %Y} to {end:%B %Y}"
    return f"{say_date(start)} to {say_date(end)}"


@lru_cache(maxsize=_KNOWN)
def say_date(day: date) -> str:
    """`5 August 2025`: a date as it stands in a sentence."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=_KNOWN)
def say_day(day: date) -> str:
    """`Tuesday 5 August 2025`: a date as a deadline is told."""
    return f"{day:%A} {say_date(day)}"


def period_code(period: Period) -> str:
    """The period as it stands in identifiers: `2025-26-q1`, or `2025-06-01-to-2025-09-30`."""
    name = quarter_name(period)
    return name.lower().replace(" ", "-") if name else f"{period.start}-to-{period.end}"
