"""A mail server on this machine: it takes every email, writes down what it took, and knows nobody at some addresses."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from flows.installation.server import free_port

_BOOKED_AS = re.compile(rb"^X-Quarterday-Outbox-Id:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


@dataclass
class MailServer:
    """What the server took lies in `outbox`, a file an email; `gone` holds addresses at which it knows nobody."""

    outbox: Path
    port: int
    gone: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)  # addresses that cannot take anything for now

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's own name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Who is to get it."""
        if address in self.gone:
            return "550 5.1.1 nobody of that name is here"
        if address in self.full:
            return "452 4.2.2 the mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """The email itself: once it is taken, it is in the outbox."""
        data = bytes(envelope.original_content or b"")
        booked = _BOOKED_AS.search(data)
        name = f"{len(list(self.outbox.glob('*.eml'))):05d}-{booked[1].decode() if booked else 'unbooked'}.eml"
        (self.outbox / name).write_bytes(data)
        return "250 OK"


@contextmanager
def mail_server(outbox: Path) -> Generator[MailServer]:
    """A server that listens on loopback until the block ends."""
    outbox.mkdir(parents=True, exist_ok=True)
    server = MailServer(outbox, free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
