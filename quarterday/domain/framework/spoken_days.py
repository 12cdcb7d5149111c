"""A day as somebody types it on the command line: with its weekday, as our emails have it, or with the month first."""

import re
from datetime import date, timedelta

from quarterday.domain.framework.periods import MONTH_WORD, parse_day, say_date

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WITH_WEEKDAY = re.compile(r"(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]? +(.+)", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"({MONTH_WORD}) +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}})", re.IGNORECASE)
_FROM_TODAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LATE_IN_A_MONTH = re.compile(r"(?<!\d)(29|30|31)(?!\d)")


def parse_spoken_day(said: str, today: date) -> date:
    """`Monday 14 July 2025`, `July 14, 2025`, `tomorrow`, or whatever else `parse_day` takes.

    Raises `ValueError` with a sentence: how to write one, that there is no such day, or that it is another weekday.
    """
    if (days := _FROM_TODAY.get(said.strip().lower())) is not None:
        return today + timedelta(days=days)
    weekday, rest = _without_weekday(said.strip())
    if found := _MONTH_FIRST.fullmatch(rest):
        rest = f"{found[2]} {found[1]} {found[3]}"
    try:
        day = parse_day(rest)
    except ValueError as problem:
        if _would_be_a_day(rest):
            raise ValueError(f"There is no {rest}: that month is shorter") from None
        raise ValueError(str(problem).replace(f"“{rest}”", f"“{said}”", 1)) from None
    if weekday and not _WEEKDAYS[day.weekday()].startswith(weekday):
        raise ValueError(f"{say_date(day)} is a {_WEEKDAYS[day.weekday()].title()}: say the day or the date anew")
    return day


def _without_weekday(said: str) -> tuple[str, str]:
    found = _WITH_WEEKDAY.fullmatch(said)
    return (found[1].lower(), found[2]) if found else ("", said)


def _would_be_a_day(said: str) -> bool:
    """Whether only its number is too high: with 28 in its place it is a day."""
    try:
        parse_day(_LATE_IN_A_MONTH.sub("28", said, count=1))
    except ValueError:
        return False
    return True
