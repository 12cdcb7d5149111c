"""Who gets in, and who does not."""

import asyncio
import logging
import random
import string
import time
from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.links import revoke_link
from quarterday.domain.facts import UploadKept
from quarterday.web.door import entrance
from quarterday.web.door.throttle import Guesses
from quarterday.web.door.visits import visit
from quarterday.web.serving.app import create_app
from quarterday.web.serving.current_facts import CurrentFacts
from tests.web.conftest import A_FILE, Office, Person, form_on

PATHS = ("", "/upload", "/type", "/nil", "/part", "/period", "/time", "/reference", "/not-available", "/colleague")
PATHS += ("/code", "/code/check", "/template.csv", "/uploads/x", "/uploads/x/send", "/returns/x", "/replies/x")


def test_looking_changes_nothing(office: Office, person: Person) -> None:
    """A thousand GET, HEAD and OPTIONS on every page of a link add no fact."""
    before = office.count()
    for number in range(1000):
        method = ("GET", "HEAD", "OPTIONS")[number % 3]
        person.client.request(method, f"/r/{person.token}{PATHS[number // 3 % len(PATHS)]}")

    assert before == office.count()


def test_no_mutated_token_opens_anything(office: Office, person: Person) -> None:
    """Of a hundred thousand tokens that differ from a live one by little, none opens anything; the live one does."""
    chance, letters = random.Random(5), string.ascii_letters + string.digits + "-_"
    known, tried = person.token, set()
    while len(tried) < 100_000:
        at = chance.randrange(len(known))
        kind = chance.randrange(4)
        other = chance.choice(letters) + chance.choice(letters)
        changed = known[:at] + (other[: kind % 3]) + known[at + (kind > 0) :]
        if changed != known:
            tried.add(changed)
    state = CurrentFacts(office.installation).snapshot()

    assert not any(visit(office.installation, state, each, lambda _: False) for each in tried)
    assert visit(office.installation, state, known, lambda _: False)


def test_dead_links_all_look_the_same(office: Office) -> None:
    """A guessed, an expired and a revoked link give the very same page."""
    guessed = office.client.get("/r/" + "g" * 32)
    malformed = office.client.get("/r/x")
    person = office.person()
    token, issued = office.link()
    office.installation.register.append(revoke_link(issued, office.installation.now(), "jo", "lost"))
    revoked = office.client.get(f"/r/{token}")
    office.at("2025-12-01T09:00:00+00:00")
    expired = office.client.get(f"/r/{person.token}")

    assert {(404, guessed.text)} == {(each.status_code, each.text) for each in (malformed, guessed, revoked, expired)}
    assert "This link does not work any more" in guessed.text


def test_dead_links_all_take_the_same_time(tmp_path) -> None:
    """Whatever is wrong with a link, its page waits for the same moment."""
    from tests.web.conftest import an_office

    office = an_office(tmp_path)
    client = TestClient(create_app(office.installation, office.checks, dead_seconds=0.3))
    began = time.perf_counter()
    client.get("/r/" + "g" * 32)

    assert time.perf_counter() - began >= 0.3


def test_guessing_is_slowed(office: Office, person: Person) -> None:
    """Too many dead links from one source are told so; a link that works still works from there."""
    answers = [office.client.get(f"/r/{'g' * 30}{number:02}").status_code for number in range(40)]

    assert 404 == answers[0]
    assert 429 == answers[-1]
    assert 200 == person.open().status_code


def test_guesses_are_forgotten() -> None:
    """Tries are forgotten steadily, by source."""
    guesses = Guesses(allowed=2, seconds=0.02)

    assert [False, False, True] == [guesses.too_many("one") for _ in range(3)]
    assert not guesses.too_many("two")
    time.sleep(0.03)
    assert not guesses.too_many("one")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site(office: Office, person: Person, headers: dict[str, str]) -> None:
    """A form that another site makes a browser send is refused."""
    person.open()
    page = person.send("/upload", files={"file": ("a.csv", A_FILE)}, headers=headers)

    assert 403 == page.status_code
    assert () == office.kept(UploadKept)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
        {},
    ],
)
def test_our_own_form(office: Office, person: Person, headers: dict[str, str]) -> None:
    """Our own form is taken, whether or not the browser says where it came from."""
    person.open()
    person.send("/upload", files={"file": ("a.csv", A_FILE)}, headers=headers)

    assert 1 == len(office.kept(UploadKept))


def test_the_field_of_another_browser(office: Office, person: Person) -> None:
    """The hidden field of one browser, or of another link, is worth nothing elsewhere."""
    other = office.person()
    person.open()
    other.open()
    _, stolen = form_on(other.page.text, "/upload")
    page = person.client.post(f"/r/{person.token}/upload", data=stolen, files={"file": ("a.csv", A_FILE)})

    assert 403 == page.status_code
    assert () == office.kept(UploadKept)


def test_no_field_at_all(office: Office, person: Person) -> None:
    """A post without the hidden field is refused."""
    person.open()
    page = person.client.post(f"/r/{person.token}/upload", files={"file": ("a.csv", A_FILE)})

    assert 403 == page.status_code


