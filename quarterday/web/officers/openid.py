"""Signing in with the account at work, by OpenID Connect: discovery, PKCE, a nonce, an ID token checked whole.

What this browser asked for lies signed in a cookie of its own for ten minutes; whoever comes back without it, or with
an answer that was used before, is let in by nothing. Authlib checks the claims, and joserfc, on which it is built, the
signature: only with keys of the provider, and never with none.
"""

import base64
import json
import logging
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.links import hash_token
from quarterday.adapters.settings import Settings
from quarterday.adapters.signing import Signer
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings.officer_sessions import officer_with_account
from quarterday.web.door.guard import remember
from quarterday.web.officers.officer_door import HOME, officers_problem
from quarterday.web.officers.sign_in import let_in, wanted
from quarterday.web.serving.forms import SEE_OTHER
from quarterday.web.serving.site import Site

COOKIE = "qd_openid"
BACK = f"{HOME}/sign-in/account/back"
ALGORITHMS = ["RS256", "PS256", "ES256"]  # all by the provider's public keys: no shared secret, and never none
_LIFE = 600  # seconds between leaving for the provider and coming back
_LEEWAY = 60  # seconds by which two clocks may differ
_SECONDS = 10  # that the provider may take to answer
_UNVERIFIED = (False, "false", "False", "0")  # as providers write that an address is not vouched for; 0 is False
_log = logging.getLogger(__name__)


class NotLetInError(Exception):
    """The provider's answer lets nobody in; the message says why, for the log alone."""


@dataclass(frozen=True)
class _Asked:
    """What this browser asked the provider for."""

    state: str
    nonce: str
    verifier: str
    to: str
    until: int


def leave(site: Site, request: Request) -> Response:
    """Send the browser to the provider. It changes nothing here."""
    from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415 - only where this is set up

    settings = site.installation.settings
    if not settings.openid:
        return officers_problem(site, request, "gone", 404)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    asked = _Asked(state, nonce, verifier, wanted(request), int(time.time()) + _LIFE)
    try:
        provider = _provider(settings)
    except (NotLetInError, httpx.HTTPError) as problem:
        return _failed(problem)
    said = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": _back(settings),
        "scope": "openid email profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": create_s256_code_challenge(asked.verifier),
        "code_challenge_method": "S256",
    }
    endpoint = provider["authorization_endpoint"]
    response = RedirectResponse(f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(said)}", SEE_OTHER)
    remember(response, COOKIE, _sealed(site.signer, asked), site.https, _LIFE, f"{HOME}/sign-in")
    return response


def come_back(site: Site, request: Request) -> Response:
    """Let in the officer whom the provider's answer names."""
    settings, asked = site.installation.settings, _unsealed(site.signer, request.cookies.get(COOKIE, ""))
    try:
        if not settings.openid or asked is None:
            raise NotLetInError("nothing was asked for in this browser, or too long ago")
        if not secrets.compare_digest(request.query_params.get("state", "").encode(), asked.state.encode()):
            raise NotLetInError("the answer is to another question")
        if "error" in request.query_params:
            raise NotLetInError(f"the provider says {request.query_params['error'][:60]!r}")
        officer = _officer(site, _claims(settings, asked, request.query_params.get("code", "")))
        response = let_in(site, officer, hash_token(asked.state), asked.to)
        if response is None:
            raise NotLetInError("the answer has let somebody in before")
    except (NotLetInError, httpx.HTTPError) as problem:
        response = _failed(problem)
    response.delete_cookie(COOKIE, path=f"{HOME}/sign-in", secure=site.https, httponly=True, samesite="lax")
    return response


def _failed(problem: Exception) -> Response:
    """The same page whatever was wrong; the log knows more."""
    _log.warning("Nobody was let in by the provider of accounts: %s (%s)", problem, type(problem).__name__)
    return RedirectResponse(f"{HOME}/sign-in?failed", SEE_OTHER)


