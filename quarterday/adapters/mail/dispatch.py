"""Sending exactly once: say it in the register, send, record what became of it. Killed anywhere, nothing repeats.

An email is composed whole before it is booked, so that a template that cannot be filled in books nothing. The booking
and the link go into the register in one transaction. Whoever finds a booking without an outcome settles it: the outbox
knows for sure; of any other transport nobody can know, and such a message is recorded unconfirmed and left alone.
"""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from quarterday.actions import Recipient, Send
from quarterday.adapters.installation import Installation
from quarterday.adapters.links import issue_link, issue_officer_link, link_url, links_for, revoke_link
from quarterday.adapters.mail.compose import compose, outbox_id
from quarterday.adapters.mail.context import request_of
from quarterday.adapters.mail.message import Email, can_be_addressed
from quarterday.adapters.mail.outcomes import NOT_SENT, Booked, attempt, booked, booked_messages
from quarterday.adapters.mail.recipients import partner_of, recipient_of
from quarterday.adapters.mail.sent import Sent
from quarterday.adapters.mail.templates import EmailTemplateError
from quarterday.adapters.register import AlreadyRecorded
from quarterday.errands import Errand
from quarterday.facts import Fact, Facts, LinkIssued, MessageReserved, MessageSettled, Outcome, RequestMade
from quarterday.standing import london_day

IN_FLIGHT = timedelta(minutes=15)  # longer than any transport takes over one email, its retries included
MOST_ATTEMPTS = 5
WITHOUT_LINK = frozenset({"code", "thank-you"})
SAID_ONCE = frozenset({"code"})  # what these say is kept nowhere, so they cannot be composed again

BY = "quarterday"

_LOG = logging.getLogger(__name__)


def perform_send(
    installation: Installation, action: Send, facts: Facts | None = None, said: Mapping[str, Any] | None = None
) -> Outcome | None:
    """Send one email, once. None where someone else has booked it and settled it, or is about to.

    `facts` saves reading them again; `said` holds what only this email may know, such as a code. Raises
    `EmailTemplateError` before anything is booked, and `OSError` where the outbox cannot be written, which leaves the
    booking to `settle_unfinished`.
    """
    facts = installation.facts() if facts is None else facts
    at = installation.now()
    link, issued = _link_for(installation, facts, action, at)
    email = _compose(installation, facts, action, at, at, link, said)
    try:
        installation.register.append(_booking(installation, action, email), *issued)
    except AlreadyRecorded:
        facts = installation.facts()
        known = booked(facts, action.key)
        return _settle(installation, facts, known) if known else None
    sent = _carry(installation, email)
    _record(installation, action.key, sent, number=1, fresh=issued, before=())
    return sent.outcome


def settle_unfinished(installation: Installation) -> list[tuple[str, Outcome]]:
    """Settle every message that was booked and not heard of again, and try again what certainly did not go.

    Gives the keys of the messages and what became of them. For the daily run; harmless at any time.
    """
    facts = installation.facts()
    done: list[tuple[str, Outcome]] = []
    for each in booked_messages(facts):
        try:
            outcome = _settle(installation, facts, each)
        except EmailTemplateError as problem:
            # One template that cannot be filled in must not hold up the others; the message stays to be settled.
            _LOG.warning("Message %s waits: %s", each.message.message, problem)
            continue
        if outcome is not None:
            done.append((each.message.message, outcome))
    return done


def _settle(installation: Installation, facts: Facts, known: Booked) -> Outcome | None:
    """What a booking's outcome turns out to be; None where it was settled before or may still be on its way."""
    if known.outcome is not None and not known.may_go_again:
        return None
    message, transport = known.message, installation.transport
    if outcome := transport.outcome_of(message.outbox_id):
        _append(installation, _settled(installation, message.message, outcome, "transport", "found by its id"))
        return outcome
    if transport.repeatable or known.may_go_again:
        return _send_again(installation, facts, known)
    if installation.now() - message.at < IN_FLIGHT:
        return None
    detail = "sending was interrupted: whether it went is not known, so it is not sent again"
    _append(installation, _settled(installation, message.message, Outcome.UNCONFIRMED, "not known", detail))
    return Outcome.UNCONFIRMED


