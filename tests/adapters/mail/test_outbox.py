"""The outbox and the message itself."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from quarterday.adapters.mail import outbox as outbox_module
from quarterday.adapters.mail.message import to_mime
from quarterday.adapters.mail.outbox import Outbox
from quarterday.domain.facts import Outcome
from quarterday.domain.framework.addresses import is_address
from tests.adapters.mail.conftest import an_email


def test_an_email_becomes_one_file_named_by_time_and_outbox_id(tmp_path: Path) -> None:
    """A file's name begins with the time of its booking, so that the folder sorts, and ends with the outbox id."""
    outbox = Outbox(tmp_path / "outbox")

    outbox.send(an_email())

    assert ["20250708T080000Z-request-0a1b2c3d4e5f60718293a4b5c6d7e8f9.eml"] == [
        each.name for each in outbox.folder.iterdir()
    ]


def test_a_file_can_be_read_back_whole(tmp_path: Path) -> None:
    """Subject, both bodies and the calendar file come back as they went in."""
    outbox = Outbox(tmp_path)
    outbox.send(an_email())
    read = message_from_bytes(next(tmp_path.glob("*.eml")).read_bytes(), policy=default)
    calendar = next(read.iter_attachments())

    assert "Please send your figures – £ and all" == read["Subject"]
    assert "http://portal.example/r/a-token" in read.get_body(("plain",)).get_content()
    assert "http://portal.example/r/a-token" in read.get_body(("html",)).get_content()
    assert ("text/calendar", "PUBLISH") == (calendar.get_content_type(), calendar.get_param("method"))


def test_one_thread_one_reply_address() -> None:
    """Replies go to the officers; the emails of a request refer to its first and to the one before."""
    mime = to_mime(an_email())

    assert "officers@somewhere.example" in mime["Reply-To"]
    assert "<first@somewhere.example> <before@somewhere.example>" == mime["References"]
    assert "<before@somewhere.example>" == mime["In-Reply-To"]


def test_our_own_headers_hold_codes_only() -> None:
    """No header of ours holds the link's token or an address."""
    headers = " ".join(an_email().own_headers.values())

    assert "a-token" not in headers
    assert "@" not in headers


def test_an_email_shows_neither_address_nor_words_when_printed() -> None:
    """What a traceback or a log would print of an email gives nothing away."""
    printed = repr(an_email())

    assert "fay.fire" not in printed
    assert "a-token" not in printed


def test_the_same_booking_twice_leaves_the_first_file(tmp_path: Path) -> None:
    """Of two attempts the first one's link was mailed, so its file stays as it is."""
    outbox = Outbox(tmp_path)
    outbox.send(an_email())
    second = outbox.send(an_email(text="another link"))

    assert (Outcome.SENT, True) == (second.outcome, second.already)
    assert 1 == len(list(tmp_path.glob("*.eml")))
    assert b"another link" not in next(tmp_path.glob("*.eml")).read_bytes()


def test_two_writers_at_once_make_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that appears between looking and writing wins, and the later writer says so."""
    outbox = Outbox(tmp_path)
    write = outbox_module.write_durably

    def another_writes_first(path: Path, data: bytes) -> None:
        write(path, data)
        if not list(tmp_path.glob("*.eml")):
            monkeypatch.setattr(outbox_module, "write_durably", write)
            outbox.send(an_email(text="the other's"))

    monkeypatch.setattr(outbox_module, "write_durably", another_writes_first)
    sent = outbox.send(an_email())

    assert sent.already
    assert b"the other's" in next(tmp_path.glob("*.eml")).read_bytes()


def test_a_write_that_is_cut_short_leaves_no_email(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk leaves neither half an email nor a stray file, and the outbox knows that nothing went."""
    outbox = Outbox(tmp_path)

    def no_room(path: Path, data: bytes) -> None:
        path.write_bytes(data[:10])
        raise OSError("no space left on device")

    monkeypatch.setattr(outbox_module, "write_durably", no_room)
    with pytest.raises(OSError, match="no space"):
        outbox.send(an_email())

    assert [] == list(tmp_path.iterdir())
    assert outbox.outcome_of(an_email().outbox_id) is None


@pytest.mark.parametrize(
    "address", ["a@b", "two words@partner.example", "a@partner.example\nBcc: x@y.example", "ä@b.example", ""]
)
def test_what_is_no_address_is_told_before_sending(address: str) -> None:
    """An address typed by hand may be no address at all."""
    assert not is_address(address)


def test_a_long_name_in_another_script_stays_one_header() -> None:
    """Names are folded and encoded, never able to begin a header of their own."""
    mime = to_mime(an_email(to_name="Ζωή " * 40)).as_bytes()

    assert b"To: =?utf-8?" in mime
