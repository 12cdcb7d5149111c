"""Emails, the links in them, and whom they go to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quarterday.domain.facts.fact import Fact


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
