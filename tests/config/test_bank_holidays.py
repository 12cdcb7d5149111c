"""England's bank holidays: the shipped list, days added at short notice, and years that are not known."""

from datetime import date
from pathlib import Path

import holidays
import pytest

from quarterday.adapters.bank_holidays import shipped, working_days
from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.framework.calendar import CalendarNotCoveredError
from quarterday.domain.framework.periods import parse_quarter


def test_the_shipped_list_is_englands() -> None:
    """The list and the `holidays` library agree on every year that is shipped."""
    _, years, days = shipped()

    assert set(holidays.country_holidays("GB", subdiv="ENG", years=sorted(years))) == set(days)


def test_the_shipped_list_is_dated_and_covers_the_example() -> None:
    """2023 to 2028: from the plan's first year to two years after the example's last meeting."""
    as_of, years, _ = shipped()

    assert set(range(2023, 2029)) == years
    assert as_of >= date(2026, 1, 1)


@pytest.mark.parametrize(
    "day",
    [
        date(2023, 5, 8),  # the coronation, proclaimed at short notice
        date(2025, 4, 18),  # Good Friday
        date(2025, 4, 21),  # Easter Monday
        date(2025, 8, 25),  # summer, of England and not of Scotland
        date(2026, 12, 28),  # Boxing Day falls on a Saturday
    ],
)
def test_nobody_works_on_a_bank_holiday(day: date) -> None:
    """Days that a naive calendar misses."""
    assert not working_days().is_working_day(day)


def test_scotlands_days_are_worked_in_england() -> None:
    """2 January and the first Monday of August are holidays of Scotland only."""
    assert working_days().is_working_day(date(2025, 1, 2))
    assert working_days().is_working_day(date(2025, 8, 4))


def test_a_day_proclaimed_at_short_notice_moves_the_timetable(folder: Path) -> None:
    """A bank holiday on 12 August 2025 makes papers, close and due date one working day earlier."""
    before = timetable(load_framework(folder), parse_quarter("2025-26 Q1"))
    path = folder / "partnership.yaml"
    path.write_text(path.read_text().replace("bank_holidays: []", "bank_holidays: [2025-08-12]"))
    after = timetable(load_framework(folder), parse_quarter("2025-26 Q1"))

    assert before
    assert after
    assert (date(2025, 8, 8), date(2025, 8, 7)) == (before.papers_on, after.papers_on)
    assert (date(2025, 7, 24), date(2025, 7, 23)) == (before.due, after.due)


def test_a_year_that_is_not_covered_is_an_error() -> None:
    """Never "no bank holidays", and one added day does not make a year known."""
    with pytest.raises(CalendarNotCoveredError, match="bank holidays of 2029"):
        working_days([date(2029, 4, 2)]).is_working_day(date(2029, 4, 3))
