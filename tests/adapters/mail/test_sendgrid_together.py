"""Many emails in one call to SendGrid: each reaches its reader word for word as it would have alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quarterday.adapters.mail.message import Attachment, Email
from quarterday.adapters.mail.sendgrid_api import SendGridApi
from quarterday.adapters.mail.sendgrid_body import MOST_BYTES, body_of, calls
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import an_email
from tests.sendgrid_stand_in import PostBox, sendgrid


def letter(number: int, **more: object) -> Email:
    """One of many: the same template, another reader, another link, one more paragraph for the odd ones."""
    link = f"http://portal.example/r/token-{number}"
    extra = ["We know about your own process: “A & B” <1>."] if number % 2 else []
    escaped = ["<p>We know about your own process: “A &amp; B” &lt;1&gt;.</p>"] if number % 2 else []
    parts: dict[str, object] = {
        "outbox_id": f"{number:032x}",
        "message_id": f"{number:032x}@somewhere.example",
        "to_email": f"reader-{number}@partner.example",
        "to_name": f"Reader {number}",
        "recipient": f"partner-{number}/contact",
        "request": f"somewhere.2025-26-q1.partner-{number}",
        "subject": f"Please send your figures, partner {number}",
        "text": "\n\n".join([f"Hello Reader {number},", "Please.", f"Open your page:\n{link}", *extra, "Jo\n"]),
        "html": "\n".join([f"<p>Hello Reader {number},</p>", "<p>Please.</p>", f'<a href="{link}">', *escaped, "</p>"]),
        "references": (f"first-{number}@somewhere.example",),
    }
    return an_email(**(parts | more))


LETTERS = [letter(number) for number in range(1, 8)]


@pytest.fixture
def box() -> Iterator[PostBox]:
    """SendGrid's place on loopback."""
    with sendgrid() as post_box:
        yield post_box


def api(box: PostBox, **more: object) -> SendGridApi:
    """Our way there, which waits for nobody."""
    return SendGridApi("a-key", box.url, timeout=2, pause=lambda _: None, **more)


def sizes(emails: list[Email], **more: int) -> list[int]:
    """How many emails each call would carry."""
    return [len(call) for call in calls(emails, **more)]


def test_one_call_carries_them_all_word_for_word(box: PostBox) -> None:
    """Address, subject, thread, outbox id, text, HTML: nobody gets a word of anybody else's."""
    sent = api(box).send_together(LETTERS)
    arrived = list(box.delivered())

    assert Outcome.SENT is sent.outcome
    assert 1 == box.calls
    assert [
        ([{"email": each.to_email, "name": each.to_name}], each.subject, each.text, each.html, each.outbox_id)
        for each in LETTERS
    ] == [
        (each["to"], each["subject"], each["text"], each["html"], each["custom_args"]["outbox_id"]) for each in arrived
    ]
    assert [each.thread_headers | each.own_headers for each in LETTERS] == [each["headers"] for each in arrived]


def test_what_they_share_is_sent_once(box: PostBox) -> None:
    """A thousand readers do not make a thousand copies of the same words."""
    body = body_of(LETTERS)

    assert "Please." in body["content"][0]["value"]
    assert not any("Please." in str(each["substitutions"]) for each in body["personalizations"])


def test_a_call_of_many_fits_sendgrids_own_description(fits_the_description: Callable[[Any], list[str]]) -> None:
    """The published OpenAPI description, personalizations and all."""
    assert [] == fits_the_description(body_of(LETTERS))


@pytest.mark.parametrize(
    "other",
    [
        {"template": "reminder"},
        {"attachments": (Attachment("due-date.ics", "text/calendar; method=PUBLISH", b"another day"),)},
        {"attachments": ()},
        {"reply_to": "others@somewhere.example"},
        {"to_email": "READER-1@partner.example"},
    ],
)
def test_what_cannot_share_a_call_goes_by_itself(other: dict[str, object]) -> None:
    """Attachments and categories belong to a whole call, and SendGrid takes no address twice in one."""
    assert [2, 1] == sizes([letter(1), letter(2), letter(3, **other)])


def test_words_that_look_like_a_tag_go_by_themselves(box: PostBox) -> None:
    """Whoever types a tag into a form gets their own words, and nobody else's."""
    curious = letter(3, text="They wrote: “-part1- and -part2-”\n")
    planned = calls([letter(1), curious, letter(2)])
    for call in planned:
        api(box).send_together(call)

    assert [[letter(1), letter(2)], [curious]] == planned
    assert curious.text in [each["text"] for each in box.delivered()]


def test_words_that_are_too_many_for_a_call_go_by_themselves() -> None:
    """SendGrid takes 10,000 bytes for a reader's own words: sixty findings are more."""
    long = letter(3, html="<p>A finding with its place.</p>\n" + "<li>Another.</li>" * (MOST_BYTES // 17 + 1))
    planned = calls([*LETTERS[:2], long, *LETTERS[3:]])

    assert [6, 1] == [len(call) for call in planned]
    assert [long] == planned[-1]


def test_a_call_has_a_most_and_one_may_be_asked_for() -> None:
    """More than fit go in the next call; with one at once, each goes by itself."""
    assert [3, 3, 1] == sizes(LETTERS, at_once=3)
    assert [1] * 7 == sizes(LETTERS, at_once=1)


def test_one_email_is_sent_in_its_own_words() -> None:
    """Alone it has nothing to fill in."""
    body = body_of(LETTERS[:1])

    assert LETTERS[0].text == body["content"][0]["value"]
    assert "substitutions" not in body["personalizations"][0]


def test_a_thousand_readers_are_one_call(box: PostBox) -> None:
    """The most that SendGrid takes, each with a link of their own."""
    many = [letter(number) for number in range(1, 1002)]
    planned = calls(many)

    assert [1000, 1] == [len(call) for call in planned]
    api(box).send_together(planned[0])
    assert 1000 == len({each["html"] for each in box.delivered()})
