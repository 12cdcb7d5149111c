"""What may be taken back by one press, and what became of that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from quarterday.domain.facts.fact import Fact


def name_of(fact: Fact) -> str:
    """How a fact is named by others: its kind and its key."""
    return f"{type(fact).__name__} {fact.key}"


@dataclass(frozen=True, kw_only=True)
class UndoOffered(Fact):
    """Nothing follows from a decision until a moment, so that it can be taken back by one press.

    It stays open until somebody uses it, or until the first run after that moment goes on to what follows.
    """

    partnership: str
    decision: str  # as the officers' pages name it
    matter: str  # what was decided about, as the pages name it
    decided: tuple[str, ...]  # the facts that were recorded, by `name_of`
    touches: tuple[str, ...]  # the request, partner or collection of which nothing goes on meanwhile; none: any release
    until: datetime

    @property
    def key(self) -> str:
        return f"{self.decision}|{self.matter}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class UndoClosed(Fact):
    """An offer is over: it was used (`taken_back`), or a run goes on to what follows. Of both, the first holds."""

    partnership: str
    offer: str
    matter: str
    decided: tuple[str, ...]
    taken_back: bool

    @property
    def key(self) -> str:
        return self.offer


def taken_back(facts: Iterable[Fact]) -> frozenset[str]:
    """The names of the facts among these that count no more."""
    return frozenset(
        name for each in facts if isinstance(each, UndoClosed) and each.taken_back for name in each.decided
    )
