"""Figures that had not come when their collection closed and are expected on a day: what is owed, and until when."""

from collections.abc import Iterator
from datetime import date

from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.gap_words import expected_now, said_not_to_come
from quarterday.domain.collection.verdicts import accepted_returns, missing_after
from quarterday.domain.collection.waiting import course_of
from quarterday.domain.facts import Facts, GapRecorded, RequestMade
from quarterday.domain.framework.framework import Framework


def owed_figures(framework: Framework, facts: Facts, request: RequestMade) -> dict[str, date]:
    """The asked indicators that are a gap and still missing, each with the day on which it is expected.

    Nothing is owed by whoever was let off since or said that it will not come, nor on a day that was taken back.
    """
    gaps = {each.indicator: each for each in facts.about(request.request, GapRecorded)}
    if not gaps:
        return {}
    course = course_of(framework_of(framework, facts, request.collection), facts, request)
    missing = missing_after(facts, request, accepted_returns(facts, request.request))
    awaited = [code for code in missing if code in gaps and not said_not_to_come(facts, request, gaps[code])]
    days = ((code, expected_now(facts, gaps[code], course)) for code in awaited)
    return {code: day for code, day in days if day and day > request.closes}


def owed_before(framework: Framework, facts: Facts, request: RequestMade) -> Iterator[tuple[RequestMade, str, date]]:
    """What a partner still owes of earlier collections: the request, the indicator, and the day it is expected on.

    What one owed that went on in it is its own now; of one that was split, what each supplies.
    """
    before = framework.predecessors(request.partner)
    for each in facts.of(RequestMade):
        if each.at < request.at and each.partner in (request.partner, *before):
            for code, day in owed_figures(framework, facts, each).items():
                if each.partner == request.partner or _supplies(framework, request.partner, each.partner, code):
                    yield each, code, day


def _supplies(framework: Framework, partner: str, before: str, code: str) -> bool:
    """Whether a figure that another owed is a successor's now; one that nobody supplies any more is the first's."""
    known = framework.indicator.get(code)
    return (known.supplier if known else framework.partner[before].code) == partner
