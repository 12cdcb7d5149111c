"""Values as people write them: read where there is one way to read them, else said to be unreadable.

Nothing here guesses. `-` may mean none or unknown, `1,5` may be one and a half or a slip: both are handed back with a
problem, for the sender to settle.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quarterday.adapters.parsing.tables import Cell
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import calendar_month


@dataclass(frozen=True)
class Number:
    """A number as read: `problem` names why it could not be (a key of the catalogue), `tidied` that it was re-read."""

    value: float | None = None
    marker: Marker | None = None
    tidied: bool = False
    percent: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Day:
    """A date as read, with the same meaning of `tidied` and `problem`."""

    day: date | None = None
    tidied: bool = False
    problem: str = ""


ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA")
_ERR_OF_LIBREOFFICE = re.compile(r"^Err:\d{3}$", re.IGNORECASE)
_LONGEST_NUMBER = 60  # characters, with everything that may stand around it
_PLAIN = re.compile(r"^[+-]?\d+(\.\d+)?$")
_GROUPED = re.compile(r"^[+-]?\d{1,3}([, ])\d{3}(\1\d{3})*(\.\d+)?$")
_FEWER_THAN = re.compile(r"^(<|less than|fewer than|under)\s*=?\s*\d+$", re.IGNORECASE)
_MARKED = re.compile(r"^(?P<number>[^\[\]]*?)\s*(?P<marker>\[[a-z]\])$", re.IGNORECASE)
_ESTIMATED = re.compile(
    r"^(?:(?:c\.|ca\.?|circa|approx\.?|approximately|about|around|est\.?|estimated|~)\s*(?P<before>[\d,. ]+)"
    r"|(?P<after>[\d,. ]+?)\s*(?:\((?:e|est|est\.|estimate|estimated|approx|approx\.)\)|est\.?|estimated?|approx\.?))$",
    re.IGNORECASE,
)
_PROVISIONAL = re.compile(r"^(?P<number>[\d,. ]+?)\s*\((?:p|prov|prov\.|provisional)\)$", re.IGNORECASE)
_NIL = {"nil", "none", "zero", "nil return", "no incidents"}
_NOT_AVAILABLE = {"n/a", "n.a.", "na", "not available", "unavailable", "not known", "unknown", "tbc", "no data"}
_CONFIDENTIAL = {"suppressed", "supp", "redacted", "confidential", "withheld"}
_UNSURE = {"-", "–", "—", "--", ".", "..", "...", "*", "**", "?", ":", "x", "c", "z", "/", "\\", "#"}


def shown(cell: Cell) -> str:
    """A cell as a person would see it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return f"{cell:.15g}"
        case datetime():
            return cell.isoformat(sep=" ")
    return str(cell)


def read_text(cell: Cell) -> str:
    """A cell's words, with runs of white space as one space."""
    return " ".join(unicodedata.normalize("NFKC", shown(cell)).split())


def is_error(cell: Cell) -> bool:
    """Whether a cell shows a spreadsheet's error, such as #REF!."""
    return isinstance(cell, str) and (cell.strip().upper() in ERRORS or bool(_ERR_OF_LIBREOFFICE.match(cell.strip())))


def read_number(cell: Cell, *, text_file: bool = False) -> Number:
    """The number that a cell holds. In a text file a plain number written as text is no tidying."""
    match cell:
        case None:
            return Number()
        case bool():
            return Number(problem="not-a-number")
        case int() | float():
            return Number(float(cell))
        case date():
            return Number(problem="date-for-number")
    return _written_number(cell, text_file)


def _written_number(written: str, text_file: bool) -> Number:
    if is_error(written):
        return Number(problem="error-value")
    text = unicodedata.normalize("NFKC", written).replace("−", "-")
    text = " ".join(text.split())
    if not text:
        return Number()
    if len(text) > _LONGEST_NUMBER:
        return Number(problem="not-a-number")
    if _PLAIN.match(text) and text.isascii():
        return Number(float(text), tidied=not text_file or written != text)
    return _decorated_number(text)


