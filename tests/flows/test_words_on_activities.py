"""What a workbook tells of activities becomes words on record, line by line, once, whatever becomes of its figures."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from expectations.checking import Checked
from flows.receive_return import reviews_in, words_in
from quarterday.domain.activities.answering import Answer, AnswerRow
from quarterday.domain.facts import ActivityState, Facts, ReturnKind, ReturnReceived, Trend, Verdict
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import Review
from tests.domain.risks_example import with_risks
from tests.reading.test_activities import HOUSE, REQUEST, TOLD

RECEIVED = ReturnReceived(
    at=datetime(2025, 7, 10, 9, tzinfo=UTC), by="fire/contact", partnership="somewhere", request=REQUEST.request,
    partner_return="R-1", kind=ReturnKind.FIGURES,
)  # fmt: skip
OFFICE: Any = SimpleNamespace(framework=HOUSE)
ASKED = Facts([REQUEST])
LATE = Answer("home-visits", "late")  # without what is in the way


def words(*answers: Answer, verdict: Verdict = Verdict.ACCEPTED, facts: Facts = ASKED) -> list[Any]:
    """What is recorded of a return that tells this."""
    read = PartnerReturn("fire", REQUEST.collection, None, (), "template", activities=tuple(map(AnswerRow, answers)))
    return words_in(OFFICE, facts, REQUEST, RECEIVED, Checked(read, (), verdict))


def test_a_line_that_can_count_is_recorded_and_one_that_cannot_is_not():
    """The campaign has all that it needs; the visits are late without a reason, and stay open."""
    (word,) = words(TOLD, LATE, verdict=Verdict.QUERIED)

    assert ("R-1/campaign", "campaign", ActivityState.AT_RISK, date(2025, 11, 25), "board", "R-1") == (
        word.told, word.activity, word.state, word.next_on, word.asks_board, word.partner_return,
    )  # fmt: skip


def test_the_same_workbook_again_says_nothing_new():
    """A corrected return brings the same sheet again."""
    (word,) = words(TOLD)

    assert [] == words(TOLD, facts=Facts([REQUEST, replace(word, at=datetime(2025, 7, 9, tzinfo=UTC))]))


def test_nothing_is_kept_of_a_return_that_is_set_apart():
    """Personal data in it: no word of it is recorded."""
    assert [] == words_in(OFFICE, Facts([REQUEST]), REQUEST, RECEIVED, Checked(None, (), Verdict.QUARANTINED))


def test_a_review_in_a_workbook_is_recorded_once():
    """The review that can count, by its owner; the same workbook sent again reviews nothing anew; no day, no review."""
    office: Any = SimpleNamespace(framework=with_risks())

    def reviews(review: Review, *known: Any) -> list[Any]:
        read = PartnerReturn(
            "fire", REQUEST.collection, None, (), "template", reviews=(ReviewRow("late-data", review),)
        )
        return reviews_in(office, Facts([REQUEST, *known]), REQUEST, RECEIVED, Checked(read, (), Verdict.QUERIED))

    said = Review("likely", "moderate", "rising", "Two reminders.", date(2025, 10, 31))
    (review,) = reviews(said)
    assert ("R-1/late-data", "fire/contact", Trend.RISING, date(2025, 10, 31), False) == (
        review.reviewed, review.by, review.trend, review.next_review, review.by_an_officer,
    )  # fmt: skip
    assert [] == reviews(said, replace(review, at=datetime(2025, 7, 9, tzinfo=UTC)))
    assert [] == reviews(replace(said, next_review=None))
