"""The audit listing's sentences for emails and the links in them."""

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    LinkIssued,
    LinkReplaced,
    LinkRevoked,
    MessageHeld,
    MessageReserved,
    MessageSettled,
    Outcome,
    Step,
)
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import sentence

_BECAME = {
    Outcome.SENT: "went out",
    Outcome.UNCONFIRMED: "may or may not have gone; it is not sent again blindly",
    Outcome.FAILED: "did not go",
    Outcome.DELIVERED: "arrived",
    Outcome.BOUNCED: "came back",
    Outcome.BLOCKED: "was turned away for now",
}

_STEPS = {
    Step.BEGUN: "is tried again",
    Step.HANDED_OVER: "is being handed over",
    Step.ORDERED_AGAIN: "is to go again",
}


@sentence.register
def _(fact: MessageReserved, names: Names) -> str:
    return f"An email to {names.person(fact.recipient)} was booked: “{fact.subject or fact.email}” ({fact.occasion})."


@sentence.register
def _(fact: MessageSettled, names: Names) -> str:
    became = _STEPS.get(fact.step, _BECAME[fact.outcome])
    return f"The email {names.message(fact.message)} {became}."


@sentence.register
def _(fact: MessageHeld, names: Names) -> str:
    return f"The email {names.message(fact.message)} was {'held back' if fact.held else 'let go'}."


@sentence.register
def _(fact: LinkIssued, names: Names) -> str:
    return f"A link was made for {names.person(fact.recipient)}, good until {say_date(london_day(fact.expires))}."


@sentence.register
def _(fact: LinkRevoked, names: Names) -> str:
    return f"A link of {names.of_request(fact.request) or 'an officer'} was stopped."


@sentence.register
def _(fact: LinkReplaced, names: Names) -> str:
    return f"A fresh link was ordered for {names.of_request(fact.request)}."
