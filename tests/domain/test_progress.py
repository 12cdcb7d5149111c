"""How a collection came in, day by day."""

from datetime import date

from quarterday.domain.collection.timetable import timetables
from quarterday.domain.telling.progress import Day, progress
from tests.domain.lived import a_return, a_verdict, days, walk

FIRE = "somewhere.2025-26-q1.fire"


def test_partners_are_counted_once_from_their_first_answer(small):
    """A return that came back is an answer; a second one of the same partner is no second partner."""
    facts = walk(small, days(date(2025, 6, 23), date(2025, 7, 9)))[0]
    first, second = a_return(FIRE, date(2025, 7, 10)), a_return(FIRE, date(2025, 7, 12))
    facts = facts.plus(first, a_verdict(first, "queried"), second, a_verdict(second, "accepted"))
    (plan,) = [each for each in timetables(small) if FIRE.startswith(each.collection)]
    told = {each.on: each for each in progress(facts, plan, date(2025, 7, 14))}

    assert [plan.opens, date(2025, 7, 14)] == [min(told), max(told)]
    assert Day(date(2025, 7, 9), 2, 0, 0) == told[date(2025, 7, 9)]
    assert Day(date(2025, 7, 11), 2, 1, 0) == told[date(2025, 7, 11)]
    assert Day(date(2025, 7, 14), 2, 1, 1) == told[date(2025, 7, 14)]
    assert plan.publish_on == progress(facts, plan, date(2026, 1, 1))[-1].on
