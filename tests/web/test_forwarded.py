"""Whose address a visitor has: what a proxy on this machine says is believed, and what anybody else says is not."""

import asyncio
from typing import Any

import pytest
import uvicorn

from quarterday.web.__main__ import SERVED


@pytest.mark.parametrize(
    ("calls", "counts_as"),
    [("127.0.0.1", "203.0.113.7"), ("203.0.113.9", "203.0.113.9"), ("10.0.0.5", "10.0.0.5")],
)
def test_only_a_proxy_on_this_machine_says_for_whom_it_calls(
    calls: str, counts_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else whoever guesses links or codes would be somebody new with each try, and not be slowed."""
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    seen: list[tuple[str, str]] = []

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope["client"][0], scope["scheme"]))

    served = uvicorn.Config(pages, **SERVED)
    served.load()
    said = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-proto", b"https")]
    visit = {"type": "http", "client": (calls, 4711), "scheme": "http", "headers": said}
    asyncio.run(served.loaded_app(visit, None, None))

    assert [(counts_as, "https" if calls == "127.0.0.1" else "http")] == seen
