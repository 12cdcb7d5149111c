"""SendGrid's signed events: verified, read, and harmless however often and in whatever order they come."""

import json
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.events import NotGenuineError, settled_by_events, verify
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.collection.booked import booked
from quarterday.domain.facts import Facts, MessageReserved, Outcome
from tests.adapters.mail.conftest import ASKED_AT, Carrier, Office, a_send, an_office
from tests.sendgrid_signed import (
    OUR_PUBLIC_KEY,
    PUBLISHED_AT,
    PUBLISHED_BODY,
    PUBLISHED_KEY,
    PUBLISHED_SIGNATURE,
    PUBLISHED_TIMESTAMP,
)


def event(kind: str, outbox_id: str, number: int = 1, **more: Any) -> dict[str, Any]:
    """One event about a message."""
    parts = {
        "email": "fay.fire@partner.example",
        "event": kind,
        "sg_event_id": f"event-{kind}-{number}",
        "outbox_id": outbox_id,
        "timestamp": int(ASKED_AT.timestamp()) + number,
        "reason": "550 5.1.1 <fay.fire@partner.example> unknown",
    }
    return parts | more


def tell(office: Office, *events: dict[str, Any], late: timedelta = timedelta(0)) -> int:
    """A webhook call as the portal takes it; how many facts were new."""
    now = ASKED_AT + timedelta(minutes=10) + late
    facts = settled_by_events(json.dumps(events).encode(), office.facts(), now)
    return len(office.register.append_new(*facts))


@pytest.fixture
def unsure(tmp_path) -> Office:
    """A message whose outcome SendGrid has not told."""
    office = an_office(tmp_path, transport=Carrier([Sent(Outcome.UNCONFIRMED, "no answer")]))
    perform_send(office, a_send())
    return office


def outbox_id(office: Office) -> str:
    """What SendGrid knows the message by."""
    return office.facts().of(MessageReserved)[0].outbox_id


def outcome(office: Office) -> Outcome | None:
    """Where the message stands."""
    return booked(office.facts(), a_send().key).outcome


def test_a_real_call_of_sendgrids_is_genuine() -> None:
    """The published body, byte for byte with its line end."""
    verify(PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, PUBLISHED_KEY, PUBLISHED_AT)


@pytest.mark.parametrize(
    ("body", "signature", "timestamp", "key"),
    [
        (PUBLISHED_BODY.strip(), PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, PUBLISHED_KEY),
        (PUBLISHED_BODY.replace(b"dropped", b"deliver"), PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, PUBLISHED_KEY),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, "1600112503", PUBLISHED_KEY),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, "yesterday", PUBLISHED_KEY),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, "", PUBLISHED_KEY),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, OUR_PUBLIC_KEY),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, "bm8ga2V5"),
        (PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, ""),
        (PUBLISHED_BODY, "bm90IGEgc2lnbmF0dXJl", PUBLISHED_TIMESTAMP, PUBLISHED_KEY),
        (PUBLISHED_BODY, "%%%", PUBLISHED_TIMESTAMP, PUBLISHED_KEY),
        (PUBLISHED_BODY, "", PUBLISHED_TIMESTAMP, PUBLISHED_KEY),
        (PUBLISHED_BODY, "é", "１６００１１２５０２", PUBLISHED_KEY),
    ],
)
def test_a_call_that_was_touched_is_not(body: bytes, signature: str, timestamp: str, key: str) -> None:
    """One byte of body, time, signature or key."""
    with pytest.raises(NotGenuineError):
        verify(body, signature, timestamp, key, PUBLISHED_AT)


@pytest.mark.parametrize("off", [timedelta(days=4), timedelta(minutes=-10)], ids=["a replay", "from the future"])
def test_a_genuine_call_out_of_its_time_is_refused(off: timedelta) -> None:
    """A call is good for as long as SendGrid would go on trying."""
    with pytest.raises(NotGenuineError, match="too old"):
        verify(PUBLISHED_BODY, PUBLISHED_SIGNATURE, PUBLISHED_TIMESTAMP, PUBLISHED_KEY, PUBLISHED_AT + off)


