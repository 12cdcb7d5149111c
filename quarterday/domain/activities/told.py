"""The words on activities that hold, what of a request they leave open, and what was told before.

All words on activities are among the facts of what goes on (`at_rest.open_facts`), so nothing else need be fetched.
"""

from collections.abc import Iterable
from typing import Any

from quarterday.domain.activities.answering import Answer, state_of
from quarterday.domain.facts import (
    ActivityGap,
    ActivityRuled,
    ActivityState,
    ActivityTold,
    Facts,
    RequestMade,
    ReturnReceived,
)

OVER = frozenset({ActivityState.DONE, ActivityState.STOPPED})


def told_in(facts: Facts, collection: str) -> dict[str, ActivityTold]:
    """The word that holds on each activity in a collection, by the activity's code: the latest."""
    return {each.activity: each for each in facts.going_on.of(ActivityTold) if each.collection == collection}


def told_for(facts: Facts, request: RequestMade) -> dict[str, ActivityTold]:
    """The word that holds on each activity that a request asks about, by the activity's code."""
    said = {each.activity: each for each in facts.about(request.request, ActivityTold)}
    return {code: said[code] for code in request.activities if code in said}


def open_activities(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """The activities of a request on which a word is still awaited, in the order asked."""
    settled = {*told_for(facts, request), *given_up(facts, request)}
    return tuple(code for code in request.activities if code not in settled)


def cannot_be_told(facts: Facts, request: RequestMade) -> dict[str, ActivityTold]:
    """What a lead wrote of activities of which it cannot say anything this time, by the activity's code."""
    return {code: told for code, told in told_for(facts, request).items() if not told.says_how_it_stands}


def given_up(facts: Facts, request: RequestMade) -> dict[str, ActivityGap]:
    """What an officer recorded of activities on which no word will come, by the activity's code: the latest holds."""
    gaps = facts.about(request.request, ActivityGap)
    return {each.activity: each for each in gaps if each.by_an_officer}


def told_before(facts: Facts, activity: str, collection: str) -> ActivityTold | None:
    """The last word on an activity in another collection than this: what its lead told last time."""
    words = (each for each in facts.going_on.of(ActivityTold) if each.activity == activity)
    before = [each for each in words if each.collection != collection and each.says_how_it_stands]
    return before[-1] if before else None


def all_told_before(facts: Facts, request: RequestMade) -> dict[str, ActivityTold]:
    """What was told last time of each activity that a request asks about, by its code."""
    before = {code: told_before(facts, code, request.collection) for code in request.activities}
    return {code: told for code, told in before.items() if told}


def word_named(facts: Facts, told: str) -> ActivityTold | None:
    """The word on an activity of that id; None where there is none."""
    return next((each for each in facts.going_on.of(ActivityTold) if each.told == told), None)


def says_the_same(told: ActivityTold | None, word: ActivityTold) -> bool:
    """Whether a word on an activity only says again what the last one said."""
    said = ("state", "done", "next_milestone", "next_on", "in_the_way", "asks", "asks_board")
    return told is not None and all(getattr(told, name) == getattr(word, name) for name in said)


def as_told(request: RequestMade, answer: Answer, told: str, **who: Any) -> ActivityTold:
    """The word that an answer is; `told` is its own id, `who` what any fact says of itself.

    Raises `ValueError` where the answer names no state.
    """
    state = state_of(answer.state)
    if state is None:
        raise ValueError(f"{answer.activity} is told without a state")
    return ActivityTold(
        partnership=request.partnership,
        collection=request.collection,
        request=request.request,
        partner=request.partner,
        told=told,
        activity=answer.activity,
        state=state,
        done=answer.done,
        next_milestone=answer.next_milestone,
        next_on=answer.next_on,
        in_the_way=answer.in_the_way,
        asks=answer.asks,
        asks_board=answer.asks_board if answer.asks else "",
        **who,
    )


def word_of(request: RequestMade, received: ReturnReceived, answer: Answer) -> ActivityTold:
    """The word that an answer in a return's workbook is. Raises `ValueError` where it names no state."""
    told = f"{received.partner_return}/{answer.activity}"
    who = {"at": received.at, "by": received.by, "reason": received.reason}
    return as_told(request, answer, told, **who, partner_return=received.partner_return)


def still_going(facts: Facts, codes: Iterable[str], collection: str) -> tuple[str, ...]:
    """Those of some activities that were not told to be done or stopped in an earlier collection."""
    before = {code: told_before(facts, code, collection) for code in codes}
    return tuple(code for code, told in before.items() if told is None or told.state not in OVER)


def rulings_in(facts: Facts, collection: str) -> dict[str, ActivityRuled]:
    """Where an officer saw an activity otherwise in a collection, by its code: the latest holds."""
    return {each.activity: each for each in facts.about(collection, ActivityRuled)}


def words_used_in(facts: Facts, collection: str) -> tuple[str, ...]:
    """The words and rulings that a release made now would be made from, by their ids, in order."""
    told = (each.told for each in told_in(facts, collection).values())
    ruled = (each.key for each in rulings_in(facts, collection).values())
    return tuple(sorted((*told, *ruled)))
