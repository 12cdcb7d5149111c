"""Who decided otherwise before, and when: told to whoever decides anew, since the latest decision holds."""

from collections.abc import Callable, Hashable, Mapping

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    CollectionBound,
    ContactChanged,
    ExtensionDecided,
    Fact,
    Facts,
    FiguresHeld,
    GapRecorded,
    MessageHeld,
    RequestWaived,
    VerdictGiven,
    WaiverLifted,
    WordsRead,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.audit import Teller

# By kind, the matter that a decision is on: a later one on the same matter takes its place.
_MATTER: Mapping[type[Fact], Callable[..., tuple[Hashable, ...]]] = {
    ExtensionDecided: lambda each: ("time", each.request),
    RequestWaived: lambda each: ("waiver", each.request),
    WaiverLifted: lambda each: ("waiver", each.request),
    FiguresHeld: lambda each: ("figures", each.request, each.indicator),
    GapRecorded: lambda each: ("gap", each.collection, each.indicator),
    VerdictGiven: lambda each: ("return", each.partner_return),
    MessageHeld: lambda each: ("email", each.message),
    ContactChanged: lambda each: ("contact", each.partner, each.role),
    CollectionBound: lambda each: ("promise", each.collection),
    WordsRead: lambda each: ("words", each.partner_return, each.indicator),
}


def decided_before(framework: Framework, facts: Facts, decided: Fact) -> str:
    """What was decided on the same matter before, in a sentence with who and when; empty where nobody had decided."""
    matter = _matter_of(decided)
    earlier = [
        each
        for kind in _MATTER
        for each in facts.of(kind)
        if matter is not None and each.at < decided.at and _by_somebody(each) and _matter_of(each) == matter
    ]
    if not earlier:
        return ""
    last = max(earlier, key=lambda each: each.at)
    entry = Teller(framework, facts).entry(last)
    why = f" ({entry.why.rstrip('.')})" if entry.why else ""
    return f"Before, on {say_date(london_day(last.at))}, {entry.who} had decided{why}: {entry.what}"


def _matter_of(fact: Fact) -> tuple[Hashable, ...] | None:
    of = _MATTER.get(type(fact))
    return of(fact) if of else None


def _by_somebody(fact: Fact) -> bool:
    """Whether a person decided it, rather than the machinery recording what followed of itself."""
    return fact.by != "quarterday"
