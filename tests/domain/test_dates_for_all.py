"""An officer gives everybody more time in an open quarter, or closes it later: told once, and published no sooner."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import Action, CloseCollection, Publish, Send
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.differences import differences
from quarterday.domain.collection.standing import standing
from quarterday.domain.facts import CollectionClosed, Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.dates_for_all import close_later, more_time_for_all
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.time_rulings import decide_extension
from tests.domain.lived import at, days, walk

Q1, FIRE, POLICE = "somewhere.2025-26-q1", "somewhere.2025-26-q1.fire", "somewhere.2025-26-q1.police"
ON = date(2025, 7, 16)
RULING = Ruling("jo", "The data team of the council is moving house.", at(ON, 12))


@pytest.fixture(scope="module")
def asked(small: Framework) -> Facts:
    """Both partners asked by 16 July, due on the 22nd; it closes on 1 August, and papers leave on the 6th."""
    facts, _ = walk(small, days(date(2025, 6, 30), ON))
    return facts


def due_of(small: Framework, facts: Facts, request: str) -> date | None:
    """Until when a partner is awaited."""
    made = facts.request(request)
    assert made
    awaiting = standing(small, facts, made, ON).awaiting
    return awaiting.due if awaiting else None


def first_day(done: list[tuple[date, Action]], kind: type) -> date:
    """On which day the first action of a kind was done."""
    return next(day for day, action in done if isinstance(action, kind))


def test_everybody_is_told_the_new_day_once(small: Framework, asked: Facts) -> None:
    """And is not reminded by the old one."""
    facts = asked.plus(more_time_for_all(small, asked, Q1, RULING, until=date(2025, 7, 29)))
    _, done = walk(small, days(date(2025, 7, 17), date(2025, 7, 25)), facts)
    told = [(day, each.partner, each.occasion) for day, each in done if isinstance(each, Send) and each.partner]

    assert date(2025, 7, 29) == due_of(small, facts, FIRE) == due_of(small, facts, POLICE)
    assert [(date(2025, 7, 17), "police", "date-moved"), (date(2025, 7, 17), "fire", "date-moved")] == told[:2]
    assert 2 == sum(occasion == "date-moved" for *_, occasion in told)
    assert date(2025, 7, 24) == min(day for day, _, occasion in told if occasion != "date-moved")


def test_who_was_promised_a_later_day_keeps_it(small: Framework, asked: Facts) -> None:
    """What one partner was granted is not taken back by what all are given."""
    request = asked.request(FIRE)
    assert request
    granted = decide_extension(small, asked, request, RULING, grant=True, until=date(2025, 7, 31))
    facts = asked.plus(granted)
    later = replace(RULING, at=at(ON, 13))
    facts = facts.plus(more_time_for_all(small, facts, Q1, later, until=date(2025, 7, 29)))

    assert date(2025, 7, 31) == due_of(small, facts, FIRE)
    assert date(2025, 7, 29) == due_of(small, facts, POLICE)


def test_it_closes_and_is_published_later(small: Framework, asked: Facts) -> None:
    """On the day of the close at the soonest; figures are due as before."""
    facts = asked.plus(close_later(small, asked, Q1, RULING, closes=date(2025, 8, 5)))
    _, done = walk(small, days(date(2025, 7, 17), date(2025, 8, 8)), facts)

    plan = plan_for(small, facts, Q1)
    assert plan
    assert (date(2025, 7, 22), date(2025, 8, 5)) == (plan.due, plan.closes)
    assert date(2025, 8, 6) == first_day(done, CloseCollection)
    assert date(2025, 8, 6) == first_day(done, Publish)


def test_dates_that_an_officer_gave_are_no_difference_to_adopt(small: Framework, asked: Facts) -> None:
    """Whoever gave them knows that config/ has others."""
    facts = asked.plus(more_time_for_all(small, asked, Q1, RULING, until=date(2025, 7, 29)))

    assert [] == differences(small, facts, ON)


@pytest.mark.parametrize(
    ("ruling", "day", "sentence"),
    [
        ("time", date(2025, 7, 21), "2025-26 Q1 is due on Tuesday 22 July 2025. Give a later day"),
        ("time", date(2025, 8, 4), "closes on Friday 1 August 2025: give a day until when it is due before that"),
        ("time", date(2025, 7, 27), "Nobody works on Sunday 27 July 2025"),
        ("close", date(2025, 8, 1), "closes on Friday 1 August 2025. Give a later day"),
        ("close", date(2025, 8, 12), "The papers of The Board leave on Wednesday 6 August 2025"),
    ],
)
def test_what_cannot_be_is_refused(small: Framework, asked: Facts, ruling: str, day: date, sentence: str) -> None:
    """Naming the date that stands against it."""
    with pytest.raises(RulingRefusedError, match=sentence):
        if ruling == "time":
            more_time_for_all(small, asked, Q1, RULING, until=day)
        else:
            close_later(small, asked, Q1, RULING, closes=day)


def test_a_closed_collection_has_no_more_dates(small: Framework, asked: Facts) -> None:
    """A partner is given more time by itself, and what it sends goes into the next version."""
    closed = CollectionClosed(at=at(ON, 11), by="quarterday", partnership="somewhere", collection=Q1)
    with pytest.raises(RulingRefusedError, match="That collection is closed"):
        close_later(small, asked.plus(closed), Q1, RULING, closes=date(2025, 8, 5))
