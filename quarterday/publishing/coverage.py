"""How complete each partner's answer is, and the collection's five rates."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.standing import standing
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.domain.telling.completeness import Rates, rates, rates_by_partner
from quarterday.publishing.missing import wanted_rows
from quarterday.publishing.tables import Coverage


def coverage_of(
    framework: Framework, facts: Facts, collection: str, asked: Period, figures: Sequence[Figure], today: date
) -> tuple[tuple[Coverage, ...], dict[str, float]]:
    """Each partner's coverage in order of code, and the five rates; no rates where no board considers the period."""
    plan = plan_for(framework, facts, collection)
    stands = CollectionToday(framework, facts, plan, today) if plan else None
    of_partner = rates_by_partner(stands) if stands else {}
    requests = {each.partner: each for each in facts.requests_of(collection)}
    came = {figure.series for figure in figures if figure.value is not None}
    wanted: dict[str, list[bool]] = defaultdict(list)
    for each in wanted_rows(framework, asked):
        wanted[each.indicator].append(each.series in came)
    rows = [
        _coverage(framework, facts, requests.get(partner.code), partner.code, wanted, of_partner, today)
        for partner in sorted(framework.partners, key=lambda each: each.code)
        if partner.code in requests or framework.asked_of(partner.code, asked)
    ]
    whole = rates(stands) if stands else None
    names = ("expected", "received", "on_time", "accepted", "complete")
    return tuple(rows), {name: round(getattr(whole, name), 4) for name in names} if whole else {}


def _coverage(
    framework: Framework,
    facts: Facts,
    request: RequestMade | None,
    partner: str,
    wanted: Mapping[str, list[bool]],  # of each figure that is wanted of an indicator, whether it came
    of_partner: Mapping[str, Rates],
    today: date,
) -> Coverage:
    if request is None:
        return Coverage(partner, 0, 0, None, 0, "not asked")
    stands = standing(framework, facts, request, today)
    expected = [came for code in request.asked for came in wanted.get(code, ())]
    accepted = sum(expected)
    answered = partner in of_partner and of_partner[partner].returns_received > 0
    on_time = of_partner[partner].returns_on_time > 0 if answered else None
    # of a return that was sent back nobody counts the figures: it came, and nothing of it holds yet
    received = len(expected) if stands.latest and not stands.accepted else accepted
    return Coverage(partner, len(expected), received, on_time, accepted, str(stands.state))
