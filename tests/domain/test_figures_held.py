"""Figures that came before an agreement ended: the day before, an officer decides whether they are published.

The fire service's agreement on fires ends on Tuesday 29 July 2025; the quarter closes on Friday 1 August.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import Action, Publish, RecordGap, Send
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.collection.standing import State, standing
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.collection.verdicts import accepted_in
from quarterday.domain.facts import Facts, FiguresHeld, ReleaseMade, RequestMade
from quarterday.domain.rulings.figure_rulings import hold_figures, publish_figures, what_holding_means
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.undecided import undecided
from quarterday.domain.telling.audit import Teller
from quarterday.domain.telling.decided_before import decided_before
from tests.domain.lived import a_return, a_verdict, at, days, walk
from tests.domain.test_agreement_ends import ENDS, FIRE, LAST_DAY, Q1, ending

COLLECTION = "somewhere.2025-26-q1"
FIRES, BOTH = ("deliberate-fires",), ("deliberate-fires", "smoke-alarms")


@pytest.fixture(scope="module")
def came() -> Facts:
    """Both figures came on the 21st and are accepted; the day before the agreement's end has been lived through."""
    facts, _ = walk(ending(), days(date(2025, 6, 30), date(2025, 7, 20)))
    received = a_return(FIRE, date(2025, 7, 21))
    facts = facts.plus(received, a_verdict(received, "accepted", answered=BOTH))
    return walk(ending(), days(date(2025, 7, 21), date(2025, 7, 27)), facts)[0]


def ruling(day: date = LAST_DAY, hour: int = 15, say: str = "") -> Ruling:
    """Jo decides, and why."""
    return Ruling("jo", "their lawyers are not sure", at(day, hour), say)


def request(facts: Facts) -> RequestMade:
    """The fire service's."""
    (made,) = facts.about(FIRE, RequestMade)
    return made


def held(facts: Facts, on: Ruling, *indicators: str) -> Facts:
    """The facts once figures were held back."""
    return facts.plus(*hold_figures(ending(), facts, request(facts), on, indicators=indicators))


def let_in(facts: Facts, on: Ruling, *indicators: str) -> Facts:
    """The facts once they may be published again."""
    return facts.plus(*publish_figures(ending(), facts, request(facts), on, indicators=indicators))


def matters(facts: Facts, today: date = LAST_DAY) -> list[tuple[str, str]]:
    """What waits for an officer about the fire service's request."""
    return [(each.decide_with, each.what) for each in undecided(ending(), facts, today) if each.about == FIRE]


def test_what_came_under_it_waits_for_a_decision_the_day_before(came: Facts) -> None:
    """With the release that it would be in; smoke alarms, under another agreement, are no part of it."""
    assert [
        (
            "hold-figures",
            "The agreement “The fires agreement” ends on 29 July 2025. These came under it: Fire Service for 2025-26 "
            "Q1, to be published on Tuesday 5 August 2025: Deliberate fires. They are published as any other figure, "
            "unless you hold them back (“hold-figures”).",
        )
    ] == matters(came)
    assert [] == matters(came, date(2025, 7, 25))
    assert [] == matters(held(came, ruling(), *FIRES))


def test_the_officer_hears_of_what_came_once(came: Facts) -> None:
    """On the day before, though nothing is awaited any more."""
    _, done = walk(ending(), [LAST_DAY, LAST_DAY, ENDS], came)

    assert ["“The fires agreement” ends on Tuesday 29 July 2025, and 1 request(s) hang on it."] == [
        each.why for _, each in done if isinstance(each, Send) and not each.request
    ]


def lived(facts: Facts, first: date, last: date) -> tuple[Facts, list[Action]]:
    """The facts after some days, and what was done; each release names what it was made from, as the real one does."""
    done: list[Action] = []
    for day in days(first, last):
        before = facts
        facts, actions = walk(ending(), [day], facts)
        facts = Facts(
            ReleaseMade(**(vars(each) | {"returns": accepted_in(before, COLLECTION)}))
            if isinstance(each, ReleaseMade) and each not in before.of(ReleaseMade)
            else each
            for each in facts
        )
        done += [each for _, each in actions]
    return facts, done


def emails(done: list[Action]) -> list[str]:
    """The emails about the fire service's request."""
    return [each.occasion for each in done if isinstance(each, Send) and each.request == FIRE]


def versions(done: list[Action]) -> list[int]:
    """The releases that were made."""
    return [each.version for each in done if isinstance(each, Publish)]


