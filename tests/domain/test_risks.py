"""Risks and bids: how each stands, what a review needs, and what somebody should hear."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quarterday.domain.facts import Facts, Trend
from quarterday.domain.framework.risks import Bid, BidState, Impact, Likelihood
from quarterday.domain.risks.bids import bid_stands, bids_to_hear_of
from quarterday.domain.risks.reviewing import (
    Level,
    Review,
    all_risks,
    missed_reviews,
    review_problems,
    reviews_due,
    risk_stands,
    score,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.domain.rulings.risk_rulings import review_risk, tell_bid
from quarterday.domain.rulings.undecided import undecided
from tests.domain.risks_example import LATE_DATA, NO_MONEY, STREETS, WORKSHOPS, reviewed, with_risks

HOUSE = with_risks()
NONE = Facts([])
CAREFUL = Review("likely", "major", "rising", "Weekly calls.", date(2025, 10, 31))
RULING = Ruling("jo", "They rang us.", datetime(2025, 8, 6, 9, tzinfo=UTC), "It is with the funder.")


def test_a_risk_is_as_config_has_it_until_it_is_reviewed():
    """Then as the latest review has it; a review without words leaves the mitigation as it was."""
    words = reviewed(LATE_DATA, date(2025, 7, 9), mitigation="Weekly calls.")
    later = reviewed(LATE_DATA, date(2025, 7, 20), likelihood=Likelihood.LIKELY, trend=Trend.RISING)
    stands = risk_stands(Facts([words, later]), LATE_DATA)

    assert ("Own lead times.", None, date(2025, 7, 31)) == (
        (before := risk_stands(NONE, LATE_DATA)).mitigation, before.trend, before.review,
    )  # fmt: skip
    assert (Level.HIGH, Trend.RISING, "Weekly calls.", date(2025, 12, 31)) == (
        stands.level, stands.trend, stands.mitigation, stands.review,
    )  # fmt: skip


def test_the_most_serious_stand_first():
    """Likely and severe is very high, possible and moderate medium."""
    assert [("no-money", Level.VERY_HIGH), ("late-data", Level.MEDIUM)] == [
        (each.risk.code, each.level) for each in all_risks(HOUSE, NONE, date(2025, 8, 6))
    ]
    assert () == all_risks(HOUSE, NONE, date(2025, 3, 31))  # neither was raised yet


def test_a_review_stands_in_the_request_once_due_and_is_missed_after_its_day():
    """Due by 31 July: in a request that closes in August; missed from 1 August on, until it is made."""
    assert ["late-data"] == [each.risk.code for each in reviews_due(HOUSE, NONE, "fire", date(2025, 8, 6))]
    assert () == reviews_due(HOUSE, NONE, "fire", date(2025, 7, 30)) == reviews_due(HOUSE, NONE, "x", date(2025, 8, 6))
    assert () == missed_reviews(HOUSE, NONE, date(2025, 7, 31))
    assert ["late-data"] == [each.risk.code for each in missed_reviews(HOUSE, NONE, date(2025, 8, 1))]
    assert () == missed_reviews(HOUSE, Facts([reviewed(LATE_DATA, date(2025, 8, 4))]), date(2025, 8, 6))


def test_what_a_review_needs():
    """Words of the lists, a later day within a year, and a trend that its own words do not contradict."""
    stands, today = risk_stands(NONE, LATE_DATA), date(2025, 8, 6)

    assert [] == list(review_problems(stands, CAREFUL, today))
    assert ["likelihood", "impact", "trend", "next_review"] == [
        field for field, _ in review_problems(stands, Review(next_review=today), today)
    ]
    assert ["trend"] == [field for field, _ in review_problems(stands, replace(CAREFUL, trend="falling"), today)]
    assert ["mitigation"] == [
        field for field, _ in review_problems(stands, replace(CAREFUL, mitigation="x" * 601), today)
    ]


@given(st.sampled_from(Likelihood), st.sampled_from(Impact))
def test_more_likely_or_graver_is_never_less_serious(likelihood, impact):
    """Whatever the words, one step up in either never lowers the level."""
    levels = list(Level)

    def level(one: Likelihood, other: Impact) -> int:
        update = {"likelihood": one, "impact": other}
        return levels.index(risk_stands(NONE, LATE_DATA.model_copy(update=update)).level)

    for more in list(Likelihood)[list(Likelihood).index(likelihood) :]:
        assert level(likelihood, impact) <= level(more, impact)
    for graver in list(Impact)[list(Impact).index(impact) :]:
        assert score(likelihood, impact) <= score(likelihood, graver)
        assert level(likelihood, impact) <= level(likelihood, graver)


@given(st.integers(-120, 120))
def test_a_deadline_is_told_ninety_days_before_and_until_somebody_says_what_became_of_it(days):
    """Nothing before; then that it nears; after its day that nobody has told, for as long as that is so."""
    day = date(2025, 7, 25) + timedelta(days=days)
    told = [what for stands, _, what in bids_to_hear_of(HOUSE, NONE, day) if stands.bid is HOUSE.bids[0]]

    assert (0 if days < -90 else 1) == len(told)
    assert days <= 0 or "nobody has told what became of it" in told[0]


def test_money_that_ends_is_told_ninety_days_before():
    """It pays until 31 October: heard of from 2 August on, and no more once it has ended."""

    def heard(day: date) -> list[str]:
        return [what for stands, _, what in bids_to_hear_of(HOUSE, NONE, day) if stands.bid is HOUSE.bids[1]]

    assert [] == heard(date(2025, 8, 1)) == heard(date(2025, 11, 1))
    assert ["pays until 31 October 2025, and then ends"] == heard(date(2025, 8, 2)) == heard(date(2025, 10, 31))
    assert bid_stands(NONE, WORKSHOPS).ended(date(2025, 11, 1))


def test_a_missed_review_and_a_passed_deadline_wait_for_an_officer():
    """Each with since when; a review and a word end them."""

    def waits(*facts) -> list[tuple[str, date]]:
        found = undecided(HOUSE, Facts(facts), date(2025, 8, 6))
        return [(each.decide_with, each.since) for each in found if each.about in ("late-data", "streets")]

    review = review_risk(HOUSE, NONE, "late-data", RULING, review=CAREFUL)
    word = tell_bid(HOUSE, NONE, "streets", RULING, state="sent")

    assert [("tell-bid", date(2025, 7, 25)), ("review-risk", date(2025, 7, 31))] == waits()
    assert [] == waits(review, word)
    assert (True, "fire", "It is with the funder.", BidState.SENT) == (
        review.by_an_officer, review.partner, word.for_readers, word.state,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (lambda: review_risk(HOUSE, NONE, "x", RULING, review=CAREFUL), "There are: late-data, no-money."),
        (
            lambda: review_risk(HOUSE, NONE, "late-data", RULING, review=replace(CAREFUL, trend="")),
            "Choose one: falling",
        ),
        (lambda: tell_bid(HOUSE, NONE, "x", RULING, state="won"), "There are: streets, workshops."),
        (lambda: tell_bid(HOUSE, NONE, "streets", RULING, state="won"), "say until when it pays"),
        (lambda: tell_bid(HOUSE, NONE, "streets", RULING, state="won", ends=date(25, 3, 31)), "31 March 25 cannot be"),
        (lambda: tell_bid(HOUSE, NONE, "streets", RULING, state="planned"), "25 July 2025, has passed"),
        (lambda: tell_bid(HOUSE, NONE, "streets", RULING, state="lost"), "is no state of a bid"),
    ],
)
def test_what_cannot_be_is_refused(refused, why):
    """With what there is to choose from."""
    with pytest.raises(RulingRefusedError, match=why):
        refused()


def test_a_bid_that_is_planned_has_a_deadline_and_one_that_was_won_an_end():
    """Without them nobody could be told in time."""
    for state in ("planned", "won"):
        with pytest.raises(ValidationError, match="needs"):
            Bid(**{**STREETS.model_dump(), "state": state, "deadline": None})
    assert NO_MONEY.review == date(2025, 12, 31)
