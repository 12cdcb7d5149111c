"""Many facts, in the order in which they happened, to be asked."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from quarterday.domain.facts.collections import CollectionOpened, RequestMade
from quarterday.domain.facts.fact import Fact
from quarterday.domain.facts.indicators import IndicatorNoted
from quarterday.domain.facts.messages import EmailKept, MessageHeld, MessageReserved, MessageSettled
from quarterday.domain.facts.returns import ReturnReceived
from quarterday.domain.facts.undoing import UndoClosed, UndoOffered, name_of, taken_back

F = TypeVar("F", bound=Fact)
_OF_NO_COLLECTION = MessageHeld, IndicatorNoted, EmailKept  # nothing goes on in a collection for these


def _order(fact: Fact) -> tuple[datetime, str, str]:
    return fact.at, type(fact).__name__, fact.key


class Facts:
    """A partnership's facts, in order of time whatever the order in which they were read.

    What an officer took back before anything followed is still among them, for whoever goes through what happened; it
    is in no answer to what stands.
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._all = sorted(facts, key=_order)
        of: dict[type[Fact], list[Fact]] = {}
        about: dict[tuple[type[Fact], str], list[Fact]] = {}
        gone = taken_back(self._all)
        for fact in self._all:
            if gone and name_of(fact) in gone:
                continue
            of.setdefault(type(fact), []).append(fact)
            about.setdefault((type(fact), fact.about), []).append(fact)
        self._of: dict[type[Fact], tuple[Fact, ...]] = {kind: tuple(each) for kind, each in of.items()}
        self._about: dict[tuple[type[Fact], str], tuple[Fact, ...]] = {key: tuple(each) for key, each in about.items()}

    @property
    def going_on(self) -> "Facts":
        """Of these, what a day's work needs, at the least: what is over may be left out."""
        return self

    @cached_property
    def firm(self) -> "Facts":
        """These facts without what may still be taken back by one press: what runs act on."""
        open_ones = {name for each in self.undo_offers for name in each.decided}
        if not open_ones:
            return self
        firm = Facts(each for each in self if name_of(each) not in open_ones)
        firm.__dict__["firm"] = firm
        return firm

    @cached_property
    def undo_offers(self) -> tuple[UndoOffered, ...]:
        """The offers to take a decision back that nobody has used and no run has ended, oldest first."""
        over = {each.offer for each in self.of(UndoClosed)}
        return tuple(each for each in self.of(UndoOffered) if each.key not in over)

    def stands(self, fact: Fact) -> bool:
        """Whether a fact is one of these, and nobody took it back."""
        return fact in self.about(fact.about, type(fact))

    def ever(self, kind: type[F]) -> tuple[F, ...]:
        """All facts of a kind, those that were taken back among them."""
        return tuple(each for each in self if isinstance(each, kind))

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """All facts of a kind."""
        return self._of.get(kind, ())  # pyrefly: ignore[bad-return]  # filed by their kind

    def about(self, subject: str, kind: type[F]) -> tuple[F, ...]:
        """The facts of a kind that are filed under a request, collection or partnership."""
        return self._about.get((kind, subject), ())  # pyrefly: ignore[bad-return]  # filed by their kind

    def request(self, request: str) -> RequestMade | None:
        """A request by its identifier; None where none was made."""
        return next(iter(self.about(request, RequestMade)), None) if request else None

    def requests_of(self, collection: str) -> tuple[RequestMade, ...]:
        """The requests that a collection made."""
        return tuple(self._requests.get(collection, ()))

    def received(self, reference: str) -> ReturnReceived | None:
        """A return by the reference on its receipt; None where none came under it."""
        return next((each for each in self.of(ReturnReceived) if each.partner_return == reference), None)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._all)

    def plus(self, *facts: Fact) -> "Facts":
        """These facts and more. What comes after all that is known is added without sorting that again."""
        later = sorted(facts, key=_order)
        if later and self._all and (_order(later[0]) < _order(self._all[-1]) or taken_back(later)):
            return Facts([*self, *facts])
        more = Facts()
        more._all, more._of, more._about = [*self._all, *later], dict(self._of), dict(self._about)
        for fact in later:
            subject = type(fact), fact.about
            more._of[type(fact)] = (*more._of.get(type(fact), ()), fact)
            more._about[subject] = (*more._about.get(subject, ()), fact)
        self._hand_on(more, later)
        return more

    def _hand_on(self, more: "Facts", later: Sequence[Fact]) -> None:
        """What was laid out once is not laid out again for a fact more."""
        known = self.__dict__
        booked = {each.message: each.collection for each in later if isinstance(each, MessageReserved)}
        if "_booked" in known:
            more.__dict__["_booked"] = self._booked | booked
        if "_reserved" in known:
            more.__dict__["_reserved"] = self._reserved | booked.keys()
        if "_settled" in known:
            said = dict(self._settled)
            for each in later:
                if isinstance(each, MessageSettled):
                    said[each.message] = [*said.get(each.message, ()), each]
            more.__dict__["_settled"] = said
        if "_by_collection" in known:  # late: what was known of it before belongs to a collection only now
            late = any(isinstance(each, RequestMade) for each in later) or any(each in self._settled for each in booked)
            if not late:
                more.__dict__["_by_collection"] = more._filed(later, dict(self._by_collection))

    def reserved(self) -> frozenset[str]:
        """The keys of every message that was ever booked."""
        return self._reserved

    def settled(self, message: str) -> tuple[MessageSettled, ...]:
        """Every word on what became of a message, oldest first."""
        return tuple(self._settled.get(message, ()))

    def until(self, moment: datetime) -> "Facts":
        """What was known at a moment, itself included: asked for what it needs, it looks at nothing else."""
        return _FactsOfWhich(self, lambda each: each.at <= moment)

    def without(self, kind: type[Fact], keys: Collection[str]) -> "Facts":
        """These facts but for some of a kind, by their keys: asked for what it needs, it looks at nothing else."""
        return _FactsOfWhich(self, lambda each: not isinstance(each, kind) or each.key not in keys)

    @cached_property
    def _requests(self) -> dict[str, list[RequestMade]]:
        found: dict[str, list[RequestMade]] = {}
        for each in self.of(RequestMade):
            found.setdefault(each.collection, []).append(each)
        return found

    def by_collection(self) -> Mapping[str, Sequence[Fact]]:
        """Every fact under the collection that it is about, by its request or message where it names none, in order."""
        return self._by_collection

    @cached_property
    def _by_collection(self) -> dict[str, list[Fact]]:
        return self._filed(self, {})

    def _filed(self, facts: Iterable[Fact], known: dict[str, list[Fact]]) -> dict[str, list[Fact]]:
        """What is known under each collection, and some of these facts more; what was known is left as it was."""
        found: dict[str, list[Fact]] = {}
        for fact in facts:
            if collection := self._collection_of(fact):
                found.setdefault(collection, []).append(fact)
        return known | {collection: [*known.get(collection, ()), *more] for collection, more in found.items()}

    def _collection_of(self, fact: Fact) -> str:
        if isinstance(fact, _OF_NO_COLLECTION):
            return ""
        if isinstance(fact, MessageSettled):
            return self._booked.get(fact.message, "")
        if named := getattr(fact, "collection", ""):
            return str(named)
        made = self.request(getattr(fact, "request", ""))
        return made.collection if made else ""

    @cached_property
    def _booked(self) -> dict[str, str]:
        return {each.message: each.collection for each in self.of(MessageReserved)}

    @cached_property
    def _reserved(self) -> frozenset[str]:
        return frozenset(message.message for message in self.of(MessageReserved))

    @cached_property
    def _settled(self) -> dict[str, list[MessageSettled]]:
        found: dict[str, list[MessageSettled]] = {}
        for each in self.of(MessageSettled):
            found.setdefault(each.message, []).append(each)
        return found

    def held(self) -> frozenset[str]:
        """The keys of the messages that an officer holds back now."""
        latest = {each.message: each.held for each in self.of(MessageHeld)}
        return frozenset(message for message, held in latest.items() if held)


