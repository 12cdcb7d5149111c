"""Words on an indicator, limits set anew, and a version that is held back."""

from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.collection.releases import may_pass, needs_approval
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts, IndicatorNoted, WordsOn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, Officer
from quarterday.domain.rulings.indicator_rulings import limits_set, note_indicator, noted, set_limits, take_limits_back
from quarterday.domain.rulings.release_rulings import approve_release, hold_release, plan_of_quarter
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.conftest import framework
from tests.domain.lived import at, days, walk

Q1, FIRES = "somewhere.2025-26-q1", "deliberate-fires"
RULING = Ruling("jo", "Agreed on Tuesday.", at(date(2025, 8, 1), 12), "Two fires at one depot.")
COMMENTARY, NOTE = WordsOn.COMMENTARY, WordsOn.NOTE


def later(ruling: Ruling, hour: int, say: str) -> Ruling:
    """The same officer's next word."""
    return replace(ruling, at=at(date(2025, 8, 1), hour), say=say)


def comment(small: Framework, facts: Facts, ruling: Ruling, kind: WordsOn = COMMENTARY) -> IndicatorNoted:
    """Words on the fires, signed."""
    return note_indicator(small, facts, FIRES, ruling, kind=kind, collection=Q1, signed="Fire lead")


def test_the_latest_commentary_holds_and_empty_words_take_it_back(small: Framework) -> None:
    """Each is kept, one stands."""
    facts = Facts([comment(small, Facts(), RULING)])
    facts = facts.plus(comment(small, facts, later(RULING, 13, "Two fires at one depot; both were one night.")))
    assert ["Two fires at one depot; both were one night."] == [
        each.words for each in noted(facts, FIRES, COMMENTARY, Q1)
    ]
    facts = facts.plus(comment(small, facts, later(RULING, 14, "")))

    assert [] == noted(facts, FIRES, COMMENTARY, Q1)
    assert 3 == len(facts.of(IndicatorNoted))
    with pytest.raises(RulingRefusedError, match="Write the words"):
        comment(small, facts, later(RULING, 15, ""))


def test_every_note_stands(small: Framework) -> None:
    """A subgroup's notes follow one another."""
    facts = Facts([comment(small, Facts(), RULING, NOTE)])
    facts = facts.plus(comment(small, facts, later(RULING, 13, "Ask the depot."), NOTE))

    assert ["Two fires at one depot.", "Ask the depot."] == [each.words for each in noted(facts, FIRES, NOTE)]


def test_limits_are_set_anew_and_taken_back(small: Framework) -> None:
    """From the first day of a period, with what readers are told."""
    facts = Facts([set_limits(small, Facts(), FIRES, RULING, from_day=date(2025, 4, 1))])
    assert [(date(2025, 4, 1), "Two fires at one depot.")] == [
        (each.from_day, each.for_readers) for each in limits_set(facts, FIRES)
    ]
    back = take_limits_back(small, facts, FIRES, later(RULING, 13, ""), from_day=date(2025, 4, 1))

    assert [] == limits_set(facts.plus(back), FIRES)
    with pytest.raises(RulingRefusedError, match="No limits of this indicator were set anew from 1 January 2025"):
        take_limits_back(small, facts, FIRES, RULING, from_day=date(2025, 1, 1))
    with pytest.raises(RulingRefusedError, match="Say what readers are told"):
        set_limits(small, facts, FIRES, later(RULING, 13, ""), from_day=date(2025, 4, 1))


def test_what_goes_into_the_pack_is_for_whoever_decides_about_releases(small: Framework) -> None:
    """A note is anybody's who decides."""
    clerk = Officer(code="jo", name="Jo Officer", email="jo@somewhere.example", may=(Duty.REQUESTS,))
    other = framework(partnership=small.partnership.model_copy(update={"officers": (clerk,)}))

    assert NOTE is comment(other, Facts(), RULING, NOTE).kind
    with pytest.raises(RulingRefusedError, match="may not decide this"):
        comment(other, Facts(), RULING)


def test_a_version_that_is_held_waits_until_it_is_approved(small: Framework) -> None:
    """Whatever was approved before; the next approval lets it go."""
    facts, _ = walk(small, days(date(2025, 6, 30), date(2025, 8, 4)))
    plan = plan_of_quarter(small, facts, "2025-26 Q1")

    def now(these: Facts) -> CollectionToday:
        return CollectionToday(small, these, plan, date(2025, 8, 4))

    assert may_pass(now(facts))
    first = Ruling("jo", "A figure looks odd.", at(date(2025, 8, 4), 12))
    held = facts.plus(hold_release(small, facts, plan, first))
    assert not may_pass(now(held))
    assert ("jo holds it back: “A figure looks odd.”",) == needs_approval(now(held))
    with pytest.raises(RulingRefusedError, match="jo holds version 1 back since 4 August 2025"):
        hold_release(small, held, plan, replace(first, at=at(date(2025, 8, 4), 13)))
    looked = Ruling("jo", "Looked at: it is right.", at(date(2025, 8, 4), 14))
    approved = held.plus(approve_release(small, held, plan, looked, version=None))

    assert may_pass(now(approved))
