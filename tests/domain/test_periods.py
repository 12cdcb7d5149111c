"""Information periods: two dates, whatever they are called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.framework.periods import (
    Period,
    describe,
    financial_quarter,
    parse_day,
    parse_quarter,
    period_code,
    quarter_name,
    rolling_year,
)


def test_the_first_financial_quarter_is_april_to_june():
    """Q1 of 2025-26 is April to June 2025."""
    assert Period(date(2025, 4, 1), date(2025, 6, 30)) == parse_quarter("2025-26Q1")


def test_the_fourth_financial_quarter_lies_in_the_next_year():
    """Q4 of 2025-26 ends on 31 March 2026."""
    assert Period(date(2026, 1, 1), date(2026, 3, 31)) == parse_quarter("2025-26 Q4")


def test_a_quarter_may_be_named_before_its_year():
    """As many say it."""
    assert parse_quarter("2025-26Q1") == parse_quarter("Q1 2025-26")


@pytest.mark.parametrize("name", ["2025 Q1", "2025-27 Q1", "2025Q2", "Q1 2025", "2025-26 Q5", ""])
def test_a_name_that_is_no_financial_quarter_says_how_to_write_one(name):
    """What cannot be read is refused with an example."""
    with pytest.raises(ValueError, match="2025-26 Q1"):
        parse_quarter(name)


def test_the_papers_own_quarter_is_four_months_and_has_no_quarter_name():
    """June to September is four months: it is named by its dates."""
    june_to_september = Period(date(2023, 6, 1), date(2023, 9, 30))

    assert quarter_name(june_to_september) is None
    assert describe(june_to_september) == "June to September 2023"
    assert period_code(june_to_september) == "2023-06-01-to-2023-09-30"
    assert len(list(june_to_september.months())) == 4


def test_a_rolling_year_to_a_leap_day_holds_366_days():
    """The year to 29 February 2024 begins on 1 March 2023."""
    assert Period(date(2023, 3, 1), date(2024, 2, 29)) == rolling_year(date(2024, 2, 29))


def test_overlap_is_told_as_the_share_of_both():
    """June to September shares 30 of 152 days with... April to June: 30 days of the union of 183."""
    asked, sent = parse_quarter("2025-26 Q1"), Period(date(2025, 6, 1), date(2025, 9, 30))

    assert sent.overlap_days(asked) == 30
    assert sent.overlap_share(asked) == 30 / 183


@given(st.integers(2000, 2090), st.integers(1, 4))
def test_every_financial_quarter_is_named_and_read_back(year, quarter):
    """A quarter's name stands for exactly that quarter."""
    period = financial_quarter(year, quarter)

    assert period == parse_quarter(quarter_name(period))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_rolling_year_is_always_a_year(end):
    """Twelve months are 365 days, or 366 where a leap day is among them."""
    assert rolling_year(end).days in (365, 366)


@pytest.mark.parametrize(
    "said", ["2026-07-14", "14 July 2026", "14 jul 26", "14/7/2026", "14.07.26", " 14-7-2026 ", "14th July ’26"]
)
def test_a_day_is_read_as_people_write_it(said: str) -> None:
    """Day first, the month as a number or a word, the year short or long."""
    assert date(2026, 7, 14) == parse_day(said)


@pytest.mark.parametrize("said", ["", "tomorrow", "2026-02-30", "14 July", "7/14/2026", "14 July 0026", "14 July 1926"])
def test_what_is_no_day_is_refused_with_an_example(said: str) -> None:
    """The sentence shows how to write one."""
    with pytest.raises(ValueError, match="write it as 2026-07-14 or 14 July 2026"):
        parse_day(said)