def _decorated_number(text: str) -> Number:
    lowered = text.lower()
    if lowered in _NIL:
        return Number(0.0, tidied=True)
    if lowered in _NOT_AVAILABLE:
        return Number(marker=Marker.NOT_AVAILABLE, tidied=True)
    if lowered in _CONFIDENTIAL or _FEWER_THAN.match(text):
        return Number(marker=Marker.CONFIDENTIAL, tidied=True)
    if lowered in _UNSURE:
        return Number(problem="unsure-sign")
    if text.endswith("%"):
        number = _bare(text[:-1].strip())
        return Number(number, tidied=True, percent=True) if number is not None else Number(problem="not-a-number")
    if marked := _MARKED.match(text):
        return _with_marker(marked["number"], marked["marker"])
    if estimated := _ESTIMATED.match(text):
        return _with_marker(estimated["before"] or estimated["after"], Marker.ESTIMATED)
    if provisional := _PROVISIONAL.match(text):
        return _with_marker(provisional["number"], Marker.PROVISIONAL)
    number = _bare(text)
    return Number(number, tidied=True) if number is not None else Number(problem="not-a-number")


def _with_marker(number: str, marker: str) -> Number:
    if marker.lower() not in set(Marker):
        return Number(problem="unknown-marker")
    value = _bare(number.strip())
    if value is None and number.strip():
        return Number(problem="not-a-number")
    return Number(value, Marker(marker.lower()), tidied=True)


def _bare(text: str) -> float | None:
    if not text.isascii():
        return None
    if _PLAIN.match(text):
        return float(text)
    return float(text.replace(",", "").replace(" ", "")) if _GROUPED.match(text) else None


def read_marker(cell: Cell) -> tuple[Marker | None, bool, str]:
    """The marker that a cell names, whether that was tidied, and the problem if it names none."""
    text = read_text(cell)
    if not text:
        return None, False, ""
    lowered = text.lower()
    for marker in Marker:
        if lowered.startswith(marker.value):
            return marker, lowered != text, ""
    for marker in Marker:
        words = marker.name.lower().replace("_", " ")
        if lowered in (marker.value[1], words) or lowered == f"({marker.value[1]})":
            return marker, True, ""
    if lowered in _NOT_AVAILABLE:
        return Marker.NOT_AVAILABLE, True, ""
    return None, False, "unknown-marker"


_DAY_FORMATS = (
    "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y", "%d.%m.%y", "%d %B %Y", "%d %b %Y", "%d %b %y",
    "%d-%b-%Y", "%d-%b-%y", "%d-%B-%Y", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%B %d, %Y", "%B %d %Y", "%b %d, %Y",
)  # fmt: skip
_MONTH_FORMATS = ("%B %Y", "%b %Y", "%b-%y", "%b %y", "%B-%y", "%Y-%m")
_AMERICAN = re.compile(r"^\d{1,2}/(1[3-9]|2\d|3[01])/\d{2,4}$")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|satur|sat|sun)(day)?,?\s+", re.IGNORECASE)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # 2000 to 2099 in Excel's count of days


def read_day(cell: Cell, *, end: bool = False, text_file: bool = False) -> Day:
    """The date that a cell holds, day before month as people here write it. A month alone is its first or last day."""
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
    if not (_FIRST_SERIAL <= number <= _LAST_SERIAL and float(number).is_integer()):
        return Day(problem="not-a-date")
    return Day(date(1899, 12, 30) + timedelta(days=int(number)), tidied=True)


def _written_day(written: str, end: bool, text_file: bool) -> Day:
    if is_error(written):
        return Day(problem="error-value")
    text = _WEEKDAY.sub("", _ORDINAL.sub("", read_text(written))).replace("Sept ", "Sep ").replace("Sept-", "Sep-")
    if not text:
        return Day()
    if _AMERICAN.match(text):
        return Day(problem="month-first-date")
    if text.isdecimal() and len(text) == 5:
        return _serial(int(text))
    for style in _DAY_FORMATS:
        if (day := _strptime(text, style)) and 2000 <= day.year < 2100:
            return Day(day, tidied=not text_file or style != "%Y-%m-%d")
    for style in _MONTH_FORMATS:
        if (day := _strptime(text, style)) and 2000 <= day.year < 2100:
            month = calendar_month(day.year, day.month)
            return Day(month.end if end else month.start, tidied=True)
    return Day(problem="not-a-date")


def _strptime(text: str, style: str) -> date | None:
    try:
        return datetime.strptime(text, style).date()  # noqa: DTZ007
    except ValueError:
        return None
