"""What happened to a matter since somebody looked at it: whoever decides on it should know before it counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from quarterday.domain.facts import (
    ActionSet,
    AskRaised,
    EmailKept,
    Fact,
    Facts,
    FiguresSeen,
    LinkIssued,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    OfficerWrote,
    RiskReviewed,
    UndoOffered,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import Teller

_NO_NEWS = (UndoOffered, EmailKept, MessageReserved, MessageSettled, LinkIssued, LinkRevoked, FiguresSeen)

_DRAWN: dict[type[Fact], str] = {  # by its moment
    ActionSet: "action",
    AskRaised: "ask",
    OfficerWrote: "letter",
    RiskReviewed: "reviewed",
}
_ANY_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


def news_since(framework: Framework, facts: Facts, matter: str, moment: datetime) -> list[Fact]:
    """What was recorded of a matter after a moment that may bear on a decision about it."""
    names_in = Teller(framework, facts).names_in
    return [
        fact
        for fact in facts
        if fact.at > moment and not isinstance(fact, _NO_NEWS) and matter in names_in(fact) | _filed(fact)
    ]


def said_already(facts: Facts, decided: Sequence[Fact], moment: datetime) -> list[Fact]:
    """What says, since a moment, just what would be recorded now: a form sent again by whoever got no answer."""
    wanted = [_words_of(each) for each in decided]
    kinds = {type(each): None for each in decided}
    return [fact for kind in kinds for fact in facts.of(kind) if fact.at > moment and _words_of(fact) in wanted]


def _words_of(fact: Fact) -> Fact:
    """A fact without its moment, and without the id that was drawn for it."""
    drawn: dict[str, Any] = {"at": _ANY_MOMENT}
    if type(fact) in _DRAWN:
        drawn[_DRAWN[type(fact)]] = ""
    return replace(fact, **drawn)


def _filed(fact: Fact) -> set[str]:
    """Under what else a fact is found: its collection, its message, whose role it is, which officer it is of."""
    role = f"{getattr(fact, 'partner', '')}/{getattr(fact, 'role', '')}"
    filed = ("collection", "request", "message", "officer", "matter", "indicator", "risk", "bid", "submission")
    words = f"{getattr(fact, 'partner_return', '')}/{getattr(fact, 'indicator', '')}"
    activity = f"{getattr(fact, 'collection', '')}/{getattr(fact, 'activity', '')}"
    owed = f"{getattr(fact, 'submission', '')}/{getattr(fact, 'owed_on', '')}"
    return {str(getattr(fact, name, "")) for name in filed} | {role, words, activity, owed}
