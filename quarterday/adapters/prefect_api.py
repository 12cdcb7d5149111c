"""Prefect's API over plain HTTP: shown the password of its server, and what a hardened one wants to see of a change."""

import ssl
from collections.abc import Generator
from functools import cache
from uuid import uuid4

import httpx

from quarterday.adapters.settings import Settings


class Shown(httpx.Auth):
    """What we show with each request: the password, and with each post a token, which is asked for once.

    A server that gives no token wants none.
    """

    requires_response_body = True

    def __init__(self, api: str, auth: str) -> None:
        user, _, password = auth.partition(":")
        self._password = httpx.BasicAuth(user, password) if user else httpx.Auth()
        self._asking = f"{api.rstrip('/')}/csrf-token"
        self._token: dict[str, str] | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """See `httpx.Auth`."""
        if request.method != "GET":
            if self._token is None:
                me = str(uuid4())
                given = yield from self._with_password(httpx.Request("GET", self._asking, params={"client": me}))
                if given.is_success:
                    self._token = {"Prefect-Csrf-Token": given.json()["token"], "Prefect-Csrf-Client": me}
            request.headers.update(self._token or {})
        yield from self._with_password(request)

    def _with_password(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, httpx.Response]:
        answer = yield next(self._password.auth_flow(request))
        return answer


def open_api(settings: Settings, seconds: float, at: str = "") -> httpx.Client:
    """A client of the settings' Prefect server, for relative addresses; `at` another address than theirs."""
    api = at or settings.prefect_api
    shown = Shown(api, settings.prefect_auth.get_secret_value())
    return httpx.Client(base_url=f"{api}/", auth=shown, timeout=seconds, trust_env=False, verify=_trusted())


@cache
def _trusted() -> ssl.SSLContext:
    """Whom a server's certificate may be from, read once a process: it takes longer than most questions."""
    return httpx.create_ssl_context(trust_env=False)
