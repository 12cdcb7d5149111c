"""What keeps others out of a form: headers on every answer, where a post came from, and that the form was ours."""

import secrets
from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quarterday.adapters.links import hash_token
from quarterday.adapters.signing import Signer

FORM_COOKIE = "qd_form"
CSRF_FIELD = "csrf"

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
# A pack is one file with its own styles and drawings in it; no script runs there.
PACK_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-popups"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}


def safe_headers(https: bool) -> dict[str, str]:
    """The headers that every answer has unless it says otherwise."""
    return _HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})


class SafeHeaders:
    """Puts the headers on every answer that does not say otherwise; a redirect within the site names no scheme or host.

    Behind a proxy that speaks TLS we know neither rightly.
    """

    def __init__(self, app: ASGIApp, https: bool) -> None:
        self.app = app
        self._headers = safe_headers(https)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if "location" in headers:
                    headers["location"] = _within(headers["location"], scope)
            await send(message)

        await self.app(scope, receive, with_headers)


def _within(location: str, scope: Scope) -> str:
    """An address of this very site without scheme and host; any other as it is."""
    parts = urlsplit(location)
    if parts.netloc and parts.netloc == Request(scope).url.netloc:
        return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))
    return location


def from_elsewhere(request: Request, portal_url: str) -> bool:
    """Whether the browser says that a post came from another site.

    Our Referrer-Policy makes browsers send `Origin: null` even for our own forms; Sec-Fetch-Site then tells.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return True
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return False
    ours = {_origin(portal_url), f"{request.url.scheme}://{request.url.netloc}".lower()}
    return origin.lower() not in ours


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def address_of(request: Request) -> str:
    """The network address that a visit comes from; behind a proxy, what the proxy says."""
    return request.client.host if request.client else ""


def visitor(request: Request) -> str:
    """The random name that this browser has for its forms; a new one where it has none yet."""
    said = request.cookies.get(FORM_COOKIE, "")
    return said if 20 <= len(said) <= 64 and said.isascii() and said.isalnum() else secrets.token_hex(16)


def csrf_for(signer: Signer, token: str, visitor_name: str) -> str:
    """The hidden field's value: our signature over this browser and this link."""
    return signer.sign("form", visitor_name, hash_token(token))


def is_ours(signer: Signer, token: str, request: Request, said: object) -> bool:
    """Whether a posted form came from a page that we gave to this browser for this link."""
    name = request.cookies.get(FORM_COOKIE, "")
    return bool(name) and isinstance(said, str) and signer.knows(said, "form", name, hash_token(token))


def remember(
    response: Response, name: str, value: str, https: bool, max_age: int | None = None, path: str = "/r"
) -> None:
    """Set one of our cookies: not readable by scripts, not sent by other sites' forms, and kept to one side."""
    response.set_cookie(name, value, max_age=max_age, path=path, secure=https, httponly=True, samesite="lax")
