"""How complete each partner's answer is, and the collection's five rates."""

from collections.abc import Sequence
from datetime import date

from quarterday.facts import Facts, RequestMade, ReturnReceived
from quarterday.figures import Figure
from quarterday.framework import Framework
from quarterday.periods import Period
from quarterday.publishing.missing import wanted_rows
from quarterday.publishing.tables import Coverage
from quarterday.standing import london_day, overdue, standing


def coverage_of(
    framework: Framework, facts: Facts, collection: str, asked: Period, figures: Sequence[Figure], today: date
) -> tuple[tuple[Coverage, ...], dict[str, float]]:
    """Each partner's coverage in order of code, and the rates as shares of what was expected."""
    wanted = wanted_rows(framework, asked)
    came = {figure.series for figure in figures if figure.value is not None}
    requests = {each.partner: each for each in facts.of(RequestMade) if each.collection == collection}
    rows = []
    for partner in framework.partners:
        request = requests.get(partner.code)
        if request is None:
            if framework.asked_of(partner.code, asked):
                rows.append(Coverage(partner.code, 0, 0, None, 0, "not asked"))
            continue
        stands = standing(framework, facts, request, today)
        expected = [row for row in wanted if row.indicator in request.asked]
        accepted = sum((row.indicator, row.area_code, row.breakdown, row.category) in came for row in expected)
        returns = facts.about(request.request, ReturnReceived)
        on_time = not overdue(request.due, london_day(returns[0].at), framework.calendar) if returns else None
        received = len(expected) if returns and not stands.accepted else accepted
        rows.append(Coverage(partner.code, len(expected), received, on_time, accepted, str(stands.state)))
    rows.sort(key=lambda each: each.partner)
    total = sum(each.expected for each in rows) or 1
    asked_of = [each for each in rows if each.expected]
    return tuple(rows), {
        "expected": float(sum(each.expected for each in rows)),
        "received": sum(each.received for each in rows) / total,
        "on_time": sum(each.expected for each in rows if each.on_time) / total,
        "accepted": sum(each.accepted for each in rows) / total,
        "complete": sum(each.accepted == each.expected for each in asked_of) / (len(asked_of) or 1),
    }
