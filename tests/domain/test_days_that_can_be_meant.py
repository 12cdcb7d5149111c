"""Days that officers give: a slip of the finger is refused in a sentence, and a day years ahead stops nobody's work."""

from datetime import date

import pytest

from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import BoardAnswer, Facts, RequestMade
from quarterday.domain.framework.calendar import CalendarNotCoveredError, WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.board_rulings import answer_ask, set_action
from quarterday.domain.rulings.dates_for_all import close_later
from quarterday.domain.rulings.indicator_rulings import set_limits
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, record_gap
from quarterday.domain.rulings.time_rulings import decide_extension
from tests.domain.asks_example import action_set, following, raised
from tests.domain.conftest import BANK_HOLIDAYS, ENGLAND
from tests.domain.lived import at, days, walk

FIRES = "deliberate-fires"
TO_2025 = WorkingDays(BANK_HOLIDAYS, frozenset({2024, 2025}))
RULING = Ruling("jo", "They rang.", at(date(2025, 7, 20)), "Two fires at one depot.")


@pytest.fixture(scope="module")
def asked(small: Framework) -> Facts:
    """The first quarter's requests have gone."""
    return walk(small, days(date(2025, 7, 1), date(2025, 7, 10)))[0]


def fire(facts: Facts) -> RequestMade:
    """What the fire service was asked."""
    return next(each for each in facts.of(RequestMade) if each.partner == "fire")


@pytest.mark.parametrize("day", [date.min, date(25, 4, 1), date(2099, 12, 31), date(2125, 8, 1), date.max])
def test_no_ruling_takes_a_day_that_cannot_be_meant(small: Framework, asked: Facts, day: date) -> None:
    """A year of two digits, another century, the last day there is: whichever form it came by, never an exception."""
    request = fire(asked)
    for decide in (
        lambda: decide_extension(small, asked, request, RULING, grant=True, until=day),
        lambda: record_gap(small, asked, request, RULING, indicator=FIRES, owner="Max", expected=day),
        lambda: close_later(small, asked, request.collection, RULING, closes=day),
        lambda: set_limits(small, asked, FIRES, RULING, from_day=day),
    ):
        with pytest.raises(RulingRefusedError):
            decide()


@pytest.mark.parametrize("meeting", [date.min, date(25, 8, 14), date(2025, 8, 21), date.max])
def test_what_a_board_decided_was_decided_at_a_meeting_that_has_been(meeting: date) -> None:
    """An answer and an action name its day: neither in the year 25 nor tomorrow."""
    house, facts = following(), Facts([raised(date(2025, 8, 5))])
    ruling = Ruling("jo", "From the minutes.", at(date(2025, 8, 20)), "Ten thousand pounds are given.")
    what = {"what": "Write it down.", "owner": "fire", "due": date(2025, 12, 1)}
    with pytest.raises(RulingRefusedError):
        answer_ask(house, facts, "A-1", ruling, answer=BoardAnswer.DECIDED, meeting=meeting)
    with pytest.raises(RulingRefusedError):
        set_action(house, facts, ruling, board="operational", meeting=meeting, **what)


def test_no_time_is_given_to_a_day_to_which_nobody_can_count(small: Framework, asked: Facts) -> None:
    """The chaser that waits for it would stop the whole quarter's work."""
    house = small.model_copy(update={"calendar": TO_2025})
    with pytest.raises(RulingRefusedError, match="bank holidays of 2026 are not in the calendar"):
        decide_extension(house, asked, fire(asked), RULING, grant=True, until=date(2026, 2, 2))


def test_an_action_of_years_ahead_stops_nothing_today() -> None:
    """A board wants something by 2031, whose bank holidays no list holds: the quarter goes on."""
    house = following(calendar=TO_2025)
    asked, _ = walk(house, days(date(2025, 7, 1), date(2025, 7, 10)))
    facts = asked.plus(action_set(date(2025, 7, 9), "fire", date(2031, 3, 3)))

    assert what_is_due(house, asked, date(2025, 7, 21)) == what_is_due(house, facts, date(2025, 7, 21))


def test_what_is_near_must_be_known() -> None:
    """A missing year is an error where it counts, and never “no holidays”."""
    assert not TO_2025.has_come(date(2026, 3, 2), -5, today=date(2025, 12, 1))
    assert ENGLAND.has_come(date(2026, 1, 2), -5, today=date(2025, 12, 23))
    with pytest.raises(CalendarNotCoveredError):
        TO_2025.has_come(date(2026, 1, 2), -5, today=date(2025, 12, 23))
