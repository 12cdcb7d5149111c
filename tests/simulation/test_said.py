"""The simulation's own reading of what letters say: which days a partner may be reminded of."""

from datetime import date

from quarterday.domain.framework.calendar import WorkingDays
from simulation.said import moved_by

FRIDAY, MONDAY = date(2025, 7, 25), date(2025, 7, 28)


def test_a_day_that_was_told_moves_with_a_holiday_that_is_proclaimed() -> None:
    """Told that the rest is due on Friday, a partner is reminded of Monday once Friday is a holiday; never of less."""
    proclaimed = frozenset({FRIDAY})
    calendar = WorkingDays(proclaimed, frozenset({2025}))

    assert {FRIDAY, MONDAY} == moved_by(proclaimed, calendar, {FRIDAY})


def test_without_a_new_holiday_only_what_was_told_counts() -> None:
    """Nor does one count that comes later than the day."""
    august = frozenset({date(2025, 8, 1)})

    assert {FRIDAY} == moved_by(frozenset(), WorkingDays(frozenset(), frozenset({2025})), {FRIDAY})
    assert {FRIDAY} == moved_by(august, WorkingDays(august, frozenset({2025})), {FRIDAY})
