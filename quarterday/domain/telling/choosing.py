"""Which facts are meant: those of a quarter, of some days, or what officers decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import (
    CodeAsked,
    CodeTried,
    CodeUsed,
    Fact,
    Facts,
    FiguresSeen,
    LinkIssued,
    MessageReserved,
    ReturnReceived,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInTried,
    UndoOffered,
    UploadKept,
)
from quarterday.domain.facts.message_keys import concerns
from quarterday.domain.framework.framework import Framework

_NO_DECISION = (
    *(CodeAsked, CodeTried, CodeUsed),
    *(SignInAsked, SignInTried, SignedIn, SignedOut, FiguresSeen, LinkIssued, UploadKept, UndoOffered),
)


def is_decision(framework: Framework, fact: Fact) -> bool:
    """Whether an officer decided it: neither what the machinery did nor an officer's signing in and reading."""
    officers = {each.code for each in framework.partnership.officers}
    return fact.by in officers and not isinstance(fact, _NO_DECISION)


class OfCollection:
    """Whether facts belong to a collection: by their own word, or by the request, email, return or link they name."""

    def __init__(self, facts: Facts, collection: str) -> None:
        self._collection = collection
        self._filed = {each.message: each.collection for each in facts.of(MessageReserved)}
        self._filed |= {each.upload: each.request for each in facts.of(UploadKept)}
        self._filed |= {each.stored_as: each.request for each in facts.of(UploadKept)}
        self._filed |= {each.partner_return: each.request for each in facts.of(ReturnReceived)}
        self._filed |= {each.token_hash: each.request for each in facts.of(LinkIssued)}

    def __call__(self, fact: Fact) -> bool:
        """Whether a fact is of the collection."""
        return any(self._within(name) for name in self._names(fact))

    def _names(self, fact: Fact) -> Iterator[str]:
        yield from getattr(fact, "collections", ())
        for name in ("collection", "request", "message", "matter", "partner_return", "stored_as", "link"):
            said = str(getattr(fact, name, ""))
            yield from (said, self._filed.get(said, ""), concerns(said))

    def _within(self, name: str) -> bool:
        return name == self._collection or name.startswith((f"{self._collection}.", f"{self._collection}|"))


@dataclass(frozen=True)
class Chosen:
    """What a listing is narrowed to; what is not said narrows nothing. Days are London's, both included."""

    collection: str = ""
    since: date | None = None
    until: date | None = None
    decisions: bool = False

    def of(self, framework: Framework, facts: Facts) -> list[Fact]:
        """The facts that are meant, in the order of the facts."""
        found = [each for each in facts if self._in_days(each)]
        if self.decisions:
            found = [each for each in found if is_decision(framework, each)]
        return list(filter(OfCollection(facts, self.collection), found)) if self.collection else found

    def _in_days(self, fact: Fact) -> bool:
        day = london_day(fact.at)
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


EVERYTHING = Chosen()
