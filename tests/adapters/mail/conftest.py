"""An office of the small partnership: a register and stores in memory, a clock that stands still, an outbox."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.mail.message import Attachment, Email
from quarterday.adapters.mail.one_by_one import OneByOne
from quarterday.adapters.mail.outbox import Outbox
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.register import AlreadyRecorded
from quarterday.adapters.settings import Settings
from quarterday.adapters.store.read_once import ReadOnce
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import CollectionOpened, Fact, Facts, Outcome, RequestMade
from quarterday.domain.framework.framework import Framework
from tests.domain.conftest import framework

ROOT = Path(__file__).parents[3]
DESCRIPTION = ROOT / "../shared/data/sendgrid_oai/tsg_mail_v3.json"
COLLECTION = "somewhere.2025-26-q1"
FIRE = f"{COLLECTION}.fire"
ASKED_AT = datetime(2025, 7, 8, 8, 0, tzinfo=UTC)
WHO: dict[str, Any] = {"partnership": "somewhere", "by": "quarterday"}

OPENED = CollectionOpened(
    at=ASKED_AT, collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **WHO
)
MADE = RequestMade(
    at=ASKED_AT,
    collection=COLLECTION,
    request=FIRE,
    partner="fire",
    asked=("deliberate-fires",),
    withheld=(),
    due=date(2025, 7, 22),
    closes=date(2025, 8, 1),
    **WHO,
)


class RegisterInMemory:
    """Facts in a list, with the register's promise: a key once, and a batch whole or not at all."""

    def __init__(self, *facts: Fact) -> None:
        self.kept: list[Fact] = list(facts)

    def append(self, *facts: Fact) -> None:
        if known := [fact for fact in facts if self._has(fact)]:
            raise AlreadyRecorded(*known)
        self.kept += facts

    def append_new(self, *facts: Fact) -> tuple[Fact, ...]:
        new = tuple(fact for fact in facts if not self._has(fact))
        self.kept += new
        return new

    def facts(self, partnership: str) -> Facts:
        return Facts(self.kept)

    def _has(self, fact: Fact) -> bool:
        return any(type(each) is type(fact) and each.key == fact.key for each in self.kept)


@dataclass
class Carrier(OneByOne):
    """A transport that keeps what it is given and answers as it is told; it can never say what became of an email."""

    answers: list[Sent | BaseException] = field(default_factory=list)
    carried: list[Email] = field(default_factory=list)
    repeatable: bool = False

    def send(self, email: Email) -> Sent:
        answer = self.answers.pop(0) if self.answers else Sent(Outcome.SENT)
        if isinstance(answer, BaseException):
            raise answer
        self.carried.append(email)
        return answer

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        return None


class StoresInMemory:
    """A raw store that holds what a test puts there."""

    def __init__(self, **kept: bytes) -> None:
        self.kept = kept

    @property
    def known(self) -> ReadOnce:
        """A test changes what is kept as it likes, so nothing is known from before."""
        return ReadOnce()

    def put(self, name: str, data: bytes) -> None:
        """Keep something."""
        self.kept[name] = data

    @property
    def raw(self) -> "StoresInMemory":
        return self

    @property
    def published(self) -> "StoresInMemory":
        return self

    def exists(self, name: str) -> bool:
        return name in self.kept

    def get(self, name: str) -> bytes:
        return self.kept[name]


@dataclass
class Office:
    """As much of an installation as emails need."""

    settings: Settings
    framework: Framework
    register: RegisterInMemory
    transport: Any
    stores: Any = field(default_factory=StoresInMemory)
    moment: datetime = ASKED_AT

    def now(self) -> datetime:
        return self.moment

    def today(self) -> date:
        return london_day(self.moment)

    def facts(self) -> Facts:
        return self.register.facts("somewhere")


def an_office(home: Path, *facts: Fact, transport: Any = None, **changes: object) -> Office:
    """An office whose outbox lies in `home`."""
    settings = Settings(home=home, config=ROOT / "config", portal_url="http://portal.example", _env_file=None)
    register = RegisterInMemory(OPENED, MADE, *facts)
    return Office(settings, framework(**changes), register, transport or Outbox(home / "outbox"))


CONTACT = Recipient("fire/contact", "Fay Fire", "fay.fire@partner.example")


def a_send(email: str = "request", recipient: Recipient = CONTACT, **more: object) -> Send:
    """The action of an email about the fire service's request."""
    parts: dict[str, Any] = {
        "key": f"{FIRE}/{email}/{recipient.code}",
        "collection": COLLECTION,
        "request": FIRE,
        "partner": "fire",
        "occasion": email,
        "email": email,
        "recipient": recipient,
        "on": date(2025, 7, 8),
        "why": "The fire service is asked.",
    }
    return Send(**(parts | more))


def hourly(office: Office, hours: int) -> None:
    """As many hours go by, and in each a run settles what is unfinished."""
    for _ in range(hours):
        office.moment += timedelta(hours=1)
        settle_unfinished(office)


def an_email(**more: object) -> Email:
    """An email to the fire service, ready to go."""
    parts: dict[str, Any] = {
        "outbox_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "partnership": "somewhere",
        "template": "request",
        "recipient": "fire/contact",
        "request": FIRE,
        "booked_at": ASKED_AT,
        "at": ASKED_AT,
        "message_id": "0a1b2c3d4e5f60718293a4b5c6d7e8f9@somewhere.example",
        "from_name": "Safer Somewhere",
        "heading": "Please send your figures",
        "from_email": "returns@somewhere.example",
        "reply_to": "officers@somewhere.example",
        "to_name": "Fay Fire",
        "to_email": "fay.fire@partner.example",
        "subject": "Please send your figures – £ and all",
        "text": "Open your page:\nhttp://portal.example/r/a-token\n",
        "html": '<p><a href="http://portal.example/r/a-token">Open your page</a></p>',
        "references": ("first@somewhere.example", "before@somewhere.example"),
        "attachments": (Attachment("due-date.ics", "text/calendar; method=PUBLISH", b"BEGIN:VCALENDAR\r\n"),),
    }
    return Email(**(parts | more))


def eml_files(office: Office) -> list[Path]:
    """What lies in the outbox, in its order."""
    return sorted((office.settings.home / "outbox").glob("*.eml"))


def of_kind(facts: Iterable[Fact], kind: type[Fact]) -> list[Any]:
    """The facts of one kind."""
    return [each for each in facts if isinstance(each, kind)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The fire service has been asked, and nothing has been sent yet."""
    return an_office(tmp_path)


@pytest.fixture(scope="session")
def fits_the_description() -> Callable[[Any], list[str]]:
    """Where a body departs from SendGrid's published description of mail/send."""
    if not DESCRIPTION.exists():
        pytest.skip("needs ../shared/data/sendgrid_oai/tsg_mail_v3.json, which is not here")
    described = json.loads(DESCRIPTION.read_text())
    root = Resource(contents=described, specification=DRAFT202012)
    place = "urn:mail#/components/requestBodies/PostMailSend/content/application~1json/schema"
    checker = Draft202012Validator({"$ref": place}, registry=Registry().with_resource("urn:mail", root))
    return lambda body: [f"{each.json_path}: {each.message}" for each in checker.iter_errors(body)]
