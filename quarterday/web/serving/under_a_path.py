"""The pages under a path of somebody else's name: `https://council.example/returns/`.

The pages know nothing of it: their addresses begin with `/`, as if the name were theirs. This stands around all of
them, and is the only place that knows the path: it takes it off what comes in, and puts it before each address that
goes out, in a redirect, in where a cookie belongs, and in the links, forms and pictures of a page.
"""

import re
from urllib.parse import quote, unquote, urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quarterday.adapters.settings import Settings

# Our templates write each attribute so, and escape every quote within text: a page's words cannot look like one.
_ADDRESS = re.compile(rb'( (?:href|action|src)=")/(?!/)')
_COOKIE = re.compile(rb"(;\s*path=)/", re.IGNORECASE)
_PART_OF_A_FILE = 206
Header = tuple[bytes, bytes]


def under_its_path(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The pages, under the path that their public address has; as they are where it has none."""
    path = unquote(urlsplit(settings.portal_url).path).rstrip("/")
    return UnderAPath(app, path) if path else app


class UnderAPath:
    """An application under a path, whether the proxy passes the path on or takes it off itself."""

    def __init__(self, app: ASGIApp, path: str) -> None:
        self._app, self._path = app, path
        self._before = quote(path).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(self._before, scope["method"], send)
        await self._app({**scope, **self._within(scope["path"])}, receive, answer.send)

    def _within(self, asked: str) -> dict[str, object]:
        if asked != self._path and not asked.startswith(f"{self._path}/"):
            return {}
        path = asked.removeprefix(self._path) or "/"
        return {"path": path, "raw_path": quote(path).encode()}


class _Answer:
    """One answer on its way out: a page is put together first, since its length changes."""

    def __init__(self, before: bytes, method: str, send: Send) -> None:
        self._before, self._method, self._send = before, method, send
        self._start: Message | None = None
        self._page: list[bytes] = []

    async def send(self, message: Message) -> None:
        """Take a piece of the answer, and send what can go."""
        if message["type"] == "http.response.start":
            start = {**message, "headers": [*map(self._header, message["headers"])]}
            if _is_a_page(message):
                self._start = start
                return
            await self._send(start)
        elif self._start is None:
            await self._send(message)
        else:
            self._page.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._whole(self._start, b"".join(self._page))

    async def _whole(self, start: Message, page: bytes) -> None:
        page = _ADDRESS.sub(rb"\1" + self._before + rb"/", page)
        headers = [each for each in start["headers"] if each[0].lower() != b"content-length"]
        if self._method != "HEAD":
            headers.append((b"content-length", str(len(page)).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": page})

    def _header(self, header: Header) -> Header:
        name, value = header
        if name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//"):
            return name, self._before + value
        if name.lower() == b"set-cookie":
            return name, _COOKIE.sub(rb"\1" + self._before + rb"/", value)
        return header


def _is_a_page(start: Message) -> bool:
    return start["status"] != _PART_OF_A_FILE and any(
        name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"]
    )
