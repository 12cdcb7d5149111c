"""Officers' word on emails that did not go, or may not have: all of a kind together."""

from enum import StrEnum

from quarterday.domain.collection.booked import Booked, given_up, in_doubt
from quarterday.domain.facts import Facts, MessageSettled, Outcome, Step
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


def _word(known: Booked, ruling: Ruling, arrived: bool, fields: dict[str, object]) -> MessageSettled:
    return MessageSettled(
        message=known.message.message,
        outcome=Outcome.SENT if arrived else Outcome.FAILED,
        step=Step.ARRIVED if arrived else Step.ORDERED_AGAIN,
        detail="an officer says that it arrived" if arrived else "an officer wants it to go again",
        **fields,  # type: ignore[arg-type]
    )
