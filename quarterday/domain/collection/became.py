"""Where a booked message stands, from everything that was recorded of it, whatever the order in which it came."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome, Step
from quarterday.domain.facts.messages import DID_NOT_GO

_BEGINNING = frozenset({Step.BEGUN, Step.HANDED_OVER})
_UNREAD = frozenset({Outcome.FAILED, Outcome.BOUNCED, Outcome.BLOCKED})
# A later word does not undo a better informed one: events come more than once and out of order.
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
    reached: int = 0  # of the attempts, those that did not fail for want of any server
    handed_over: bool = False  # the transport was about to be given it, so that nobody knows until it has answered
    detail: str = ""  # what the last word said

    @property
    def trouble(self) -> str:
        """What kept it, or broke over it: that is to be put right. Empty where nothing is known to have."""
        return self.detail if self.outcome in (Outcome.FAILED, Outcome.UNCONFIRMED) else ""


def became(message: MessageReserved, settled: Sequence[MessageSettled]) -> Booked:
    """Whatever was said before an officer ordered it to go again no longer counts."""
    begun = max((each.attempt for each in settled if each.step is Step.BEGUN), default=1)
    orders = [each for each in settled if each.step is Step.ORDERED_AGAIN]
    ordered = max(orders, key=lambda each: (each.attempt, each.at), default=None)
    since = [each for each in settled if ordered is None or _follows(each, ordered)]
    steps = {each.step for each in since if each.attempt == begun}
    said = [each.outcome for each in since if not each.of_an_attempt]
    begun_since = ordered is None or Step.BEGUN in steps
    handed_over = begun_since and Step.HANDED_OVER in steps
    again = not said and (not begun_since or bool(DID_NOT_GO & steps))
    if handed_over and begun > 1 and not said and not again:
        said = [Outcome.UNCONFIRMED]  # a further attempt was begun and nobody knows how it ended
    outcome = Outcome.FAILED if again else next((each for each in _LAST_WORD if each in said), None)
    last = _last(settled)
    return Booked(
        message,
        outcome,
        begun,
        may_go_again=again,
        tried_since=ordered.at if ordered else message.at,
        last_word=last.at if last else message.at,
        reached=begun - sum(each.step is Step.NOT_REACHED for each in settled),
        handed_over=handed_over,
        detail=last.detail if last else "",
    )


def _follows(word: MessageSettled, ordered: MessageSettled) -> bool:
    """Whether a word came after an order: by the attempts, since a clock may have been wrong at either.

    That an earlier attempt went may be heard later, and counts; that it did not, the officer knew.
    """
    if ordered.attempt and word.attempt:
        heard = word.at > ordered.at and word.outcome not in (Outcome.FAILED, Outcome.UNCONFIRMED)
        return word.attempt > ordered.attempt or heard
    return word.at > ordered.at


def _last(settled: Sequence[MessageSettled]) -> MessageSettled | None:
    """The word that came last: on the last attempt, and on its end before its beginning, whatever the clock said."""
    if not settled or not settled[-1].attempt:
        return settled[-1] if settled else None
    last = max(each.attempt for each in settled)
    words = [each for each in settled if each.attempt == last]
    return ([each for each in words if each.step not in _BEGINNING] or words)[-1]


def never_said(facts: Facts, messages: Iterable[MessageReserved]) -> frozenset[str]:
    """Those of some booked emails that nobody has read, by their keys: they did not go yet, never will, or came back.

    One of which nobody knows may have been read, and is none of them.
    """
    known = (became(each, facts.settled(each.message)) for each in messages)
    return frozenset(each.message.message for each in known if each.may_go_again or each.outcome in _UNREAD)
