"""Officers' word on emails: those that did not go, or may not have; one that is to go at once; one of their own."""

from enum import StrEnum
from typing import Any

from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.booked import given_up, in_doubt
from quarterday.domain.collection.decision import due_next
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    Facts,
    MessageHastened,
    MessageSettled,
    OfficerWrote,
    Outcome,
    RequestMade,
    Step,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


class Emails(StrEnum):
    """Which emails an officer speaks of."""

    GIVEN_UP = "given up"  # tried for as long as it made sense
    IN_DOUBT = "in doubt"  # nobody knows whether they went


def settle_emails(
    framework: Framework, facts: Facts, ruling: Ruling, *, which: str, arrived: bool
) -> list[MessageSettled]:
    """Say of all emails that were given up, or are in doubt, that they arrived, or that they are to go again.

    Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework)
    if which not in set(Emails):
        raise RulingRefusedError(f"“{which}” is no kind of email. The kinds are: {', '.join(Emails)}.")
    if which == Emails.GIVEN_UP and arrived:
        raise RulingRefusedError("An email that was given up never went, so it cannot have arrived.")
    found = given_up(facts) if which == Emails.GIVEN_UP else in_doubt(facts)
    if not found:
        raise RulingRefusedError(f"No email is {which}.")
    return [_word(each, ruling, arrived, fields) for each in found]


def settle_email(framework: Framework, facts: Facts, message: str, ruling: Ruling, *, arrived: bool) -> MessageSettled:
    """Say of one email that was given up, or is in doubt, that it arrived, or that it is to go again."""
    fields = ruling.fields(framework)
    gone_wrong = given_up(facts)
    found = next((each for each in [*gone_wrong, *in_doubt(facts)] if each.message.message == message), None)
    if found is None:
        raise RulingRefusedError("Nothing is in doubt about that email any more.")
    if arrived and found in gone_wrong:
        raise RulingRefusedError("An email that was given up never went, so it cannot have arrived.")
    return _word(found, ruling, arrived, fields)


def hasten_email(framework: Framework, facts: Facts, message: str, ruling: Ruling) -> MessageHastened:
    """Have an email go at once that the next working day would bring."""
    fields = ruling.fields(framework)
    if message in facts.reserved():
        raise RulingRefusedError("That email has already gone.")
    if message in facts.held():
        raise RulingRefusedError("That email is held back. Let it go first.")
    if any(each.message == message for each in facts.of(MessageHastened)):
        raise RulingRefusedError("That email goes with the next run already.")
    if message not in {each.key for each in due_next(framework, facts, london_day(ruling.at))}:
        raise RulingRefusedError(
            "That email is not due on the next working day, or goes with the request that begins on that day."
        )
    return MessageHastened(message=message, **fields)


def write_to_partner(framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling) -> OfficerWrote:
    """Write to a partner about its request, in an officer's words: `ruling.say`."""
    fields, words = ruling.fields(framework), ruling.say.strip()
    if request.partner not in framework.partner:
        raise RulingRefusedError("That partner is in config/ no more: there is nobody to write to.")
    if len(words) < 3:
        raise RulingRefusedError(f"Say what you want to write to {framework.partner[request.partner].name}.")
    return OfficerWrote(request=request.request, letter=f"W-{ruling.at:%Y%m%d%H%M%S%f}", to_partner=words, **fields)


def _word(known: Booked, ruling: Ruling, arrived: bool, fields: dict[str, Any]) -> MessageSettled:
    return MessageSettled(
        message=known.message.message,
        outcome=Outcome.SENT if arrived else Outcome.FAILED,
        step=Step.ARRIVED if arrived else Step.ORDERED_AGAIN,
        attempt=0 if arrived else known.attempts,
        detail="an officer says that it arrived" if arrived else "an officer wants it to go again",
        **fields,
    )
