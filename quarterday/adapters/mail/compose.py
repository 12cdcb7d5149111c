"""An action made into an email: its words, its thread, and the due date as a calendar file."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quarterday.adapters.mail.calendar_file import due_date_file
from quarterday.adapters.mail.context import context_of
from quarterday.adapters.mail.message import Attachment, Email
from quarterday.adapters.mail.templates import one_line, render
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.binding import framework_of, period_of, standing_of
from quarterday.domain.collection.people import holder
from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.standing import london_day, standing
from quarterday.domain.facts import (
    CollectionBound,
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    ReplyReceived,
    RequestMade,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import quarter_name
from quarterday.domain.rulings.officer_links import OfficerPage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CHAIN = 9  # emails before this one that it refers to, beside the first
# After these there is nothing to put into a diary.
WITHOUT_DUE_DATE = frozenset({"receipt", "accepted", "thank-you", "let-off", "code", *OfficerPage})


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
        subject=_subject(words.subject, partnership.name),
        text=words.text,
        html=words.html,
        attachments=(*_due_date(framework, facts, action, at, link), *_template(framework, facts, action)),
    )


def _subject(words: str, partnership: str) -> str:
    """The subject with the partnership's name, for whoever answers to several."""
    return words if partnership in words else f"{words} – {partnership}"


def message_id(framework: Framework, own_id: str) -> str:
    """The Message-ID, without brackets: the outbox id at the sender's domain."""
    return f"{own_id}@{framework.partnership.sender.rpartition('@')[2]}"


def _thread(framework: Framework, facts: Facts, action: Send, own_id: str) -> tuple[str, ...]:
    """What a mail reader threads by: the request's first email, then those before this one to the same person."""
    if not action.request:
        return ()
    sent = [each for each in facts.about(action.request, MessageReserved) if each.outbox_id != own_id]
    to_them = [each for each in sent if each.recipient == action.recipient.code]
    chain = dict.fromkeys(each.outbox_id for each in (*sent[:1], *to_them[-LONGEST_CHAIN:]))
    return tuple(message_id(framework, each) for each in chain)


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

    made = build_template(house, as_promised(facts, request), period_of(house, facts, request.collection))
    return (Attachment(f"{request.request}.xlsx", XLSX, made),)


def _due_date(framework: Framework, facts: Facts, action: Send, at: datetime, link: str) -> tuple[Attachment, ...]:
    """The calendar file, for those who answer a request, while its due date lies ahead."""
    request, today = facts.request(action.request), london_day(at)
    if not request or not link or action.email in WITHOUT_DUE_DATE:
        return ()
    stands = standing_of(framework, facts, request, today)
    if not stands.awaiting or stands.awaiting.due < today:
        return ()
    period = period_of(framework, facts, request.collection)
    name = framework.partnership.name
    entry = entry_of(framework, facts, request.partner, request.collection, action.recipient)
    return (
        due_date_file(
            uid=f"{entry}@{framework.partnership.sender.rpartition('@')[2]}",
            due=stands.awaiting.due,
            moved=times_moved(framework, facts, request),
            made_at=at,
            summary=f"{name}: figures for {quarter_name(period) or period} due",
            description=f"The figures asked for in {name}'s email. Questions: {framework.partnership.reply_to}",
            organiser=framework.partnership.reply_to,
        ),
    )


def entry_of(framework: Framework, facts: Facts, partner: str, collection: str, reader: Recipient) -> str:
    """Which entry of a diary a due date is: the collection's, so that all who share a date get the same file.

    Whoever answers for several partners has an entry for each, since each date may move by itself; so has a colleague
    who was named, perhaps by more than one of them.
    """
    if reader.code not in {f"{partner}/{role}" for role in Role}:
        return request_id(collection, partner)
    answers_for = {
        each.code
        for each in framework.partners
        for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER)
        if (person := holder(framework, facts, each.code, role)) and person.email.casefold() == reader.email.casefold()
    }
    return request_id(collection, partner) if answers_for - {partner} else collection


def times_moved(framework: Framework, facts: Facts, request: RequestMade) -> int:
    """How often the request's due date has moved since it was first asked."""
    kinds = (RequestWaived, WaiverLifted, ReturnReceived, VerdictGiven, ReplyReceived, ExtensionDecided)
    own: list[Fact] = [each for kind in kinds for each in facts.about(request.request, kind)]
    own += facts.about(request.collection, CollectionBound)
    due, moved = request.due, 0
    house = framework_of(framework, facts, request.collection)
    for moment in sorted({each.at for each in own}):
        so_far = Facts(each for each in own if each.at <= moment)
        awaiting = standing(house, so_far, request, london_day(moment)).awaiting
        if awaiting and awaiting.due != due:
            due, moved = awaiting.due, moved + 1
    return moved
