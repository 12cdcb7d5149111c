"""The audit listing: what happened, in plain words, with when, who and why. It names nobody's address and no token."""

from dataclasses import dataclass, fields
from datetime import datetime

from quarterday.domain.collection.standing import LONDON
from quarterday.domain.facts import (
    FACT_KINDS,
    ActivityRuled,
    Fact,
    Facts,
    FileDeleted,
    MessageHastened,
    MessageHeld,
    MessageSettled,
    Outcome,
    ReleaseApproved,
    ReleaseMade,
    RequestMade,
    ReturnReceived,
)
from quarterday.domain.facts.message_keys import concerns
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.choosing import EVERYTHING, Chosen
from quarterday.domain.telling.sentences import Names, sentence


class UnknownSubjectError(Exception):
    """Nothing is on record under that name; the message says what may be asked for."""


@dataclass(frozen=True)
class Entry:
    """One line of the listing."""

    at: datetime
    what: str
    who: str
    why: str

    @property
    def when(self) -> str:
        """Its moment in London: `Tue 8 Jul 2025 09:00`."""
        there = self.at.astimezone(LONDON)
        return f"{there:%a} {there.day} {there:%b %Y %H:%M}"


def history(framework: Framework, facts: Facts, subject: str = "", narrowed: Chosen = EVERYTHING) -> list[Entry]:
    """What is on record of a partner (its code), of a return (its receipt's reference), or of everything.

    Raises `UnknownSubjectError`.
    """
    teller = Teller(framework, facts)
    chosen = narrowed.of(framework, facts)
    if subject:
        concerns = _concerns(framework, facts, subject)
        chosen = [fact for fact in chosen if any(name in concerns for name in teller.names_in(fact))]
    return [teller.entry(fact) for fact in sorted(chosen, key=_cause_before_effect)]


def _cause_before_effect(fact: Fact) -> tuple[datetime, int, str]:
    """Facts of one moment in the order of their kinds: asked, then written to, then answered."""
    return fact.at, FACT_KINDS.index(type(fact)), fact.key


def _concerns(framework: Framework, facts: Facts, subject: str) -> frozenset[str]:
    """The identifiers under which a partner's or a return's facts are filed."""
    if subject in framework.partner:
        requests = {
            each.request
            for each in facts.of(RequestMade)
            if each.partner == subject or framework.partner.get(each.partner) == framework.partner[subject]
        }
        returns = {each.partner_return for each in facts.of(ReturnReceived) if each.request in requests}
        return frozenset({subject} | requests | returns)
    if received := facts.received(subject):
        return frozenset({subject, received.upload} - {""})
    raise UnknownSubjectError(
        f"There is neither a partner nor a return called “{subject}”. The partners are: "
        f"{', '.join(framework.partner)}. A return goes by the reference on its receipt."
    )


class Teller:
    """Tells facts in sentences, with the names that people know."""

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self._framework = framework
        self._names = Names(framework, facts)

    def entry(self, fact: Fact) -> Entry:
        """A fact as a line of the listing."""
        why = fact.reason
        if isinstance(fact, MessageSettled) and fact.outcome not in (Outcome.SENT, Outcome.DELIVERED):
            why = why or fact.detail
        return Entry(fact.at, self.what(fact), self._names.person(fact.by), why)

    def what(self, fact: Fact) -> str:
        """What happened, in a sentence."""
        return sentence(fact, self._names)

    def person(self, code: str) -> str:
        """Whoever has a code such as `fire/contact`, as people say it."""
        return self._names.person(code)

    def names_in(self, fact: Fact) -> set[str]:
        """Every identifier that a fact is about: partner, request, return, upload."""
        told = {str(getattr(fact, each.name)) for each in fields(fact) if each.name in _SAYS_WHOM}
        if isinstance(fact, ReleaseMade | ReleaseApproved):
            told |= set(fact.returns)
        if isinstance(fact, ActivityRuled) and (activity := self._framework.activity.get(fact.activity)):
            told.add(activity.lead)
        if isinstance(fact, FileDeleted) and (upload := self._names.uploads.get(fact.stored_as)):
            told |= {upload.upload, upload.request}
        if isinstance(fact, MessageSettled | MessageHeld | MessageHastened):
            message = self._names.messages.get(fact.message)
            told |= {message.request, message.tells_of} if message else {concerns(fact.message)}
        return told - {""}


_SAYS_WHOM = (
    "partner",
    "request",
    "partner_return",
    "upload",
    "tells_of",
    "asker",
    "owner",
    "told_in",
    "ask",
    "action",
)
