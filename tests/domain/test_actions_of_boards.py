"""Word to the owners of actions is due once, and chased by its ladder."""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.facts import (
    ActionState,
    Facts,
)
from tests.domain.asks_example import action_set, action_told, following
from tests.domain.lived import days, walk

HOUSE = following()


def to_owners(facts: Facts, *on: date) -> list[tuple[date, str, str]]:
    """The emails about actions."""
    _, done = walk(HOUSE, list(on), facts)
    return [
        (day, each.email, each.recipient.code)
        for day, each in done
        if isinstance(each, Send) and each.occasion == "action"
    ]


def test_an_owner_who_is_asked_nothing_before_it_is_due_hears_by_an_email_of_its_own() -> None:
    """An officer and a board's lead supply nothing; the fire service is asked for its figures in early October."""
    soon, later = date(2025, 7, 2), date(2025, 10, 31)
    facts = Facts([action_set(soon, owner, later, f"D-{n}") for n, owner in enumerate(("officer/jo", "top", "fire"))])

    assert [(soon, "action", "officer/jo"), (soon, "action", "top/lead")] == to_owners(facts, soon, date(2025, 7, 3))


def test_an_overdue_action_is_chased_by_its_ladder_and_no_more_once_it_is_done() -> None:
    """No request comes before it is due: told at once, five working days before, two after, and then its manager."""
    facts = Facts([action_set(date(2025, 7, 1), "fire", date(2025, 7, 18))])
    rungs = to_owners(facts, *days(date(2025, 7, 2), date(2025, 8, 8)))
    done = facts.plus(action_told(date(2025, 7, 21), ActionState.DONE))

    assert [
        (date(2025, 7, 2), "action", "fire/contact"),
        (date(2025, 7, 11), "action", "fire/contact"),
        (date(2025, 7, 22), "action-late", "fire/contact"),
        (date(2025, 8, 1), "action-late", "fire/manager"),
    ] == rungs  # fmt: skip
    assert [] == to_owners(done, *days(date(2025, 7, 22), date(2025, 8, 8)))


def test_whoever_says_that_it_goes_on_is_left_alone_for_a_while() -> None:
    """The ladder counts from the time of a correction after the word."""
    facts = Facts(
        [action_set(date(2025, 7, 1), "fire", date(2025, 7, 18)), action_told(date(2025, 7, 21), ActionState.GOING_ON)]
    )

    assert [date(2025, 7, 28) < day for day, _, _ in to_owners(facts, *days(date(2025, 7, 29), date(2025, 8, 1)))] == [
        True
    ]
