"""Emails that do not reach their readers: for each the officer hears once, and what is being done about it."""

from collections.abc import Iterator
from datetime import date, timedelta

from quarterday.actions import Send
from quarterday.facts import Facts, MessageReserved, MessageSettled, Outcome
from quarterday.framework import Framework
from quarterday.people import officer, partner_of
from quarterday.standing import london_day

NEWS = timedelta(days=30)  # what came back longer ago is told by nobody any more
RUNG = "officer-undelivered"


def undelivered_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """Word to the officer of each email that came back or was refused; of those to officers the UI alone can tell."""
    lost = {each.message: each for each in facts.of(MessageSettled) if each.never_arrives}
    told = [each for each in facts.of(MessageReserved) if each.message in lost]
    for message in told if lost else ():
        day = london_day(lost[message.message].at)
        if day > today - NEWS and not message.recipient.startswith("officer/"):
            yield Send(
                key=f"{message.message}/{RUNG}",
                collection=message.collection,
                request=message.request,
                partner=partner_of(facts, message),
                rung=RUNG,
                email=RUNG,
                recipient=officer(framework),
                on=day,
                why=f"The email “{message.email}” to {message.recipient} {_fate(lost[message.message])}.",
                about=message.message,
            )


def _fate(settled: MessageSettled) -> str:
    return "came back" if settled.outcome is Outcome.BOUNCED else "was refused"
