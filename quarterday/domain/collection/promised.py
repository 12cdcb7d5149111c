"""What a collection promised last, and a request with the dates that its partner was promised."""

from dataclasses import replace
from datetime import date, datetime

from quarterday.domain.facts import (
    CollectionBound,
    ExtensionDecided,
    Facts,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
)


def binding_of(facts: Facts, collection: str) -> CollectionBound | None:
    """What a collection promises now: the opening's word, or what an officer changed last; None where nothing binds."""
    return max(facts.about(collection, CollectionBound), key=lambda each: each.number, default=None)


def next_number(facts: Facts, bound: CollectionBound) -> int:
    """The number of the binding that comes after one: never that of one which was taken back."""
    ever = (each.number for each in facts.ever(CollectionBound) if each.collection == bound.collection)
    return max(bound.number, *ever) + 1


def as_promised(facts: Facts, request: RequestMade) -> RequestMade:
    """A request with the dates that its partner was promised last, and without what it was let off."""
    bound = binding_of(facts, request.collection)
    if bound is None or bound.number == 0:
        return request  # asked late, it was given a day of its own
    due = promised_by(bound, request)
    asked = tuple(code for code in request.asked if f"{request.partner}/{code}" not in bound.let_off)
    told = tuple(code for code in request.activities if as_let_off(request.partner, code) not in bound.let_off)
    return replace(request, due=due, closes=max(bound.closes, due), asked=asked, activities=told)


def asked_no_more(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """What a request asked when it went out and was let off since: its template still has rows for it."""
    (made,) = facts.about(request.request, RequestMade)
    still = as_promised(facts, made).asked
    return tuple(code for code in made.asked if code not in still)


def promised_by(bound: CollectionBound, request: RequestMade) -> date:
    """The date that a binding promises a partner; one that was asked since, perhaps late, has its request's own."""
    return request.due if request.at > bound.at else dict(bound.due_on).get(request.partner, bound.due)


def as_let_off(lead: str, activity: str) -> str:
    """How an activity that its lead is asked about no more stands in `let_off`, apart from a figure of that code."""
    return f"{lead}/activity/{activity}"


def moved_on(facts: Facts, request: RequestMade) -> datetime | None:
    """When the date that a partner was promised was moved last; None where it never was."""
    due, moved = request.due, None
    for bound in sorted(facts.about(request.collection, CollectionBound), key=lambda each: each.number):
        promised = promised_by(bound, request) if bound.number else due
        if promised != due:
            due, moved = promised, bound.at
    return moved


def told_last(facts: Facts, request: RequestMade, awaited: date) -> date:
    """The last day for its answer that a partner knows of: its request's, one that it was granted, or one it named.

    What a ladder counts from may lie later (nobody is chased the day after a word): no email calls that a day on which
    anything was due.
    """
    known = [each.until for each in facts.about(request.request, ExtensionDecided) if each.granted]
    known += [each.until for each in facts.about(request.request, ReplyReceived)]
    known += [each.rest_by for each in facts.about(request.request, ReturnReceived)]
    return max([request.due, *(day for day in known if day and day <= awaited)])


def own_dates(facts: Facts, bound: CollectionBound) -> dict[str, date]:
    """Each asked partner's own date, where it is another than the collection's."""
    promised = {each.partner: as_promised(facts, each).due for each in facts.requests_of(bound.collection)}
    return dict(bound.due_on) | {partner: due for partner, due in promised.items() if due != bound.due}
