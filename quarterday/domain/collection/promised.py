"""What a collection promised last, and a request with the dates that its partner was promised."""

from dataclasses import replace

from quarterday.domain.facts import CollectionBound, Facts, RequestMade


def binding_of(facts: Facts, collection: str) -> CollectionBound | None:
    """What a collection promises now: the opening's word, or what an officer changed last; None where nothing binds."""
    return max(facts.about(collection, CollectionBound), key=lambda each: each.number, default=None)


def as_promised(facts: Facts, request: RequestMade) -> RequestMade:
    """A request with the dates that its partner was promised last."""
    bound = binding_of(facts, request.collection)
    if bound is None or bound.number == 0:
        return request  # asked late, it was given a day of its own
    return replace(request, due=dict(bound.due_on).get(request.partner, bound.due), closes=bound.closes)
