"""The emails that lie in the outbox, as the people they are addressed to read them."""

import re
from dataclasses import dataclass
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from quarterday.domain.collection.standing import london_day

_LINK = re.compile(r"https?://\S+/r/[A-Za-z0-9_\-]+")


@dataclass(frozen=True)
class Letter:
    """One email: to whom, when, about what, and the link in it."""

    file: str
    to: str
    on: date
    subject: str
    text: str
    email: str  # the template's name
    recipient: str  # the code of whom it is for, such as met-police/contact
    request: str

    @property
    def link(self) -> str:
        """The link to the partner's page; empty where the email has none."""
        found = _LINK.search(self.text)
        return found[0].rstrip(".,)") if found else ""


def read_letters(outbox: Path, known: dict[str, Letter]) -> list[Letter]:
    """Every email in the outbox, oldest first; `known` keeps what was read before."""
    for file in sorted(outbox.glob("*.eml")):
        if file.name not in known:
            known[file.name] = letter_of(file.name, file.read_bytes())
    return [known[name] for name in sorted(known)]


def letter_of(name: str, data: bytes) -> Letter:
    """An email as its reader reads it; `name` is the file that it lies in."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    body = message.get_body(("plain",))
    return Letter(
        file=name,
        to=getaddresses([str(message["To"])])[0][1],
        on=london_day(parsedate_to_datetime(str(message["Date"]))),
        subject=str(message["Subject"]),
        text=str(body.get_content()) if body else "",
        email=_header(message, "X-Quarterday-Email"),
        recipient=_header(message, "X-Quarterday-Recipient"),
        request=_header(message, "X-Quarterday-Request"),
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message[name] or "").strip()  # a long header is folded, and begins with the fold
