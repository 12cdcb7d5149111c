"""An answer for one figure is an answer: only what is still open is asked for, and its reason is the gap's.

Due on Tuesday 22 July 2025; the collection closes on 1 August. The fire service is asked for two figures.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.open_figures import may_be_left_empty
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.facts import GapRecorded, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.framework.ladder import Wait
from tests.domain.conftest import framework, indicator
from tests.domain.lived import a_return, a_verdict, at, days, walk

FIRE = "somewhere.2025-26-q1.fire"
FIRES, VISITS = "deliberate-fires", "safety-visits"


@pytest.fixture
def two():
    """The small partnership, where the fire service supplies two figures."""
    return framework(
        indicators=(
            indicator(FIRES, "fire", owner="Fire lead"),
            indicator(VISITS, "fire"),
            indicator("robberies", "police"),
        )
    )


def not_available(day: int, *codes: str) -> ReplyReceived:
    """“That one we do not have.”"""
    return ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply=f"P{day}",
        kind=ReplyKind.NOT_AVAILABLE,
        indicators=codes,
        reason="our system is being replaced",
        at=at(date(2025, 7, day)),
        by="fire/contact",
    )


def stands(setting, facts, day: int):
    """Where the request stands on a day of July."""
    return standing(setting, facts, facts.about(FIRE, RequestMade)[0], date(2025, 7, day))


def test_the_rest_ends_the_matter(two):
    """“Not available” for one, the other accepted: nothing is awaited, nobody is chased, and the gap has the reason."""
    facts, _ = walk(two, days(date(2025, 7, 1), date(2025, 7, 10)))
    received = a_return(FIRE, date(2025, 7, 14))
    facts = facts.plus(not_available(10, VISITS), received, a_verdict(received, "accepted", answered=(FIRES,)))
    assert State.ACCEPTED is stands(two, facts, 15).state
    facts, done = walk(two, days(date(2025, 7, 14), date(2025, 8, 4)), facts)
    chased = {each.occasion for _, each in done if isinstance(each, Send) and each.request == FIRE}
    (gap,) = [each for each in facts.of(GapRecorded) if each.request == FIRE]

    assert {"receipt", "officer-reply"} == chased
    assert (VISITS, "the supplier says that it is not available: our system is being replaced") == (
        gap.indicator,
        gap.reason,
    )


def test_one_figure_that_is_not_available_leaves_the_other_open(two):
    """What is still open is the other one alone, and it is asked for in the words for a first answer."""
    facts, _ = walk(two, days(date(2025, 7, 1), date(2025, 7, 10)))
    now = stands(two, facts.plus(not_available(10, VISITS)), 11)

    assert (FIRES,) == now.still_open
    assert (Wait.FIRST, date(2025, 7, 22)) == (now.awaiting.wait, now.awaiting.due)


def test_what_is_not_available_may_be_left_empty_in_the_file(two):
    """Nobody who has said so is sent back for a blank cell; what was not spoken of is still wanted."""
    facts, _ = walk(two, days(date(2025, 7, 1), date(2025, 7, 10)))
    (request,) = facts.about(FIRE, RequestMade)
    received = a_return(FIRE, date(2025, 7, 14))
    sent = facts.plus(received, a_verdict(received, "accepted", answered=(FIRES,)))

    assert () == may_be_left_empty(facts, request)
    assert (VISITS,) == may_be_left_empty(facts.plus(not_available(10, VISITS)), request)
    assert (FIRES, VISITS) == may_be_left_empty(sent.plus(not_available(10, VISITS)), request)


def test_a_half_that_came_early_leaves_the_date_that_was_told(two):
    """One figure on the 9th, and the rest by the 22nd as told, not five days after the 9th."""
    facts, _ = walk(two, days(date(2025, 7, 1), date(2025, 7, 9)))
    received = a_return(FIRE, date(2025, 7, 9))
    now = stands(two, facts.plus(received, a_verdict(received, "accepted", answered=(FIRES,))), 10)

    assert (State.PART, (VISITS,)) == (now.state, now.still_open)
    assert (Wait.REST, date(2025, 7, 22)) == (now.awaiting.wait, now.awaiting.due)


def test_who_named_no_date_is_told_of_none(two):
    """A reference without a day: the ladder waits for its lead time, and no day is the partner's own."""
    facts, _ = walk(two, days(date(2025, 7, 1), date(2025, 7, 10)))
    said = ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply="P1",
        kind=ReplyKind.OWN_REFERENCE,
        reference="FOI-1",
        at=at(date(2025, 7, 10)),
        by="fire/contact",
    )
    facts, _ = walk(two, days(date(2025, 7, 11), date(2025, 8, 4)), facts.plus(said))
    now = stands(two, facts, 11)
    gaps = {(each.reason, each.expected) for each in facts.of(GapRecorded) if each.request == FIRE}

    assert (Wait.MORE_TIME, None) == (now.awaiting.wait, now.awaiting.named)
    assert {("the supplier has told us that it needs more time", None)} == gaps
