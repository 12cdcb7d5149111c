"""Facts to which more is added answer as if all had been read at once, whatever was asked of them before."""

from datetime import date, timedelta

import pytest

from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome, RequestMade, Step
from tests.domain.lived import days, walk


def answers(facts):
    """What is laid out once for all who ask."""
    settled = {each.message: facts.settled(each.message) for each in facts.of(MessageSettled)}
    return {key: tuple(each) for key, each in facts.by_collection().items()}, facts.reserved(), settled


def grown(facts, at_once=1):
    """The same facts, added some at a time, asked each time."""
    every, known = list(facts), Facts()
    for start in range(0, len(every), at_once):
        answers(known)
        known = known.plus(*every[start : start + at_once])
        assert answers(Facts(every[: start + at_once])) == answers(known)
    return known


@pytest.fixture
def quarter(small):
    """A quarter of requests, emails and what became of each."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 8, 20)))
    return facts.plus(*(word(each) for each in facts.of(MessageReserved)))


def word(booked):
    """It went, a minute later."""
    who = {"by": booked.by, "partnership": booked.partnership, "message": booked.message}
    return MessageSettled(
        at=booked.at + timedelta(minutes=1), outcome=Outcome.SENT, step=Step.ANSWERED, detail="", **who
    )


def test_a_quarter_added_one_by_one_or_together_answers_alike(quarter):
    """Requests, emails and what became of them, a quarter long."""
    assert quarter.of(MessageSettled)
    assert answers(quarter) == answers(grown(quarter)) == answers(grown(quarter, at_once=7))


def test_what_was_known_before_its_request_and_its_email_belongs_to_the_collection_then(quarter):
    """A word on an email that is booked later, and all of a request that is recorded later."""
    late = [each for each in quarter if isinstance(each, RequestMade | MessageReserved)]
    early = Facts(each for each in quarter if each not in late)
    answers(early)
    day = timedelta(days=90)
    moved = [each.__class__(**{**vars(each), "at": each.at + day}) for each in late]

    assert answers(Facts([*early, *moved])) == answers(early.plus(*moved[:1]).plus(*moved[1:]))


def test_what_was_asked_before_keeps_its_answer(quarter):
    """Adding to facts changes nothing about those that were there."""
    before = Facts(list(quarter)[:20])
    said = answers(before)

    before.plus(*list(quarter)[20:])

    assert said == answers(before)