class FactsAtHand(Facts):
    """A partnership's facts, of which those of what goes on are at hand and the rest is fetched when it is asked for.

    Whoever reads facts gets all of them, whatever they ask; and a day's work, which asks for `going_on` or about what
    goes on, costs what goes on, however many years lie behind.
    """

    def __init__(self, going_on: Facts, whole: Callable[[], Facts]) -> None:
        self._going_on = going_on
        self._fetch = whole

    @property
    def going_on(self) -> Facts:
        """See `Facts.going_on`."""
        return self._going_on

    @property
    def firm(self) -> Facts:
        """See `Facts.firm`."""
        return self._whole.firm if self.undo_offers else self

    @property
    def undo_offers(self) -> tuple[UndoOffered, ...]:
        """See `Facts.undo_offers`: all are at hand."""
        return self._going_on.undo_offers

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """See `Facts.of`."""
        return self._whole.of(kind)

    def about(self, subject: str, kind: type[F]) -> tuple[F, ...]:
        """See `Facts.about`: of a collection or request that goes on everything is at hand."""
        known = self._going_on
        goes_on = bool(known.about(subject, CollectionOpened)) or bool(known.about(subject, RequestMade))
        return (known if goes_on else self._whole).about(subject, kind)

    def received(self, reference: str) -> ReturnReceived | None:
        """See `Facts.received`."""
        return self._going_on.received(reference) or self._whole.received(reference)

    def settled(self, message: str) -> tuple[MessageSettled, ...]:
        """See `Facts.settled`: of what goes on everything is at hand."""
        known = self._going_on
        return (known if message in known.reserved() else self._whole).settled(message)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._whole)

    def plus(self, *facts: Fact) -> Facts:
        """See `Facts.plus`."""
        return self._whole.plus(*facts)

    @cached_property
    def _whole(self) -> Facts:
        return self._fetch()


class _FactsOfWhich(Facts):
    """Some of many facts. Each question is put to all of them, and what is not `among` the some left out."""

    def __init__(self, all_of_them: Facts, among: Callable[[Fact], bool]) -> None:
        self._all_of_them = all_of_them
        self._among = among
        self._asked: dict[type[Fact], tuple[Fact, ...]] = {}

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """See `Facts.of`."""
        if kind not in self._asked:
            self._asked[kind] = tuple(filter(self._among, self._all_of_them.of(kind)))
        return self._asked[kind]  # pyrefly: ignore[bad-return]  # filed by their kind

    def about(self, subject: str, kind: type[F]) -> tuple[F, ...]:
        """See `Facts.about`."""
        return tuple(filter(self._among, self._all_of_them.about(subject, kind)))

    def __iter__(self) -> Iterator[Fact]:
        return filter(self._among, self._all_of_them)

    def plus(self, *facts: Fact) -> Facts:
        """See `Facts.plus`."""
        return Facts([*self, *facts])
