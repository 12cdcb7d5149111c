"""What leads told of their activities, what they did not, and where an officer saw it otherwise."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.facts.fact import Fact


class ActivityState(StrEnum):
    """How an activity stands, in its lead's own word."""

    NOT_BEGUN = "not begun"
    ON_COURSE = "on course"
    AT_RISK = "at risk"
    LATE = "late"
    DONE = "done"
    STOPPED = "stopped"
    CANNOT_SAY = "cannot say"  # this time: an answer, and no word on how it stands


class Rag(StrEnum):
    """How an activity stands by the open rule (`quarterday.domain.activities.rating`), worst last."""

    DONE = "done"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class ActivityTold(Fact):
    """A lead told how an activity goes. The latest in a collection holds; every one is kept.

    Empty texts say that there is nothing new: what was told before still stands.
    """

    partnership: str
    collection: str
    request: str
    partner: str
    told: str  # our own id, which a release names as it names returns
    activity: str
    state: ActivityState
    done: str = ""  # what was done since last time
    next_milestone: str = ""  # the milestone's title, or the lead's own words
    next_on: date | None = None  # when the lead expects it
    in_the_way: str = ""
    asks: str = ""  # what is asked of a board
    asks_board: str = ""  # the board's code
    partner_return: str = ""  # the return in whose workbook it stood; empty where it was told on the page

    @property
    def says_how_it_stands(self) -> bool:
        """Whether it tells of the activity at all, rather than that nothing can be told this time."""
        return self.state is not ActivityState.CANNOT_SAY

    @property
    def key(self) -> str:
        return self.told


@dataclass(frozen=True, kw_only=True)
class ActivityGap(Fact):
    """No word had come on an activity when its collection closed, or an officer recorded that none will."""

    partnership: str
    collection: str
    request: str
    partner: str
    activity: str
    expected: date | None = None  # the day that the lead named or was granted

    @property
    def by_an_officer(self) -> bool:
        """Whether somebody decided it, rather than the close recording what had not come."""
        return self.by != "quarterday"

    @property
    def key(self) -> str:
        decided = f"|{self.at.isoformat()}" if self.by_an_officer else ""  # an officer may decide anew
        return f"{self.collection}|{self.activity}{decided}"


@dataclass(frozen=True, kw_only=True)
class ActivityRuled(Fact):
    """An officer saw an activity otherwise than the rule does, for one collection; the latest holds.

    `for_readers` is published beside it; `reason` stays inside.
    """

    partnership: str
    collection: str
    activity: str
    rag: Rag
    for_readers: str

    @property
    def key(self) -> str:
        return f"{self.collection}|{self.activity}|{self.at.isoformat()}"
