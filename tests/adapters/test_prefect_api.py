"""What Prefect's API is shown: a password with everything, a token with each change."""

import asyncio

import httpx
import pytest

from quarterday.adapters.prefect_api import Shown

API = "http://prefect/api"


class Server:
    """A Prefect server behind a password, which gives tokens or has none to give."""

    def __init__(self, *gives: int) -> None:
        self.gives = list(gives)
        self.seen: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        assert "Basic am86c2VjcmV0" == request.headers["authorization"]
        self.seen.append((request.url.path, request.headers.get("prefect-csrf-token", "")))
        if request.url.path == "/api/csrf-token":
            status = self.gives.pop(0)
            return httpx.Response(status, json={"token": "t"} if status == 200 else {})
        return httpx.Response(200, json={})


def test_a_token_is_asked_for_with_the_first_change_and_kept() -> None:
    """Looking needs none."""
    server = Server(200)
    with httpx.Client(transport=httpx.MockTransport(server), auth=Shown(f"{API}/", "jo:secret")) as client:
        client.get(f"{API}/admin/version")
        client.post(f"{API}/one")
        client.post(f"{API}/two")

    assert [("/api/admin/version", ""), ("/api/csrf-token", ""), ("/api/one", "t"), ("/api/two", "t")] == server.seen


@pytest.mark.parametrize("instead", [422, 503])
def test_where_no_token_is_given_the_change_is_asked_for_without(instead: int) -> None:
    """The server wants none, or is busy: what comes later asks for one again."""
    server = Server(instead, 200)

    async def ask() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(server), auth=Shown(API, "jo:secret")) as client:
            await client.post(f"{API}/one")
            await client.post(f"{API}/two")

    asyncio.run(ask())

    assert [("/api/csrf-token", ""), ("/api/one", ""), ("/api/csrf-token", ""), ("/api/two", "t")] == server.seen
