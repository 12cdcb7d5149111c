"""Where a booked message stands, from everything that was recorded of it, whatever the order in which it came."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.undelivered import NEWS
from quarterday.domain.facts import NOT_SENT, Facts, MessageReserved, MessageSettled, Outcome

# A later word does not undo a better informed one: events come more than once and out of order.
_LAST_WORD = (Outcome.BOUNCED, Outcome.DELIVERED, Outcome.BLOCKED, Outcome.SENT, Outcome.FAILED, Outcome.UNCONFIRMED)


@dataclass(frozen=True)
class Booked:
    """A booked message and what is known of it. `outcome` is None where nobody has said anything yet."""

    message: MessageReserved
    outcome: Outcome | None
    attempts: int
    may_go_again: bool  # the last attempt certainly did not go, and may be made again


def booked_messages(facts: Facts) -> list[Booked]:
    """Every message that was ever booked, oldest first."""
    settled: dict[str, list[MessageSettled]] = defaultdict(list)
    for each in facts.of(MessageSettled):
        settled[each.message].append(each)
    return [_booked(message, settled[message.message]) for message in facts.of(MessageReserved)]


def booked(facts: Facts, message: str) -> Booked | None:
    """One message, by its key."""
    found = [each for each in facts.of(MessageReserved) if each.message == message]
    settled = [each for each in facts.of(MessageSettled) if each.message == message]
    return _booked(found[0], settled) if found else None


def unconfirmed(facts: Facts) -> list[MessageReserved]:
    """The messages of which nobody knows whether they went: an officer should look."""
    return [each.message for each in booked_messages(facts) if each.outcome is Outcome.UNCONFIRMED]


def doubtful(facts: Facts, today: date) -> list[Booked]:
    """The emails of the last weeks of which nobody knows, or it is known that they did not arrive."""
    return [
        each
        for each in booked_messages(facts)
        if each.outcome in (Outcome.UNCONFIRMED, Outcome.FAILED, Outcome.BOUNCED)
        and london_day(each.message.at) > today - NEWS
    ]


def _booked(message: MessageReserved, settled: list[MessageSettled]) -> Booked:
    begun = 1 + sum(each.settles == attempt(number) for number in range(2, len(settled) + 2) for each in settled)
    did_not_go = {each.settles for each in settled if each.settles.endswith(NOT_SENT)}
    said = [each.outcome for each in settled if not each.of_an_attempt]
    again = not said and f"{attempt(begun)} {NOT_SENT}" in did_not_go
    if again:
        return Booked(message, Outcome.FAILED, begun, may_go_again=True)
    if not said and begun > 1:
        said = [Outcome.UNCONFIRMED]  # a further attempt was begun and nobody knows how it ended
    outcome = next((each for each in _LAST_WORD if each in said), None)
    return Booked(message, outcome, begun, may_go_again=False)


def attempt(number: int) -> str:
    """What a further attempt is recorded under, so that only one process can make it."""
    return f"attempt {number}"
