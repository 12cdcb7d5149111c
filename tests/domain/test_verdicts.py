"""The last word on a return, the returns that count, and what they leave missing."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.collection import today as standing_today
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.verdicts import accepted_returns, answered_by, last_word, missing_after
from quarterday.domain.facts import Fact, Facts, RequestMade, ReturnKind
from tests.domain.conftest import framework, indicator
from tests.domain.lived import a_return, a_verdict, days, walk

COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
CAME = date(2025, 7, 15)
TWO_WANTED = framework(
    indicators=(
        indicator("deliberate-fires", "fire"),
        indicator("smoke-alarms", "fire"),
        indicator("robberies", "police"),
    )
)
REQUEST = RequestMade(
    at=datetime(2025, 7, 1, 9, tzinfo=UTC),
    by="quarterday",
    partnership="somewhere",
    collection=COLLECTION,
    request=FIRE,
    partner="fire",
    asked=("deliberate-fires", "smoke-alarms"),
    withheld=(),
    due=date(2025, 7, 22),
    closes=date(2025, 8, 1),
)


def part(name: str, *answered: str, left_open: tuple[str, ...] = (), kind: ReturnKind = ReturnKind.PART) -> list[Fact]:
    """A part that came on the 15th and was accepted an hour later."""
    received = a_return(FIRE, CAME, partner_return=name, kind=kind, rest_by=date(2025, 7, 28))
    return [received, a_verdict(received, "accepted", answered=answered, left_open=left_open)]


def state(*said: list[Fact]) -> tuple[State, tuple[str, ...]]:
    """Where the request stands on the 16th, and what is missing."""
    found = standing(
        TWO_WANTED, Facts([REQUEST, *(fact for each in said for fact in each)]), REQUEST, date(2025, 7, 16)
    )
    return found.state, found.missing


def test_two_parts_of_the_same_minute_are_the_whole() -> None:
    """Neither knew of the other when it was checked; nothing is missing all the same, and nothing is awaited."""
    fires, alarms = part("R-1", "deliberate-fires"), part("R-2", "smoke-alarms")

    assert (State.PART, ("smoke-alarms",)) == state(fires)
    assert (State.ACCEPTED, ()) == state(fires, alarms)


def test_nobody_is_chased_nor_told_as_missing_whose_parts_make_the_whole() -> None:
    """From the day after the parts to the release there is no chaser and no gap."""
    asked, _ = walk(TWO_WANTED, days(date(2025, 6, 23), date(2025, 7, 14)))
    facts = asked.plus(*part("R-1", "deliberate-fires"), *part("R-2", "smoke-alarms"))
    _, done = walk(TWO_WANTED, days(date(2025, 7, 16), date(2025, 8, 5)), facts)

    assert ["receipt", "receipt"] == [each.occasion for _, each in done if getattr(each, "request", "") == FIRE][:2]
    assert {"receipt", "thank-you"} >= {
        each.occasion for _, each in done if getattr(each, "partner", "") == "fire" and hasattr(each, "occasion")
    }
    assert ["robberies"] == [each.indicator for _, each in done if hasattr(each, "indicator")]


def test_wards_in_two_parts_make_the_whole_once_each_ward_came() -> None:
    """An indicator of which a part leaves figures open is missing until another part has them."""
    north = part("R-1", "deliberate-fires", "smoke-alarms", left_open=("deliberate-fires|E05000002|a",))
    south = part("R-2", "deliberate-fires", left_open=("deliberate-fires|E05000001|a",))
    neither = part(
        "R-2", "deliberate-fires", left_open=("deliberate-fires|E05000002|a", "deliberate-fires|E05000003|a")
    )

    assert (State.PART, ("deliberate-fires",)) == state(north)
    assert (State.ACCEPTED, ()) == state(north, south)
    assert (State.PART, ("deliberate-fires",)) == state(north, neither)


def test_a_return_that_is_no_part_ends_what_a_part_left_open() -> None:
    """Who sends the rest without calling it a part says that this is all there is."""
    north = part("R-1", "deliberate-fires", "smoke-alarms", left_open=("deliberate-fires|E05000002|a",))
    rest = part("R-2", "deliberate-fires", left_open=("deliberate-fires|E05000001|a",), kind=ReturnKind.FIGURES)

    assert (State.ACCEPTED, ()) == state(north, rest)


def test_what_was_sent_back_answers_nothing() -> None:
    """Only accepted returns count, and an officer's word comes after the checks' own."""
    received = a_return(FIRE, CAME)
    back = a_verdict(received, "queried")
    let_through = replace(back, verdict="accepted with caveats", overrides="jo")
    sent_back, accepted = Facts([REQUEST, received, back]), Facts([REQUEST, received, let_through, back])

    assert () == accepted_returns(sent_back, FIRE)
    assert REQUEST.asked == missing_after(sent_back, REQUEST, accepted_returns(sent_back, FIRE))
    assert let_through == last_word(accepted, received)
    assert REQUEST.asked == answered_by(accepted, REQUEST, accepted_returns(accepted, FIRE))


@given(st.lists(st.sets(st.sampled_from(["a", "b", "c", "d"])), max_size=4))
def test_missing_does_not_depend_on_the_order_of_the_parts(answers: list[set[str]]) -> None:
    """Whatever the parts answer and in whichever order they are looked at, the same is missing."""
    request = replace(REQUEST, asked=("a", "b", "c", "d"))
    parts = [part(f"R-{n}", *sorted(each)) for n, each in enumerate(answers)]
    facts = Facts([request, *(fact for each in parts for fact in each)])
    missing = tuple(code for code in request.asked if not any(code in each for each in answers))

    assert {missing} == {missing_after(facts, request, order) for order in permutations(accepted_returns(facts, FIRE))}


def test_where_a_request_stands_is_computed_once_a_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chasing, answering, closing and publishing are handed the same value."""
    facts, _ = walk(TWO_WANTED, days(date(2025, 6, 23), date(2025, 8, 5)))
    asked: list[str] = []

    def counted(*given):
        asked.append(given[2].request)
        return standing(*given)

    monkeypatch.setattr(standing_today, "standing", counted)
    what_is_due(TWO_WANTED, facts.plus(*part("R-1", "deliberate-fires")), date(2025, 8, 6))

    assert [FIRE, f"{COLLECTION}.police"] == sorted(asked)
