"""The big list of naughty strings in emails: as a reason, a colleague's name, a reference, an officer's words."""

import json
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from lxml import html as html_parser

from quarterday.adapters.arrivals import clean
from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.message import to_mime
from quarterday.adapters.mail.templates import one_line
from quarterday.domain.collection.actions import Recipient
from quarterday.domain.facts import ReplyKind
from tests.adapters.mail.conftest import ASKED_AT, Office, a_send, an_office
from tests.adapters.mail.scenes import STORES, granted, replied
from tests.adapters.mail.test_templates import NO_OUTBOX, OFFICER

BLNS = Path(__file__).parents[3].parent / "shared" / "data" / "blns" / "blns.json"
NAUGHTY: list[str] = json.loads(BLNS.read_text()) if BLNS.exists() else []
pytestmark = pytest.mark.skipif(not NAUGHTY, reason=f"the big list of naughty strings is not at {BLNS}")


def written(office: Office, template: str, words: str) -> EmailMessage:
    """The email that tells of what was said, as a recipient's program reads it."""
    name = clean(words, 100) or "Cy"
    said = replied(
        ReplyKind.COLLEAGUE,
        colleague_name=name,
        colleague_email="cy@partner.example",
        reason=clean(words, 1000, lines=True) or "Because.",
        reference=clean(words, 80) or "FOI",
    )
    decided = granted(said.reply, to_partner=clean(words, 1000, lines=True) or "Because.")
    office.register.kept[-2:] = said, decided
    to = Recipient("fire/colleague-1", name, "cy@partner.example") if template != "officer-reply" else OFFICER
    action = replace(a_send(template, to), about=said.reply)
    email = compose(office.settings, office.framework, office.facts(), STORES, action, ASKED_AT, ASKED_AT)
    told = decided.to_partner if template == "extension-granted" else name
    assert " ".join(one_line(told).split()) in " ".join(email.text.split())
    return message_from_bytes(to_mime(email).as_bytes(), policy=default)


def shape(message: EmailMessage) -> tuple[list[str], list[str], set[str], list[str], list[str]]:
    """What words may not change: headers, parts, tags with their attributes, where links go, and where it goes."""
    page = html_parser.fromstring(message.get_body(("html",)).get_content())
    tags = {" ".join([each.tag, *sorted(each.attrib)]) for each in page.iter() if isinstance(each.tag, str)}
    links = [each.get("href") for each in page.iter("a")]
    addresses = [each.addr_spec for each in message["to"].addresses]
    return [*message.keys()], [each.get_content_type() for each in message.walk()], tags, links, addresses


@pytest.mark.parametrize("template", ["officer-reply", "colleague", "extension-granted"])
def test_words_stay_words(template: str) -> None:
    """No string adds a header, a part, a tag, an attribute or a link, and the address stays the one that was meant."""
    office = an_office(NO_OUTBOX, replied(ReplyKind.COLLEAGUE), granted("reply"))
    plain = shape(written(office, template, "plain words"))
    for naughty in NAUGHTY:
        message = written(office, template, naughty)

        assert plain == shape(message), naughty
        assert "\n" not in message["subject"]
