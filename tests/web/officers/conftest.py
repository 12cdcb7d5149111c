"""Officers with browsers of their own, in the office of the small partnership."""

import email
import re
from collections.abc import Iterable
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.partners import Duty, Officer
from tests.domain.conftest import framework
from tests.web.conftest import Office, an_office, form_on, words_of

JO = Officer(code="jo", name="Jo Officer", email="jo@somewhere.example")
SAM = Officer(code="sam", name="Sam Second", email="sam@somewhere.example", may=(Duty.RELEASES,))
LOU = Officer(code="lou", name="Lou Looker", email="lou@somewhere.example", may=())


class OfficerAtWork:
    """An officer with a browser: follows links, fills in the form of the open page, as a browser would."""

    def __init__(self, office: Office, who: Officer = JO) -> None:
        self.office, self.who = office, who
        self.client = TestClient(office.client.app, raise_server_exceptions=False)
        self.page: Response | None = None
        self.letter: Path | None = None  # what came when they last asked to be let in

    def open(self, path: str = "/officers") -> Any:
        """Open a page."""
        self.page = self.client.get(path)
        return self.page

    def send(self, ending: str = "", follow: bool = True, **given: Any) -> Any:
        """Fill in the form whose address ends like this, and send it."""
        assert self.page is not None
        action, hidden = form_on(self.page.text, ending)
        hidden |= _typed(self.page.text, action)
        url = urlsplit(urljoin(str(self.page.url), action))
        said = {name.replace("__", "-"): value for name, value in given.items()}
        path = url.path + (f"?{url.query}" if url.query else "")
        self.page = self.client.post(path, data={**hidden, **said}, follow_redirects=follow)
        return self.page

    def ask(self, address: str = "", to: str = "") -> str:
        """Ask to be let in; the address of the page on which the code is typed."""
        before = set(self.office.outbox())
        self.open("/officers/sign-in" + (f"?to={to}" if to else ""))
        self.send("", email=address or self.who.email)
        self.letter = next(iter(set(self.office.outbox()) - before), None)
        assert self.page
        return str(self.page.url)

    def mailed(self) -> tuple[str, str]:
        """The code and the link of the email that came."""
        assert self.letter
        message = email.message_from_bytes(self.letter.read_bytes(), policy=default)
        assert self.who.email in str(message["to"])
        text = message.get_body(("plain",)).get_content()
        code, link = re.search(r"\b\d{3} \d{3}\b", text), re.search(r"http://testserver(\S*)", text)
        assert code and link
        return code[0], link[1]

    def sign_in(self, to: str = "") -> "OfficerAtWork":
        """Come in by a mailed code."""
        self.ask(to=to)
        self.send("", code=self.mailed()[0])
        assert self.page and self.page.status_code == 200, self.text
        return self

    @property
    def text(self) -> str:
        """The words of the open page, on one line."""
        assert self.page is not None
        return words_of(self.page.text)

    @property
    def links(self) -> list[str]:
        """Where the open page leads."""
        assert self.page is not None
        return re.findall(r'href="(/officers[^"]*)"', self.page.text)


def letter_that_comes(page: Any, office: Office, before: set[Path]) -> Path:
    """The email that a browser's page has just asked for: it is written once the page has been answered."""
    while not (new := set(office.outbox()) - before):
        page.wait_for_timeout(20)
    return new.pop()


def _typed(html: str, action: str) -> dict[str, str]:
    """What stands in the boxes of a form already: a browser sends it too."""
    form = html.partition(f'action="{action}"')[2].partition("</form>")[0]
    boxes = re.findall(r'<input class="govuk-input[^>]* name="([^"]*)"[^>]* value="([^"]*)"', form)
    return {**dict(boxes)}


def an_office_of(
    home: Path, officers: Iterable[Officer] = (JO, SAM, LOU), activities: tuple[Activity, ...] = (), **more: Any
) -> Office:
    """An office with these officers, and what its plan says will be delivered."""
    partnership = framework().partnership.model_copy(update={"officers": tuple(officers), **more})
    return an_office(home, partnership=partnership, activities=activities)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with three officers: one decides everything, one releases, one looks."""
    return an_office_of(tmp_path)


@pytest.fixture
def jo(office: Office) -> OfficerAtWork:
    """Jo, who has signed in."""
    return OfficerAtWork(office).sign_in()
