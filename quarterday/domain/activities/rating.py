"""How an activity stands, by a rule in the open: red, amber or green, always with why.

The rule looks at the plan's own dates and at when the lead was last heard. What the lead says can only make it worse,
or give a reason: an activity whose milestone has passed is not green because somebody calls it so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.activities.told import rulings_in
from quarterday.domain.facts import ActivityState, ActivityTold, CollectionOpened, Facts, Rag, RequestMade
from quarterday.domain.framework.activities import Activity, Milestone
from quarterday.domain.framework.periods import say_date

ALL_MET = "All milestones met"
SILENT_QUARTERS = 2  # after so many without a word an activity is not green
_SEVERITY = (Rag.GREEN, Rag.AMBER, Rag.RED)
_OF_STATE = {ActivityState.AT_RISK: Rag.AMBER, ActivityState.LATE: Rag.RED}


@dataclass(frozen=True)
class Rating:
    """How an activity stands and why, each reason a sentence; `ruled` where an officer saw it otherwise."""

    rag: Rag
    why: tuple[str, ...]
    proposed: Rag
    ruled: bool = False


def rating(facts: Facts, activity: Activity, collection: str, day: date) -> Rating:
    """How an activity stands on a day, by all that was told of it up to a collection and an officer's ruling on it."""
    words = _words_up_to(facts, activity, collection)
    proposed = proposed_rating(activity, words, silent_quarters(facts, activity, collection), day)
    ruling = rulings_in(facts, collection).get(activity.code)
    if ruling is None:
        return proposed
    why = f"The partnership’s officers see it otherwise than the rule ({proposed.rag}): {ruling.for_readers}"
    return Rating(ruling.rag, (why, *proposed.why), proposed.rag, ruled=True)


def proposed_rating(activity: Activity, words: tuple[ActivityTold, ...], silent: int, day: date) -> Rating:
    """What the rule says, from the words on an activity, oldest first."""
    state = words[-1].state if words else None
    if state in (ActivityState.DONE, ActivityState.STOPPED):
        rag = Rag(state.value)
        return Rating(rag, (f"Its lead says that it is {state}.",), rag)
    found = [*_late(activity, words, day), *_silent(silent), *_by_its_lead(state)]
    rag = max((rag for rag, _ in found), key=_SEVERITY.index, default=Rag.GREEN)
    why = tuple(sentence for _, sentence in found) or (_nothing_against(state),)
    return Rating(rag, (*why, *_moved(activity, words)), rag)


def milestones_past(activity: Activity, words: tuple[ActivityTold, ...], day: date) -> tuple[Milestone, ...]:
    """The milestones whose day has passed and that no word of the lead shows to be met, earliest first."""
    met = _met(activity, words)
    return tuple(each for each in activity.in_order[met:] if each.on < day)


def next_milestone(activity: Activity, words: tuple[ActivityTold, ...]) -> Milestone | None:
    """The first milestone that no word of the lead shows to be met."""
    return next(iter(activity.in_order[_met(activity, words) :]), None)


def words_on(facts: Facts, activity: Activity, collection: str) -> tuple[ActivityTold, ...]:
    """The words on an activity up to a collection, oldest first: the last of each that says how it stands."""
    return _words_up_to(facts, activity, collection)


def silent_quarters(facts: Facts, activity: Activity, collection: str) -> int:
    """How many collections in a row, up to this one, asked about an activity and heard nothing of how it stands."""
    words = (each for each in facts.of(ActivityTold) if each.activity == activity.code)
    heard = {each.request for each in words if each.says_how_it_stands}
    asked = [each for each in _asked_up_to(facts, collection) if activity.code in each.activities]
    count = 0
    for request in reversed(asked):
        if request.request in heard:
            break
        count += 1
    return count


def _met(activity: Activity, words: tuple[ActivityTold, ...]) -> int:
    """How many milestones have been met: those before the one that the lead last named as the next."""
    places = {each.title.casefold(): place for place, each in enumerate(activity.in_order)}
    places[ALL_MET.casefold()] = len(activity.milestones)
    named = [places[told.next_milestone.casefold()] for told in words if told.next_milestone.casefold() in places]
    return named[-1] if named else 0


def _late(activity: Activity, words: tuple[ActivityTold, ...], day: date) -> Iterator[tuple[Rag, str]]:
    if activity.ends < day:
        yield Rag.RED, f"It was to end on {say_date(activity.ends)}."
    for each in milestones_past(activity, words, day):
        yield Rag.AMBER, f"Its milestone “{each.title}” was to be met by {say_date(each.on)}."


def _silent(silent: int) -> Iterator[tuple[Rag, str]]:
    if silent >= SILENT_QUARTERS:
        yield Rag.AMBER, f"Nothing has been told of it for {silent} quarters."


def _by_its_lead(state: ActivityState | None) -> Iterator[tuple[Rag, str]]:
    if state in _OF_STATE:
        yield _OF_STATE[state], f"Its lead says that it is {state}."


def _moved(activity: Activity, words: tuple[ActivityTold, ...]) -> Iterator[str]:
    """A milestone's day that its lead moved: from what it said of it before, else from the plan's own."""
    planned = {each.title.casefold(): each for each in activity.milestones}
    said = [(planned.get(each.next_milestone.casefold()), each.next_on) for each in words if each.next_on]
    milestone, now = said[-1] if said else (None, None)
    if milestone and now:
        before = [day for named, day in said[:-1] if named is milestone and day]
        was = before[-1] if before else milestone.on
        if was != now:
            yield f"Its lead moved “{milestone.title}” from {say_date(was)} to {say_date(now)}."


def _nothing_against(state: ActivityState | None) -> str:
    if state is None:
        return "No date of it has been missed; nothing has been told of it yet."
    return f"No date of it has been missed, and its lead says that it is {state}."


def _asked_up_to(facts: Facts, collection: str) -> list[RequestMade]:
    order = _order(facts)
    last = order.get(collection, len(order))
    requests = (each for each in facts.of(RequestMade) if order.get(each.collection, -1) <= last)
    return sorted(requests, key=lambda each: order.get(each.collection, -1))


def _words_up_to(facts: Facts, activity: Activity, collection: str) -> tuple[ActivityTold, ...]:
    order = _order(facts)
    last = order.get(collection, len(order))
    found: dict[str, ActivityTold] = {}
    for each in facts.of(ActivityTold):
        if each.activity == activity.code and order.get(each.collection, -1) <= last and each.says_how_it_stands:
            found[each.collection] = each
    return tuple(sorted(found.values(), key=lambda each: order.get(each.collection, -1)))


def _order(facts: Facts) -> dict[str, int]:
    """The collections by the periods that they ask for, earliest first."""
    opened = sorted(facts.of(CollectionOpened), key=lambda each: each.period)
    return {each.collection: place for place, each in enumerate(opened)}
