"""Emails that do not reach their readers: for each the officer hears once, and what is being done about it."""

from collections.abc import Iterator
from datetime import date, timedelta

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.people import officer, partner_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome
from quarterday.domain.facts.message_keys import UNDELIVERED, undelivered_key
from quarterday.domain.facts.recipients import is_officer
from quarterday.domain.framework.framework import Framework

NEWS = timedelta(days=30)  # of an email that did not arrive longer ago than this nobody is told any more


def undelivered_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """Word to the officer of each email that came back or was refused; of those to officers the UI alone can tell."""
    lost = {each.message: each for each in facts.of(MessageSettled) if each.never_arrives}
    if not lost:
        return
    for message in facts.of(MessageReserved):
        settled = lost.get(message.message)
        if settled is None or is_officer(message.recipient) or london_day(settled.at) <= today - NEWS:
            continue
        yield Send(
            key=undelivered_key(message.message),
            collection=message.collection,
            request=message.request,
            partner=partner_of(facts, message),
            occasion=UNDELIVERED,
            email=UNDELIVERED,
            recipient=officer(framework),
            on=london_day(settled.at),
            why=f"The email “{message.email}” to {message.recipient} {_fate(settled)}.",
            about=message.message,
        )


def _fate(settled: MessageSettled) -> str:
    return {Outcome.BOUNCED: "came back", Outcome.BLOCKED: "was turned away for now"}.get(
        settled.outcome, "was refused"
    )