def _provider(settings: Settings) -> dict[str, Any]:
    """What the provider says of itself. Raises `NotLetInError` where it is another than was set."""
    issuer = settings.oidc_issuer.rstrip("/")
    told: dict[str, Any] = _get(f"{issuer}/.well-known/openid-configuration")
    if str(told.get("issuer", "")).rstrip("/") != issuer:
        itself = f"{told.get('issuer')}: set QUARTERDAY_OIDC_ISSUER to that"
        raise NotLetInError(f"the provider at {issuer} calls itself {itself}")
    return told


def _get(url: str) -> Any:
    answer = httpx.get(url, timeout=_SECONDS, trust_env=False)
    answer.raise_for_status()
    return answer.json()


def _claims(settings: Settings, asked: _Asked, code: str) -> dict[str, Any]:
    """Who the provider says it is, its word checked whole. Raises `NotLetInError`."""
    provider = _provider(settings)
    answer = httpx.post(
        provider["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": _back(settings),
            "code_verifier": asked.verifier,
        },
        auth=(quote(settings.oidc_client_id, safe=""), quote(settings.oidc_client_secret.get_secret_value(), safe="")),
        timeout=_SECONDS,
        trust_env=False,
    )
    answer.raise_for_status()
    return checked_claims(
        answer.json().get("id_token", ""),
        _get(provider["jwks_uri"]),
        issuer=provider["issuer"],
        client=settings.oidc_client_id,
        nonce=asked.nonce,
    )


def checked_claims(token: str, keys: Any, *, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """The claims of an ID token: signed by a key of the provider's, from it, for us, to this question, not run out.

    Raises `NotLetInError`.
    """
    from authlib.oidc.core import CodeIDToken  # noqa: PLC0415 - only where this is set up
    from joserfc import jwt  # noqa: PLC0415
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        options = {
            "iss": {"essential": True, "value": issuer},
            "aud": {"essential": True, "value": client},
            "nonce": {"essential": True, "value": nonce},
        }
        claims = CodeIDToken(read.claims, read.header, options, {"nonce": nonce, "client_id": client})
        claims.validate(now=int(time.time()), leeway=_LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError) as problem:
        raise NotLetInError(f"its ID token: {type(problem).__name__}") from problem
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if audience != [client]:
        raise NotLetInError("its ID token is for others, too")
    return dict(claims)


def _officer(site: Site, claims: dict[str, Any]) -> Officer:
    """The officer whose account it is. Raises `NotLetInError` for anybody else's.

    Entra ID calls an account `oid`, others `sub`. It says nothing of `email_verified`; of an address that nobody has
    vouched for it says `xms_edov`, where asked to, and an account without a mailbox has `preferred_username` alone.
    """
    names = {str(claims[each]) for each in ("oid", "sub") if claims.get(each)}
    vouched_for = not any(claims.get(each) in _UNVERIFIED for each in ("email_verified", "xms_edov"))
    said = ("email", "preferred_username") if vouched_for else ()
    addresses = [str(claims[each]) for each in said if claims.get(each)]
    officer = officer_with_account(site.installation.framework, names, addresses)
    if officer is None:
        raise NotLetInError("the account is no officer's, or nobody has verified its address")
    return officer


def _back(settings: Settings) -> str:
    """Where the provider sends browsers back to: this is registered with it."""
    return f"{settings.portal_url.rstrip('/')}{BACK}"


def _sealed(signer: Signer, asked: _Asked) -> str:
    said = base64.urlsafe_b64encode(json.dumps(asdict(asked)).encode()).decode()
    return f"{said}.{signer.sign('openid', said)}"


def _unsealed(signer: Signer, cookie: str) -> _Asked | None:
    said, _, signature = cookie.partition(".")
    if not signer.knows(signature, "openid", said):
        return None
    asked = _Asked(**json.loads(base64.urlsafe_b64decode(said)))
    return asked if time.time() < asked.until else None
