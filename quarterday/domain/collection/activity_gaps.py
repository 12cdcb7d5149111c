"""The activities of which nothing had been told when their collection closed, each with why and when it is expected."""

from collections.abc import Iterator

from quarterday.domain.collection.actions import RecordActivityGap
from quarterday.domain.collection.standing import State
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import ActivityGap
from quarterday.domain.framework.periods import say_date


def activity_gaps_due(request: RequestToday) -> Iterator[RecordActivityGap]:
    """The gaps to record for one request at the close."""
    recorded = {each.activity for each in request.facts.about(request.id, ActivityGap)}
    awaiting, closes = request.stands.awaiting, request.plan.closes
    named = awaiting.named if awaiting else None
    for code in request.stands.open_activities:
        if code not in recorded:
            yield RecordActivityGap(
                collection=request.plan.collection,
                request=request.id,
                partner=request.partner.code,
                activity=code,
                expected=named if named and named > closes else None,
                on=closes,
                why=_why(request),
            )


def _why(request: RequestToday) -> str:
    if request.stands.state is State.WAIVED:
        return "the partnership let its lead off this time"
    if (awaiting := request.stands.awaiting) and awaiting.named:
        return f"its lead asked for time until {say_date(awaiting.named)}"
    return "no word on it had come when the collection closed"
