"""The facts of the register: frozen, dated, with an author. State is computed from them, never stored.

Every fact is a row that is inserted once. Its `key` is unique among facts of its kind, so that recording the same
thing twice is refused by the database and not by care.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from quarterday.domain.framework.periods import Period, of_this_century, within_reach


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What happened, when (aware, UTC), by whom, and why.

    `by` is a code: `quarterday`, an officer's code, or `partner-code/role`; never an email address.
    """

    at: datetime
    by: str
    reason: str = ""

    @property
    def key(self) -> str:
        """What may be recorded only once among facts of this kind."""
        raise NotImplementedError

    @property
    def about(self) -> str:
        """What the fact is filed under: a request where it has one, else its collection, else the partnership."""
        for name in ("request", "collection", "partnership"):
            if value := getattr(self, name, None):
                return str(value)
        return ""


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

    @property
    def key(self) -> str:
        return self.request


@dataclass(frozen=True, kw_only=True)
class MessageReserved(Fact):
    """An email is about to be sent. Its key is unique, so the same email can never be booked twice."""

    partnership: str
    collection: str
    request: str  # empty where the message concerns no one request
    message: str  # the key: request, wait, due date, rung, recipient
    occasion: str
    email: str  # the template's name
    recipient: str  # a code such as met-police/contact, never an address
    subject: str
    outbox_id: str  # what the transport and its webhook know the message by
    tells_of: str = ""  # the return, reply, release or agreement that it speaks of: `Send.about`
    reader: str = ""  # the mark of whoever had the code then (`Recipient.mark`); empty where it was not kept

    @property
    def key(self) -> str:
        return self.message

    @property
    def told(self) -> str:
        """What it tells, whichever officer heard it."""
        return without_officer(self.message, self.recipient)


def without_officer(message: str, recipient: str) -> str:
    """An email's key without the officer it goes to: a new first officer is not told everything over again."""
    return message.removesuffix(f"/{recipient}") if recipient.startswith("officer/") else message


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    UNCONFIRMED = "unconfirmed"  # not known; never sent again blindly
    FAILED = "failed"  # refused for good: it did not go
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    BLOCKED = "blocked"  # turned away for now: it did not arrive, and says nothing of the address


NOT_SENT = "not sent"  # ends the `settles` of an attempt that did not go and may be made again
HANDED_OVER = "handed over"  # ends the `settles` of an attempt that is about to be handed to the transport
GIVEN_UP = "given up"  # ends the `settles` of an email that was tried for as long as it made sense
OVERTAKEN = "overtaken"  # ends the `settles` of an email that did not go, and that nobody needs any more
RULED = "ruled"  # begins the `settles` of an officer's word on an email that did not go, or may not have


@dataclass(frozen=True, kw_only=True)
class MessageSettled(Fact):
    """What became of a reserved message. Several may follow one another; `settles` makes each unique."""

    partnership: str
    message: str
    outcome: Outcome
    settles: str  # "transport", or the webhook event's own id
    detail: str = ""

    @property
    def key(self) -> str:
        return f"{self.message}|{self.settles}"

    @property
    def never_arrives(self) -> bool:
        """Whether it says that the message does not reach its reader: it came back, or was refused for good."""
        refused = self.outcome is Outcome.FAILED and not self.settles.endswith((NOT_SENT, OVERTAKEN))
        return refused or self.outcome in (Outcome.BOUNCED, Outcome.BLOCKED)

    @property
    def of_an_attempt(self) -> bool:
        """Whether it tells of one attempt alone, which another may follow."""
        return self.settles.startswith("attempt ")

    @property
    def ordered_again(self) -> bool:
        """Whether an officer says by it that the message is to be sent again."""
        return self.settles.startswith(RULED) and self.settles.endswith(NOT_SENT)


@dataclass(frozen=True, kw_only=True)
class LinkIssued(Fact):
    """A link for one recipient and message, kept as the SHA-256 of its token."""

    partnership: str
    request: str
    token_hash: str
    recipient: str
    message: str
    expires: datetime

    @property
    def key(self) -> str:
        return self.token_hash


@dataclass(frozen=True, kw_only=True)
class LinkRevoked(Fact):
    """A link stopped working at once."""

    partnership: str
    request: str
    token_hash: str

    @property
    def key(self) -> str:
        return self.token_hash


@dataclass(frozen=True, kw_only=True)
class UploadKept(Fact):
    """A file arrived and is safe; it is no return until the partner sends it."""

    partnership: str
    request: str
    upload: str  # our own id
    sha256: str
    size: int  # bytes
    suffix: str  # .xlsx, .ods, .csv ...: what the file says it is
    stored_as: str  # the store's key
    said_name: str  # the name the sender's file had, cleaned for showing

    @property
    def key(self) -> str:
        return self.upload


class ReturnKind(StrEnum):
    """What kind of return it is. A nil return is an answer of zero, never missing."""

    FIGURES = "figures"
    PART = "part"
    NIL = "nil"


