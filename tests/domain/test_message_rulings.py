"""Emails that were given up, or are in doubt, are settled together by one decision."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quarterday.domain.collection.booked import booked, given_up, held_up, in_doubt
from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome, Step
from quarterday.domain.rulings.message_rulings import settle_emails
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from tests.domain.conftest import framework

MONDAY = datetime(2025, 7, 14, 8, tzinfo=UTC)
RECEIPT = MessageReserved(
    at=MONDAY,
    by="quarterday",
    partnership="somewhere",
    collection="somewhere.2025-26-q1",
    request="somewhere.2025-26-q1.fire",
    message="somewhere.2025-26-q1.fire/receipt/R-1/fire/contact",
    occasion="receipt",
    email="receipt",
    recipient="fire/contact",
    subject="Your return",
    outbox_id="1",
)


def settled(step: Step, outcome: Outcome, hours: int, detail: str = "", attempt: int = 1) -> MessageSettled:
    """A word on the receipt, so many hours after it was booked."""
    at = MONDAY + timedelta(hours=hours)
    told = {"partnership": "somewhere", "by": "quarterday", "detail": detail, "attempt": attempt}
    return MessageSettled(at=at, message=RECEIPT.message, outcome=outcome, step=step, **told)


DID_NOT_GO = settled(Step.NOT_SENT, Outcome.FAILED, 0, "our key was refused")
GIVEN_UP = settled(Step.GIVEN_UP, Outcome.FAILED, 49, "given up after 1 attempts: our key was refused")
DOUBTED = settled(Step.INTERRUPTED, Outcome.UNCONFIRMED, 1)


def ruling() -> Ruling:
    """The officer's word on Thursday."""
    return Ruling(framework().partnership.officers[0].code, "the key is right again", MONDAY + timedelta(days=3))


def test_what_was_given_up_goes_again_by_one_ruling():
    """All of them, each under its first booking."""
    facts = Facts([RECEIPT, DID_NOT_GO, GIVEN_UP])
    after = facts.plus(*settle_emails(framework(), facts, ruling(), which="given up", arrived=False))

    assert [RECEIPT] == [each.message for each in given_up(facts)]
    assert [] == given_up(after)
    assert [RECEIPT] == [each.message for each in held_up(after)]
    orders = [each for each in after.of(MessageSettled) if each.step is Step.ORDERED_AGAIN]
    assert [False] == [each.never_arrives for each in orders]


def test_what_was_given_up_twice_is_counted_again():
    """The order to send it again has its own two days."""
    facts = Facts([RECEIPT, DID_NOT_GO, GIVEN_UP])
    ordered = facts.plus(*settle_emails(framework(), facts, ruling(), which="given up", arrived=False))
    tried = settled(Step.BEGUN, Outcome.UNCONFIRMED, 73, attempt=2)
    failed = settled(Step.NOT_SENT, Outcome.FAILED, 73, attempt=2)
    ended = settled(Step.GIVEN_UP, Outcome.FAILED, 130, attempt=2)

    assert MONDAY + timedelta(days=3) == booked(ordered, RECEIPT.message).tried_since
    assert [RECEIPT] == [each.message for each in given_up(ordered.plus(tried, failed, ended))]


def test_what_is_in_doubt_is_said_to_have_arrived():
    """Then nobody asks about it any more."""
    facts = Facts([RECEIPT, DOUBTED])
    after = facts.plus(*settle_emails(framework(), facts, ruling(), which="in doubt", arrived=True))

    assert [RECEIPT] == [each.message for each in in_doubt(facts)]
    assert [] == in_doubt(after)
    assert Outcome.SENT is booked(after, RECEIPT.message).outcome


@pytest.mark.parametrize(
    ("which", "arrived", "why"),
    [("lost", False, "The kinds are"), ("given up", True, "never went"), ("in doubt", False, "No email is in doubt")],
)
def test_a_word_on_emails_that_makes_no_sense_is_refused(which: str, arrived: bool, why: str):
    """Each refusal says why."""
    with pytest.raises(RulingRefusedError, match=why):
        settle_emails(framework(), Facts([RECEIPT]), ruling(), which=which, arrived=arrived)


def test_an_overtaken_email_is_neither_given_up_nor_lost():
    """A reminder that could not go before the answer came needs nobody."""
    overtaken = replace(GIVEN_UP, step=Step.OVERTAKEN)

    assert [] == given_up(Facts([RECEIPT, DID_NOT_GO, overtaken]))
    assert not overtaken.never_arrives
