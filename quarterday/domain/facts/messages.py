"""Emails, the links in them, and whom they go to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from quarterday.domain.facts.fact import Fact
from quarterday.domain.facts.message_keys import without_officer


@dataclass(frozen=True, kw_only=True)
class MessageReserved(Fact):
    """An email is about to be sent. Its key is unique, so the same email can never be booked twice."""

    partnership: str
    collection: str
    request: str  # empty where the message concerns no one request
    message: str  # the key: request, wait and since when, rung, recipient
    occasion: str
    email: str  # the template's name
    recipient: str  # a code such as met-police/contact, never an address
    subject: str
    outbox_id: str  # what the transport and its webhook know the message by
    tells_of: str = ""  # the return, reply, release or agreement that it speaks of: `Send.about`
    reader: str = ""  # the mark of whoever had the code then (`Recipient.mark`); empty where it was not kept
    diary_day: date | None = None  # the due date that its calendar file says, where it brings one
    diary_number: int = 0  # the number of that file (SEQUENCE): a later day goes out under a higher one

    @property
    def key(self) -> str:
        return self.message

    @property
    def told(self) -> str:
        """What it tells, whichever officer heard it."""
        return without_officer(self.message, self.recipient)


class Outcome(StrEnum):
    """What became of a message."""

    SENT = "sent"
    UNCONFIRMED = "unconfirmed"  # not known; never sent again blindly
    FAILED = "failed"  # refused for good: it did not go
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    BLOCKED = "blocked"  # turned away for now: it did not arrive, and says nothing of the address


class Step(StrEnum):
    """What a word on an email tells of: a step in sending it, or what somebody else says became of it."""

    BEGUN = "begun"  # a further attempt begins: only one process can record it, so only one makes it
    HANDED_OVER = "handed over"  # an attempt is about to be handed to the transport
    NOT_SENT = "not sent"  # an attempt did not go and may be made again
    NOT_REACHED = "not reached"  # an attempt came to no server at all: it may be made again, and does not count
    ANSWERED = "answered"  # the transport's own word on an attempt
    INTERRUPTED = "interrupted"  # an attempt was handed over, and nobody heard the answer
    RUN_OUT = "run out"  # what it said held for minutes, so it is not tried again
    OVERTAKEN = "overtaken"  # it did not go, and nobody needs it any more
    GIVEN_UP = "given up"  # it was tried for as long as it made sense
    REPORTED = "reported"  # an event of the mail service, after it had gone
    ARRIVED = "arrived"  # an officer says that it arrived
    ORDERED_AGAIN = "ordered again"  # an officer wants it to go again


DID_NOT_GO = frozenset({Step.NOT_SENT, Step.NOT_REACHED})  # an attempt that may be made again
_OF_ONE_ATTEMPT = DID_NOT_GO | {Step.BEGUN, Step.HANDED_OVER}  # which another may follow
_OF_OFFICERS = frozenset({Step.ARRIVED, Step.ORDERED_AGAIN})
_NO_REFUSAL = DID_NOT_GO | {Step.OVERTAKEN, Step.ORDERED_AGAIN}


@dataclass(frozen=True, kw_only=True)
class MessageSettled(Fact):
    """A word on what became of a reserved message. Several may follow one another, one for each step and attempt."""

    partnership: str
    message: str
    outcome: Outcome
    step: Step
    attempt: int = 0  # that it tells of, from 1, or that an order to go again follows; 0 where it tells of none
    event: str = ""  # the mail service's own id of what it reported
    detail: str = ""

    @property
    def key(self) -> str:
        which = self.at.isoformat() if self.step in _OF_OFFICERS else self.event or str(self.attempt)
        return f"{self.message}|{self.step}|{which}"

    @property
    def never_arrives(self) -> bool:
        """Whether it says that the message does not reach its reader: it came back, or was refused for good."""
        refused = self.outcome is Outcome.FAILED and self.step not in _NO_REFUSAL
        return refused or self.outcome in (Outcome.BOUNCED, Outcome.BLOCKED)

    @property
    def of_an_attempt(self) -> bool:
        """Whether it tells of one attempt alone, which another may follow."""
        return self.step in _OF_ONE_ATTEMPT


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
class MessageHeld(Fact):
    """An officer holds an email that would otherwise go, or lets it go again (`held` False)."""

    partnership: str
    message: str
    held: bool = True

    @property
    def key(self) -> str:
        return f"{self.message}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class MessageHastened(Fact):
    """An officer wants an email of the next working day to go at once."""

    partnership: str
    message: str

    @property
    def key(self) -> str:
        return self.message


@dataclass(frozen=True, kw_only=True)
class OfficerWrote(Fact):
    """An officer wrote to a partner about its request: the words go by email, in the thread of the request's others."""

    partnership: str
    request: str
    letter: str  # our own id
    to_partner: str

    @property
    def key(self) -> str:
        return self.letter


@dataclass(frozen=True, kw_only=True)
class EmailKept(Fact):
    """The words of an email as an attempt sent them, in the store; in place of its link stands that there was one."""

    partnership: str
    collection: str
    request: str
    message: str
    attempt: int
    stored_as: str
    sha256: str

    @property
    def key(self) -> str:
        return f"{self.message}|{self.attempt}"
