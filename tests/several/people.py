"""People at partners whose every click may be answered by another portal, as behind a load balancer."""

import hashlib
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from rehearsal import visits
from rehearsal.browser import Browser, Page

_RECEIPT = re.compile(r"/r/[^/]+/returns/(R-[A-Z0-9-]+)")


class Balancer(httpx.BaseTransport):
    """Gives each request to the next portal in turn."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        self._ports, self._next = ports, count()
        self._way = httpx.HTTPTransport()
        self.answered: Counter[int] = Counter()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The `Host` header stays as the browser said it."""
        port = self._ports[next(self._next) % len(self._ports)]
        request.url = request.url.copy_with(port=port)
        answer = self._way.handle_request(request)
        self.answered[port] += 1
        return answer


@dataclass
class Seen:
    """What people were shown and gave away."""

    uploaded: set[str] = field(default_factory=set)  # the SHA-256 of every file
    receipts: set[str] = field(default_factory=set)


class Roaming(Browser):
    """A browser behind a balancer that remembers receipts and uploads."""

    def __init__(self, balancer: Balancer, seen: Seen) -> None:
        self._http = httpx.Client(follow_redirects=True, timeout=60, transport=balancer)
        self._seen = seen

    def upload(self, page: Page, ending: str, name: str, data: bytes, **given: str) -> Page:
        """Choose a file and send it."""
        shown = super().upload(page, ending, name, data, **given)
        if shown.status < 400:
            self._seen.uploaded.add(hashlib.sha256(data).hexdigest())
        return shown

    def send(self, page: Page, ending: str, **given: str) -> Page:
        """Send a form, and keep the receipt where one is shown."""
        shown = super().send(page, ending, **given)
        if shown.status < 400 and (found := _RECEIPT.search(shown.url)):
            self._seen.receipts.add(found[1])
        return shown

    def __exit__(self, *_: object) -> None:
        """The balancer serves others still."""


def until_it_is_sent(planned: visits.PlannedVisit) -> None:
    """Try as a person would: when the page does not come, again a moment later."""
    for _ in range(200):
        try:
            if visits.pay_visit(planned).sent:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise AssertionError(f"{planned.partner} never got through")


def eml_files(home: Path) -> list[Path]:
    """The emails that went."""
    return list((home / "outbox").glob("*.eml"))
