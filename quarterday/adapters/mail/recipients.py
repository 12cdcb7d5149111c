"""The person behind a recipient's code, for a message that was booked before and goes now."""

from quarterday.actions import Recipient
from quarterday.facts import Facts, MessageReserved, RequestMade
from quarterday.framework import Framework
from quarterday.people import by_code, officer


def recipient_of(framework: Framework, facts: Facts, message: MessageReserved) -> Recipient:
    """Who a booked message is for; where nobody has that code any more, whoever took their place."""
    whose, _, role = message.recipient.partition("/")
    if whose in framework.partner:
        return by_code(framework, facts, message.request, whose, message.recipient)
    if board := framework.board.get(whose):
        return Recipient(message.recipient, board.lead.name, board.lead.email)
    named = next((each for each in framework.partnership.officers if each.code == role), None)
    return Recipient(message.recipient, named.name, named.email) if named else officer(framework)


def partner_of(facts: Facts, message: MessageReserved) -> str:
    """The partner that a booked message concerns; empty where it concerns none."""
    made = facts.about(message.request, RequestMade) if message.request else ()
    return made[0].partner if made else ""
