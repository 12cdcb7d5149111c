"""Figures that came and that an officer keeps out of what is published: by indicator, until they are let in again.

They count as answered, so that nobody is asked for them again; whatever is published goes without them.
"""

from quarterday.domain.facts import Facts, FiguresHeld


def held_of(facts: Facts, request: str) -> dict[str, FiguresHeld]:
    """What is held of one request, by its indicators: the latest word on each."""
    latest = {each.indicator: each for each in facts.about(request, FiguresHeld)}
    return {code: each for code, each in latest.items() if each.held}


def held_in(facts: Facts, collection: str) -> dict[str, FiguresHeld]:
    """What is held of a collection, by its indicators."""
    return {code: each for one in facts.requests_of(collection) for code, each in held_of(facts, one.request).items()}