def test_held_back_it_is_answered_all_the_same(came: Facts) -> None:
    """Nobody asks again, no gap of the partner's is recorded, and the release knows that it is made without."""
    facts, done = lived(held(came, ruling(), *FIRES), LAST_DAY, date(2025, 8, 8))
    stands = standing(ending(), facts, request(facts), date(2025, 8, 8))

    assert (State.ACCEPTED, None) == (stands.state, stands.awaiting)
    assert [] == [each for each in done if isinstance(each, RecordGap) and each.partner == "fire"]
    assert ["thank-you"] == emails(done)  # for the smoke alarms
    assert facts.of(FiguresHeld)[0].key in facts.of(ReleaseMade)[0].returns


def test_of_whom_all_is_held_nobody_says_that_it_is_published(came: Facts) -> None:
    """No thanks for figures in a release that has none of them."""
    assert [] == emails(lived(held(came, ruling()), LAST_DAY, date(2025, 8, 8))[1])


def test_held_back_after_a_release_the_next_version_is_without(came: Facts) -> None:
    """And one more once they are let in; the officer is told what is published already."""
    plan = timetable(ending(), Q1)
    assert plan
    assert "The release of Tuesday 5 August 2025 goes by this." == what_holding_means(came, plan)
    facts, first = lived(came, LAST_DAY, date(2025, 8, 6))
    assert "Version 1 of 2025-26 Q1 stays as it is" in what_holding_means(facts, plan)
    facts, second = lived(held(facts, ruling(date(2025, 8, 6)), *FIRES), date(2025, 8, 7), date(2025, 8, 7))
    _, third = lived(let_in(facts, ruling(date(2025, 8, 7)), *FIRES), date(2025, 8, 8), date(2025, 8, 12))

    assert [[1], [2], [3]] == [versions(first), versions(second), versions(third)]


def test_held_and_let_in_within_a_minute_changes_nothing(came: Facts) -> None:
    """A slip put right: both stay on record, and the release is made from what it would have been made from."""
    facts = let_in(held(came, ruling(), *FIRES), ruling(hour=16), *FIRES)

    assert accepted_in(came, COLLECTION) == accepted_in(facts, COLLECTION)
    assert [True, False] == [each.held for each in facts.of(FiguresHeld)]


def test_other_words_for_readers_take_the_place_of_the_first(came: Facts) -> None:
    """Why stays inside; who had decided before is told, and the very same again is refused naming who did."""
    first = held(came, ruling(say="Held until the agreement is renewed."), *FIRES)
    (then,) = hold_figures(
        ending(), first, request(first), ruling(hour=16, say="A new one is coming."), indicators=FIRES
    )

    assert "A new one is coming." == held_in(first.plus(then), COLLECTION)["deliberate-fires"].for_readers
    assert "Jo Officer had decided (their lawyers are not sure)" in decided_before(ending(), first.plus(then), then)
    assert (
        "What came of “Deliberate fires” of Fire Service is held back and not published. Readers are told: “A new one "
        "is coming.”."
    ) == Teller(ending(), first.plus(then)).what(then)
    with pytest.raises(RulingRefusedError, match="jo holds back Deliberate fires since 28 July 2025"):
        held(first, ruling(hour=17, say="Held until the agreement is renewed."), *FIRES)


def test_what_cannot_be_held_is_refused_with_what_can(came: Facts) -> None:
    """Nothing that has not come, nothing that is not asked; and nothing is let in that is not held."""
    asked, _ = walk(ending(), days(date(2025, 6, 30), date(2025, 7, 20)))

    with pytest.raises(RulingRefusedError, match="No figures of Fire Service are accepted"):
        held(asked, ruling())
    with pytest.raises(RulingRefusedError, match="none of those that have come: deliberate-fires, smoke-alarms"):
        held(came, ruling(), "robberies")
    with pytest.raises(RulingRefusedError, match="Nothing of Fire Service is held back"):
        let_in(came, ruling())


def test_it_holds_for_a_correction_too(came: Facts) -> None:
    """A later return of the same figure is not published either, until somebody lets it in."""
    again = a_return(FIRE, date(2025, 7, 29))
    facts = held(came, ruling(), *FIRES).plus(again, a_verdict(again, "accepted", answered=BOTH))

    assert {"deliberate-fires"} == set(held_in(facts, COLLECTION))


def test_an_agreement_that_ends_after_the_close_and_before_the_release_is_decided_too() -> None:
    """It ends on Monday the 4th, the release is due on the 5th: on Friday the 1st the officer hears of what came."""
    setting = ending(date(2025, 8, 4))
    facts, _ = walk(setting, days(date(2025, 6, 30), date(2025, 7, 20)))
    received = a_return(FIRE, date(2025, 7, 21))
    facts = facts.plus(received, a_verdict(received, "accepted", answered=BOTH))
    facts, _ = walk(setting, days(date(2025, 7, 21), date(2025, 7, 31)), facts)
    waits = [each for each in undecided(setting, facts, date(2025, 8, 1)) if each.about == FIRE]

    assert ["hold-figures"] == [each.decide_with for each in waits]
