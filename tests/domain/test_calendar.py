"""Working days of England, as deadlines meet them."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.framework.calendar import CalendarNotCoveredError
from tests.domain.conftest import ENGLAND


def test_two_working_days_after_maundy_thursday_is_the_wednesday_after_easter():
    """Good Friday and Easter Monday of 2025 count for nothing."""
    assert date(2025, 4, 23) == ENGLAND.add(date(2025, 4, 17), 2)


def test_christmas_and_boxing_day_are_skipped():
    """The first working day after Christmas Eve 2025 is Monday the 29th."""
    assert date(2025, 12, 29) == ENGLAND.add(date(2025, 12, 24), 1)


def test_what_falls_due_on_a_sunday_is_looked_for_on_the_monday():
    """Nought working days from Sunday 20 July 2025 is Monday the 21st."""
    assert date(2025, 7, 21) == ENGLAND.add(date(2025, 7, 20), 0)


def test_a_working_day_before_a_sunday_is_the_friday():
    """One working day before Sunday 20 July 2025 is Friday the 18th."""
    assert date(2025, 7, 18) == ENGLAND.add(date(2025, 7, 20), -1)


def test_a_bank_holiday_proclaimed_ten_days_ahead_moves_every_deadline_after_it():
    """The funeral of 19 September 2022 was proclaimed on the 10th; one more such day shifts the count by one."""
    proclaimed = replace(ENGLAND, bank_holidays=ENGLAND.bank_holidays | {date(2025, 7, 21)})

    assert date(2025, 7, 21) == ENGLAND.add(date(2025, 7, 18), 1)
    assert date(2025, 7, 22) == proclaimed.add(date(2025, 7, 18), 1)


def test_a_leap_day_is_a_working_day_like_another():
    """Thursday 29 February 2024 lies between the 28th and 1 March."""
    assert date(2024, 2, 29) == ENGLAND.add(date(2024, 2, 28), 1)


def test_a_year_that_the_calendar_does_not_cover_is_an_error():
    """No holidays known is not the same as no holidays."""
    with pytest.raises(CalendarNotCoveredError, match="2027"):
        ENGLAND.add(date(2026, 12, 31), 1)


def test_working_days_between_two_dates_leave_out_the_first():
    """From Thursday 17 to Tuesday 22 April 2025 there is one: the Tuesday."""
    assert ENGLAND.between(date(2025, 4, 17), date(2025, 4, 22)) == 1
    assert ENGLAND.between(date(2025, 4, 22), date(2025, 4, 17)) == -1