def test_a_broken_form(person: Person) -> None:
    """A body that is no form is answered with a sentence, not with a fault."""
    person.open()
    broken = {"content": b"--b\r\nnonsense", "headers": {"content-type": "multipart/form-data; boundary=b"}}

    assert 400 <= person.client.post(f"/r/{person.token}/upload", **broken).status_code < 500


@pytest.mark.parametrize("path", ["/r/x", "/", "/healthz", "/packs/", "/static/web.css", "/nowhere"])
def test_headers_on_every_answer(office: Office, path: str) -> None:
    """Every answer forbids framing, foreign scripts, sniffing and referrers."""
    headers = office.client.get(path).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "no-referrer" == headers["referrer-policy"]
    assert "nosniff" == headers["x-content-type-options"]


def test_a_fault_tells_nothing_and_has_the_same_headers(
    office: Office, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks while a page is made is answered in plain words, under the same guard, and stored by nobody."""

    def breaks(_self: CurrentFacts) -> None:
        raise RuntimeError("the secret of the register is 4711")

    monkeypatch.setattr(CurrentFacts, "snapshot", breaks)
    answer = TestClient(office.client.app, raise_server_exceptions=False).get(f"/r/{person.token}")

    assert 500 == answer.status_code
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "no-store" == answer.headers["cache-control"]
    assert "4711" not in answer.text
    assert "Traceback" not in answer.text


def test_trace_and_listings_are_not_served(office: Office) -> None:
    """No method that echoes, and no list of what a folder holds."""
    assert 405 == office.client.request("TRACE", "/").status_code
    assert 404 == office.client.get("/static/").status_code


def test_over_tls_cookies_and_browsers_keep_to_it(office: Office) -> None:
    """Where partners reach us by https, cookies go over TLS alone and browsers are told to ask for nothing else."""
    settings = office.installation.settings.model_copy(update={"portal_url": "https://portal.example"})
    app = create_app(replace(office.installation, settings=settings), office.checks, dead_seconds=0)
    answer = TestClient(app, base_url="https://portal.example").get(f"/r/{office.link()[0]}")

    assert "max-age=31536000" == answer.headers["strict-transport-security"]
    for said in ("Secure", "HttpOnly", "SameSite=lax", "Path=/r"):
        assert said in answer.headers["set-cookie"]


def test_pages_are_not_stored(person: Person) -> None:
    """A partner's page is kept by no browser or proxy."""
    assert "no-store" == person.open().headers["cache-control"]


def test_logs_hold_no_token(office: Office, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing that is logged holds a token, whatever was asked."""
    caplog.set_level(logging.DEBUG)
    person.upload()
    person.send("/send")
    ours = [each.getMessage() for each in caplog.records if not each.name.startswith(("httpx", "asyncio"))]

    assert any("/r/…/upload" in each for each in ours)
    assert not any(person.token in each for each in ours)


def test_a_token_is_kept_out_of_any_log() -> None:
    """The filter takes tokens out of what others write too."""
    from quarterday.web.serving.logs import TokenFilter

    record = logging.LogRecord("uvicorn", logging.INFO, "", 0, 'GET "%s" 200', ("/r/secret-token/upload?a=b",), None)
    TokenFilter().filter(record)

    assert 'GET "/r/…/upload?a=b" 200' == record.getMessage()


@pytest.mark.parametrize(
    ("asked", "sent_to"), [("/packs", "/packs/"), ("/officers", "/officers/sign-in?to=%2Fofficers")]
)
def test_a_redirect_names_no_scheme_and_no_host(office: Office, asked: str, sent_to: str) -> None:
    """Behind a proxy with TLS a redirect to http:// would lead out of it."""
    assert sent_to == office.client.get(asked, follow_redirects=False).headers["location"]


def posting(office: Office, token: str, messages: list[dict[str, Any]], wait: float = 0) -> list[int]:
    """The statuses answered to an upload whose body comes in these messages, the last of them for ever late."""
    answered: list[int] = []
    scope = {
        **{"type": "http", "method": "POST", "path": f"/r/{token}/upload", "raw_path": b"", "root_path": ""},
        **{"query_string": b"", "scheme": "http", "server": ("testserver", 80), "client": ("testclient", 1)},
        "headers": [(b"content-type", b"multipart/form-data; boundary=x")],
    }

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.sleep(wait)
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answered.append(message["status"])

    asyncio.run(office.client.app(scope, receive, send))
    return answered


def test_an_upload_that_hangs_up_is_no_error(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever closes the tab while a file is on its way leaves nothing behind, in no log either."""
    half = {"type": "http.request", "body": b'--x\r\nContent-Disposition: form-data; name="file"', "more_body": True}

    assert [400] == posting(office, office.link()[0], [half])
    assert () == office.kept(UploadKept)
    assert [] == [each for each in caplog.records if each.levelname == "ERROR"]


def test_a_slow_body_has_an_end(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A body of which a byte comes now and then is answered once its time is over."""
    monkeypatch.setattr(entrance, "BODY_SECONDS", 0.05)
    half = {"type": "http.request", "body": b"-", "more_body": True}

    assert [408] == posting(office, office.link()[0], [half], wait=30)
