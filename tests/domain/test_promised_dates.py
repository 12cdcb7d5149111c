"""Promised dates are followed: after the close a gap's expected day has a ladder of its own.

The collection closes on Friday 1 August 2025; the fire service has time until Wednesday 20 August.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.at_rest import at_rest
from quarterday.domain.collection.owed import owed_before, owed_figures
from quarterday.domain.facts import ExtensionDecided, GapRecorded, RequestMade
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import Board, Meeting
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import Ruling, record_gap
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework, person
from tests.domain.lived import a_return, a_verdict, at, days, walk

FIRE, NEXT = "somewhere.2025-26-q1.fire", "somewhere.2025-26-q2.fire"
PROMISED = date(2025, 8, 20)


@pytest.fixture(scope="module")
def year():
    """Two quarters, with a ladder for what is owed."""
    meetings = (
        Meeting(on=date(2025, 8, 14), considers=parse_quarter("2025-26 Q1")),
        Meeting(on=date(2025, 11, 13), considers=parse_quarter("2025-26 Q2")),
    )
    small = framework()
    board = Board(code="board", name="The Board", kind="board", lead=person("Lee Lead"), meetings=meetings)
    owed = (
        Rung(code="ask-owed", days=1, to="contact", email="chaser-owed"),
        Rung(code="tell-owed", days=5, to="officer", email="officer-owed"),
    )
    return framework(
        partnership=small.partnership.model_copy(update={"boards": (board,)}),
        ladders=small.ladders.model_copy(update={"owed": owed}),
    )


@pytest.fixture(scope="module")
def closed(year):
    """The facts once the collection closed without the fire service's figures, which were given time."""
    facts, _ = walk(year, days(date(2025, 7, 1), date(2025, 7, 16)))
    granted = ExtensionDecided(
        partnership="somewhere", request=FIRE, granted=True, until=PROMISED, at=at(date(2025, 7, 16), 12), by="jo"
    )
    return walk(year, days(date(2025, 7, 17), date(2025, 8, 5)), facts.plus(granted))[0]


def heard(done):
    """The emails about the fire service's first request."""
    return [(day, each.occasion) for day, each in done if isinstance(each, Send) and each.request == FIRE]


def test_the_gap_bears_the_day_that_was_given(closed):
    """It is recorded at the close with its reason and its day."""
    (gap,) = [each for each in closed.of(GapRecorded) if each.request == FIRE]

    assert ("the supplier has time until 20 August 2025", PROMISED) == (gap.reason, gap.expected)


def test_once_the_day_has_passed_the_partner_is_asked_and_then_the_officer_told(year, closed):
    """On the 21st the contact; on the 28th, with a bank holiday between, the officer; each once."""
    _, done = walk(year, days(date(2025, 8, 6), date(2025, 9, 5)), closed)

    assert [(date(2025, 8, 21), "ask-owed"), (date(2025, 8, 28), "tell-owed")] == heard(done)


def test_figures_that_came_are_owed_no_more(year, closed):
    """Sent on the 18th and accepted: nobody is asked."""
    received = a_return(FIRE, date(2025, 8, 18))
    facts = closed.plus(received, a_verdict(received, "accepted", answered=("deliberate-fires",)))
    _, done = walk(year, days(date(2025, 8, 18), date(2025, 9, 5)), facts)

    assert "ask-owed" not in [what for _, what in heard(done)]


def test_a_new_day_begins_the_ladder_again(year, closed):
    """On the 26th an officer records 15 September: asked again on the 16th."""
    facts, _ = walk(year, days(date(2025, 8, 6), date(2025, 8, 26)), closed)
    (request,) = facts.about(FIRE, RequestMade)
    ruling = Ruling("jo", "by telephone", at(date(2025, 8, 26), 15))
    later = record_gap(
        year, facts, request, ruling, indicator="deliberate-fires", owner="Fay Fire", expected=date(2025, 9, 15)
    )
    _, done = walk(year, days(date(2025, 8, 27), date(2025, 9, 18)), facts.plus(later))

    assert [(date(2025, 9, 16), "ask-owed")] == heard(done)


def test_an_overdue_promise_needs_an_officer(year, closed):
    """From the day after: what, since when, and which form."""
    owed = [each for each in undecided(year, closed, date(2025, 8, 21)) if each.about == FIRE]

    assert [("record-gap", PROMISED)] == [(each.decide_with, each.since) for each in owed]
    assert "“Deliberate fires” (2025-26 Q1), which was expected by 20 August 2025" in owed[0].what
    assert not [each for each in undecided(year, closed, PROMISED) if each.about == FIRE]


def test_what_is_owed_stands_in_the_next_request(year, closed):
    """In October the quarter before is not at rest yet, and the next request knows what it still waits for."""
    facts, _ = walk(year, days(date(2025, 8, 6), date(2025, 9, 2)), closed)
    (request,) = facts.about(FIRE, RequestMade)
    ruling = Ruling("jo", "their system is replaced", at(date(2025, 9, 2), 15))
    long = record_gap(
        year, facts, request, ruling, indicator="deliberate-fires", owner="Fay Fire", expected=date(2025, 11, 28)
    )
    facts, _ = walk(year, days(date(2025, 9, 3), date(2025, 10, 31)), facts.plus(long))
    (following,) = facts.about(NEXT, RequestMade)

    assert [(request, "deliberate-fires", date(2025, 11, 28))] == list(owed_before(year, facts, following))
    assert not at_rest(facts)


def test_a_gap_without_a_day_is_not_owed(year, closed):
    """An officer takes the day away: nothing is promised any more."""
    (request,) = closed.about(FIRE, RequestMade)
    ruling = Ruling("jo", "it will not come", at(date(2025, 8, 6), 15))
    gone = record_gap(year, closed, request, ruling, indicator="deliberate-fires", owner="Fay Fire", expected=None)

    assert {} == owed_figures(year, closed.plus(gone), request)
