"""Word to a partner of what officers decided: of several decisions on one matter the latest alone.

One that nobody heard of yet, since its email did not go, is replaced by the next; one that was told is followed by one
that says what changed, and by none where the latest says the same again. What no longer holds, since a return came, is
not told any more.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.standing import State
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.collection.verdicts import was_sent_back
from quarterday.domain.collection.waiting import course_of
from quarterday.domain.facts import (
    READ_AGAIN,
    ExtensionDecided,
    Fact,
    Facts,
    MessageReserved,
    ReplyKind,
    RequestMade,
    RequestWaived,
    ReturnReceived,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.facts.returns import return_spoken_of

SENT_BACK, ACCEPTED = "sent-back", "accepted"
GRANTED, REFUSED = "extension-granted", "extension-refused"
LET_OFF, ASKED_AFTER_ALL = "let-off", "asked-after-all"
WORDS = frozenset({SENT_BACK, ACCEPTED, GRANTED, REFUSED, LET_OFF, ASKED_AFTER_ALL})


@dataclass(frozen=True)
class Word:
    """What is to be told of a decision. Two with the same `says` tell the same."""

    occasion: str
    about: str
    says: tuple[object, ...]
    decided: Fact
    why: str

    def told_by(self, message: MessageReserved) -> bool:
        """Whether an email told it."""
        return (message.occasion, message.tells_of) == (self.occasion, self.about)


def words_due(request: RequestToday) -> Iterator[Word]:
    """What a partner is to be told of officers' decisions, or was told: the latest on each matter."""
    for words in _matters(request.facts, request.request, request.partner.name):
        yield from _latest(request, words)


def word_of(facts: Facts, request: RequestMade, occasion: str, about: str) -> tuple[Word, Word | None] | None:
    """The decision that an email tells, and what was told of the matter before; None where it tells of none."""
    for words in _matters(facts, request, request.partner):
        for word in words:
            if (word.occasion, word.about) == (occasion, about):
                return word, _told_before(words, _heard(facts, request.request), word)
    return None


def _matters(facts: Facts, request: RequestMade, name: str) -> Iterator[list[Word]]:
    """The decisions by the matter that they are on, each oldest first: time, being let off, each of the returns."""
    yield _on_time(facts, request, name)
    yield _on_the_waiver(facts, request, name)
    for received in facts.about(request.request, ReturnReceived):
        yield _on_a_return(facts, received, name)


def _heard(facts: Facts, request: str) -> tuple[MessageReserved, ...]:
    """The emails about a request that somebody may have read."""
    booked = facts.about(request, MessageReserved)
    unread = never_said(facts, booked)
    return tuple(each for each in booked if each.message not in unread)


def _told_before(words: Sequence[Word], booked: Iterable[MessageReserved], word: Word) -> Word | None:
    """What a partner was last told on the matter before a word; None where it was told nothing."""
    earlier, messages = words[: words.index(word)], tuple(booked)
    return next((each for each in reversed(earlier) if any(map(each.told_by, messages))), None)


def _latest(request: RequestToday, words: Sequence[Word]) -> Iterator[Word]:
    if not words:
        return
    last = words[-1]
    if any(map(last.told_by, request.booked)):
        yield last
        return
    before = _told_before(words, _heard(request.facts, request.id), last)
    if (before is None or before.says != last.says) and _is_news(request, last, before):
        yield last


def _is_news(request: RequestToday, word: Word, before: Word | None) -> bool:
    """Whether a word that nobody was told still tells its reader anything."""
    answered = any(each.at > word.decided.at for each in request.returns)
    match word.occasion:
        case "let-off":
            return request.stands.state is State.WAIVED and request.today <= _asked_until(request)
        case "asked-after-all":
            return not answered and before is not None and before.occasion == LET_OFF
        case "accepted":
            return before is not None or was_sent_back(_first_verdict(request, word))
        case "extension-refused":
            asked = any(each.kind is ReplyKind.NEEDS_TIME for each in request.replies)
            return not answered and (asked or before is not None) and request.stands.awaiting is not None
        case "extension-granted":
            return not answered and request.stands.awaiting is not None
    return not answered


def _asked_until(request: RequestToday) -> date:
    """Until when a partner is asked for anything: the close, or the later day that it was given or named."""
    course = course_of(request.framework, request.facts, request.request)
    return max(request.request.closes, course.now.due)


def _first_verdict(request: RequestToday, word: Word) -> VerdictGiven:
    return next(each for each in request.verdicts if each.partner_return == return_spoken_of(word.about))


def _on_time(facts: Facts, request: RequestMade, name: str) -> list[Word]:
    why, names = f"{name} is told what was decided about more time.", set[str]()
    return [
        Word(GRANTED if each.granted else REFUSED, _name(each, names), _what(each), each, why)
        for each in facts.about(request.request, ExtensionDecided)
    ]


def _what(decided: ExtensionDecided) -> tuple[object, ...]:
    return decided.granted, decided.until, decided.to_partner


def _name(decided: ExtensionDecided, taken: set[str]) -> str:
    """What its email is about: the asking that it answers; of a further decision on it, that decision itself."""
    first = decided.reply or f"{decided.request}|{decided.until}"
    name = decided.key if first in taken else first
    taken.add(name)
    return name


def _on_the_waiver(facts: Facts, request: RequestMade, name: str) -> list[Word]:
    told: dict[type[Fact], tuple[str, str]] = {
        RequestWaived: (LET_OFF, f"{name} is let off this time and is told so."),
        WaiverLifted: (ASKED_AFTER_ALL, f"{name} had been let off, and is asked again after all."),
    }
    decided: list[RequestWaived | WaiverLifted] = [
        *facts.about(request.request, RequestWaived),
        *facts.about(request.request, WaiverLifted),
    ]
    return [
        Word(occasion, each.key, (occasion, each.to_partner), each, why)
        for each in sorted(decided, key=lambda one: one.at)
        for occasion, why in [told[type(each)]]
    ]


def _on_a_return(facts: Facts, received: ReturnReceived, name: str) -> list[Word]:
    """The words on one return that its sender hears of: that it went back, or was accepted by an officer after all."""
    words: list[Word] = []
    given = facts.about(received.request, VerdictGiven)
    on_this = [each for each in given if each.partner_return == received.partner_return]
    for each in sorted(on_this, key=lambda one: (one.at, bool(one.overrides))):
        if was_sent_back(each):
            words.append(_word_on(each, SENT_BACK, f"{name}’s return needs something put right.", words))
        elif each.overrides == READ_AGAIN:
            if words:  # else its sender was thanked already
                words.append(_word_on(each, ACCEPTED, f"{name}’s return names classes that were placed.", words))
        elif each.overrides:
            words.append(_word_on(each, ACCEPTED, f"{name}’s return was accepted by an officer after all.", words))
    return words


def _word_on(given: VerdictGiven, occasion: str, why: str, before: list[Word]) -> Word:
    said = any(each.occasion == occasion for each in before)
    return Word(occasion, given.key if said else given.partner_return, (occasion, given.to_partner), given, why)
