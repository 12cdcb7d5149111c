"""What happened to a matter since somebody looked at it: whoever decides on it should know before it counts."""

from datetime import datetime

from quarterday.domain.facts import (
    EmailKept,
    Fact,
    Facts,
    FiguresSeen,
    LinkIssued,
    LinkRevoked,
    MessageReserved,
    MessageSettled,
    UndoOffered,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.telling.audit import Teller

_NO_NEWS = (UndoOffered, EmailKept, MessageReserved, MessageSettled, LinkIssued, LinkRevoked, FiguresSeen)


def news_since(framework: Framework, facts: Facts, matter: str, moment: datetime) -> list[Fact]:
    """What was recorded of a matter after a moment that may bear on a decision about it."""
    names_in = Teller(framework, facts).names_in
    return [
        fact
        for fact in facts
        if fact.at > moment and not isinstance(fact, _NO_NEWS) and matter in names_in(fact) | _filed(fact)
    ]


def _filed(fact: Fact) -> set[str]:
    """Under what else a fact is found: its collection, its message, whose role it is, which officer it is of."""
    role = f"{getattr(fact, 'partner', '')}/{getattr(fact, 'role', '')}"
    filed = ("collection", "request", "message", "officer", "matter", "indicator", "risk", "bid", "submission")
    words = f"{getattr(fact, 'partner_return', '')}/{getattr(fact, 'indicator', '')}"
    activity = f"{getattr(fact, 'collection', '')}/{getattr(fact, 'activity', '')}"
    return {str(getattr(fact, name, "")) for name in filed} | {role, words, activity}
