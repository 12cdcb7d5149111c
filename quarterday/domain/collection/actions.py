"""What may be due: frozen actions, each with a human sentence for why. Flows perform them and add nothing."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import AskAnswered, AskWithdrawn, ReleaseKind
from quarterday.domain.facts.message_keys import without_officer
from quarterday.domain.framework.partners import FirstAsk
from quarterday.domain.framework.periods import Period


@dataclass(frozen=True)
class Recipient:
    """Who hears: `code` (such as `met-police/manager`) is what the register and Prefect see, never the address."""

    code: str
    name: str
    email: str

    @property
    def mark(self) -> str:
        """What tells this reader from whoever had the code before, without saying the address."""
        return hashlib.sha256(self.email.casefold().encode()).hexdigest()[:16]


@dataclass(frozen=True)
class OpenCollection:
    """Begin a collection, and bind it to its timetable."""

    plan: Timetable
    on: date
    why: str

    @property
    def collection(self) -> str:
        """The collection's identifier."""
        return self.plan.collection

    @property
    def period(self) -> Period:
        """The information period that it asks for."""
        return self.plan.period


@dataclass(frozen=True)
class MakeRequest:
    """Record the one request that a partner gets in a collection."""

    collection: str
    request: str
    partner: str
    asked: tuple[str, ...]
    withheld: tuple[str, ...]
    due: date
    closes: date
    on: date
    why: str
    activities: tuple[str, ...] = ()
    tells: tuple[AskAnswered | AskWithdrawn, ...] = ()  # what became of its asks, which no request has told it yet


@dataclass(frozen=True)
class Send:
    """Send one email. `key` makes it unique for ever; `on` is the day on which it fell due."""

    key: str
    collection: str
    request: str
    partner: str
    occasion: str
    email: str
    recipient: Recipient
    on: date
    why: str
    about: str = ""  # the return, reply or release that the email speaks of, by its id

    @property
    def told(self) -> str:
        """What it tells, whichever officer hears it."""
        return without_officer(self.key, self.recipient.code)


@dataclass(frozen=True)
class RecordGap:
    """Record that a figure will not come in time."""

    collection: str
    request: str
    partner: str
    indicator: str
    owner: str
    expected: date | None
    on: date
    why: str


@dataclass(frozen=True)
class RecordActivityGap:
    """Record that no word on an activity had come when its collection closed."""

    collection: str
    request: str
    partner: str
    activity: str
    expected: date | None
    on: date
    why: str


@dataclass(frozen=True)
class CloseCollection:
    """Lock what the provisional release is made from."""

    collection: str
    on: date
    why: str


@dataclass(frozen=True)
class Publish:
    """Make a release: provisional first, revised when later returns change it."""

    collection: str
    version: int
    kind: ReleaseKind
    on: date
    why: str


@dataclass(frozen=True)
class LeaveAtRest:
    """Record that collections are over: all of them, those that were so before included."""

    collections: tuple[str, ...]
    quiet_since: datetime
    on: date
    why: str


@dataclass(frozen=True)
class RaiseAsk:
    """Record what `config/` says that a board asks of the one that it reports to."""

    ask: str
    asker: str
    board: str
    first: FirstAsk
    on: date
    why: str


@dataclass(frozen=True)
class MakeReview:
    """Make the yearly review that is owed on a day, from the releases of the year that stand."""

    submission: str
    owed_on: date
    year: Period
    version: int
    on: date
    why: str


Action = (
    OpenCollection
    | MakeRequest
    | Send
    | RecordGap
    | RecordActivityGap
    | CloseCollection
    | Publish
    | LeaveAtRest
    | RaiseAsk
    | MakeReview
)
