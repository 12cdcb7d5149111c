"""The emails that were booked, by where they stand: in doubt, given up, waiting to be tried again."""

from collections.abc import Collection
from datetime import date

from quarterday.domain.collection.became import Booked, became
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.undelivered import NEWS
from quarterday.domain.facts import (
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    Step,
)
from quarterday.domain.facts.messages import DID_NOT_GO


def booked_messages(facts: Facts) -> list[Booked]:
    """Every message that was ever booked, oldest first."""
    return [became(message, facts.settled(message.message)) for message in facts.of(MessageReserved)]


def booked(facts: Facts, message: str) -> Booked | None:
    """One message, by its key."""
    found = [each for each in facts.of(MessageReserved) if each.message == message]
    return became(found[0], facts.settled(message)) if found else None


def doubtful(facts: Facts, today: date) -> list[Booked]:
    """The emails of the last weeks of which nobody knows, or it is known that they did not arrive."""
    unwanted = _at(facts, Step.OVERTAKEN)
    return [
        each
        for each in booked_messages(facts)
        if each.message.message not in unwanted
        and each.outcome in (Outcome.UNCONFIRMED, Outcome.FAILED, Outcome.BOUNCED)
        and london_day(each.message.at) > today - NEWS
    ]


def given_up(facts: Facts) -> list[Booked]:
    """The emails that were tried for as long as it made sense, and did not go."""
    ended = _of(facts, _at(facts, Step.GIVEN_UP))
    return [each for each in ended if each.outcome is Outcome.FAILED and not each.may_go_again]


def in_doubt(facts: Facts) -> list[Booked]:
    """The emails of which nobody knows whether they went."""
    return [each for each in booked_messages(facts) if each.outcome is Outcome.UNCONFIRMED]


def held_up(facts: Facts) -> list[Booked]:
    """The emails that did not go yet and are tried again."""
    did_not_go = _at(facts, *DID_NOT_GO, Step.ORDERED_AGAIN)
    return [each for each in _of(facts, did_not_go) if each.may_go_again]


def mail_is_away(facts: Facts, but: Collection[str]) -> bool:
    """Whether the last that was tried did not go: of all emails but some, by the names of their templates.

    Whoever may not learn that an email was tried, or for whom, is told by the others alone.
    """
    left_out = {each.message for each in facts.of(MessageReserved) if each.email in but}
    tried = (
        each.step in DID_NOT_GO
        for each in reversed(facts.of(MessageSettled))
        if each.message not in left_out and (each.step in DID_NOT_GO or each.outcome is Outcome.SENT)
    )
    return next(tried, False)


def _at(facts: Facts, *steps: Step) -> set[str]:
    """The keys of the messages that took any of some steps."""
    return {each.message for each in facts.of(MessageSettled) if each.step in steps}


def _of(facts: Facts, messages: set[str]) -> list[Booked]:
    return [each for each in booked_messages(facts) if each.message.message in messages] if messages else []
