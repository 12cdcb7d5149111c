"""Collections: opened and bound, asked, closed, at rest."""

from dataclasses import dataclass
from datetime import date, datetime

from quarterday.domain.facts.fact import Fact
from quarterday.domain.framework.periods import Period


def request_id(collection: str, partner: str) -> str:
    """The identifier of a partner's one request in a collection."""
    return f"{collection}.{partner}"


def collection_in(request: str) -> str:
    """The collection that a request's identifier names."""
    return request.rpartition(".")[0]


@dataclass(frozen=True, kw_only=True)
class CollectionOpened(Fact):
    """A collection began."""

    partnership: str
    collection: str
    period_start: date
    period_end: date

    @property
    def key(self) -> str:
        return self.collection

    @property
    def period(self) -> Period:
        """The information period asked for."""
        return Period(self.period_start, self.period_end)


@dataclass(frozen=True, kw_only=True)
class FrameworkKept(Fact):
    """A framework that a collection was promised under, kept once: without people, so no name and no address."""

    partnership: str
    sha256: str  # of `content`
    content: str  # JSON: bound_framework.py reads it

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.sha256}"


Dates = tuple[tuple[str, date], ...]  # by code


@dataclass(frozen=True, kw_only=True)
class CollectionBound(Fact):
    """What a collection promises: its dates, and the framework that it goes by. The latest holds.

    The first is recorded as the collection opens; each further one is an officer's decision to change it.
    """

    partnership: str
    collection: str
    number: int  # 0 at the opening, then 1, 2, …
    framework: str  # FrameworkKept.sha256
    due: date
    closes: date
    publish_on: date
    request_on: Dates  # by partner
    due_on: Dates  # by partner: those who were promised another day than `due`
    papers_on: Dates  # by board
    adopted: tuple[str, ...] = ()  # which parts of `config/` a decision took over
    called_off: bool = False  # nothing more is asked, and nothing is published
    let_off: tuple[str, ...] = ()  # partner/indicator: figures that were asked for and are awaited no more
    left: tuple[str, ...] = ()  # differences that an officer left for the next quarter, by their stamps

    @property
    def key(self) -> str:
        return f"{self.collection}|{self.number}"


@dataclass(frozen=True, kw_only=True)
class RequestMade(Fact):
    """A partner was asked: the one request that it gets in a collection."""

    partnership: str
    collection: str
    request: str
    partner: str
    asked: tuple[str, ...]  # indicator codes
    withheld: tuple[str, ...]  # indicator codes that no agreement in force covers
    due: date
    closes: date
    activities: tuple[str, ...] = ()  # codes of the activities that it leads and is asked about; no agreement needed

    @property
    def key(self) -> str:
        return self.request


@dataclass(frozen=True, kw_only=True)
class CollectionClosed(Fact):
    """The provisional release was locked. Returns are still taken: they lead to a revision."""

    partnership: str
    collection: str

    @property
    def key(self) -> str:
        return self.collection


@dataclass(frozen=True, kw_only=True)
class CollectionsAtRest(Fact):
    """All that these collections called for was done, and nothing had been recorded of them since `quiet_since`.

    It names every such collection; the latest alone counts. Whatever is recorded of one of them later opens it again.
    """

    partnership: str
    collections: tuple[str, ...]
    quiet_since: datetime

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.quiet_since.isoformat()}"
