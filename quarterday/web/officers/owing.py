"""Who owes us what, one line a partner: to sort, and to narrow to a state."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from quarterday.domain.collection.standing import State
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.telling.status import StatusLine, status_lines
from quarterday.web.officers.officer_door import SignedInVisit

_COLOURS = {
    State.OVERDUE: "red",
    State.SENT_BACK: "orange",
    State.NEEDS_TIME: "yellow",
    State.PART: "yellow",
    State.ACCEPTED: "green",
    State.ACCEPTED_WITH_CAVEATS: "green",
    State.NIL: "green",
    State.RECEIVED: "blue",
}
_LATE = date.max
SORTS: dict[str, Callable[[StatusLine], Any]] = {
    "partner": lambda line: line.name.casefold(),
    "state": lambda line: (line.state, line.name.casefold()),
    "due": lambda line: (line.due or _LATE, line.name.casefold()),
    "chasers": lambda line: (-line.chasers, line.name.casefold()),
}


@dataclass(frozen=True)
class Owing:
    """The table as it was asked for: its lines, and by what it is sorted and narrowed."""

    plan: Timetable
    lines: list[StatusLine]
    states: list[tuple[str, int]]  # every state that there is, with how many partners stand so
    state: str
    sort: str

    @staticmethod
    def colour(state: str) -> str:
        """The colour of a state's tag; the words say all that it says."""
        return _COLOURS.get(State(state), "grey") if state in set(State) else "grey"


def owing(request: Request, visit: SignedInVisit, plan: Timetable) -> Owing:
    """The table of a collection, sorted and narrowed as the address says."""
    lines = status_lines(CollectionToday(visit.framework, visit.facts, plan, visit.today))
    states = Counter(each.state for each in lines)
    state, sort = request.query_params.get("state", ""), request.query_params.get("sort", "")
    state, sort = state if state in states else "", sort if sort in SORTS else "partner"
    chosen = [each for each in lines if state in ("", each.state)]
    return Owing(plan, sorted(chosen, key=SORTS[sort]), sorted(states.items()), state, sort)
