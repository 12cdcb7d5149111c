"""Reading the outbox as its recipients do."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tests.adapters.mail.conftest import Office, eml_files


def messages(office: Office) -> list[EmailMessage]:
    """The emails in the outbox, parsed."""
    return [message_from_bytes(each.read_bytes(), policy=default) for each in eml_files(office)]


def mailed(office: Office) -> list[str]:
    """The plain text of each email in the outbox."""
    return [each.get_body(("plain",)).get_content() for each in messages(office)]


def link_in(text: str) -> str:
    """The one link to a partner's page in an email, which also leads to pages beneath it."""
    (link,) = set(re.findall(r"http://portal\.example/r/[A-Za-z0-9_-]+", text))
    return link


def token_of(link: str) -> str:
    """The token at a link's end."""
    return link.rpartition("/")[2]
