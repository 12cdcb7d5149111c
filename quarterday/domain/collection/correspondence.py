"""Answers to what a partner did: receipts, what to put right, and word to the officer of what was said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.decided import Word, words_due
from quarterday.domain.collection.parts_given import colleague_code
from quarterday.domain.collection.people import by_code, contact_for, officer
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import (
    Facts,
    LinkReplaced,
    OfficerWrote,
    ReplyKind,
    ReplyReceived,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.facts.message_keys import message_key

COPY_DAYS = 3  # after so many days a copy of what somebody said is no news to them


def answers_due(request: RequestToday) -> Iterator[Send]:
    """The emails that answer a partner's returns and replies, in the order in which they came.

    Each is given once, whoever hears for the partner by now, unless the one who was told cannot be reached.
    """
    for answer in _answers(request):
        told = {
            each.message for each in request.booked if (each.occasion, each.tells_of) == (answer.occasion, answer.about)
        }
        if answer.key in told or not told - _lost(request.facts, told):
            yield answer


def _lost(facts: Facts, messages: set[str]) -> set[str]:
    """Those of some messages that do not reach their readers."""
    return {each for each in messages if any(settled.never_arrives for settled in facts.settled(each))}


def _answers(request: RequestToday) -> Iterator[Send]:
    before: ReturnReceived | None = None
    for received in request.returns:
        yield _receipt(request, received)
        if before is not None and before.by != received.by:
            yield from _another_return(request, before, received)
        before = received
    for reply in request.replies:
        yield from _reply(request, reply)
    for word in words_due(request):
        yield _told(request, word)
    for replaced in request.facts.about(request.id, LinkReplaced):
        why = f"{request.partner.name} gets a fresh link in place of those that were stopped."
        yield _send(request, "fresh-link", _contact(request), london_day(replaced.at), why, replaced.replacement)
    for wrote in request.facts.about(request.id, OfficerWrote):
        why = f"An officer wrote to {request.partner.name}."
        yield _send(request, "letter", _contact(request), london_day(wrote.at), why, wrote.letter)


def _contact(request: RequestToday) -> Recipient:
    return contact_for(request.framework, request.facts, request.id, request.partner.code)


def _person(request: RequestToday, code: str) -> Recipient:
    return by_code(request.framework, request.facts, request.id, request.partner.code, code)


def _send(request: RequestToday, occasion: str, to: Recipient, on: date, why: str, about: str) -> Send:
    return Send(
        key=message_key(request.id, occasion, about, to.code),
        collection=request.plan.collection,
        request=request.id,
        partner=request.partner.code,
        occasion=occasion,
        email=occasion,
        recipient=to,
        on=on,
        why=why,
        about=about,
    )


def _receipt(request: RequestToday, received: ReturnReceived) -> Send:
    why = f"{request.partner.name} sent a return and is told that it arrived."
    sender = _person(request, received.by)
    return _send(request, "receipt", sender, london_day(received.at), why, received.partner_return)


def _another_return(request: RequestToday, before: ReturnReceived, later: ReturnReceived) -> Iterator[Send]:
    """Word to whoever sent a return that somebody else has sent one since; the later sender's receipt tells of both."""
    first = _person(request, before.by)
    if first.code != before.by or first == _person(request, later.by):
        return  # an officer handed the first one in, or whoever sent it has left
    why = f"Two people sent a return for {request.partner.name}: who sent the first hears of the second."
    yield _send(request, "another-return", first, london_day(later.at), why, later.partner_return)


def _told(request: RequestToday, word: Word) -> Send:
    """A decision goes to the contact; word of a return to whoever sent it."""
    sent = {each.partner_return: each.by for each in request.returns}
    by = sent[word.decided.partner_return] if isinstance(word.decided, VerdictGiven) else ""
    to = _person(request, by) if by else _contact(request)
    return _send(request, word.occasion, to, london_day(word.decided.at), word.why, word.about)


def _reply(request: RequestToday, reply: ReplyReceived) -> Iterator[Send]:
    name, day = request.partner.name, london_day(reply.at)
    why = f"{name} said “{reply.kind}”: the officer hears of it."
    yield _send(request, "officer-reply", officer(request.framework), day, why, reply.reply)
    if (request.today - day).days <= COPY_DAYS and not _said_already(request, reply):
        copy = f"{name} said “{reply.kind}”: whoever said it gets a copy."
        yield _send(request, "your-answer", _person(request, reply.by), day, copy, reply.reply)
    if reply.kind is ReplyKind.COLLEAGUE and not _named_already(request, reply):
        code = colleague_code(request.partner.code, reply)
        colleague = Recipient(code, reply.colleague_name, reply.colleague_email)
        how = "too, about some of the figures" if reply.indicators else "instead"
        why = f"{name} asks that a colleague be written to {how}: a new link goes to them."
        yield _send(request, "colleague", colleague, day, why, reply.reply)


def _said_already(request: RequestToday, reply: ReplyReceived) -> bool:
    """Whether the same person had said the very same on the same day: one copy is enough."""
    before = request.replies[: request.replies.index(reply)]
    same = (each for each in before if replace(each, reply=reply.reply, at=reply.at) == reply)
    return any(london_day(each.at) == london_day(reply.at) for each in same)


def _named_already(request: RequestToday, reply: ReplyReceived) -> bool:
    """Whether the same colleague had been named before and was not written to by then: one email tells both."""
    named = reply.colleague_email.casefold(), reply.indicators
    before = [each for each in request.replies[: request.replies.index(reply)] if each.kind is ReplyKind.COLLEAGUE]
    same = {each.reply: each.at for each in before if (each.colleague_email.casefold(), each.indicators) == named}
    told = (each for each in request.booked if each.occasion == "colleague" and each.tells_of in same)
    written = max((each.at for each in told if each.at < reply.at), default=None)
    return any(written is None or each > written for each in same.values())
