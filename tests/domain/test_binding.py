"""A collection keeps its word: what it promised when it opened holds, whatever `config/` says since."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.actions import CloseCollection, Publish
from quarterday.domain.collection.binding import (
    FrameworkLostError,
    bind_what_began,
    framework_of,
    plan_for,
    plans,
)
from quarterday.domain.facts import CollectionBound, Facts, FrameworkKept
from quarterday.domain.framework.bound import content_of, document_of, in_force
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Target
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import at, days, sent, walk

Q1 = "somewhere.2025-26-q1"
OPENED_BY = date(2025, 7, 10)


@pytest.fixture(scope="module")
def opened(small: Framework) -> Facts:
    """Both partners asked, nobody has answered."""
    facts, _ = walk(small, days(date(2025, 6, 30), OPENED_BY))
    return facts


def meeting(small: Framework, *on: date) -> Framework:
    """The small partnership with its board's meetings moved."""
    meetings = tuple(Meeting(on=day, considers=parse_quarter("2025-26 Q1")) for day in on)
    board = small.partnership.boards[0].model_copy(update={"meetings": meetings})
    return framework(partnership=small.partnership.model_copy(update={"boards": (board,)}))


def test_the_opening_writes_down_what_is_promised(small: Framework, opened: Facts) -> None:
    """The dates that partners are told, and the framework that their figures go by."""
    (bound,) = opened.of(CollectionBound)

    assert (date(2025, 7, 22), date(2025, 8, 1), date(2025, 8, 5)) == (bound.due, bound.closes, bound.publish_on)
    assert (("fire", date(2025, 7, 8)), ("police", date(2025, 7, 1))) == bound.request_on
    assert (("board", date(2025, 8, 6)),) == bound.papers_on
    assert [bound.framework] == [each.sha256 for each in opened.of(FrameworkKept)]


@pytest.mark.parametrize("on", [[date(2025, 7, 31)], [date(2025, 9, 4)], []], ids=["earlier", "later", "cancelled"])
def test_a_moved_meeting_moves_nothing_that_was_promised(small: Framework, opened: Facts, on: list[date]) -> None:
    """Whatever becomes of the meeting in `config/`, partners hear what they would have, and the release is made."""
    rest = days(date(2025, 7, 11), date(2025, 8, 8))
    _, as_it_was = walk(small, rest, opened)
    _, after = walk(meeting(small, *on), rest, opened)

    assert sent(as_it_was) == sent(after)
    assert [date(2025, 8, 4)] == [day for day, action in after if isinstance(action, CloseCollection)]
    assert [date(2025, 8, 5)] == [day for day, action in after if isinstance(action, Publish)]


def test_what_is_asked_and_hoped_for_stays(small: Framework, opened: Facts) -> None:
    """A target changed, an indicator retired and a partner's lead time: the open quarter goes by none of it."""
    changed = framework(
        indicators=(indicator("deliberate-fires", "fire", target=Target(value=3)),),
        partners=tuple(each.model_copy(update={"lead_time": 3}) for each in small.partners),
        ladders=Ladders(first=()),
    )

    in_force_now = framework_of(changed, opened, Q1)

    assert small.indicators[1].code in in_force_now.indicator
    assert in_force_now.indicator["deliberate-fires"].target is None
    assert 15 == in_force_now.partner["police"].lead_time
    assert small.ladders == in_force_now.ladders


def test_people_and_words_are_todays(small: Framework, opened: Facts) -> None:
    """Whoever is the contact now is written to, and a caveat added since is read."""
    now = small.partner["fire"].model_copy(update={"contact": person("New Contact")})
    warned = indicator("deliberate-fires", "fire", caveats=("Counted anew.",))
    changed = framework(partners=(now, small.partner["police"]), indicators=(warned, small.indicators[1]))

    in_force_now = framework_of(changed, opened, Q1)

    assert "New Contact" == in_force_now.partner["fire"].contact.name
    assert ("Counted anew.",) == in_force_now.indicator["deliberate-fires"].caveats


def test_a_partner_taken_out_is_written_to_through_the_officer(small: Framework, opened: Facts) -> None:
    """Nobody's address is kept with the promise: where `config/` names nobody any more, the officer hears."""
    changed = framework(partners=(small.partner["police"],), indicators=(small.indicators[1],))

    assert "Jo Officer" == framework_of(changed, opened, Q1).partner["fire"].contact.name


def test_nobody_is_named_in_what_is_kept(opened: Facts) -> None:
    """No name of a person and no address is written down with a promise."""
    (kept,) = opened.of(FrameworkKept)

    assert "@" not in kept.content
    for name in ("Fay Fire", "Max Fire", "Pat Police", "Dee Police", "Lee Lead", "Jo Officer", "Fire lead"):
        assert name not in kept.content


def test_a_framework_kept_is_read_as_it_was(small: Framework) -> None:
    """Written down and read again with the same people, it is the same framework."""
    assert small == in_force(document_of(small), small)
    assert content_of(document_of(small)) == content_of(document_of(in_force(document_of(small), small)))


def test_one_framework_is_kept_once(small: Framework) -> None:
    """Two quarters under the same framework name the same."""
    both = tuple(
        Meeting(on=on, considers=parse_quarter(name))
        for on, name in ((date(2025, 8, 14), "2025-26 Q1"), (date(2025, 11, 13), "2025-26 Q2"))
    )
    board = small.partnership.boards[0].model_copy(update={"meetings": both})
    facts, _ = walk(
        framework(partnership=small.partnership.model_copy(update={"boards": (board,)})),
        [date(2025, 7, 8), date(2025, 10, 13)],
    )

    assert 2 == len(facts.of(CollectionBound))
    assert 1 == len(facts.of(FrameworkKept))


def test_a_damaged_framework_is_told(small: Framework, opened: Facts) -> None:
    """What is not what was recorded is never gone by."""
    (kept,) = opened.of(FrameworkKept)
    damaged = Facts(each if each is not kept else replace(kept, content="{}") for each in opened)

    with pytest.raises(FrameworkLostError, match="restore"):
        framework_of(framework(), damaged, Q1)


def test_what_was_open_before_is_bound_with_what_was_told(small: Framework, opened: Facts) -> None:
    """An upgrade in the middle of a quarter: the dates are those told to partners, though the meeting has moved."""
    before = Facts(each for each in opened if not isinstance(each, CollectionBound | FrameworkKept))
    moved = meeting(small, date(2025, 9, 4))

    bound = before.plus(*bind_what_began(moved, before, at(OPENED_BY, 12)))

    plan = plan_for(moved, bound, Q1)
    assert plan and date(2025, 8, 1) == plan.closes
    assert {"fire": date(2025, 7, 22), "police": date(2025, 7, 22)} == plan.due_of
    assert [] == bind_what_began(moved, bound, at(OPENED_BY, 13))


def test_what_was_open_before_is_bound_though_its_meeting_is_gone(small: Framework, opened: Facts) -> None:
    """An upgrade after the only meeting was taken out: the quarter goes on by what partners were told."""
    before = Facts(each for each in opened if not isinstance(each, CollectionBound | FrameworkKept))
    without = meeting(small)

    bound = before.plus(*bind_what_began(without, before, at(OPENED_BY, 12)))

    assert [Q1] == [each.collection for each in plans(without, bound)]
    assert [(date(2025, 8, 1), date(2025, 8, 5))] == [(each.closes, each.publish_on) for each in plans(without, bound)]
