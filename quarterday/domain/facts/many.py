"""Many facts, in the order in which they happened, to be asked."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from quarterday.domain.facts.collections import RequestMade
from quarterday.domain.facts.fact import Fact
from quarterday.domain.facts.messages import MessageHeld, MessageReserved

F = TypeVar("F", bound=Fact)


def _order(fact: Fact) -> tuple[datetime, str, str]:
    return fact.at, type(fact).__name__, fact.key


class Facts:
    """A partnership's facts, in order of time whatever the order in which they were read."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._all = sorted(facts, key=_order)
        self._of: dict[type[Fact], list[Fact]] = {}
        self._about: dict[tuple[type[Fact], str], list[Fact]] = {}
        for fact in self._all:
            self._of.setdefault(type(fact), []).append(fact)
            self._about.setdefault((type(fact), fact.about), []).append(fact)

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """All facts of a kind."""
        return tuple(self._of.get(kind, ()))  # type: ignore[arg-type]

    def about(self, subject: str, kind: type[F]) -> tuple[F, ...]:
        """The facts of a kind that are filed under a request, collection or partnership."""
        return tuple(self._about.get((kind, subject), ()))  # type: ignore[arg-type]

    def request(self, request: str) -> RequestMade | None:
        """A request by its identifier; None where none was made."""
        return next(iter(self.about(request, RequestMade)), None) if request else None

    def requests_of(self, collection: str) -> tuple[RequestMade, ...]:
        """The requests that a collection made."""
        return tuple(each for each in self.of(RequestMade) if each.collection == collection)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._all)

    def plus(self, *facts: Fact) -> "Facts":
        """These facts and more. What comes after all that is known is added without sorting that again."""
        later = sorted(facts, key=_order)
        if later and self._all and _order(later[0]) < _order(self._all[-1]):
            return Facts([*self, *facts])
        more = Facts()
        more._all, more._of, more._about = [*self._all, *later], dict(self._of), dict(self._about)
        for fact in later:
            subject = type(fact), fact.about
            more._of[type(fact)] = [*more._of.get(type(fact), ()), fact]
            more._about[subject] = [*more._about.get(subject, ()), fact]
        return more

    def reserved(self) -> frozenset[str]:
        """The keys of every message that was ever booked."""
        return frozenset(message.message for message in self.of(MessageReserved))

    def held(self) -> frozenset[str]:
        """The keys of the messages that an officer holds back now."""
        latest = {each.message: each.held for each in self.of(MessageHeld)}
        return frozenset(message for message, held in latest.items() if held)
