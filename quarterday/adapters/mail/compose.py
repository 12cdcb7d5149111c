"""An action made into an email: its words, its thread, and the due date as a calendar file."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterday.actions import Send
from quarterday.adapters.mail.calendar_file import due_date_file
from quarterday.adapters.mail.context import context_of, request_of
from quarterday.adapters.mail.message import Attachment, Email
from quarterday.adapters.mail.request_context import period_of
from quarterday.adapters.mail.templates import one_line, render
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.errands import Errand
from quarterday.facts import (
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.framework import Framework
from quarterday.periods import quarter_name
from quarterday.standing import london_day, standing

# After these there is nothing to put into a diary.
WITHOUT_DUE_DATE = frozenset({"receipt", "accepted", "thank-you", "code", *Errand})


def outbox_id(partnership: str, message: str) -> str:
    """What the transport knows a message by: the same for the same message, whoever books it."""
    return hashlib.sha256(f"{partnership}\n{message}".encode()).hexdigest()[:32]


def compose(
    settings: Settings,
    framework: Framework,
    facts: Facts,
    stores: Stores,
    action: Send,
    at: datetime,
    booked_at: datetime,
    link: str = "",
    said: Mapping[str, Any] | None = None,
) -> Email:
    """The email of an action. `said` holds what only this email may know, such as a code.

    Raises `EmailTemplateError` where a template cannot be filled in.
    """
    partnership = framework.partnership
    context = context_of(settings, framework, facts, stores, action, at, link) | dict(said or {})
    ours = (settings.portal_url.rstrip("/") + "/", settings.prefect_ui_url, partnership.reply_to)
    words = render(settings.config / "emails", action.email, context, ours)
    own_id = outbox_id(partnership.code, action.key)
    return Email(
        outbox_id=own_id,
        partnership=partnership.code,
        template=action.email,
        recipient=action.recipient.code,
        request=action.request,
        booked_at=booked_at,
        at=at,
        message_id=message_id(framework, own_id),
        references=_thread(framework, facts, action, own_id),
        from_name=partnership.name,
        from_email=partnership.sender,
        reply_to=partnership.reply_to,
        to_name=one_line(action.recipient.name, 120),
        to_email=action.recipient.email,
        subject=words.subject,
        text=words.text,
        html=words.html,
        attachments=_due_date(framework, facts, action, at, link),
    )


def message_id(framework: Framework, own_id: str) -> str:
    """The Message-ID, without brackets: the outbox id at the sender's domain."""
    return f"{own_id}@{framework.partnership.sender.rpartition('@')[2]}"


def _thread(framework: Framework, facts: Facts, action: Send, own_id: str) -> tuple[str, ...]:
    """The first email of the request and the last one before this to the same person: what a mail reader threads by."""
    sent = [each for each in facts.about(action.request, MessageReserved) if each.outbox_id != own_id]
    if not action.request or not sent:
        return ()
    to_them = [each for each in sent if each.recipient == action.recipient.code]
    both = (sent[0].outbox_id, (to_them or sent)[-1].outbox_id)
    return tuple(message_id(framework, each) for each in dict.fromkeys(both))


def _due_date(framework: Framework, facts: Facts, action: Send, at: datetime, link: str) -> tuple[Attachment, ...]:
    """The calendar file, for those who answer a request, while its due date lies ahead."""
    request, today = request_of(facts, action), london_day(at)
    if not request or not link or action.email in WITHOUT_DUE_DATE:
        return ()
    stands = standing(framework, facts, request, today)
    if not stands.awaiting or stands.awaiting.due < today:
        return ()
    period = period_of(framework, facts, request)
    name = framework.partnership.name
    return (
        due_date_file(
            uid=f"{request.request}@{framework.partnership.sender.rpartition('@')[2]}",
            due=stands.awaiting.due,
            moved=times_moved(framework, facts, request),
            made_at=at,
            summary=f"{name}: figures for {quarter_name(period) or period} due",
            description=f"The figures asked for in {name}'s email. Questions: {framework.partnership.reply_to}",
            organiser=framework.partnership.reply_to,
        ),
    )


def times_moved(framework: Framework, facts: Facts, request: RequestMade) -> int:
    """How often the request's due date has moved since it was first asked."""
    kinds = (RequestWaived, ReturnReceived, VerdictGiven, ReplyReceived, ExtensionDecided)
    own: list[Fact] = [each for kind in kinds for each in facts.about(request.request, kind)]
    due, moved = request.due, 0
    for moment in sorted({each.at for each in own}):
        so_far = Facts(each for each in own if each.at <= moment)
        awaiting = standing(framework, so_far, request, london_day(moment)).awaiting
        if awaiting and awaiting.due != due:
            due, moved = awaiting.due, moved + 1
    return moved
