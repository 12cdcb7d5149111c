"""The calendar of `config/` is said to end 120 days ahead."""

from datetime import date

from quarterday.domain.collection.horizon import running_out
from quarterday.domain.framework.framework import Framework
from tests.domain.conftest import framework, indicator


def test_meetings_that_run_out_are_told_120_days_ahead(small: Framework) -> None:
    """The last period considered ends on 30 June 2025: from 2 March on it is said what to add."""
    assert [] == list(running_out(small, date(2025, 3, 1)))
    (told,) = running_out(small, date(2025, 3, 2))

    assert told.startswith("No meeting considers a period after 30 June 2025: nothing is collected after it.")
    assert [told] == list(running_out(small, date(2026, 1, 5)))


def test_school_terms_that_run_out_are_told() -> None:
    """Where a figure is asked by school term."""
    by_term = framework(indicators=(indicator("exclusions", "police", frequency="school term"),))

    assert any("school term" in each for each in running_out(by_term, date(2025, 1, 6)))
