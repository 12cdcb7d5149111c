"""An action made into an email: its words, its thread, and the files that go with it."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterday.adapters.mail.context import context_of
from quarterday.adapters.mail.due_dates import due_date_files, due_date_of
from quarterday.adapters.mail.message import Attachment, Email, message_id
from quarterday.adapters.mail.officer_copies import fill_copy, is_officers_copy
from quarterday.adapters.mail.templates import fill, laid_out, one_line
from quarterday.adapters.mail.threads import references, request_of_thread, thread_subject, with_partnership
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.risk_words import reviews_in
from quarterday.domain.facts import (
    Facts,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.risks.reviewed import mitigations_told

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    sites = (settings.portal_url, settings.prefect_ui_url)
    # each with its slash: portal.example.org.elsewhere.net is not ours
    ours = (*(f"{each.rstrip('/')}/" for each in sites), partnership.reply_to)
    folder, made = settings.config / "emails", request_of_thread(facts, action)
    copy = is_officers_copy(action)
    filled = fill_copy(folder, framework, action, context) if copy else fill(folder, action.email, context)
    words = laid_out(filled, ours, headed=made is not None)
    own_subject = with_partnership(words.subject, partnership.name)
    own_id = outbox_id(partnership.code, action.key)
    entry = due_date_of(framework, facts, action, at, link)
    return Email(
        outbox_id=own_id,
        partnership=partnership.code,
        template=action.email,
        recipient=action.recipient.code,
        request=action.request,
        booked_at=booked_at,
        at=at,
        message_id=message_id(partnership.sender, own_id),
        references=references(framework, facts, action, own_id),
        from_name=partnership.name,
        from_email=partnership.sender,
        reply_to=partnership.reply_to,
        to_name=one_line(action.recipient.name, 120),
        to_email=action.recipient.email,
        subject=thread_subject(folder, framework, facts, made) if made else own_subject,
        heading=words.subject,
        text=words.text,
        html=words.html,
        attachments=(
            *due_date_files(framework, facts, action, at, entry),
            *_template(framework, facts, action),
        ),
        entry=entry,
    )


def _template(framework: Framework, facts: Facts, action: Send) -> tuple[Attachment, ...]:
    """The empty template with a request, where the partner wants it so: without figures, as emails get forwarded."""
    request = facts.request(action.request)
    house = framework_of(framework, facts, action.collection)
    if action.email != "request" or not request or not request.asked or request.partner not in house.partner:
        return ()
    known = framework if request.partner in framework.partner else house  # who left config/ is still asked
    if not known.partner[request.partner].attach_template:
        return ()
    from quarterday.adapters.template import build_template  # noqa: PLC0415 - few runs make one

    due = reviews_in(framework, facts, request)
    made = build_template(
        house,
        as_promised(facts, request),
        period_of(house, facts, request.collection),
        risks=due,
        mitigations=mitigations_told(facts, due, shown=False),
    )
    return (Attachment(f"{request.request}.xlsx", XLSX, made),)
