"""How a collection came in, day by day: how many partners had been asked, had answered, and had been accepted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.verdicts import was_accepted
from quarterday.domain.facts import Facts, ReturnReceived, VerdictGiven


@dataclass(frozen=True)
class Day:
    """How many partners, by the end of a day."""

    on: date
    asked: int
    answered: int
    accepted: int


def progress(facts: Facts, plan: Timetable, today: date) -> list[Day]:
    """A collection's days from its opening to today, or to its publishing where that has passed."""
    requests = facts.requests_of(plan.collection)
    asked = [london_day(each.at) for each in requests]
    answered, accepted = [], []
    for each in requests:
        answered += _first(london_day(fact.at) for fact in facts.about(each.request, ReturnReceived))
        given = facts.about(each.request, VerdictGiven)
        accepted += _first(london_day(fact.at) for fact in given if was_accepted(fact))
    last = min(today, plan.publish_on)
    days = [plan.opens + timedelta(days=each) for each in range((last - plan.opens).days + 1)]
    return [Day(day, *(sum(on <= day for on in each) for each in (asked, answered, accepted))) for day in days]


def _first(days: Iterable[date]) -> list[date]:
    """The first of some days, where there is any."""
    return sorted(days)[:1]
