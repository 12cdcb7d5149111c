"""The big list of naughty strings, as file names, names, comments and reasons: nothing breaks out."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.adapters.arrivals import clean, clean_name, suffix_of
from quarterday.domain.facts import ReplyReceived, ReturnReceived, UploadKept
from tests.web.conftest import UNUSUAL, WRONG, Office, Person

BLNS = Path(__file__).parents[2].parent / "shared" / "data" / "blns" / "blns.json"
NAUGHTY: list[str] = json.loads(BLNS.read_text()) if BLNS.exists() else []


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}


def shape(html: str) -> tuple[list[str], set[str]]:
    """The tags of a page and every attribute it uses: what a string may not change."""
    parsed = _Tags()
    parsed.feed(html)
    return parsed.tags, parsed.attributes


pytestmark = pytest.mark.skipif(not NAUGHTY, reason=f"the big list of naughty strings is not at {BLNS}")


def test_as_a_reason(office: Office, person: Person) -> None:
    """As the reason for needing time: the confirmation page keeps its shape, whatever was written."""
    person.open("time")
    first = person.page
    date = {"until__day": "28", "until__month": "7", "until__year": "2025"}
    plain = shape(person.send("/time", reason="plain", **date).text)
    for naughty in NAUGHTY:
        person.page = first
        shown = person.send("/time", reason=naughty, **date)

        assert shown.status_code == (422 if len(naughty) > 1000 else 200), naughty
        if shown.status_code == 200 and clean(naughty, 1000):
            assert plain == shape(shown.text), naughty


def test_as_a_file_name(office: Office, person: Person) -> None:
    """As a file's name: kept under a name of our own, shown escaped, out of every header."""
    person.open()
    first = person.page
    plain = None
    for naughty in NAUGHTY[::5]:
        person.page = first
        name = naughty.encode("utf-8", "ignore").decode()
        shown = person.upload(name=f"{name}.csv")

        assert shown.status_code in (200, 400), naughty
        if shown.status_code == 200:
            plain = plain or shape(shown.text)
            assert plain == shape(shown.text), naughty
    for kept in office.kept(UploadKept):
        assert re.fullmatch(r"uploads/[\w.-]+/[0-9a-f]{32}\.[a-z]{3,4}", kept.stored_as)


def test_as_a_file_name_on_every_page(office: Office, person: Person) -> None:
    """As the name of a kept file, each of them: the check page keeps its shape, and its headers theirs."""
    person.upload(name="plain.csv")
    plain, headers = shape(person.page.text), set(person.page.headers)
    first = office.kept(UploadKept)[0]
    named = [replace(first, upload=f"{n:032x}", said_name=clean_name(each)) for n, each in enumerate(NAUGHTY)]
    office.installation.register.append(*named)
    for each in named:
        shown = person.open(f"uploads/{each.upload}")

        assert (200, plain) == (shown.status_code, shape(shown.text)), each.said_name
        assert set(shown.headers) <= headers


def test_as_an_explanation(office: Office, person: Person) -> None:
    """As a comment on a warning, each of them: the page on which it is shown again keeps its shape."""
    office.checks.finds = (WRONG, UNUSUAL)
    checked = person.upload()
    plain = shape(person.send("/send", explain__0="plain").text)
    for naughty in NAUGHTY:
        person.page = checked
        shown = person.send("/send", explain__0=naughty)

        assert 422 == shown.status_code, naughty
        assert len(naughty) > 1000 or plain == shape(shown.text), naughty
    assert () == office.kept(ReturnReceived)


def test_as_a_name(office: Office, person: Person) -> None:
    """As a colleague's name, each of them: the page that asks for confirmation keeps its shape."""
    person.open("colleague")
    first = person.page
    said = {"colleague_email": "carol@partner.example"}
    plain = shape(person.send("/colleague", colleague_name="plain", **said).text)
    for naughty in NAUGHTY:
        person.page = first
        shown = person.send("/colleague", colleague_name=naughty, **said)
        name = clean(naughty, 100)

        assert (200 if name and len(naughty) <= 100 else 422) == shown.status_code, naughty
        if shown.status_code == 200:
            assert plain == shape(shown.text), naughty
            assert not re.search("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", name)
    assert () == office.kept(ReplyReceived)


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    """What is kept of a text holds no controls and nothing that reorders a line; cleaning it again changes nothing."""
    found = clean(text, 50, lines=True)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", found)
    assert len(found) <= 50
    assert found == clean(found, 50, lines=True)


@given(st.text())
def test_clean_names_are_no_paths(said: str) -> None:
    """A file's name as shown is never a path, and its kind is one of a few."""
    assert not set("/\\\n") & set(clean_name(said))
    assert re.fullmatch(r"\.[a-z]{3,4}", suffix_of(said))