@dataclass(frozen=True, kw_only=True)
class ReturnReceived(Fact):
    """A partner sent its return and was given a receipt."""

    partnership: str
    request: str
    partner_return: str  # the receipt's reference
    kind: ReturnKind
    upload: str = ""  # empty for a nil return
    sha256: str = ""
    stored_as: str = ""
    suffix: str = ""
    rest_by: date | None = None  # for a part return: until when the rest is promised
    period_start: date | None = None  # what the sender says the figures cover, where it is not what was asked
    period_end: date | None = None
    explanations: str = ""  # what the sender wrote about warnings

    @property
    def key(self) -> str:
        return self.partner_return

    @property
    def says_period(self) -> Period | None:
        """The days that the sender says the figures cover; None where it says nothing, or nothing that can be."""
        if self.period_start is None or self.period_end is None:
            return None
        start, end = of_this_century(self.period_start), of_this_century(self.period_end)
        return Period(start, end) if start <= end and within_reach(start) and within_reach(end) else None


class ReplyKind(StrEnum):
    """What a partner may say instead of sending figures."""

    NEEDS_TIME = "needs time"
    OWN_REFERENCE = "own reference"
    NOT_AVAILABLE = "not available"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, kw_only=True)
class ReplyReceived(Fact):
    """A partner said something other than figures. `reason` holds its words."""

    partnership: str
    request: str
    reply: str  # our own id
    kind: ReplyKind
    until: date | None = None
    reference: str = ""
    colleague_name: str = ""
    colleague_email: str = ""
    indicators: tuple[str, ...] = ()  # for "not available": which; none listed means all

    @property
    def key(self) -> str:
        return self.reply


class Verdict(StrEnum):
    """What becomes of a return."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_CAVEATS = "accepted with caveats"
    QUERIED = "queried"
    QUARANTINED = "quarantined"  # personal data: kept apart, nobody downstream sees it


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(Fact):
    """What the checks made of a return. The findings and the rows as read are in the store."""

    partnership: str
    request: str
    partner_return: str
    verdict: Verdict
    critical: int
    warnings: int
    notes: int
    findings_stored_as: str
    rows_stored_as: str = ""
    answered: tuple[str, ...] = ()  # asked indicators that this return itself has a word on: a figure, or why not
    left_open: tuple[str, ...] = ()  # keys of those indicators' figures that it leaves out, where it is a part
    overrides: str = ""  # "" for the checks' own verdict, else the deciding officer's code
    to_partner: str = ""  # an officer's words or question that goes to the partner; `reason` stays inside

    @property
    def key(self) -> str:
        decided = f"|{self.at.isoformat()}" if self.overrides else ""  # an officer may decide anew
        return f"{self.partner_return}|{self.overrides}{decided}"


@dataclass(frozen=True, kw_only=True)
class ExtensionDecided(Fact):
    """An officer granted or refused more time; the latest holds. `reply` is the asking it answers, if any was."""

    partnership: str
    request: str
    granted: bool
    until: date | None = None
    reply: str = ""
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class RequestWaived(Fact):
    """An officer let a partner off for this collection, until it is lifted or the partner sends a return after all."""

    partnership: str
    request: str
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class WaiverLifted(Fact):
    """An officer took back that a partner was let off: its figures are asked for again."""

    partnership: str
    request: str
    to_partner: str = ""  # what the partner is told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.request}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class GapRecorded(Fact):
    """A figure will not come in time: why, who owns the gap, and when it is expected. The latest of a figure holds.

    What quarterday records itself at the close is for readers (`for_readers` None: `reason` is published); of an
    officer's decision `reason` stays inside and `for_readers` is published.
    """

    partnership: str
    collection: str
    request: str  # empty where nothing could be asked
    partner: str
    indicator: str
    owner: str
    expected: date | None = None
    for_readers: str | None = None

    @property
    def by_an_officer(self) -> bool:
        """Whether somebody decided it, rather than the close recording what had not come."""
        return self.by != "quarterday"

    @property
    def key(self) -> str:
        decided = f"|{self.at.isoformat()}" if self.by_an_officer else ""  # an officer may decide anew
        return f"{self.collection}|{self.indicator}{decided}"


@dataclass(frozen=True, kw_only=True)
class CollectionClosed(Fact):
    """The provisional release was locked. Returns are still taken: they lead to a revision."""

    partnership: str
    collection: str

    @property
    def key(self) -> str:
        return self.collection


class ReleaseKind(StrEnum):
    """The first release of a collection, or one that a later return or a withdrawal called for."""

    PROVISIONAL = "provisional"
    REVISED = "revised"


@dataclass(frozen=True, kw_only=True)
class ReleaseMade(Fact):
    """A release is whole in the published store: its manifest was written last."""

    partnership: str
    collection: str
    version: int
    kind: ReleaseKind
    folder: str
    manifest_sha256: str
    returns: tuple[str, ...]  # the returns it was made from

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}"


@dataclass(frozen=True, kw_only=True)
class ReleaseApproved(Fact):
    """An officer lets a version be published as it stands: made from these returns and no others."""

    partnership: str
    collection: str
    version: int
    returns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class ReleaseWithdrawn(Fact):
    """An officer took a published version back: readers no longer get it, and it stays on record."""

    partnership: str
    collection: str
    version: int
    for_readers: str = ""  # what readers are told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}"


@dataclass(frozen=True, kw_only=True)
class WordsRead(Fact):
    """An officer read what a supplier wrote beside an indicator of which something is hidden; the latest holds."""

    partnership: str
    collection: str
    partner_return: str
    indicator: str
    publish: bool  # whether the words give nothing hidden away and may be published

    @property
    def key(self) -> str:
        return f"{self.partner_return}|{self.indicator}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class ContactChanged(Fact):
    """From now on somebody else, or another address, holds a role at a partner; the latest holds."""

    partnership: str
    partner: str
    role: str  # partners.Role: contact, deputy or manager
    name: str
    email: str

    @property
    def key(self) -> str:
        return f"{self.partner}/{self.role}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class LinkReplaced(Fact):
    """An officer stopped a request's links and wants a fresh one sent: `replacement` is what its email is about."""

    partnership: str
    request: str
    replacement: str

    @property
    def key(self) -> str:
        return f"{self.request}|{self.replacement}"


