"""What is said and decided after a quarter has closed: partners hear of it, and the gaps of later versions tell it.

The quarter closes on Friday 1 August 2025. The fire service was given time until Wednesday 20 August on 16 July.
"""

from datetime import date

import pytest

from quarterday.domain.collection.decided import GRANTED, LET_OFF
from quarterday.domain.collection.gap_words import gap_now
from quarterday.domain.collection.owed import owed_figures
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.facts import Facts, GapRecorded, ReplyKind, ReplyReceived
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.periods import parse_quarter
from quarterday.domain.rulings.request_rulings import Ruling, lift_waiver, waive_request
from quarterday.domain.rulings.time_rulings import decide_extension, what_the_date_means
from tests.domain.conftest import framework
from tests.domain.lived import at, days, sent, walk
from tests.domain.test_decisions_put_right import FIRE, july, made

GIVEN, FIGURE = date(2025, 8, 20), "deliberate-fires"


def august(day: int) -> date:
    """A day of August 2025."""
    return date(2025, 8, day)


@pytest.fixture(scope="module")
def house() -> Framework:
    """The small partnership, with a ladder for what is owed."""
    owed = (Rung(code="ask-owed", days=1, to="contact", email="chaser-owed"),)
    return framework(ladders=framework().ladders.model_copy(update={"owed": owed}))


@pytest.fixture(scope="module")
def closed(house: Framework) -> Facts:
    """The facts once the quarter has closed: the figure is a gap that is expected on the 20th."""
    facts, _ = walk(house, days(date(2025, 6, 30), july(16)))
    facts = time_until(house, facts, july(16), GIVEN)
    return walk(house, days(july(17), august(7)), facts)[0]


def ruling(day: date) -> Ruling:
    """Jo decides on a day."""
    return Ruling("jo", "by telephone", at(day, 15))


def time_until(house: Framework, facts: Facts, day: date, until: date | None) -> Facts:
    """The facts once time was given until a day, or refused."""
    grant = until is not None
    return facts.plus(decide_extension(house, facts, made(facts), ruling(day), grant=grant, until=until))


def let_off(house: Framework, facts: Facts, day: date) -> Facts:
    """The facts once the fire service was let off."""
    return facts.plus(waive_request(house, facts, made(facts), ruling(day)))


def the_gap(house: Framework, facts: Facts) -> tuple[str, date | None]:
    """Why the fire service's figure is a gap, and when it is expected, as a version made now tells it."""
    (gap,) = [each for each in facts.of(GapRecorded) if each.request == FIRE]
    return gap_now(house, facts, gap)


def emails(house: Framework, facts: Facts, first: date, last: date) -> list[tuple[date, str]]:
    """What the fire service hears of its request from a day on."""
    return sent(walk(house, days(first, last), facts)[1], "fire")


def test_it_stands_as_it_was_recorded_until_something_is_said(house: Framework, closed: Facts) -> None:
    """With the day that was given, after which it is asked."""
    assert ("the supplier has time until 20 August 2025", GIVEN) == the_gap(house, closed)
    assert [(august(21), "ask-owed")] == emails(house, closed, august(8), august(31))


def test_longer_or_shorter_the_gap_bears_the_day_that_holds_and_so_does_the_ladder(
    house: Framework, closed: Facts
) -> None:
    """Until 10 September, then until the 27th of August after all: the partner hears both, and is asked on the 28th."""
    longer = time_until(house, closed, august(7), date(2025, 9, 10))
    assert ("the supplier has time until 10 September 2025", date(2025, 9, 10)) == the_gap(house, longer)
    facts, _ = walk(house, [august(8)], longer)
    shorter = time_until(house, facts, august(8), august(27))

    assert ("the supplier has time until 27 August 2025", august(27)) == the_gap(house, shorter)
    assert [(august(11), GRANTED), (august(28), "ask-owed")] == emails(house, shorter, august(11), august(31))


def test_time_taken_back_after_the_close_is_no_promise_any_more(house: Framework, closed: Facts) -> None:
    """It hears that it was taken back, and nobody asks for the figures on the 21st as though they were promised."""
    facts = time_until(house, closed, august(7), None)

    assert ("the figure had not come when this version was made", None) == the_gap(house, facts)
    assert {} == owed_figures(house, facts, made(facts))
    assert [(august(8), "extension-refused")] == emails(house, facts, august(8), august(31))


def test_who_is_let_off_after_the_close_hears_so_and_is_asked_no_more(house: Framework, closed: Facts) -> None:
    """It had until the 20th; the next version says that it was let off."""
    facts = let_off(house, closed, august(7))

    assert ("the partnership let the supplier off this time", None) == the_gap(house, facts)
    assert [(august(8), LET_OFF)] == emails(house, facts, august(8), august(31))


def test_who_was_asked_for_nothing_any_more_is_not_written_to(house: Framework, closed: Facts) -> None:
    """The day that it had has passed: that it was let off stays on record, and no email goes."""
    facts, _ = walk(house, days(august(8), august(25)), closed)

    assert [] == emails(house, let_off(house, facts, august(25)), august(26), august(31))


def test_asked_after_all_the_gap_says_no_longer_that_it_was_let_off(house: Framework, closed: Facts) -> None:
    """Told on the 8th that it need not send, on the 11th that it should after all."""
    facts, _ = walk(house, [august(8)], let_off(house, closed, august(7)))
    facts = facts.plus(lift_waiver(house, facts, made(facts), ruling(august(8))))

    assert "the figure had not come when this version was made" == the_gap(house, facts)[0]
    assert (august(11), "asked-after-all") in emails(house, facts, august(11), august(12))


def test_what_the_partner_says_after_the_close_is_the_gaps_reason(house: Framework, closed: Facts) -> None:
    """“Not available: a new system” on the 8th: the gap says so, and nobody waits for it on the 20th."""
    reply = ReplyReceived(
        partnership="somewhere",
        request=FIRE,
        reply="P-late",
        kind=ReplyKind.NOT_AVAILABLE,
        reason="a new system",
        at=at(august(8)),
        by="fire/contact",
    )

    assert ("the supplier says that it is not available: a new system", None) == the_gap(house, closed.plus(reply))
    assert (august(21), "ask-owed") not in emails(house, closed.plus(reply), august(9), august(31))


def test_a_date_given_after_the_close_speaks_of_it_as_past(house: Framework, closed: Facts) -> None:
    """On 18 August the board has met on the 14th: nothing is said of it, and the collection closed."""
    plan = timetable(house, parse_quarter("2025-26 Q1"))
    assert plan
    (said,) = what_the_date_means(house, plan, made(closed), date(2025, 9, 1), august(18))

    assert said.startswith("The collection closed on Friday 1 August 2025. What comes by Monday 1 September 2025 goes")


def test_a_waiver_lifted_before_anybody_heard_of_it_leaves_the_date_that_was_told(house: Framework) -> None:
    """Let off and asked after all on one afternoon, the 18th: the 22nd stands, as the request said."""
    facts, _ = walk(house, days(date(2025, 6, 30), july(18)))
    facts = let_off(house, facts, july(18))
    facts = facts.plus(lift_waiver(house, facts, made(facts), Ruling("jo", "a slip", at(july(18), 16))))

    assert (july(24), "chase-1") in emails(house, facts, july(21), july(24))
