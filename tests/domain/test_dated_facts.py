"""Days on which calendars go wrong, as the ladder and the timetable meet them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.standing import london_day, overdue
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.framework.indicators import Frequency
from quarterday.domain.framework.partners import Meeting, SchoolTerm
from quarterday.domain.framework.periods import Period, parse_quarter
from tests.domain.conftest import ENGLAND, framework, indicator
from tests.domain.lived import days, sent, walk

Q1 = parse_quarter("2025-26 Q1")


def meeting_on(day: date, quarter: str):
    """The small partnership with one meeting of its board."""
    small = framework()
    meeting = Meeting(on=day, considers=parse_quarter(quarter))
    board = small.partnership.boards[0].model_copy(update={"meetings": (meeting,)})
    return framework(partnership=small.partnership.model_copy(update={"boards": (board,)}))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 3, 29, 23, 59, tzinfo=UTC), date(2025, 3, 29)),  # the night before the clocks go forward
        (datetime(2025, 3, 30, 0, 30, tzinfo=UTC), date(2025, 3, 30)),
        (datetime(2025, 3, 30, 23, 30, tzinfo=UTC), date(2025, 3, 31)),  # half past midnight of British Summer Time
        (datetime(2025, 10, 25, 23, 30, tzinfo=UTC), date(2025, 10, 26)),  # the last summer night
        (datetime(2025, 10, 26, 23, 30, tzinfo=UTC), date(2025, 10, 26)),  # the clocks went back that morning
    ],
)
def test_a_day_is_londons_day_through_both_clock_changes(moment, day):
    """A return at half past eleven at night in UTC came the next day in summer, and the same day in winter."""
    assert day == london_day(moment)


def test_a_return_just_before_midnight_in_london_is_in_time():
    """23:30 on 22 July 2025 in London is 22:30 in UTC: due that day, it is not late."""
    came = london_day(datetime(2025, 7, 22, 22, 30, tzinfo=UTC))

    assert not overdue(date(2025, 7, 22), came, ENGLAND)


def test_due_on_a_sunday_it_is_late_from_the_tuesday():
    """Nobody works on Sunday 20 July 2025, so Monday the 21st is still in time."""
    assert not overdue(date(2025, 7, 20), date(2025, 7, 21), ENGLAND)
    assert overdue(date(2025, 7, 20), date(2025, 7, 22), ENGLAND)


def test_over_christmas_the_ladder_rests():
    """Due on 22 December 2025: two working days later is Christmas Eve, four is Tuesday the 30th."""
    christmas = meeting_on(date(2026, 1, 19), "2025-26 Q2")
    plan = timetable(christmas, parse_quarter("2025-26 Q2"))
    _, done = walk(christmas, days(date(2025, 11, 20), date(2025, 12, 31)))

    assert date(2025, 12, 22) == plan.due
    chased = [(day, rung) for day, rung in sent(done, "fire") if rung.startswith("chase")]
    assert [(date(2025, 12, 24), "chase-1"), (date(2025, 12, 30), "chase-2")] == chased


def test_a_bank_holiday_proclaimed_ten_days_ahead_moves_the_chaser_but_not_what_partners_were_told(small):
    """Monday 28 July 2025 is proclaimed on the 18th: who was told the 22nd keeps it, and the second chaser waits."""
    facts, _ = walk(small, days(date(2025, 6, 30), date(2025, 7, 18)))
    proclaimed = replace(ENGLAND, bank_holidays=ENGLAND.bank_holidays | {date(2025, 7, 28)})
    _, done = walk(framework(calendar=proclaimed), days(date(2025, 7, 19), date(2025, 7, 30)), facts)

    assert [] == what_is_due(framework(calendar=proclaimed), facts, date(2025, 7, 28))
    assert (date(2025, 7, 24), "chase-1") in sent(done, "fire")
    assert (date(2025, 7, 29), "chase-2") in sent(done, "fire")


def test_a_yearly_figure_is_asked_for_only_with_the_quarter_that_ends_the_financial_year(small):
    """The year to 31 March 2026 is asked for with January to March 2026, and never with April to June."""
    yearly = indicator("fires-a-year", "fire", frequency=Frequency.FINANCIAL_YEAR)

    assert (Period(date(2025, 4, 1), date(2026, 3, 31)),) == small.periods_asked(yearly, parse_quarter("2025-26 Q4"))
    assert () == small.periods_asked(yearly, Q1)


def test_a_rolling_year_ends_with_the_collection(small):
    """With January to March 2024 it holds 29 February: 366 days."""
    rolling = indicator("fires-rolling", "fire", frequency=Frequency.ROLLING_YEAR)
    (year,) = small.periods_asked(rolling, parse_quarter("2023-24 Q4"))

    assert (Period(date(2023, 4, 1), date(2024, 3, 31)), 366) == (year, year.days)


def test_a_monthly_figure_is_asked_for_each_month_of_the_period(small):
    """April, May and June 2025."""
    monthly = indicator("fires-a-month", "fire", frequency=Frequency.MONTH)

    assert ["April 2025", "May 2025", "June 2025"] == [str(month) for month in small.periods_asked(monthly, Q1)]


def test_a_term_is_asked_for_with_the_collection_in_which_it_ends(small):
    """The summer term that ends on 22 July 2025 belongs to July to September."""
    term = Period(date(2025, 4, 22), date(2025, 7, 22))
    summer = SchoolTerm(name="Summer", dates=term)
    partnership = small.partnership.model_copy(update={"school_terms": (summer,)})
    with_terms = framework(partnership=partnership)
    exclusions = indicator("exclusions", "fire", frequency=Frequency.SCHOOL_TERM)

    assert (term,) == with_terms.periods_asked(exclusions, parse_quarter("2025-26 Q2"))
    assert () == with_terms.periods_asked(exclusions, Q1)


def test_a_lead_time_that_begins_before_the_period_ends_is_told_as_a_clash():
    """A partner with 25 working days would be asked on 17 June 2025, before June is over."""
    small = framework()
    slow = small.partners[0].model_copy(update={"lead_time": 25})
    setting = framework(partners=(slow, small.partners[1]))
    (clash,) = timetable(setting, Q1).clashes(setting)

    assert "before the period ends on Monday 30 June 2025" in clash