@dataclass(frozen=True, kw_only=True)
class RegisterRestored(Fact):
    """The register was put back from a backup: what happened since it was made is not on record."""

    partnership: str
    taken_at: str  # when the backup was made

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class GoingOnConfirmed(Fact):
    """An officer looked at the date and at what would go out, and lets it."""

    partnership: str

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class MessageHeld(Fact):
    """An officer holds an email that would otherwise go, or lets it go again (`held` False)."""

    partnership: str
    message: str
    held: bool = True

    @property
    def key(self) -> str:
        return f"{self.message}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class FiguresBackfilled(Fact):
    """Earlier figures were brought in from before quarterday, as a tidy file in the store."""

    partnership: str
    stored_as: str
    sha256: str
    rows: int

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.sha256}"


@dataclass(frozen=True, kw_only=True)
class FileDeleted(Fact):
    """The retention rule removed a raw file; that it existed stays on record."""

    partnership: str
    stored_as: str
    sha256: str

    @property
    def key(self) -> str:
        return self.stored_as


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


@dataclass(frozen=True, kw_only=True)
class SignInAsked(Fact):
    """Somebody asked to be let in as an officer: a link and a code went to that officer's address."""

    partnership: str
    officer: str
    asked: str  # SHA-256 of the link's token
    code_hash: str  # SHA-256 of the token and the code together: neither is kept
    expires: datetime

    @property
    def key(self) -> str:
        return self.asked

    @property
    def about(self) -> str:
        return self.asked


@dataclass(frozen=True, kw_only=True)
class SignInTried(Fact):
    """A code is about to be compared; its number makes it unique, so that of tries at once only one is made."""

    partnership: str
    asked: str
    number: int

    @property
    def key(self) -> str:
        return f"{self.asked}|{self.number}"

    @property
    def about(self) -> str:
        return self.asked


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    """An officer's session began. What let them in is the key, so that it lets nobody in twice."""

    partnership: str
    officer: str
    session: str  # SHA-256 of what the browser's cookie holds
    let_in_by: str  # the asking's hash, or that of the state of an OpenID Connect sign-in
    expires: datetime

    @property
    def key(self) -> str:
        return self.let_in_by

    @property
    def about(self) -> str:
        return self.session


@dataclass(frozen=True, kw_only=True)
class SignedOut(Fact):
    """A session ended; without one, every session of the officer that had begun by then."""

    partnership: str
    officer: str
    session: str = ""

    @property
    def key(self) -> str:
        return f"{self.officer}|{self.session}|{self.at.isoformat()}"

    @property
    def about(self) -> str:
        return self.officer


@dataclass(frozen=True, kw_only=True)
class FiguresSeen(Fact):
    """An officer looked at a return's figures, or took its file away."""

    partnership: str
    partner_return: str
    what: str  # figures or file

    @property
    def key(self) -> str:
        return f"{self.partner_return}|{self.what}|{self.by}|{self.at.isoformat()}"


FACT_KINDS: tuple[type[Fact], ...] = (
    CollectionOpened,
    FrameworkKept,
    CollectionBound,
    RequestMade,
    MessageReserved,
    MessageSettled,
    LinkIssued,
    LinkRevoked,
    UploadKept,
    ReturnReceived,
    ReplyReceived,
    VerdictGiven,
    ExtensionDecided,
    RequestWaived,
    WaiverLifted,
    GapRecorded,
    CollectionClosed,
    ReleaseMade,
    MessageHeld,
    RegisterRestored,
    GoingOnConfirmed,
    FiguresBackfilled,
    FileDeleted,
    ReleaseApproved,
    ReleaseWithdrawn,
    WordsRead,
    ContactChanged,
    LinkReplaced,
    CollectionsAtRest,
    SignInAsked,
    SignInTried,
    SignedIn,
    SignedOut,
    FiguresSeen,
)

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


def field_names(kind: type[Fact]) -> tuple[str, ...]:
    """The names of a fact's fields, in order."""
    return tuple(each.name for each in fields(kind))
