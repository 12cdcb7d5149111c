"""Figures that had not come when their collection closed and are expected on a day: what is owed, and until when."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.standing import Awaiting
from quarterday.domain.collection.verdicts import accepted_returns, missing_after
from quarterday.domain.facts import Facts, GapRecorded, RequestMade
from quarterday.domain.framework.framework import Framework


def owed_figures(facts: Facts, request: RequestMade, awaiting: Awaiting | None) -> dict[str, date]:
    """The asked indicators that are a gap and still missing, each with the day on which it is expected.

    The latest word on a gap says the day; a day that the partner named or was granted since, for all it owes, holds.
    """
    missing = missing_after(facts, request, accepted_returns(facts, request.request))
    gaps = {each.indicator: each for each in facts.about(request.request, GapRecorded)}
    found = {}
    for code in missing:
        gap = gaps.get(code)
        day = gap.expected if gap else None
        if gap and not gap.by_an_officer and awaiting and awaiting.named:
            day = max(awaiting.named, day or awaiting.named)
        if day and day > request.closes:
            found[code] = day
    return found


def owed_before(framework: Framework, facts: Facts, request: RequestMade) -> Iterator[tuple[RequestMade, str, date]]:
    """What a partner still owes of earlier collections: the request, the indicator, and the day it is expected on.

    What one owed that went on in it is its own now; of one that was split, what each supplies.
    """
    before = framework.predecessors(request.partner)
    for each in facts.of(RequestMade):
        if each.at < request.at and each.partner in (request.partner, *before):
            for code, day in owed_figures(facts, each, None).items():
                if each.partner == request.partner or _supplies(framework, request.partner, each.partner, code):
                    yield each, code, day


def _supplies(framework: Framework, partner: str, before: str, code: str) -> bool:
    """Whether a figure that another owed is a successor's now; one that nobody supplies any more is the first's."""
    known = framework.indicator.get(code)
    return (known.supplier if known else framework.partner[before].code) == partner
