"""The calendar of `config/` is said to end 120 days ahead."""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.horizon import OCCASION, running_out
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import framework, indicator
from tests.domain.lived import days, walk


def test_meetings_that_run_out_are_told_120_days_ahead(small: Framework) -> None:
    """The last period considered ends on 30 June 2025: from 2 March on it is said what to add."""
    assert [] == list(running_out(small, date(2025, 3, 1)))
    (told,) = map(str, running_out(small, date(2025, 3, 2)))

    assert told.startswith("No meeting considers a period after 30 June 2025: nothing is collected after it.")
    assert [told] == [str(each) for each in running_out(small, date(2026, 1, 5))]


def test_school_terms_that_run_out_are_told() -> None:
    """Where a figure is asked by school term."""
    by_term = framework(indicators=(indicator("exclusions", "police", frequency="school term"),))

    assert any("school term" in str(each) for each in running_out(by_term, date(2025, 1, 6)))


def ending(setting: Framework, on: list[date], facts: Facts | None = None) -> tuple[Facts, list[tuple[date, str]]]:
    """The emails about what runs out."""
    facts, done = walk(setting, on, facts)
    return facts, [(day, each.about) for day, each in done if isinstance(each, Send) and each.occasion == OCCASION]


def test_the_officer_hears_of_it_once(small: Framework) -> None:
    """2 March 2025 is a Sunday: the email goes on Monday, and not again however long nothing is added."""
    _, told = ending(small, days(date(2025, 2, 27), date(2025, 5, 2)))

    assert [(date(2025, 3, 3), "meetings")] == told


def test_a_later_end_is_told_in_its_time(small: Framework) -> None:
    """A meeting on the next quarter is added, which ends on 30 September: told again from 2 June on."""
    facts, _ = ending(small, days(date(2025, 3, 3), date(2025, 3, 31)))
    board = small.partnership.boards[0]
    following = Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2"))
    boards = (board.model_copy(update={"meetings": (*board.meetings, following)}),)
    longer = framework(partnership=small.partnership.model_copy(update={"boards": boards}))
    _, told = ending(longer, days(date(2025, 4, 1), date(2025, 6, 6)), facts)

    assert [(date(2025, 6, 2), "meetings")] == told


def test_terms_are_told_beside_meetings() -> None:
    """Each for itself, in one email each."""
    by_term = framework(indicators=(indicator("exclusions", "police", frequency="school term"),))

    _, told = ending(by_term, [date(2025, 3, 3)])

    assert [(date(2025, 3, 3), "meetings"), (date(2025, 3, 3), "school terms")] == told
