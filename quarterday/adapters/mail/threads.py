"""One request, one thread: the subject and the chain by which mail programs put its emails together."""

from pathlib import Path

from quarterday.adapters.mail.message import message_id
from quarterday.adapters.mail.templates import SAID_ONCE, fill_line
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.facts import Facts, MessageReserved, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import quarter_name

THREAD = "_thread"  # the template of a thread's subject
LONGEST_CHAIN = 9  # emails before this one that it refers to, beside the first


def request_of_thread(facts: Facts, action: Send) -> RequestMade | None:
    """The request whose thread an email stands in; what says a thing once, such as a code, stands by itself."""
    return None if action.email in SAID_ONCE else facts.request(action.request)


def thread_subject(folder: Path, framework: Framework, facts: Facts, made: RequestMade) -> str:
    """The subject of every email of a request: of what never changes, so that it is the same, and true, to the end.

    Raises `EmailTemplateError`.
    """
    house, period = framework_of(framework, facts, made.collection), period_of(framework, facts, made.collection)
    said = {
        "label": quarter_name(period) or str(period),
        "partner": house.partner[made.partner].name if made.partner in house.partner else made.partner,
        "partnership": framework.partnership.name,
    }
    return with_partnership(fill_line(folder, THREAD, said), framework.partnership.name)


def with_partnership(words: str, partnership: str) -> str:
    """A subject with the partnership's name, for whoever answers to several."""
    return words if partnership in words else f"{words} – {partnership}"


def references(framework: Framework, facts: Facts, action: Send, own_id: str) -> tuple[str, ...]:
    """What a mail program threads by: the request's first email, then those before this one to the same person."""
    if request_of_thread(facts, action) is None:
        return ()
    every = facts.about(action.request, MessageReserved)
    sent = [each for each in every if each.outbox_id != own_id and each.email not in SAID_ONCE]
    to_them = [each for each in sent if each.recipient == action.recipient.code]
    chain = dict.fromkeys(each.outbox_id for each in (*sent[:1], *to_them[-LONGEST_CHAIN:]))
    return tuple(message_id(framework.partnership.sender, each) for each in chain)
