"""Who hears of a request: the contact, whom they named instead, and those above them."""

from datetime import date

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.parts_given import colleague_code
from quarterday.domain.collection.waiting import london_day
from quarterday.domain.facts import (
    ContactChanged,
    Fact,
    Facts,
    MessageReserved,
    Outcome,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
)
from quarterday.domain.facts.recipients import officer_code, recipient_code, whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Contact, Role


def asked_person(framework: Framework, facts: Facts, request: str, partner: str) -> Recipient:
    """Whom a request goes to: the contact; where an email about it to them came back the deputy, then the manager."""
    there = [
        _recipient(partner, role, person)
        for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER)
        if (person := holder(framework, facts, partner, role))
    ]
    reached = (each for each in there if not out_of_reach(facts, request, partner, each))
    return next(reached, there[0] if there else _recipient(partner, Role.CONTACT, framework.partner[partner].contact))


def holder(framework: Framework, facts: Facts, partner: str, role: Role) -> Contact | None:
    """Who holds a role at a partner: whom an officer named last, else whom `config/` names; None where nobody does."""
    changed = change_now(framework, facts, partner, role)
    if changed:  # checked when it was recorded, by the rules of then
        return Contact.model_construct(name=changed.name, email=changed.email)
    return framework.partner[partner].person(role)


def change_now(framework: Framework, facts: Facts, partner: str, role: Role) -> ContactChanged | None:
    """The last change of who holds a role at a partner, under whatever code it goes on.

    What was changed before it went on there is over: `config/` names who speaks for it now.
    """
    now, since = framework.known_now(partner)
    changed = change_of(facts, now, role)
    if changed or since is None:
        return changed
    before = change_of(facts, partner, role)
    return before if before and london_day(before.at) >= since else None


def change_of(facts: Facts, partner: str, role: Role) -> ContactChanged | None:
    """The last change of who holds a role at a partner."""
    changes = [each for each in facts.of(ContactChanged) if (each.partner, each.role) == (partner, role)]
    return changes[-1] if changes else None


def contact_for(framework: Framework, facts: Facts, request: str, partner: str) -> Recipient:
    """Whom to write to about a request that was made: the colleague who was named since, else who was asked.

    A colleague who was given some of its figures alone answers for those; the request stays its contact's.

    A colleague whose emails come back, such as one whose address was mistyped, is nobody to write to.
    """
    named = (each for each in facts.about(request, ReplyReceived) if each.kind is ReplyKind.COLLEAGUE)
    colleagues = [each for each in named if each.colleague_email and not each.indicators]  # else taken out since
    changed = change_now(framework, facts, partner, Role.CONTACT)
    if colleagues and not (changed and changed.at > colleagues[-1].at):  # what an officer decided since holds
        last = colleagues[-1]
        colleague = Recipient(colleague_code(partner, last), last.colleague_name, last.colleague_email)
        if not out_of_reach(facts, request, partner, colleague):
            return colleague
    return asked_person(framework, facts, request, partner)


def recipients(framework: Framework, facts: Facts, request: RequestMade, role: Role) -> Recipient:
    """Who hears a rung that speaks to a role; where nobody holds it, the officer does."""
    if role is Role.CONTACT:
        return contact_for(framework, facts, request.request, request.partner)
    if role is Role.BOARD_LEAD:
        return board_lead(framework, request)
    person = holder(framework, facts, request.partner, role) if role is not Role.OFFICER else None
    return _recipient(request.partner, role, person) if person else officer(framework)


def holds_role(framework: Framework, facts: Facts, request: RequestMade, role: Role) -> bool:
    """Whether somebody holds a role; the contact, the officer and a board's lead are always there."""
    partners_own = role in (Role.DEPUTY, Role.MANAGER)
    return not partners_own or holder(framework, facts, request.partner, role) is not None


def board_lead(framework: Framework, request: RequestMade) -> Recipient:
    """The lead of the first board that waits for these figures."""
    boards = [
        board
        for code in request.asked
        if code in framework.indicator
        for board in framework.boards_using(framework.indicator[code])
    ]
    if not boards:
        return officer(framework)
    return Recipient(recipient_code(boards[0].code, "lead"), boards[0].lead.name, boards[0].lead.email)


def officer(framework: Framework) -> Recipient:
    """The officer who hears what the machinery cannot settle: the first that is named."""
    first = framework.partnership.officers[0]
    return Recipient(officer_code(first.code), first.name, first.email)


def word_to_officer(framework: Framework, key: str, occasion: str, on: date, why: str, about: str) -> Send:
    """An email to the officer that is about no request and no collection; the occasion names its template."""
    return word_apart(key, occasion, officer(framework), on, why, about)


def word_apart(key: str, occasion: str, to: Recipient, on: date, why: str, about: str = "", *, email: str = "") -> Send:
    """An email that is about no request and no collection; the occasion names its template where `email` does not."""
    return Send(
        key=key,
        collection="",
        request="",
        partner="",
        occasion=occasion,
        email=email or occasion,
        recipient=to,
        on=on,
        why=why,
        about=about,
    )


def by_code(framework: Framework, facts: Facts, request: str, partner: str, code: str) -> Recipient:
    """The person behind a recipient's code, so that whoever sent a return hears of it; else today's contact."""
    whose, role = whose_and_role(code)
    person = holder(framework, facts, partner, Role(role)) if role in set(Role) else None
    if person and whose == partner:
        return _recipient(partner, Role(role), person)
    for reply in facts.about(request, ReplyReceived):
        if role == f"colleague-{reply.reply}" and reply.colleague_email:
            return Recipient(code, reply.colleague_name, reply.colleague_email)
    return contact_for(framework, facts, request, partner)


def partner_of(facts: Facts, message: MessageReserved) -> str:
    """The partner that a booked message concerns; empty where it concerns none."""
    made = facts.about(message.request, RequestMade) if message.request else ()
    return made[0].partner if made else ""


def _recipient(partner: str, role: Role, person: Contact) -> Recipient:
    return Recipient(recipient_code(partner, role), person.name, person.email)


def out_of_reach(facts: Facts, request: str, partner: str, to: Recipient) -> bool:
    """Whether the last that was heard of somebody's address, in emails about a request, is that one came back.

    One that was refused for another reason than its address, such as our own sender's, or turned away for now says
    nothing of its reader. What arrives later, or an answer from them, heals; and the next quarter begins anew.
    """
    booked = facts.about(request, MessageReserved)
    if not any(settled.outcome is Outcome.BOUNCED for each in booked for settled in facts.settled(each.message)):
        return False  # as nearly always: then nobody need ask whose each was
    theirs = {each.message for each in booked if went_to(facts, partner, to, each)}
    known = [settled for message in theirs for settled in facts.settled(message)]
    last = max((each.at for each in known if each.outcome is Outcome.BOUNCED), default=None)
    if last is None:
        return False
    arrived = any(each.outcome is Outcome.DELIVERED and each.at > last for each in known)
    said: tuple[Fact, ...] = (*facts.about(request, ReturnReceived), *facts.about(request, ReplyReceived))
    return not arrived and not any(each.by == to.code and each.at > last for each in said)


def went_to(facts: Facts, partner: str, to: Recipient, message: MessageReserved) -> bool:
    """Whether an email went to this very person, not to whoever had the role before."""
    if message.recipient != to.code or message.reader:
        return message.recipient == to.code and message.reader == to.mark
    _, role = whose_and_role(to.code)
    changed = change_of(facts, partner, Role(role)) if role in set(Role) else None
    return changed is None or message.at > changed.at
