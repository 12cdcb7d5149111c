"""Nobody at a partner gets two emails of the ladder in a day, however many requests they answer for.

Whoever answers for two partners, or of whom an earlier quarter is still owed something, would hear twice on one day:
what has waited longer goes, and the other has its turn on the next working day. So has a rung of the ladder beside
an officer's word on what is awaited and by when: the word comes first.
"""

from collections.abc import Iterable
from datetime import date

from quarterday.domain.collection.actions import Action, Send
from quarterday.domain.collection.following import ACTION
from quarterday.domain.collection.moving import WORDS_ON_DATES
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, MessageReserved
from quarterday.domain.facts.message_keys import what_for
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.ladder import Wait

_LADDERS = frozenset({*Wait, ACTION})


def one_a_day(facts: Facts, due: Iterable[Action], today: date) -> list[Action]:
    """What is due, without what would be heard beside another email of the ladder, or a word, on the same day."""
    actions = list(due)
    emails = [each for each in actions if isinstance(each, Send)]
    climbing = sorted(filter(_chases, emails), key=lambda each: (each.on, each.key))
    heard = {each.reader: each.request or each.tells_of for each in facts.of(MessageReserved) if _went(each, today)}
    waits = {each.key for each in climbing if heard.setdefault(each.recipient.mark, _of(each)) != _of(each)}
    spoken = {each.request for each in emails if each.occasion in WORDS_ON_DATES}
    spoken |= {each.request for each in facts.of(MessageReserved) if _was_word(each, today)}
    waits |= {each.key for each in emails if each.request in spoken and what_for(each.key) in set(Wait)}
    return [each for each in actions if not isinstance(each, Send) or each.key not in waits]


def _of(email: Send) -> str:
    """What it chases: a request, or an action that a board set."""
    return email.request or email.about


def _chases(email: Send) -> bool:
    """Whether it is an email of the ladder to somebody at the partner; boards and officers hear of each."""
    at_the_partner = whose_and_role(email.recipient.code)[0] == email.partner
    return bool(email.partner) and at_the_partner and what_for(email.key) in _LADDERS


def _went(message: MessageReserved, today: date) -> bool:
    return what_for(message.message) in _LADDERS and london_day(message.at) == today


def _was_word(message: MessageReserved, today: date) -> bool:
    return message.occasion in WORDS_ON_DATES and london_day(message.at) == today
