"""An email as it leaves: who, what, in which thread. Made into MIME in one place for every transport that needs it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

# A colleague's name is typed by hand. Where a long one has these in quotes, Python's folding of headers loses the
# quotes, and part of the name is then read as an address.
_SPECIAL = re.compile(r'[()<>\[\]:;@\\,."]')


@dataclass(frozen=True)
class Attachment:
    """A file that goes with an email. `mime` may carry parameters: `text/calendar; method=PUBLISH`."""

    name: str
    mime: str
    data: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.mime.partition(";")[0].strip()

    @property
    def parameters(self) -> dict[str, str]:
        """The type's parameters."""
        pairs = (part.partition("=") for part in self.mime.split(";")[1:])
        return {name.strip(): value.strip() for name, _, value in pairs}


@dataclass(frozen=True)
class Entry:
    """The due date that an email puts into its reader's diary, and the number of that word (SEQUENCE)."""

    day: date
    number: int


@dataclass(frozen=True)
class Email:
    """One email to one person. Its address and its words never show in a log: they are left out of its `repr`.

    `recipient` is the code (`met-police/contact`) that the register knows the person by. `message_id` and
    `references` are without angle brackets; `references` lists the thread's first email, then the one before this.
    """

    outbox_id: str
    partnership: str
    template: str
    recipient: str
    request: str
    booked_at: datetime  # the same for every attempt
    at: datetime
    message_id: str
    from_name: str
    from_email: str
    reply_to: str
    to_name: str = field(repr=False)
    to_email: str = field(repr=False)
    subject: str = field(repr=False)  # of a request's emails the same in each, so that they form one thread
    heading: str = field(repr=False)  # what this one is about: it heads its words
    text: str = field(repr=False)
    html: str = field(repr=False)
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    entry: Entry | None = None  # what one of the attachments puts into a diary

    @property
    def thread_headers(self) -> dict[str, str]:
        """What puts the emails of one request into one thread, and marks them as sent by a machine.

        RFC 3834, and Exchange's own way of asking for no automatic answer (MS-OXCMAIL, X-Auto-Response-Suppress).
        """
        headers = {
            "Message-ID": f"<{self.message_id}>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        }
        if self.references:
            headers["In-Reply-To"] = f"<{self.references[-1]}>"
            headers["References"] = " ".join(f"<{each}>" for each in self.references)
        return headers

    @property
    def own_headers(self) -> dict[str, str]:
        """What quarterday itself reads back from an email: codes only, never a link or an address."""
        named = {
            "X-Quarterday-Outbox-Id": self.outbox_id,
            "X-Quarterday-Partnership": self.partnership,
            "X-Quarterday-Email": self.template,
            "X-Quarterday-Recipient": self.recipient,
            "X-Quarterday-Request": self.request,
        }
        return {name: value for name, value in named.items() if value}


def message_id(sender: str, own_id: str) -> str:
    """The Message-ID, without brackets: the outbox id at the sender's domain."""
    return f"{own_id}@{sender.rpartition('@')[2]}"


def to_mime(email: Email) -> EmailMessage:
    """The whole message: plain text, the same as HTML, and its attachments."""
    mime = EmailMessage(policy=SMTP)
    mime["From"] = _address(email.from_name, email.from_email)
    mime["To"] = _address(_SPECIAL.sub("", email.to_name), email.to_email)
    mime["Reply-To"] = _address(email.from_name, email.reply_to)
    mime["Subject"] = email.subject
    mime["Date"] = format_datetime(email.at)
    for name, value in (email.thread_headers | email.own_headers).items():
        mime[name] = value
    mime.set_content(email.text, charset="utf-8", cte="quoted-printable")
    mime.add_alternative(email.html, subtype="html", charset="utf-8", cte="quoted-printable")
    for attachment in email.attachments:
        _attach(mime, attachment)
    return mime


def _attach(mime: EmailMessage, attachment: Attachment) -> None:
    kind, _, subtype = attachment.media_type.partition("/")
    if kind == "text":
        text = attachment.data.decode("utf-8")
        mime.add_attachment(
            text,
            subtype=subtype,
            charset="utf-8",
            cte="base64",
            filename=attachment.name,
            params=attachment.parameters,
        )
    else:
        mime.add_attachment(
            attachment.data, kind, subtype, filename=attachment.name, params=attachment.parameters or None
        )


def _address(name: str, email: str) -> Address:
    return Address(display_name=name, addr_spec=email)
