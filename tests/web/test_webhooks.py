"""What SendGrid tells, through the portal's own door: genuine, recent, told once or often, in any order."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.mail.events import SIGNATURE_HEADER, TIMESTAMP_HEADER
from quarterday.domain.collection.booked import booked
from quarterday.domain.facts import MessageReserved, MessageSettled, Outcome
from quarterday.web.serving.app import create_app
from tests.sendgrid_signed import (
    OUR_PUBLIC_KEY,
    PUBLISHED_AT,
    PUBLISHED_BODY,
    PUBLISHED_KEY,
    PUBLISHED_SIGNATURE,
    PUBLISHED_TIMESTAMP,
    signed,
)
from tests.web.conftest import COLLECTION, FIRE, TUESDAY, Office

NOW = datetime.fromisoformat(TUESDAY)
BOOKED = MessageReserved(
    at=NOW - timedelta(hours=1),
    by="quarterday",
    partnership="somewhere",
    collection=COLLECTION,
    request=FIRE,
    message="a-message",
    occasion="request",
    email="request",
    recipient="fire/contact",
    subject="Figures",
    outbox_id="a1",
)


def an_event(kind: str = "delivered", outbox_id: str = "a1", **more: Any) -> dict[str, Any]:
    """One event as SendGrid tells it."""
    return {"event": kind, "outbox_id": outbox_id, "sg_event_id": f"e-{kind}", "timestamp": 1752566400, **more}


class Door:
    """The portal's webhook, and SendGrid in front of it."""

    def __init__(self, office: Office, key: str) -> None:
        settings = office.installation.settings.model_copy(update={"sendgrid_webhook_key": key})
        object.__setattr__(office.installation, "settings", settings)
        self.office = office
        self.client = TestClient(create_app(office.installation, office.checks, dead_seconds=0))

    def post(self, body: bytes | Iterator[bytes], signature: str, timestamp: str) -> int:
        """A call, genuine or not; the answer's status."""
        headers = {SIGNATURE_HEADER: signature, TIMESTAMP_HEADER: timestamp}
        return self.client.post("/hooks/sendgrid", content=body, headers=headers).status_code

    def tell(self, *events: dict[str, Any], at: datetime = NOW) -> int:
        """A call that SendGrid signs."""
        return self.post(*signed(json.dumps(events).encode(), at))

    @property
    def settled(self) -> int:
        """How many facts the calls brought."""
        return len(self.office.kept(MessageSettled))

    @property
    def outcome(self) -> Outcome | None:
        """Where the message stands."""
        known = booked(self.office.installation.facts(), BOOKED.message)
        return known.outcome if known else None


@pytest.fixture
def door(office: Office) -> Door:
    """One email is out, and the key is set."""
    office.installation.register.append(BOOKED)
    return Door(office, OUR_PUBLIC_KEY)


def test_a_call_that_sendgrid_published_is_let_in(office: Office) -> None:
    """The published bytes, with the published key, at the time when they were signed; it is about nobody of ours."""
    office.at(PUBLISHED_AT.isoformat())
    door = Door(office, PUBLISHED_KEY)

    assert 200 == door.post(PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP)
    assert 403 == door.post(PUBLISHED_BODY.rstrip(), PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP)
    assert 0 == door.settled


@pytest.mark.parametrize(
    "tamper",
    [
        lambda body, signature, timestamp: (body + b" ", signature, timestamp),
        lambda body, signature, timestamp: (body.replace(b"delivered", b"bounce"), signature, timestamp),
        lambda body, signature, timestamp: (body, signature[:-8] + "AAAAAAA=", timestamp),
        lambda body, signature, timestamp: (body, signature, str(int(timestamp) + 1)),
        lambda body, signature, timestamp: (body, "", timestamp),
        lambda body, signature, timestamp: (body, signature, ""),
        lambda body, signature, timestamp: (b"", signature, timestamp),
    ],
)
def test_a_call_that_was_touched_is_turned_away(door: Door, tamper: Callable[..., tuple[bytes, str, str]]) -> None:
    """One byte of body, signature or time; nothing is recorded."""
    call = signed(json.dumps([an_event()]).encode(), NOW)

    assert 403 == door.post(*tamper(*call))
    assert 0 == door.settled


