"""Working days. A year whose bank holidays are not known is an error, never "no holidays"."""

from dataclasses import dataclass
from datetime import date, timedelta

_LONGEST_REST = 30  # days: more than all rest days at Christmas or Easter together


class CalendarNotCoveredError(Exception):
    """The bank holidays of a year are not in the calendar, so nothing may be counted across it."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"The bank holidays of {year} are not in the calendar. Bring the shipped list up to date, "
            f"or add {year} under bank_holidays in partnership.yaml."
        )
        self.year = year


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday less the bank holidays of the years that are covered."""

    bank_holidays: frozenset[date]
    years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day. Raises `CalendarNotCoveredError`."""
        if day.year not in self.years:
            raise CalendarNotCoveredError(day.year)
        return day.weekday() < 5 and day not in self.bank_holidays

    def add(self, day: date, working_days: int) -> date:
        """The day so many working days after `day` (before it, where negative).

        0 gives the day itself where it is a working day, else the next one that is: what falls due on a Sunday is
        looked for on the Monday.
        """
        step = timedelta(days=1 if working_days >= 0 else -1)
        if working_days == 0:
            while not self.is_working_day(day):
                day += step
            return day
        left = abs(working_days)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def has_come(self, day: date, working_days: int, today: date) -> bool:
        """Whether the day so many working days from `day` is past, or is today.

        What lies months ahead has not come whatever its bank holidays are: a day years away, of which no list is out
        yet, stops nobody's work now. Raises `CalendarNotCoveredError` where its year is near and not in the calendar.
        """
        if day - today > timedelta(days=2 * max(0, -working_days) + _LONGEST_REST):
            return False
        return self.add(day, working_days) <= today

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(self.is_working_day(day) for day in days)
