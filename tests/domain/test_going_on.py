"""A run asks before it closes a quarter across a leap in time; after a restore it sends nothing unasked.

The small partnership's collection is due on 22 July 2025 and closes on 1 August.
"""

from datetime import date

import pytest

from quarterday.domain.collection.actions import CloseCollection, Publish, RecordGap
from quarterday.domain.collection.decision import what_is_due, would_be_due
from quarterday.domain.facts import RegisterRestored
from quarterday.domain.rulings.going_on import confirm_going_on
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.undecided import undecided
from tests.domain.conftest import framework
from tests.domain.lived import at, days, walk

FAR_AHEAD = date(2025, 9, 8)  # a Monday


@pytest.fixture
def asked(small):
    """The facts of Wednesday 9 July, when both partners were asked."""
    return walk(small, days(date(2025, 7, 1), date(2025, 7, 9)))[0]


def ends(actions):
    """Those that close, record gaps or publish."""
    return [each for each in actions if isinstance(each, CloseCollection | RecordGap | Publish)]


def test_a_clock_two_months_ahead_closes_nothing_until_an_officer_says_so(small, asked):
    """What waits stands in what needs an officer; once confirmed it is done."""
    assert ends(would_be_due(small, asked, FAR_AHEAD))
    assert [] == ends(what_is_due(small, asked, FAR_AHEAD))
    assert ["confirm-going-on"] == [each.decide_with for each in undecided(small, asked, FAR_AHEAD)]

    ruling = Ruling("jo", "we were down all summer", at(FAR_AHEAD, 8))
    confirmed = asked.plus(confirm_going_on(small, asked, ruling, FAR_AHEAD))
    assert ends(would_be_due(small, confirmed, FAR_AHEAD)) == ends(what_is_due(small, confirmed, FAR_AHEAD))


def test_ten_days_down_ask_nobody(small, asked):
    """The close is made up by the next run as it always was."""
    facts, _ = walk(small, days(date(2025, 7, 10), date(2025, 7, 28)), asked)

    assert ends(what_is_due(small, facts, date(2025, 8, 7)))


def test_weeks_for_which_nothing_was_planned_ask_nobody(small):
    """The police need 60 working days and are asked on 25 April, the fire service on 8 July: nothing leapt between."""
    slow = [each.model_copy(update={"lead_time": 60}) if each.code == "police" else each for each in small.partners]
    patient = framework(partners=tuple(slow))
    facts, _ = walk(patient, days(date(2025, 4, 22), date(2025, 8, 1)))

    assert ends(what_is_due(patient, facts, date(2025, 8, 4)))
    assert [] == undecided(patient, facts, date(2025, 8, 4))


def test_after_a_restore_nothing_goes_out_until_an_officer_has_looked(small, asked):
    """The backup of the 9th is put back on the 24th: the chasers of the 24th wait, and are told of in a sentence."""
    today = date(2025, 7, 24)
    restored = RegisterRestored(partnership="somewhere", taken_at="2025-07-09", at=at(today, 7), by="quarterday")
    facts = asked.plus(restored)
    (needed,) = [each for each in undecided(small, facts, today) if each.decide_with == "confirm-going-on"]

    assert would_be_due(small, facts, today)
    assert [] == what_is_due(small, facts, today)
    assert "the backup of 2025-07-09" in needed.what
    confirmed = facts.plus(confirm_going_on(small, facts, Ruling("jo", "I looked", at(today, 8)), today))
    assert would_be_due(small, confirmed, today) == what_is_due(small, confirmed, today)


def test_where_nothing_waits_there_is_nothing_to_confirm(small, asked):
    """An ordinary day."""
    with pytest.raises(RulingRefusedError, match="Nothing waits for this"):
        confirm_going_on(small, asked, Ruling("jo", "to be sure", at(date(2025, 7, 10))), date(2025, 7, 10))
