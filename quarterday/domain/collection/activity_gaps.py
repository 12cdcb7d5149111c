"""The activities of which nobody said how they stand before the close, each with why and when a word is expected."""

from collections.abc import Iterator

from quarterday.domain.activities.told import cannot_be_told
from quarterday.domain.collection.actions import RecordActivityGap
from quarterday.domain.collection.standing import State
from quarterday.domain.collection.today import RequestToday
from quarterday.domain.facts import ActivityGap
from quarterday.domain.framework.periods import say_date

CANNOT_SAY = "its lead cannot say this time how it stands"


def activity_gaps_due(request: RequestToday) -> Iterator[RecordActivityGap]:
    """The gaps to record for one request at the close."""
    recorded = {each.activity for each in request.facts.about(request.id, ActivityGap)}
    awaiting, closes = request.stands.awaiting, request.plan.closes
    named = awaiting.named if awaiting else None
    cannot = cannot_be_told(request.facts, request.request)
    for code in (*request.stands.open_activities, *cannot):
        if code not in recorded:
            yield RecordActivityGap(
                collection=request.plan.collection,
                request=request.id,
                partner=request.partner.code,
                activity=code,
                expected=named if named and named > closes else None,
                on=closes,
                why=CANNOT_SAY if code in cannot else _why(request),
            )


def _why(request: RequestToday) -> str:
    if request.stands.state is State.WAIVED:
        return "the partnership let its lead off this time"
    if (awaiting := request.stands.awaiting) and awaiting.named:
        return f"its lead asked for time until {say_date(awaiting.named)}"
    return "no word on it had come when the collection closed"
