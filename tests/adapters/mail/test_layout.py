"""From plain text to accessible HTML, with nothing breaking out."""

import json

import pytest
from lxml import html as html_parser

from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.layout import Button, Heading, Items, Paragraph, as_html, as_text, blocks
from quarterday.adapters.mail.message import to_mime
from quarterday.adapters.mail.templates import one_line
from quarterday.domain.facts import ReplyKind
from tests.adapters.mail.conftest import ASKED_AT, ROOT, a_send, an_office
from tests.adapters.mail.scenes import STORES, replied

NAUGHTY = ROOT / "../shared/data/blns/blns.json"


def test_a_template_has_headings_lists_buttons_and_paragraphs() -> None:
    """Told apart by blank lines, an underline, a dash and an address of its own."""
    body = (
        "One\nparagraph.\n\nHeading\n---\nIts words.\n\n- one\n- two\n  goes on\n\nOpen it: http://portal.example/r/x\n"
    )

    assert [
        Paragraph("One paragraph."),
        Heading("Heading"),
        Paragraph("Its words."),
        Items(("one", "two goes on")),
        Button("Open it", "http://portal.example/r/x"),
    ] == blocks(body)


def test_only_our_own_addresses_become_links() -> None:
    """What a partner wrote stays words, even where it looks like a link or a button."""
    body = blocks("Press here: http://evil.example/x\n\nOr http://evil.example and mail to a@evil.example.")
    page = html_parser.fromstring(as_html(body, "Title", ("http://portal.example/", "us@ours.example")))

    assert [] == page.xpath("//a")


def test_an_address_that_only_begins_like_ours_does_not_become_a_link(tmp_path) -> None:
    """Whoever owns portal.example.elsewhere.example is not us, and a partner may write anything."""
    office = an_office(tmp_path, replied(ReplyKind.NEEDS_TIME, reason="http://127.0.0.1:4200.elsewhere.example/x"))
    action = a_send("officer-reply", a_send().recipient.__class__("officer/jo", "Jo", "jo@somewhere.example"))
    email = compose(office.settings, office.framework, office.facts(), STORES, action, ASKED_AT, ASKED_AT)

    assert "4200.elsewhere.example" in email.html
    assert not [each for each in html_parser.fromstring(email.html).xpath("//a/@href") if "elsewhere" in each]


def test_an_item_that_names_an_address_of_ours_is_words_to_click() -> None:
    """A list of packs shows the boards' names; the plain text spells the addresses out."""
    body = blocks("- The Board: http://portal.example/packs/board.html\n- Theirs: http://evil.example/x\n")
    page = html_parser.fromstring(as_html(body, "Title", ("http://portal.example/",)))

    assert [("The Board", "http://portal.example/packs/board.html")] == [
        (each.text, each.get("href")) for each in page.xpath("//li/a")
    ]
    assert "- The Board: http://portal.example/packs/board.html" in as_text(body)


def test_an_address_at_a_sentences_end_leaves_the_full_stop_outside() -> None:
    """The link is the address and not its punctuation."""
    body = blocks("It is at http://portal.example/packs/a.html.")
    page = html_parser.fromstring(as_html(body, "Title", ("http://portal.example/",)))

    assert ["http://portal.example/packs/a.html"] == page.xpath("//a/@href")


def test_long_words_and_addresses_are_never_broken() -> None:
    """Plain text is wrapped between words only."""
    address = "http://portal.example/" + "x" * 200

    assert address in as_text(blocks(f"Before {address} after.")).splitlines()


def test_one_line_takes_out_what_would_leave_the_line() -> None:
    """Line ends, control characters and marks that turn the direction of reading."""
    assert "a b c d" == one_line("a\r\nb\x00\x0bc\u2028d\u202e\u200b")


def test_the_address_behind_a_button_can_be_seen() -> None:
    """For whoever reads where buttons do not work; it is no second link for a scanner to follow."""
    address = "http://portal.example/r/abc"
    page = html_parser.fromstring(
        as_html(blocks(f"Send your figures: {address}"), "Title", ("http://portal.example/",))
    )

    assert [address] == page.xpath("//a/@href")
    assert address in page.xpath("//span/text()")
    assert ["light dark"] == page.xpath("//meta[@name='color-scheme']/@content")


@pytest.mark.skipif(not NAUGHTY.exists(), reason="needs ../shared/data/blns, which is not here")
def test_no_naughty_string_breaks_out_of_an_email(tmp_path) -> None:
    """As a reason, a reference, a colleague's name and a greeting: words in the page, words in the header.

    Half a minute: each of some five hundred strings is an email that is composed, parsed and written whole.
    """
    office = an_office(tmp_path, replied(ReplyKind.COLLEAGUE))
    for naughty in json.loads(NAUGHTY.read_text()):
        said = replied(ReplyKind.COLLEAGUE, reason=naughty, reference=naughty, colleague_name=naughty)
        office.register.kept[-1] = said
        action = a_send("officer-reply", a_send().recipient.__class__("officer/jo", naughty, "jo@somewhere.example"))
        email = compose(office.settings, office.framework, office.facts(), STORES, action, ASKED_AT, ASKED_AT)
        page = html_parser.fromstring(email.html)
        mime = to_mime(email).as_bytes()
        shape = {each.tag for each in page.iter() if isinstance(each.tag, str)}

        assert shape <= {*"html head meta style title body main h1 h2 p ul li a span br table tr td".split()}
        assert {
            "http://portal.example/officers/partners/fire/somewhere.2025-26-q1",
            "mailto:officers@somewhere.example",
        } == set(page.xpath("//a/@href"))
        assert b"\r\nBcc:" not in mime
        assert one_line(naughty) in " ".join(email.text.split()) or len(naughty.split()) != 1
