"""SendGrid's signed event webhook: what became of an email, told more than once and in any order.

Pure: the raw body and two headers come in, facts go out. Whoever receives a call verifies it first, then records with
`append_new` what it settles, so that the same event twice is recorded once. The signature is ECDSA over the timestamp
header and the raw body.
"""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome, Step

SIGNATURE_HEADER = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER = "X-Twilio-Email-Event-Webhook-Timestamp"
OLDEST = timedelta(days=3)  # SendGrid goes on trying for a day; older than this is a replay
AHEAD = timedelta(minutes=5)  # how far its clock may be ahead of ours
BY = "sendgrid"

# Opens and clicks are left out: link scanners open and click everything, so they prove nothing.
_MEANS = {
    "processed": Outcome.SENT,
    "delivered": Outcome.DELIVERED,
    "bounce": Outcome.BOUNCED,
    "blocked": Outcome.BLOCKED,
    "dropped": Outcome.BOUNCED,  # SendGrid itself would not send to the address
}
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_EVENT_ID = re.compile(r"[\w.=+/-]{1,150}")


class NotGenuineError(Exception):
    """A call that SendGrid has not signed, or not lately: answer 403 and record nothing."""


def settled_by_events(body: bytes, facts: Facts, now: datetime) -> tuple[MessageSettled, ...]:
    """The facts that a verified call brings; what cannot be read, or is of no concern to us, gives nothing."""
    by_id = {each.outbox_id: each for each in facts.going_on.of(MessageReserved)}  # events are days old, never weeks
    found = {each.key: each for each in _facts(_events(body), by_id, now)}
    return tuple(found.values())


def verify(body: bytes, signature: str, timestamp: str, public_key: str, now: datetime) -> None:
    """Raises `NotGenuineError` unless SendGrid signed these very bytes not long ago."""
    try:
        key = load_der_public_key(b64decode(public_key, validate=True))
        signed = b64decode(signature, validate=True)
    except ValueError as problem:  # what is no Base64 among them
        raise NotGenuineError("the signature or the key cannot be read") from problem
    if not isinstance(key, EllipticCurvePublicKey) or not timestamp.isascii() or not timestamp.isdigit():
        raise NotGenuineError("the key or the time cannot be read")
    try:
        key.verify(signed, timestamp.encode() + body, ECDSA(SHA256()))
    except InvalidSignature as problem:
        raise NotGenuineError("the signature does not fit") from problem
    age = now - datetime.fromtimestamp(int(timestamp), UTC)
    if not -AHEAD <= age <= OLDEST:
        raise NotGenuineError("the call is too old, or ahead of its time")


def _events(body: bytes) -> Iterator[dict[str, Any]]:
    try:
        events = json.loads(body)
    except (ValueError, RecursionError):
        return
    yield from (each for each in events if isinstance(each, dict)) if isinstance(events, list) else ()


def _facts(
    events: Iterator[dict[str, Any]], by_id: dict[str, MessageReserved], now: datetime
) -> Iterator[MessageSettled]:
    for event in events:
        message = by_id.get(str(event.get("outbox_id")))
        outcome, event_id = _outcome(event), str(event.get("sg_event_id"))
        if message and outcome and event.get("sg_event_id") and _EVENT_ID.fullmatch(event_id):
            yield MessageSettled(
                at=_when(event, message, now),
                by=BY,
                partnership=message.partnership,
                message=message.message,
                outcome=outcome,
                step=Step.REPORTED,
                event=event_id,
                detail=_detail(event),
            )


def _outcome(event: dict[str, Any]) -> Outcome | None:
    """What an event says: a bounce of the type “blocked” is a mail room that turned it away, not a dead address."""
    found = _MEANS.get(str(event.get("event")))
    return Outcome.BLOCKED if found is Outcome.BOUNCED and event.get("type") == "blocked" else found


def _when(event: dict[str, Any], message: MessageReserved, now: datetime) -> datetime:
    """When it happened by SendGrid's clock, kept between the booking and now."""
    stamp = event.get("timestamp")
    if not isinstance(stamp, int) or isinstance(stamp, bool) or not 0 < stamp < 2**33:
        return now
    return min(now, max(message.at, datetime.fromtimestamp(stamp, UTC)))


def _detail(event: dict[str, Any]) -> str:
    """The event's kind and code, never its reason: that often quotes the address."""
    kind = "blocked" if event.get("type") == "blocked" else str(event.get("event"))
    status = str(event.get("status", ""))
    return f"{kind} {status}" if _STATUS.fullmatch(status) else kind
