"""The pages, reached without a network: the application is called in this process, request by request."""

import asyncio
from contextlib import suppress

import httpx
from starlette.types import ASGIApp, Message

from expectations.checking import Checker
from quarterday.adapters.installation import Installation
from quarterday.web.serving.app import create_app
from quarterday.web.serving.asking_for_checks import CheckRuns


class Pages(httpx.BaseTransport):
    """Carries a browser's requests to the application. Whoever is killed in there takes the request with them."""

    def __init__(self, app: ASGIApp) -> None:
        self._loop = asyncio.new_event_loop()
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """See `httpx.BaseTransport`."""
        return self._loop.run_until_complete(self._answer(request, request.read()))

    async def _answer(self, request: httpx.Request, body: bytes) -> httpx.Response:
        url = request.url
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "server": (url.host, url.port or 80),
            "client": ("203.0.113.7", 50000),
            "root_path": "",
        }
        said: list[Message] = []
        given = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Message:
            return next(given, {"type": "http.disconnect"})

        async def send(message: Message) -> None:
            said.append(message)

        with suppress(Exception):  # the page that says so was sent before it came here
            await self._app(scope, receive, send)
        start = said[0]
        content = b"".join(each.get("body", b"") for each in said[1:])
        return httpx.Response(start["status"], headers=start["headers"], content=content, request=request)

    def close(self) -> None:
        """A browser that is closed closes nothing here."""

    def end(self) -> None:
        """Let go of the loop."""
        self._loop.close()


def pages_of(installation: Installation, checker: Checker) -> Pages:
    """The pages of an installation. Prefect is asked for nothing: whoever plays runs the sweep."""
    return Pages(create_app(installation, checker, dead_seconds=0, check_runs=_NobodyToAsk("")))


class _NobodyToAsk(CheckRuns):
    """There is no Prefect: the sweep takes up every return."""

    async def run(self, flow: str, parameters: dict[str, str] | None = None, once: str = "", minutes: int = 0) -> None:
        """See `CheckRuns.run`."""
