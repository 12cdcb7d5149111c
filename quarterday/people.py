"""Who hears of a request: the contact, whom they named instead, and those above them."""

from quarterday.actions import Recipient
from quarterday.facts import (
    ContactChanged,
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReplyKind,
    ReplyReceived,
    RequestMade,
)
from quarterday.framework import Framework
from quarterday.partners import Contact, Role


def asked_person(framework: Framework, facts: Facts, partner: str) -> Recipient:
    """Whom a request goes to: the contact, or the deputy once an email to the contact has come back."""
    deputy = holder(framework, facts, partner, Role.DEPUTY)
    if deputy and _came_back(facts, partner, Role.CONTACT):
        return _recipient(partner, Role.DEPUTY, deputy)
    contact = holder(framework, facts, partner, Role.CONTACT)
    return _recipient(partner, Role.CONTACT, contact or framework.partner[partner].contact)


def holder(framework: Framework, facts: Facts, partner: str, role: Role) -> Contact | None:
    """Who holds a role at a partner: whom an officer named last, else whom `config/` names; None where nobody does."""
    changed = change_of(facts, partner, role)
    return Contact(name=changed.name, email=changed.email) if changed else framework.partner[partner].person(role)


def change_of(facts: Facts, partner: str, role: Role) -> ContactChanged | None:
    """The last change of who holds a role at a partner."""
    changes = [each for each in facts.of(ContactChanged) if (each.partner, each.role) == (partner, role)]
    return changes[-1] if changes else None


def contact_for(framework: Framework, facts: Facts, request: str, partner: str) -> Recipient:
    """Whom to write to about a request that was made: the colleague who was named since, else who was asked."""
    colleagues = [each for each in facts.about(request, ReplyReceived) if each.kind is ReplyKind.COLLEAGUE]
    changed = change_of(facts, partner, Role.CONTACT)
    if colleagues and not (changed and changed.at > colleagues[-1].at):  # what an officer decided since holds
        named = colleagues[-1]
        return Recipient(f"{partner}/colleague-{named.reply}", named.colleague_name, named.colleague_email)
    return asked_person(framework, facts, partner)


def recipients(framework: Framework, facts: Facts, request: RequestMade, role: Role) -> Recipient:
    """Who hears a rung that speaks to a role; where nobody holds it, the officer does."""
    if role is Role.CONTACT:
        return contact_for(framework, facts, request.request, request.partner)
    if role is Role.BOARD_LEAD:
        return board_lead(framework, request)
    person = holder(framework, facts, request.partner, role) if role is not Role.OFFICER else None
    return _recipient(request.partner, role, person) if person else officer(framework)


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
    return Recipient(f"{boards[0].code}/lead", boards[0].lead.name, boards[0].lead.email)


def officer(framework: Framework) -> Recipient:
    """The officer who hears what the machinery cannot settle: the first that is named."""
    first = framework.partnership.officers[0]
    return Recipient(f"officer/{first.code}", first.name, first.email)


def by_code(framework: Framework, facts: Facts, request: str, partner: str, code: str) -> Recipient:
    """The person behind a recipient's code, so that whoever sent a return hears of it; else today's contact."""
    role = code.partition("/")[2]
    person = holder(framework, facts, partner, Role(role)) if role in set(Role) else None
    if person and code.startswith(f"{partner}/"):
        return _recipient(partner, Role(role), person)
    for reply in facts.about(request, ReplyReceived):
        if role == f"colleague-{reply.reply}":
            return Recipient(code, reply.colleague_name, reply.colleague_email)
    return contact_for(framework, facts, request, partner)


def _recipient(partner: str, role: Role, person: Contact) -> Recipient:
    return Recipient(f"{partner}/{role}", person.name, person.email)


def _came_back(facts: Facts, partner: str, role: Role) -> bool:
    """Whether an email to whoever holds a role now came back."""
    changed = change_of(facts, partner, role)
    messages = {each.message for each in facts.of(MessageSettled) if each.outcome is Outcome.BOUNCED}
    return bool(messages) and any(
        each.recipient == f"{partner}/{role}" and each.message in messages and (not changed or each.at > changed.at)
        for each in facts.of(MessageReserved)
    )
