"""Answers to what a partner did: receipts, what to put right, and word to the officer of what was said."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.people import by_code, contact_for, officer
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    LinkReplaced,
    MessageReserved,
    MessageSettled,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Verdict
from quarterday.domain.framework.framework import Framework


def answers_due(framework: Framework, facts: Facts, plan: Timetable, request: RequestMade) -> Iterator[Send]:
    """The emails that answer a partner's returns and replies, in the order in which they came.

    Each is given once, whoever hears for the partner by now, unless the one who was told cannot be reached.
    """
    booked = facts.about(request.request, MessageReserved)
    for answer in _answers(framework, facts, plan, request):
        told = {each.message for each in booked if (each.rung, each.tells_of) == (answer.rung, answer.about)}
        if answer.key in told or not told - _lost(facts, told):
            yield answer


def _lost(facts: Facts, messages: set[str]) -> set[str]:
    """Those of some messages that do not reach their readers."""
    if not messages:
        return set()
    return {each.message for each in facts.of(MessageSettled) if each.never_arrives and each.message in messages}


def _answers(framework: Framework, facts: Facts, plan: Timetable, request: RequestMade) -> Iterator[Send]:
    before: ReturnReceived | None = None
    for received in facts.about(request.request, ReturnReceived):
        yield _receipt(framework, facts, plan, request, received)
        if before is not None and before.by != received.by:
            yield from _another_return(framework, facts, plan, request, before, received)
        before = received
    for given in facts.about(request.request, VerdictGiven):
        yield from _verdict(framework, facts, plan, request, given)
    for reply in facts.about(request.request, ReplyReceived):
        yield from _reply(framework, facts, plan, request, reply)
    for decided in facts.about(request.request, ExtensionDecided):
        yield _extension(framework, facts, plan, request, decided)
    for replaced in facts.about(request.request, LinkReplaced):
        contact = contact_for(framework, facts, request.request, request.partner)
        why = f"{framework.partner[request.partner].name} gets a fresh link in place of those that were stopped."
        yield _send(plan, request, "fresh-link", contact, london_day(replaced.at), why, replaced.replacement)


def _send(plan: Timetable, request: RequestMade, rung: str, to: Recipient, on: date, why: str, about: str) -> Send:
    return Send(
        key=f"{request.request}/{rung}/{about}/{to.code}",
        collection=plan.collection,
        request=request.request,
        partner=request.partner,
        rung=rung,
        email=rung,
        recipient=to,
        on=on,
        why=why,
        about=about,
    )


def _receipt(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, received: ReturnReceived
) -> Send:
    sender = by_code(framework, facts, request.request, request.partner, received.by)
    name = framework.partner[request.partner].name
    why = f"{name} sent a return and is told that it arrived."
    return _send(plan, request, "receipt", sender, london_day(received.at), why, received.partner_return)


def _another_return(
    framework: Framework,
    facts: Facts,
    plan: Timetable,
    request: RequestMade,
    before: ReturnReceived,
    later: ReturnReceived,
) -> Iterator[Send]:
    """Word to whoever sent a return that somebody else has sent one since; the later sender's receipt tells of both."""
    first = by_code(framework, facts, request.request, request.partner, before.by)
    if first.code != before.by or first == by_code(framework, facts, request.request, request.partner, later.by):
        return  # an officer handed the first one in, or whoever sent it has left
    name = framework.partner[request.partner].name
    why = f"Two people sent a return for {name}: who sent the first hears of the second."
    yield _send(plan, request, "another-return", first, london_day(later.at), why, later.partner_return)


def _verdict(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, given: VerdictGiven
) -> Iterator[Send]:
    returns = {each.partner_return: each for each in facts.about(request.request, ReturnReceived)}
    received = returns.get(given.partner_return)
    if received is None:
        return
    sender = by_code(framework, facts, request.request, request.partner, received.by)
    name = framework.partner[request.partner].name
    day = london_day(given.at)
    if given.verdict in (Verdict.QUERIED, Verdict.QUARANTINED):
        why = f"{name}’s return needs something put right."
        yield _send(plan, request, "sent-back", sender, day, why, given.partner_return)
    elif given.overrides:
        why = f"{name}’s return was accepted by an officer after all."
        yield _send(plan, request, "accepted", sender, day, why, given.partner_return)


def _reply(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, reply: ReplyReceived
) -> Iterator[Send]:
    name = framework.partner[request.partner].name
    day = london_day(reply.at)
    why = f"{name} said “{reply.kind}”: the officer hears of it."
    yield _send(plan, request, "officer-reply", officer(framework), day, why, reply.reply)
    if reply.kind is ReplyKind.COLLEAGUE:
        colleague = Recipient(f"{request.partner}/colleague-{reply.reply}", reply.colleague_name, reply.colleague_email)
        why = f"{name} asks that a colleague be written to instead: a new link goes to them."
        yield _send(plan, request, "colleague", colleague, day, why, reply.reply)


def _extension(
    framework: Framework, facts: Facts, plan: Timetable, request: RequestMade, decided: ExtensionDecided
) -> Send:
    rung = "extension-granted" if decided.granted else "extension-refused"
    contact = contact_for(framework, facts, request.request, request.partner)
    name = framework.partner[request.partner].name
    why = f"{name} is told what was decided about more time."
    return _send(plan, request, rung, contact, london_day(decided.at), why, decided.reply or decided.key)
