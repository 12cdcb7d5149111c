"""Officers sign in with their account at work: a real provider on loopback lets them in, a forged answer nobody."""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from oidc_provider_mock import run_server_in_thread
from pydantic import SecretStr
from starlette.testclient import TestClient

from quarterday.domain.facts import SignedIn
from quarterday.web.officers import openid
from quarterday.web.officers.openid import NotLetInError, checked_claims
from quarterday.web.serving.app import create_app
from tests.web.conftest import Checks, Office
from tests.web.officers.conftest import JO, OfficerAtWork, an_office_of

US, THEM = "quarterday", "https://accounts.somewhere.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider of accounts that lets anybody be anybody."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def office(tmp_path: Path, provider: str) -> Office:
    """An office whose officers sign in with their account at work."""
    office = an_office_of(tmp_path)
    settings = office.installation.settings
    settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret = provider, US, SecretStr("a-secret")
    office.client = TestClient(create_app(office.installation, Checks(), dead_seconds=0))
    return office


def leave(officer: OfficerAtWork, to: str = "/officers") -> str:
    """Go to the provider; its address."""
    response = officer.client.get(f"/officers/sign-in/account?to={to}", follow_redirects=False)
    assert 303 == response.status_code
    return str(response.headers["location"])


def answer(address: str, account: str) -> str:
    """The provider asks who they are, and sends them back; where to."""
    sent = httpx.post(address, data={"sub": account}, follow_redirects=False)
    assert sent.status_code in (302, 303), sent.text
    back = urlsplit(sent.headers["location"])
    return f"{back.path}?{back.query}"


def test_an_officer_comes_in_with_their_account(office: Office) -> None:
    """To the page they wanted; the question carries a nonce and a challenge, and the mailed code is off."""
    jo = OfficerAtWork(office)
    jo.open("/officers/sign-in")
    assert "Sign in with my account" in jo.text
    assert "Send me a code" not in jo.text
    address = leave(jo, "/officers/decisions")
    asked = parse_qs(urlsplit(address).query)
    assert (["S256"], ["code"], [US]) == (asked["code_challenge_method"], asked["response_type"], asked["client_id"])
    assert len(asked["nonce"][0]) > 40 and len(asked["state"][0]) > 40
    jo.open(answer(address, JO.email))

    assert "Signed in as Jo Officer" in jo.text
    assert str(jo.page.url).endswith("/officers/decisions")
    assert ["jo"] == [each.officer for each in office.kept(SignedIn)]


def test_an_account_that_is_no_officers_is_not_let_in(office: Office) -> None:
    """The page says the same as for anything else that is wrong."""
    nobody = OfficerAtWork(office)
    nobody.open(answer(leave(nobody), "nobody@somewhere.example"))

    assert "You could not be signed in with that account" in nobody.text
    assert () == office.kept(SignedIn)


def test_an_answer_lets_in_once_and_in_the_browser_that_asked(office: Office) -> None:
    """Replayed, brought by another browser, or with another state, it lets nobody in."""
    jo, thief = OfficerAtWork(office), OfficerAtWork(office)
    back = answer(leave(jo), JO.email)
    kept = jo.client.cookies.get(openid.COOKIE)
    thief.open(back)
    jo.open(back)
    again = OfficerAtWork(office)
    again.client.cookies.set(openid.COOKIE, kept, path="/officers/sign-in")
    again.open(back)
    mixed = OfficerAtWork(office)
    leave(mixed)
    mixed.open(back)

    assert "Signed in as Jo Officer" in jo.text
    for each in (thief, again, mixed):
        assert "You could not be signed in with that account" in each.text
    assert 1 == len(office.kept(SignedIn))


def test_the_mailed_code_stays_where_a_setting_says_so(tmp_path: Path, provider: str) -> None:
    """Where accounts are set up it is off, also for a form that is made by hand."""
    office = an_office_of(tmp_path)
    settings = office.installation.settings
    settings.oidc_issuer, settings.oidc_client_id, settings.officers_code = provider, US, True
    jo = OfficerAtWork(office).sign_in()
    assert "Signed in as Jo Officer" in jo.text
    settings.officers_code = None
    other = OfficerAtWork(office)
    other.open("/officers/sign-in")
    csrf = other.client.get(f"/officers/sign-in/{'x' * 32}").text.partition('name="csrf" value="')[2].partition('"')[0]

    assert 404 == other.client.post("/officers/sign-in", data={"csrf": csrf, "email": JO.email}).status_code


def test_a_provider_that_is_down_lets_nobody_in_and_breaks_nothing(tmp_path: Path) -> None:
    """The page says so, and what to do."""
    office = an_office_of(tmp_path)
    settings = office.installation.settings
    settings.oidc_issuer, settings.oidc_client_id = "http://127.0.0.1:9", US
    jo = OfficerAtWork(office)
    jo.open("/officers/sign-in/account")

    assert "You could not be signed in with that account" in jo.text


KEY, OTHER = RSAKey.generate_key(2048, {"kid": "theirs"}), RSAKey.generate_key(2048, {"kid": "theirs"})
KEYS: Any = KeySet([KEY]).as_dict(private=False)


def signed(key: Any = KEY, alg: str = "RS256", **changes: Any) -> str:
    """An ID token of theirs, with whatever a forger changes."""
    now = int(time.time())
    claims = {"iss": THEM, "sub": "1", "aud": US, "iat": now, "exp": now + 300, "nonce": "asked", "email": JO.email}
    claims = {name: value for name, value in {**claims, **changes}.items() if value is not None}
    return str(jwt.encode({"alg": alg, "kid": "theirs"}, claims, key, algorithms=[alg]))


def with_none() -> str:
    """An ID token that says it needs no signature."""
    head, body, _ = signed().split(".")
    return f"eyJhbGciOiJub25lIn0.{body}."


def with_the_public_key() -> str:
    """An ID token signed with the provider's public key, as if it were a secret of both."""
    said = signed(OctKey.import_key("0" * 64), "HS256").rpartition(".")[0]
    made = hmac.new(KEY.as_pem(private=False), said.encode(), hashlib.sha256).digest()
    return f"{said}.{base64.urlsafe_b64encode(made).decode().rstrip('=')}"


FORGED: dict[str, Callable[[], str]] = {
    "another issuer": lambda: signed(iss="https://accounts.elsewhere.example"),
    "another audience": lambda: signed(aud="somebody-else"),
    "others as audience, too": lambda: signed(aud=[US, "somebody-else"], azp=US),
    "another nonce": lambda: signed(nonce="another"),
    "no nonce": lambda: signed(nonce=None),
    "run out": lambda: signed(exp=int(time.time()) - 3600),
    "not yet": lambda: signed(nbf=int(time.time()) + 3600),
    "another key": lambda: signed(OTHER),
    "no signature": with_none,
    "the public key as a secret": with_the_public_key,
    "no expiry": lambda: signed(exp=None),
    "cut short": lambda: signed()[:-4],
    "nothing": str,
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_answer_is_refused(forged: str) -> None:
    """Whatever a forger changes."""
    assert JO.email == checked_claims(signed(), KEYS, issuer=THEM, client=US, nonce="asked")["email"]
    with pytest.raises(NotLetInError):
        checked_claims(FORGED[forged](), KEYS, issuer=THEM, client=US, nonce="asked")
