"""A mail server of the simulation's own: it keeps its own record of what it accepted, and believes nobody else's."""

import json
import re
import smtplib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.smtp import SmtpServer
from simulation.clock import Clock
from simulation.faults import Fault, KilledError, Trouble

_LINK = re.compile(r"https?://\S+?/r/([A-Za-z0-9_\-]+)(/\w+)?")
_CODE = re.compile(r"\b\d{3} \d{3}\b")
_ON_CONNECTING = (Fault.REFUSED, Fault.TIMED_OUT)
_ON_DATA = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER, Fault.REFUSED, Fault.IO_ERROR, Fault.TIMED_OUT)


@dataclass(frozen=True)
class Accepted:
    """An email that the server took: it will reach its reader, whatever the sender believes."""

    at: datetime
    outbox_id: str
    email: str  # the template's name
    recipient: str  # a code
    to: str  # the address
    request: str
    subject: str
    text: str = field(repr=False)

    @cached_property
    def token(self) -> str:
        """The token of the link in it; empty where it has none."""
        found = _LINK.search(self.text)
        return found[1] if found else ""

    @property
    def code(self) -> str:
        """The code in it, which whoever got it types. Raises `AssertionError` where it has none."""
        found = _CODE.search(self.text)
        assert found, f"{self.email} brings no code"
        return found[0]


class Plain:
    """An email as the simulation's server reads it. What MIME makes of it has tests of its own, and takes long."""

    def __init__(self, email: Email) -> None:
        self._email = email

    def as_bytes(self) -> bytes:
        """What goes over the line."""
        email = self._email
        said = (
            email.outbox_id,
            email.template,
            email.recipient,
            email.to_email,
            email.request,
            email.subject,
            email.text,
        )
        return json.dumps(said).encode()


@dataclass
class MailServer:
    """Takes emails while it is there. `gone` holds addresses that it knows nobody at."""

    clock: Clock
    trouble: Trouble
    away_until: datetime | None = None
    gone: set[str] = field(default_factory=set)
    accepted: list[Accepted] = field(default_factory=list)

    def take(self, data: bytes) -> None:
        """Accept an email for good."""
        self.accepted.append(Accepted(self.clock.now(), *json.loads(data)))


class Line:
    """One connection to the server: as much of `smtplib.SMTP` as is spoken with it."""

    def __init__(self, server: MailServer) -> None:
        if server.away_until and server.clock.now() < server.away_until:
            raise ConnectionRefusedError("the mail server is away")
        fault = server.trouble.at("reach the mail server", _ON_CONNECTING)
        if fault is Fault.REFUSED:
            raise ConnectionRefusedError("the mail server is away")
        if fault is Fault.TIMED_OUT:
            raise TimeoutError("the mail server did not answer")
        self._server = server

    def rset(self) -> tuple[int, bytes]:
        """Begin anew."""
        return 250, b"OK"

    def mail(self, _sender: str) -> tuple[int, bytes]:
        """Who sends."""
        return 250, b"OK"

    def rcpt(self, to: str) -> tuple[int, bytes]:
        """Who is to get it."""
        return (550, b"nobody here") if to in self._server.gone else (250, b"OK")

    def data(self, data: bytes) -> tuple[int, bytes]:
        """The email itself: once it is taken, it arrives."""
        fault = self._server.trouble.at("give an email to the mail server", _ON_DATA)
        if fault is Fault.REFUSED:
            return 451, b"come back later"
        if fault is Fault.IO_ERROR:
            raise smtplib.SMTPServerDisconnected("broke before it was taken")
        self._server.take(data)
        if fault is Fault.KILLED_AFTER:
            raise KilledError(self._server.trouble.last)
        if fault is Fault.TIMED_OUT:
            raise smtplib.SMTPServerDisconnected("broke after it was taken")
        return 250, b"taken"

    def quit(self) -> tuple[int, bytes]:
        """Goodbye."""
        return 221, b"bye"

    def close(self) -> None:
        """Hang up."""


@dataclass(frozen=True)
class PostOffice(SmtpServer):
    """The real transport by SMTP, which reaches the simulation's server instead of a network."""

    server: MailServer | None = None

    def connected(self) -> smtplib.SMTP:
        """See `SmtpServer.connected`."""
        assert self.server
        return Line(self.server)  # pyrefly: ignore[bad-return]


def post_office(server: MailServer) -> PostOffice:
    """The transport to a server."""
    return PostOffice(host="mail.example", port=25, security="none", timeout=20, server=server)
