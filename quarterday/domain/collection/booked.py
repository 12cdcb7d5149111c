"""Where a booked message stands, from everything that was recorded of it, whatever the order in which it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.undelivered import NEWS
from quarterday.domain.facts import (
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    Step,
)

# A later word does not undo a better informed one: events come more than once and out of order.
_UNREAD = frozenset({Outcome.FAILED, Outcome.BOUNCED, Outcome.BLOCKED})
_LAST_WORD = (Outcome.BOUNCED, Outcome.DELIVERED, Outcome.BLOCKED, Outcome.SENT, Outcome.FAILED, Outcome.UNCONFIRMED)


@dataclass(frozen=True)
class Booked:
    """A booked message and what is known of it. `outcome` is None where nobody has said anything yet."""

    message: MessageReserved
    outcome: Outcome | None
    attempts: int
    may_go_again: bool  # the last attempt certainly did not go, and may be made again
    tried_since: datetime  # since when it was to go: its booking, or an officer's word that it is to go again
    last_word: datetime  # when anything was last recorded of it
    handed_over: bool = False  # the transport was about to be given it, so that nobody knows until it has answered
    detail: str = ""  # what the last word said


def booked_messages(facts: Facts) -> list[Booked]:
    """Every message that was ever booked, oldest first."""
    return [_booked(message, facts.settled(message.message)) for message in facts.of(MessageReserved)]


def booked(facts: Facts, message: str) -> Booked | None:
    """One message, by its key."""
    found = [each for each in facts.of(MessageReserved) if each.message == message]
    return _booked(found[0], facts.settled(message)) if found else None


def never_said(facts: Facts, messages: Iterable[MessageReserved]) -> frozenset[str]:
    """Those of some booked emails that nobody has read, by their keys: they did not go yet, never will, or came back.

    One of which nobody knows may have been read, and is none of them.
    """
    became = (_booked(each, facts.settled(each.message)) for each in messages)
    return frozenset(each.message.message for each in became if each.may_go_again or each.outcome in _UNREAD)


def unconfirmed(facts: Facts) -> list[MessageReserved]:
    """The messages of which nobody knows whether they went: an officer should look."""
    return [each.message for each in booked_messages(facts) if each.outcome is Outcome.UNCONFIRMED]


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
    did_not_go = _at(facts, Step.NOT_SENT, Step.ORDERED_AGAIN)
    return [each for each in _of(facts, did_not_go) if each.may_go_again]


def _at(facts: Facts, *steps: Step) -> set[str]:
    """The keys of the messages that took any of some steps."""
    return {each.message for each in facts.of(MessageSettled) if each.step in steps}


def _of(facts: Facts, messages: set[str]) -> list[Booked]:
    return [each for each in booked_messages(facts) if each.message.message in messages] if messages else []


def _booked(message: MessageReserved, settled: Sequence[MessageSettled]) -> Booked:
    """Whatever was said before an officer ordered it to go again no longer counts."""
    begun = max((each.attempt for each in settled if each.step is Step.BEGUN), default=1)
    orders = [each for each in settled if each.step is Step.ORDERED_AGAIN]
    ordered = max(orders, key=lambda each: each.at, default=None)
    since = [each for each in settled if ordered is None or each.at > ordered.at]
    steps = {each.step for each in since if each.attempt == begun}
    said = [each.outcome for each in since if not each.of_an_attempt]
    begun_since = ordered is None or Step.BEGUN in steps
    handed_over = begun_since and Step.HANDED_OVER in steps
    again = not said and (not begun_since or Step.NOT_SENT in steps)
    if handed_over and begun > 1 and not said and not again:
        said = [Outcome.UNCONFIRMED]  # a further attempt was begun and nobody knows how it ended
    outcome = Outcome.FAILED if again else next((each for each in _LAST_WORD if each in said), None)
    last = settled[-1] if settled else None
    return Booked(
        message,
        outcome,
        begun,
        may_go_again=again,
        tried_since=ordered.at if ordered else message.at,
        last_word=last.at if last else message.at,
        handed_over=handed_over,
        detail=last.detail if last else "",
    )
