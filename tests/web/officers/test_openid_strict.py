"""A provider that holds us to the proof of the code exchange (PKCE), to the redirect address, and to each code once."""

import base64
import hashlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from quarterday.domain.facts import SignedIn
from quarterday.web.officers.openid import BACK
from quarterday.web.serving.app import create_app
from tests.web.conftest import Checks, Office
from tests.web.officers.conftest import JO, OfficerAtWork, an_office_of
from tests.web.test_browser import serving

US, SECRET = "quarterday", "a-secret"


class StrictProvider:
    """As the standards want it: what was asked is kept with each code, and compared when the code is brought."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""
        self.refused: list[str] = []
        self.account: dict[str, Any] = {"email": JO.email, "email_verified": True}

    def app(self) -> Starlette:
        """What it serves."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._says),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", self._keys),
            ]
        )

    async def _says(self, _request: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse({"issuer": self.issuer} | {name: f"{self.issuer}/{end}" for name, end in ends.items()})

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("code_challenge_method") != "S256" or len(asked.get("code_challenge", "")) != 43:
            return JSONResponse({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request: Request) -> Response:
        said = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(said.get("code", ""), None)
        proof = base64.urlsafe_b64encode(hashlib.sha256(said.get("code_verifier", "").encode()).digest()).decode()
        for name, wrong in (
            ("client", request.headers.get("authorization") != httpx.BasicAuth(US, SECRET)._auth_header),
            ("code", asked is None),
            ("proof", asked is not None and proof.rstrip("=") != asked["code_challenge"]),
            ("address", asked is not None and said.get("redirect_uri") != asked["redirect_uri"]),
        ):
            if wrong:
                self.refused.append(name)
                return JSONResponse({"error": "invalid_grant"}, 400)
        assert asked
        now = int(time.time())
        claims: dict[str, Any] = {"iss": self.issuer, "aud": US, "sub": "1", "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], **self.account}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"id_token": token, "access_token": "x", "token_type": "Bearer"})


@pytest.fixture(scope="module")
def provider() -> Iterator[StrictProvider]:
    """The provider, on loopback."""
    strict = StrictProvider()
    with serving(strict.app()) as address:
        strict.issuer = address
        yield strict


@pytest.fixture
def office(tmp_path: Path, provider: StrictProvider) -> Office:
    """An office that trusts it."""
    office = an_office_of(tmp_path)
    settings = office.installation.settings
    settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret = provider.issuer, US, SecretStr(SECRET)
    office.client = TestClient(create_app(office.installation, Checks(), dead_seconds=0))
    provider.refused.clear()
    return office


def asked_of(officer: OfficerAtWork) -> str:
    """Go to the provider; where it sends the browser back to."""
    leaving = officer.client.get("/officers/sign-in/account", follow_redirects=False).headers["location"]
    back = urlsplit(httpx.get(leaving, follow_redirects=False).headers["location"])
    return f"{back.path}?{back.query}"


def test_the_proof_of_the_code_exchange_is_right(office: Office, provider: StrictProvider) -> None:
    """The provider accepts client, code, proof and address, and the officer is in."""
    jo = OfficerAtWork(office)
    jo.open(asked_of(jo))

    assert "Signed in as Jo Officer" in jo.text
    assert [] == provider.refused


def test_a_code_that_was_stolen_on_its_way_is_of_no_use_to_another_browser(
    office: Office, provider: StrictProvider
) -> None:
    """Brought under another question's state it meets another proof; brought again it is spent."""
    jo, thief = OfficerAtWork(office), OfficerAtWork(office)
    stolen = parse_qs(urlsplit(asked_of(jo)).query)["code"][0]
    state = parse_qs(urlsplit(asked_of(thief)).query)["state"][0]
    for _ in range(2):
        thief.open(f"{BACK}?{urlencode({'code': stolen, 'state': state})}")

    assert "You could not be signed in with that account" in thief.text
    assert "proof" == provider.refused[0]
    assert () == office.kept(SignedIn)
