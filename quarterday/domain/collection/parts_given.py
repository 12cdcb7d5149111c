"""Which figures of a request a colleague was given: those alone are asked of them, and the contact sees the whole."""

from quarterday.domain.facts import Facts, ReplyKind, ReplyReceived
from quarterday.domain.facts.recipients import recipient_code


def colleague_code(partner: str, reply: ReplyReceived) -> str:
    """The code of the colleague whom a reply named."""
    return recipient_code(partner, f"colleague-{reply.reply}")


def part_given(facts: Facts, request: str, partner: str, code: str) -> tuple[str, ...]:
    """The indicators that were given to whoever has a code; none where the whole request is theirs."""
    named = (each for each in facts.about(request, ReplyReceived) if each.kind is ReplyKind.COLLEAGUE)
    return next((each.indicators for each in named if colleague_code(partner, each) == code), ())
