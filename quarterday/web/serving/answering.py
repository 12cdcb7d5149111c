"""Middleware that notes every answer once it is given: what was asked, how it ended, how long it took."""

from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class AfterEachAnswer:
    """Serves, then calls `note`, which a subclass defines; a page that fails counts as a 500."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve, then note it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = perf_counter(), 500

        async def keep_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, keep_status)
        finally:
            self.note(scope, status, perf_counter() - began)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """What is kept of one answer."""
        raise NotImplementedError