def test_an_event_settles_a_message_that_nobody_was_sure_of(unsure: Office) -> None:
    """Unconfirmed becomes delivered, a day late or not."""
    before = outcome(unsure)
    tell(unsure, event("delivered", outbox_id(unsure)), late=timedelta(days=1))

    assert (Outcome.UNCONFIRMED, Outcome.DELIVERED) == (before, outcome(unsure))


def test_five_times_the_same_event_is_one_fact(unsure: Office) -> None:
    """In one call or in five."""
    told = [event("delivered", outbox_id(unsure))] * 5
    new = [tell(unsure, *told), *(tell(unsure, each) for each in told)]

    assert [1, 0, 0, 0, 0, 0] == new


def test_the_order_of_events_does_not_matter(tmp_path) -> None:
    """Processed, delivered, and a bounce after all: bounced, whichever is told first."""
    ended = set()
    for order in permutations(("processed", "delivered", "bounce")):
        office = an_office(tmp_path, transport=Carrier([Sent(Outcome.UNCONFIRMED)]))
        perform_send(office, a_send())
        for kind in order:
            tell(office, event(kind, outbox_id(office)))
        ended.add(outcome(office))

    assert {Outcome.BOUNCED} == ended


@pytest.mark.parametrize("kind", ["bounce", "dropped"])
def test_what_did_not_arrive_has_bounced(unsure: Office, kind: str) -> None:
    """Whoever decides next tries the deputy."""
    tell(unsure, event(kind, outbox_id(unsure), status="5.1.1"))
    settled = unsure.register.kept[-1]

    assert Outcome.BOUNCED is outcome(unsure)
    assert f"{kind} 5.1.1" == settled.detail


@pytest.mark.parametrize(("kind", "more"), [("blocked", {}), ("bounce", {"type": "blocked"})])
def test_what_a_mail_room_turned_away_says_nothing_of_the_address(unsure: Office, kind: str, more: Any) -> None:
    """A block passes: the contact is no dead mailbox."""
    tell(unsure, event(kind, outbox_id(unsure), status="4.7.1", **more))

    assert Outcome.BLOCKED is outcome(unsure)


def test_the_reason_is_not_kept_since_it_quotes_the_address(unsure: Office) -> None:
    """The kind and the status code say enough."""
    tell(unsure, event("bounce", outbox_id(unsure), status="<fay.fire@partner.example>"))

    assert "fay.fire" not in repr(unsure.register.kept)


@pytest.mark.parametrize("kind", ["open", "click", "deferred", "spamreport", "unheard-of", None])
def test_openings_and_clicks_prove_nothing(unsure: Office, kind: str) -> None:
    """Link scanners open and click every email."""
    assert 0 == tell(unsure, event(kind, outbox_id(unsure)))


def test_events_of_others_are_left_alone(unsure: Office) -> None:
    """Another system may share the account."""
    assert 0 == tell(unsure, event("delivered", "another"), {"event": "delivered"}, {})


@given(
    st.binary()
    | st.recursive(
        st.none() | st.integers() | st.text(), lambda each: st.lists(each) | st.dictionaries(st.text(), each)
    ).map(lambda each: json.dumps(each).encode())
)
def test_no_genuine_body_whatever_it_holds_brings_us_down(body: bytes) -> None:
    """What we cannot read gives no facts."""
    assert () == settled_by_events(body, Facts(), ASKED_AT)


def test_a_body_nested_without_end_gives_nothing() -> None:
    """However deep it goes."""
    assert () == settled_by_events(b"[" * 500_000, Facts(), ASKED_AT)


@pytest.mark.parametrize("stamp", [None, "now", True, -5, 10**30, 0.5])
def test_an_event_with_a_strange_time_happened_by_now(unsure: Office, stamp: object) -> None:
    """A fact's time lies between the booking and its recording."""
    tell(unsure, event("delivered", outbox_id(unsure), timestamp=stamp))

    assert ASKED_AT <= unsure.register.kept[-1].at <= ASKED_AT + timedelta(minutes=10)
