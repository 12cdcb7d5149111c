"""A portal of the small partnership: a real register, real stores, a real outbox; the checks say what a test wants."""

import email
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from starlette.responses import Response
from starlette.testclient import TestClient

from expectations.checking import Checked, Job
from quarterday.adapters.installation import Installation
from quarterday.adapters.links import issue_link
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.transport import open_transport
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.domain.facts import (
    CollectionOpened,
    Fact,
    LinkIssued,
    RequestMade,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Finding, Severity, verdict_on
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow, Tidied
from quarterday.domain.framework.periods import Period
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.rulings.officer_links import OfficerPage, officer_page_send
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.serving.app import create_app
from tests.domain.conftest import framework

ROOT = Path(__file__).parents[2]
COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
QUARTER = Period(date(2025, 4, 1), date(2025, 6, 30))
TUESDAY = "2025-07-15T09:00:00+01:00"  # a week before the figures are due
A_FILE = b"Indicator,Value\nDeliberate fires,12\n"


def finding(severity: Severity, sentence: str, **more: Any) -> Finding:
    """A finding at one cell."""
    said = {"sheet": "Figures", "column": "Value", "cells": ("H2",), "indicator": "deliberate-fires"}
    return Finding("a-rule", severity, sentence, "A value needs another look.", **{**said, **more})


WRONG = finding(Severity.CRITICAL, "-4 is below 0, the least that this can be.")
UNUSUAL = finding(Severity.WARNING, "41, where 8 to 15 is usual. Is it right?")


@dataclass
class Checks:
    """Checks that find what a test tells them to; `down` makes the machinery fail."""

    finds: tuple[Finding, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    down: bool = False
    jobs: list[Job] = field(default_factory=list)

    def start(self) -> None:
        """Nothing to warm."""

    def check(self, job: Job) -> Checked:
        """What the test wants to be found."""
        self.jobs.append(job)
        if self.down:
            raise RuntimeError("the checks are not to be had")
        row = ReturnRow("deliberate-fires", "E09000099", "", "", job.says_period or job.period, value=12)
        period = job.says_period or job.period
        read = PartnerReturn("fire", COLLECTION, period, (row,), "template", self.tidied, reviews=self.reviews)
        verdict: Verdict = verdict_on(self.finds)
        return Checked(read, self.finds, verdict)


@dataclass
class Person:
    """Somebody at a partner with a browser: posts the forms of the page that is open, as a browser would."""

    client: TestClient
    token: str
    page: Response | None = None

    def open(self, rest: str = "") -> Any:
        """Open a page of the link."""
        self.page = self.client.get(f"/r/{self.token}/{rest}".rstrip("/"))
        return self.page

    def send(self, ending: str, files: Any = None, follow: bool = True, headers: Any = None, **given: Any) -> Any:
        """Fill in the form with this ending on the open page, and send it."""
        assert self.page is not None
        action, hidden = form_on(self.page.text, ending)
        url = urljoin(str(self.page.url), action)
        said = {name.replace("__", "-"): value for name, value in given.items()}
        self.page = self.client.post(
            urlsplit(url).path, data={**hidden, **said}, files=files, follow_redirects=follow, headers=headers
        )
        return self.page

    def upload(self, data: bytes = A_FILE, name: str = "figures.csv", ending: str = "/upload", **given: Any) -> Any:
        """Choose a file and have it checked."""
        if self.page is None:
            self.open()
        return self.send(ending, files={"file": (name, data)}, **given)

    @property
    def text(self) -> str:
        """The words of the open page, on one line."""
        assert self.page is not None
        return words_of(self.page.text)


def words_of(html: str) -> str:
    """The words of a page, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def form_on(html: str, ending: str) -> tuple[str, dict[str, str]]:
    """Where a form goes and what it carries."""
    for action, inside in re.findall(r'<form method="post" action="([^"]*)"[^>]*>(.*?)</form>', html, re.DOTALL):
        if action.endswith(ending):
            return action, dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', inside))
    raise AssertionError(f"no form for {ending}: {words_of(html)[:500]}")


@dataclass
class Office:
    """The installation, its portal, and what a test wants of them."""

    installation: Installation
    checks: Checks
    client: TestClient
    clock: Path

    def at(self, moment: str) -> None:
        """Move the clock."""
        self.clock.write_text(moment)

    def link(self, recipient: str = "fire/contact", message: str = "request") -> tuple[str, LinkIssued]:
        """A link for someone at the partner, on record."""
        request = self.installation.register.find(RequestMade, FIRE)
        assert request
        token, issued = issue_link(request, recipient, message, self.installation.now())
        self.installation.register.append(issued)
        return token, issued

    def person(self, recipient: str = "fire/contact") -> Person:
        """Somebody with a link and a browser of their own."""
        return Person(TestClient(self.client.app, raise_server_exceptions=False), self.link(recipient)[0])

    def officer_page(self, kind: OfficerPage, **about: str) -> tuple[str, str]:
        """Jo's link for an officer's page, out of the email that brings it: its token, and the page of it."""
        installation, before = self.installation, set(self.outbox())
        asked_at = installation.now() + timedelta(microseconds=self.count())  # never twice the same
        send = officer_page_send(installation.framework, Ruling("jo", "They rang.", asked_at), kind, **about)
        perform_send(installation, send)
        (path,) = set(self.outbox()) - before
        message = email.message_from_bytes(path.read_bytes(), policy=default)
        assert "jo@somewhere.example" in str(message["to"])
        found = re.search(r"http://testserver/r/([^/\s]+)/?(\S*)", message.get_body(("plain",)).get_content())
        assert found
        return found[1], found[2]

    def kept(self, kind: type[Fact]) -> tuple[Any, ...]:
        """The facts of one kind."""
        return self.installation.facts().of(kind)

    def judged(self, received: ReturnReceived, verdict: str, **said: Any) -> None:
        """A verdict of the checks on a return, on record."""
        counted: dict[str, Any] = {"critical": 0, "warnings": 0, "notes": 0, "findings_stored_as": ""} | said
        given = VerdictGiven(
            at=self.installation.now(),
            by="quarterday",
            partnership="somewhere",
            request=received.request,
            partner_return=received.partner_return,
            verdict=Verdict(verdict),
            **counted,
        )
        self.installation.register.append(given)

    def count(self) -> int:
        """How many facts there are of every kind."""
        return sum(1 for _ in self.installation.facts())

    def outbox(self) -> list[Path]:
        """The emails that went out."""
        return sorted((self.installation.settings.home / "outbox").glob("*.eml"))


def an_office(home: Path, checks: Any = None, **changes: object) -> Office:
    """An office on a Tuesday in July: the fire service has been asked for its fires."""
    clock = home / "clock"
    clock.write_text(TUESDAY)
    settings = Settings(
        home=home,
        config=ROOT / "config",
        clock_file=clock,
        portal_url="http://testserver",
        prefect_api_url="http://127.0.0.1:9/api",  # nobody listens there
        undo_minutes=0,  # what follows is due at once; tests/web/officers/test_undo.py has the minutes
        _env_file=None,
    )
    known = framework(**changes)
    installation = Installation(
        settings=settings,
        framework=known,
        exports={},
        register=open_register(settings),
        stores=open_stores(settings),
        transport=open_transport(settings),
    )
    asked_at = datetime(2025, 7, 8, 8, 0, tzinfo=UTC)
    who: dict[str, Any] = {"at": asked_at, "by": "quarterday", "partnership": "somewhere", "collection": COLLECTION}
    installation.register.append(
        CollectionOpened(period_start=QUARTER.start, period_end=QUARTER.end, **who),
        RequestMade(
            request=FIRE,
            partner="fire",
            asked=tuple(each.code for each in known.supplied_by("fire")),
            withheld=(),
            due=date(2025, 7, 22),
            closes=date(2025, 8, 1),
            activities=tuple(each.code for each in known.activities_of("fire", QUARTER)),
            **who,
        ),
    )
    checks = checks or Checks()
    client = TestClient(create_app(installation, checks, dead_seconds=0), raise_server_exceptions=False)
    return Office(installation, checks, client, clock)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose checks find nothing, unless told otherwise."""
    return an_office(tmp_path)


@pytest.fixture
def person(office: Office) -> Person:
    """The fire service's contact, with a link."""
    return office.person()


@pytest.fixture
def make_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Office]]:
    """Makes offices with another framework."""
    yield lambda **changes: an_office(tmp_path_factory.mktemp("office"), **changes)
