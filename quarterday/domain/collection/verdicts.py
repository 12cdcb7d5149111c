"""The last word on each return, the returns that count, and what of a request these leave missing.

The only definitions of the three. Nothing of it is stored: a verdict records what its return answers, alone, and
what is missing follows from all the accepted returns there are. So two parts checked at the same moment make the whole.
"""

from collections.abc import Iterable, Iterator

from quarterday.domain.activities.told import words_used_in
from quarterday.domain.collection.held_figures import held_in
from quarterday.domain.facts import (
    READ_AGAIN,
    Facts,
    ReleaseMade,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.keys import indicator_in

ACCEPTED = frozenset({Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_CAVEATS})
SENT_BACK = frozenset({Verdict.QUERIED, Verdict.QUARANTINED, Verdict.INFECTED})


def last_words(facts: Facts, request: str) -> dict[str, VerdictGiven]:
    """The last word on each return of a request, by its reference: an officer's comes after the checks' own."""
    given = sorted(facts.about(request, VerdictGiven), key=lambda each: (each.at, bool(each.overrides)))
    return {each.partner_return: each for each in given}


def last_word(facts: Facts, received: ReturnReceived) -> VerdictGiven | None:
    """The last word on one return; None while it is being checked."""
    return last_words(facts, received.request).get(received.partner_return)


def unjudged(facts: Facts) -> list[ReturnReceived]:
    """The returns on which nothing has been said yet, oldest first."""
    judged = {each.partner_return for each in facts.going_on.of(VerdictGiven)}
    return [each for each in facts.going_on.of(ReturnReceived) if each.partner_return not in judged]


def was_accepted(given: VerdictGiven | None) -> bool:
    """Whether a return counts, by the last word on it."""
    return given is not None and given.verdict in ACCEPTED


def was_sent_back(given: VerdictGiven | None) -> bool:
    """Whether a return went back to its sender, by the last word on it."""
    return given is not None and given.verdict in SENT_BACK


def accepted_returns(facts: Facts, request: str) -> tuple[ReturnReceived, ...]:
    """The returns of a request that count, oldest first: a later one that was sent back does not undo them."""
    words = last_words(facts, request)
    return tuple(each for each in facts.about(request, ReturnReceived) if was_accepted(words.get(each.partner_return)))


def accepted_in(facts: Facts, collection: str) -> tuple[str, ...]:
    """What a release is made from, in order: the references of the returns that count, of their second readings, of
    words on activities and of officers' words by which figures are held back.

    A return of which nothing could be used, since its agreement had ended, changes nothing: no version is made for it.
    """
    requests, told = facts.requests_of(collection), _made_from(facts, collection)
    returns = [
        name
        for one in requests
        for each in accepted_returns(facts, one.request)
        if each.partner_return in told or answered_by(facts, one, [each])
        for name in _reading_of(facts, each)
    ]
    held = (each.key for each in held_in(facts, collection).values())
    return tuple(sorted((*returns, *words_used_in(facts, collection), *held)))


def _reading_of(facts: Facts, received: ReturnReceived) -> Iterator[str]:
    """A return by its reference, and that the checks read it anew: its figures may be others since."""
    yield received.partner_return
    given = last_word(facts, received)
    if given and given.overrides == READ_AGAIN:
        yield given.key


def _made_from(facts: Facts, collection: str) -> frozenset[str]:
    """What some release of a collection was made from: it stays part of the next."""
    return frozenset(each for made in facts.about(collection, ReleaseMade) for each in made.returns)


def answered_by(facts: Facts, request: RequestMade, accepted: Iterable[ReturnReceived]) -> tuple[str, ...]:
    """The asked indicators that some accepted returns have a word on, in the order in which they were asked."""
    words = last_words(facts, request.request)
    told = {code for each in accepted for code in words[each.partner_return].answered}
    return tuple(code for code in request.asked if code in told)


def missing_after(facts: Facts, request: RequestMade, accepted: Iterable[ReturnReceived]) -> tuple[str, ...]:
    """The asked indicators that some accepted returns do not answer, or not wholly, in the order they were asked.

    A part return says that more is to come: what it leaves open of an indicator is missing until another accepted
    return has it, or one that is not declared a part speaks of that indicator.
    """
    words = last_words(facts, request.request)
    given = [(each.kind, words[each.partner_return]) for each in accepted]
    return tuple(code for code in request.asked if not _is_whole(code, given))


def _is_whole(code: str, given: Iterable[tuple[ReturnKind, VerdictGiven]]) -> bool:
    left: frozenset[str] | None = None
    for kind, word in given:
        if code in word.answered:
            open_here = word.left_open if kind is ReturnKind.PART else ()
            of_this = frozenset(each for each in open_here if indicator_in(each) == code)
            left = of_this if left is None else left & of_this
    return left is not None and not left