def _send_again(installation: Installation, facts: Facts, known: Booked) -> Outcome | None:
    """Another attempt under the same booking: the token of the first is lost, so a fresh link goes in its place."""
    message, number = known.message, known.attempts + 1
    if message.email in SAID_ONCE or number > MOST_ATTEMPTS:
        detail = (
            "what it said has run out" if message.email in SAID_ONCE else f"given up after {known.attempts} attempts"
        )
        _append(installation, _settled(installation, message.message, Outcome.FAILED, "transport", detail))
        return Outcome.FAILED
    at, action = installation.now(), _action_of(installation, facts, message)
    link, issued = _link_for(installation, facts, action, at)
    email = _compose(installation, facts, action, at, message.at, link, None)
    try:
        installation.register.append(*_claim(installation, message, number), *issued)
    except AlreadyRecorded:
        return None  # another process is making this very attempt
    sent = _carry(installation, email)
    _record(installation, message.message, sent, number, fresh=issued, before=links_for(facts, message.message))
    return sent.outcome


def _claim(installation: Installation, message: MessageReserved, number: int) -> tuple[MessageSettled, ...]:
    """Only one process may make an attempt, unless attempts can be repeated without harm."""
    if installation.transport.repeatable:
        return ()
    claim = _settled(installation, message.message, Outcome.UNCONFIRMED, attempt(number), "sending again")
    return (claim,)


def _link_for(
    installation: Installation, facts: Facts, action: Send, at: datetime
) -> tuple[str, tuple[LinkIssued, ...]]:
    """A link for those who may answer for the partner that was asked, and for an officer's errand; for nobody else."""
    if action.email in set(Errand):
        token, issued = issue_officer_link(action, installation.framework.partnership.code, at)
        return link_url(installation.settings, token, Errand(action.email)), (issued,)
    request = request_of(facts, action)
    if not request or action.email in WITHOUT_LINK or not _answers_for(request, action.recipient):
        return "", ()
    token, issued = issue_link(request, action.recipient.code, action.key, at)
    return link_url(installation.settings, token), (issued,)


def _answers_for(request: RequestMade, recipient: Recipient) -> bool:
    return recipient.code.startswith(f"{request.partner}/")


def _compose(
    installation: Installation,
    facts: Facts,
    action: Send,
    at: datetime,
    booked_at: datetime,
    link: str,
    said: Mapping[str, Any] | None,
) -> Email:
    return compose(
        installation.settings, installation.framework, facts, installation.stores, action, at, booked_at, link, said
    )


def _booking(installation: Installation, action: Send, email: Email) -> MessageReserved:
    return MessageReserved(
        at=email.booked_at,
        by=BY,
        reason=action.why,
        partnership=installation.framework.partnership.code,
        collection=action.collection,
        request=action.request,
        message=action.key,
        rung=action.rung,
        email=action.email,
        recipient=action.recipient.code,
        subject="" if action.email in SAID_ONCE else email.subject,
        outbox_id=outbox_id(installation.framework.partnership.code, action.key),
        tells_of=action.about,
    )


def _action_of(installation: Installation, facts: Facts, message: MessageReserved) -> Send:
    """The action behind a booking."""
    return Send(
        key=message.message,
        collection=message.collection,
        request=message.request,
        partner=partner_of(facts, message),
        rung=message.rung,
        email=message.email,
        recipient=recipient_of(installation.framework, facts, message),
        on=london_day(message.at),
        why=message.reason,
        about=message.tells_of,
    )


def _carry(installation: Installation, email: Email) -> Sent:
    if not can_be_addressed(email.to_email):
        return Sent(Outcome.FAILED, "no mail can go to the address as it is written")
    return installation.transport.send(email)


def _record(
    installation: Installation,
    message: str,
    sent: Sent,
    number: int,
    fresh: tuple[LinkIssued, ...],
    before: tuple[LinkIssued, ...],
) -> None:
    """What became of an attempt, and the end of every link for this message but the one that was mailed."""
    settles = f"{attempt(number)} {NOT_SENT}" if sent.again else "transport"
    lost = fresh if sent.already else before
    reason = "its email never went: another one went in its place"
    ended = [revoke_link(link, installation.now(), BY, reason) for link in lost]
    _append(installation, _settled(installation, message, sent.outcome, settles, sent.detail), *ended)


def _settled(installation: Installation, message: str, outcome: Outcome, settles: str, detail: str) -> MessageSettled:
    return MessageSettled(
        at=installation.now(),
        by=BY,
        partnership=installation.framework.partnership.code,
        message=message,
        outcome=outcome,
        settles=settles,
        detail=detail,
    )


def _append(installation: Installation, *facts: Fact) -> None:
    installation.register.append_new(*facts)
