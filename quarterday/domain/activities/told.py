"""The words on activities that hold, what of a request they leave open, and what was told before."""

from collections.abc import Iterable

from quarterday.domain.facts import ActivityRuled, ActivityState, ActivityTold, Facts, RequestMade

OVER = frozenset({ActivityState.DONE, ActivityState.STOPPED})


def told_in(facts: Facts, collection: str) -> dict[str, ActivityTold]:
    """The word that holds on each activity in a collection, by the activity's code: the latest."""
    return {each.activity: each for each in facts.of(ActivityTold) if each.collection == collection}


def told_for(facts: Facts, request: RequestMade) -> dict[str, ActivityTold]:
    """The word that holds on each activity that a request asks about, by the activity's code."""
    said = {each.activity: each for each in facts.about(request.request, ActivityTold)}
    return {code: said[code] for code in request.activities if code in said}


def open_activities(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """The activities that a request asks about and of which its lead has told nothing yet, in the order asked."""
    said = told_for(facts, request)
    return tuple(code for code in request.activities if code not in said)


def told_before(facts: Facts, activity: str, collection: str) -> ActivityTold | None:
    """The last word on an activity in another collection than this: what its lead told last time."""
    before = [each for each in facts.of(ActivityTold) if each.activity == activity and each.collection != collection]
    return before[-1] if before else None


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