def test_the_very_bytes_count_and_not_what_they_mean(door: Door) -> None:
    """Spaces and line ends as SendGrid sent them; the same events laid out otherwise are not what was signed."""
    body = b'[ {"event":"delivered",\r\n"outbox_id": "a1","sg_event_id":"e1"} ]\r\n'
    _, signature, timestamp = signed(body, NOW)

    assert 403 == door.post(json.dumps(json.loads(body)).encode(), signature, timestamp)
    assert 200 == door.post(body, signature, timestamp)
    assert Outcome.DELIVERED is door.outcome


def test_an_old_call_is_a_replay(door: Door) -> None:
    """A day late is still told; four days late, or ahead of its time, is not SendGrid."""
    assert 403 == door.tell(an_event("bounce"), at=NOW - timedelta(days=4))
    assert 403 == door.tell(an_event("bounce"), at=NOW + timedelta(minutes=10))
    assert 0 == door.settled
    assert 200 == door.tell(an_event(), at=NOW - timedelta(days=1))
    assert Outcome.DELIVERED is door.outcome


def test_five_times_the_same_is_one_fact(door: Door) -> None:
    """In one call, in five, and in the same call replayed a day later."""
    call = signed(json.dumps([an_event()] * 5).encode(), NOW)
    answers = [door.post(*call) for _ in range(5)]
    door.office.at((NOW + timedelta(days=1)).isoformat())

    assert [200] * 6 == [*answers, door.post(*call)]
    assert 1 == door.settled


def test_the_order_of_calls_does_not_matter(make_office: Callable[..., Office]) -> None:
    """Processed, delivered, bounced after all: bounced, whichever call comes first."""
    ended = set()
    for order in permutations(("processed", "delivered", "bounce")):
        office = make_office()
        office.installation.register.append(BOOKED)
        door = Door(office, OUR_PUBLIC_KEY)
        assert [200, 200, 200] == [door.tell(an_event(kind)) for kind in order]
        ended.add(door.outcome)

    assert {Outcome.BOUNCED} == ended


def test_events_of_another_partnership_are_no_concern_of_ours(door: Door) -> None:
    """They may share the account: their ids, and those of nobody, are taken politely and left alone."""
    theirs = {**vars(BOOKED), "partnership": "elsewhere", "message": "their-message", "outbox_id": "b2"}
    door.office.installation.register.append(MessageReserved(**theirs))

    assert 200 == door.tell(an_event(outbox_id="b2"), an_event(outbox_id="nobody's"), {"event": "delivered"})
    assert () == door.office.installation.register.facts("elsewhere").of(MessageSettled)
    assert 0 == door.settled


@pytest.mark.parametrize("announced", [True, False], ids=["its length told", "in pieces"])
def test_a_huge_body_is_not_read_to_its_end(door: Door, announced: bool) -> None:
    """SendGrid sends some hundred kilobytes at most; three megabytes are turned away unread and unverified."""
    pieces = [b"x" * 65536] * 48

    assert 413 == door.post(b"".join(pieces) if announced else iter(pieces), "", "1")
    assert 0 == door.settled


def test_a_stranger_makes_us_read_nothing(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """The signature is looked at before the register is."""
    monkeypatch.setattr(type(door.office.installation), "facts", lambda _: 1 / 0)

    assert 403 == door.post(b"[]", "bm8=", str(int(NOW.timestamp())))


def test_without_a_key_nobody_is_let_in(office: Office) -> None:
    """An installation without SendGrid has no open door."""
    door = Door(office, "")

    assert 403 == door.tell(an_event())


def test_looking_at_the_door_changes_nothing(door: Door) -> None:
    """A GET is no call."""
    assert 405 == door.client.get("/hooks/sendgrid").status_code
