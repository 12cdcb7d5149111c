"""An officer's browser in a copy of the quarter: signed in by a mailed code, with the real pages before it."""

import re
from dataclasses import dataclass

import httpx

from quarterday.domain.framework.partners import Officer
from quarterday.web.officers.officer_door import HOME
from rehearsal.pages import Pages, pages_of
from simulation.alone.copies import Copy
from simulation.faults import KilledError
from simulation.world import PAGES

COME_BACK = 503
_CSRF = re.compile(r'name="csrf" value="([^"]*)"')
_HEADERS = {"Origin": PAGES, "Sec-Fetch-Site": "same-origin"}


@dataclass
class OfficersBrowser:
    """A browser and whoever sits before it."""

    copy: Copy
    officer: Officer
    pages: Pages
    client: httpx.Client
    csrf: str = ""

    def sign_in(self) -> None:
        """Ask for a code, and type it; whoever dies over it asks again."""
        self.csrf = self.token_of(f"{HOME}/sign-in")
        self.copy.struck("page: /officers/sign-in", self._ask)
        self.copy.struck("page: /officers/sign-in/{token}", self._type_code)
        self.csrf = self.token_of(f"{HOME}/decisions")

    def sign_out(self) -> None:
        """Leave; whoever dies over it presses again."""
        self.copy.struck("page: /officers/sign-out", lambda: self.send(f"{HOME}/sign-out"))

    def token_of(self, path: str) -> str:
        """What the forms of a page carry to be known as ours."""
        shown = self.client.get(path)
        found = _CSRF.search(shown.text)
        assert found, f"{path}: {shown.status_code}"
        return found[1]

    def send(self, path: str, typed: dict[str, str | list[str]] | None = None) -> httpx.Response:
        """Send a form. Whoever is told to come back takes it up anew, like whoever was killed over it."""
        answer = self.client.post(path, data={"csrf": self.csrf, **(typed or {})}, headers=_HEADERS)
        if answer.status_code == COME_BACK:
            raise KilledError(f"{path} says to come back")
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        return answer

    def _ask(self) -> str:
        """Ask to be let in, an hour after the last time, since few codes are mailed an hour; where it is typed."""
        self.copy.world.clock.wait(3600)
        return self.send(f"{HOME}/sign-in", {"email": self.officer.email}).headers["location"]

    def _type_code(self) -> None:
        with self.copy.unharmed():
            where = self._ask()
        self.send(where, {"code": self.copy.world.server.accepted[-1].code})


def browser_of(copy: Copy, officer: Officer) -> OfficersBrowser:
    """An officer's browser, not yet signed in."""
    pages = pages_of(copy.world.office, copy.world.checker)
    return OfficersBrowser(copy, officer, pages, httpx.Client(transport=pages, base_url=PAGES, verify=False))  # noqa: S501 - no network
