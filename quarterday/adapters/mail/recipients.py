"""The person behind a recipient's code, for a message that was booked before and goes now."""

from quarterday.domain.collection.actions import Recipient
from quarterday.domain.collection.people import by_code, officer
from quarterday.domain.facts import Facts, MessageReserved
from quarterday.domain.facts.recipients import EARLY_READER, whose_and_role
from quarterday.domain.framework.framework import Framework


def recipient_of(framework: Framework, facts: Facts, message: MessageReserved) -> Recipient:
    """Who a booked message is for; where nobody has that code any more, whoever took their place."""
    whose, role = whose_and_role(message.recipient)
    if whose in framework.partner:
        return by_code(framework, facts, message.request, whose, message.recipient)
    if board := framework.board.get(whose):
        return Recipient(message.recipient, board.lead.name, board.lead.email)
    access = framework.partnership.pre_release
    if whose == EARLY_READER and access and (reader := access.reader(role)):
        return Recipient(message.recipient, reader.name, reader.email)
    named = next((each for each in framework.partnership.officers if each.code == role), None)
    return Recipient(message.recipient, named.name, named.email) if named else officer(framework)
