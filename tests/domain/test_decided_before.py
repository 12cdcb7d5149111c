"""Whoever decides anew is told who had decided otherwise, when and why."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.facts import Fact, Facts, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.adopting import call_off
from quarterday.domain.rulings.request_rulings import Ruling, lift_waiver, record_gap, waive_request
from quarterday.domain.rulings.time_rulings import decide_extension
from quarterday.domain.telling.decided_before import decided_before
from tests.domain.lived import at, days, walk

COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
FIRST = Ruling("jo", "They lost their analyst.", at(date(2025, 7, 16), 15))
LATER = replace(FIRST, why="They found somebody.", at=at(date(2025, 7, 17), 9))


@pytest.fixture
def asked(small: Framework) -> Facts:
    """The facts once both partners were asked."""
    return walk(small, days(date(2025, 6, 30), date(2025, 7, 16)))[0]


def told(small: Framework, facts: Facts, first: Fact, then: Fact) -> str:
    """What is told of the first decision as the second is taken."""
    assert "" == decided_before(small, facts.plus(first), first)
    return decided_before(small, facts.plus(first, then), then)


def test_time_that_was_given_is_told_to_whoever_refuses_it(small: Framework, asked: Facts) -> None:
    """Jo granted until the 29th on the 16th, and refuses on the 17th."""
    made = asked.about(FIRE, RequestMade)[0]
    first = decide_extension(small, asked, made, FIRST, grant=True, until=date(2025, 7, 29))
    then = decide_extension(small, asked.plus(first), made, LATER, grant=False, until=None)
    said = told(small, asked, first, then)

    assert said.startswith("Before, on 16 July 2025, Jo Officer had decided (They lost their analyst): ")
    assert "29 July 2025" in said


def test_a_waiver_is_told_to_whoever_lifts_it(small: Framework, asked: Facts) -> None:
    """Being let off and asked after all are one matter."""
    made = asked.about(FIRE, RequestMade)[0]
    first = waive_request(small, asked, made, FIRST)

    assert "let off" in told(small, asked, first, lift_waiver(small, asked.plus(first), made, LATER))


def test_a_gap_that_is_changed_tells_what_it_was(small: Framework, asked: Facts) -> None:
    """Its owner was somebody else."""
    made = asked.about(FIRE, RequestMade)[0]
    parts = {"indicator": "deliberate-fires", "expected": None}
    first = record_gap(small, asked, made, FIRST, owner="Fay Fire", **parts)
    then = record_gap(small, asked.plus(first), made, LATER, owner="Max Fire", **parts)

    assert "Fay Fire" in told(small, asked, first, then)


def test_what_the_machinery_recorded_is_nobody_s_decision(small: Framework, asked: Facts) -> None:
    """The opening bound the collection: whoever calls it off overrules nobody."""
    (off, *_) = call_off(small, asked, COLLECTION, FIRST)

    assert "" == decided_before(small, asked.plus(off), off)
