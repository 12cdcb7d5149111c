"""What is asked of boards, what they answer, the actions that they set, and what a board says to the one above."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.facts.fact import Fact
from quarterday.domain.framework.partners import AskKind


class BoardAnswer(StrEnum):
    """What a board makes of an ask that lies before it."""

    DECIDED = "decided"
    PASSED_ON = "passed on"  # to the board that it reports to, which sees it from then on
    REFUSED = "refused"  # it is let fall
    DEFERRED = "deferred"  # it stays before the board


class ActionState(StrEnum):
    """How an action goes, in its owner's own word."""

    GOING_ON = "going on"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class AskRaised(Fact):
    """Something is asked of a board. Said again under the same id, the latest words hold and the first day stays.

    What a lead asks with an answer on an activity is an ask without this fact (`quarterday.domain.asks.climbing`);
    with its id the fact adds what that answer does not say: its kind, by when, what follows otherwise.
    """

    partnership: str
    ask: str  # our own id
    asker: str  # a partner's or a board's code, or an officer's such as officer/performance
    board: str  # of which it is asked first
    kind: AskKind
    what: str
    by_when: date | None = None
    consequence: str = ""  # what follows if nothing is done
    options: str = ""  # what the board may choose between

    @property
    def key(self) -> str:
        return f"{self.ask}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class AskAnswered(Fact):
    """A board answered an ask that lay before it. Its latest answer holds until the board above has answered."""

    partnership: str
    ask: str
    board: str
    answer: BoardAnswer
    meeting: date
    for_readers: str = ""  # what the asker and the packs are told of it
    passed_to: str = ""  # the board that sees it now; empty unless it was passed on
    until: date | None = None  # when a deferred one is looked at again, where that is said

    @property
    def key(self) -> str:
        return f"{self.ask}|{self.board}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class AskWithdrawn(Fact):
    """Whoever asked asks it no more, or an officer says so: no board answers it, and it climbs no further.

    It counts while a board still has to answer. A lead who asks the same in later words on the activity asks it again.
    """

    partnership: str
    ask: str
    for_readers: str  # why: what the boards that saw it are told

    @property
    def key(self) -> str:
        return f"{self.ask}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class AnswerTold(Fact):
    """A request tells a partner what became of something that it asked: once, which the key holds to."""

    partnership: str
    ask: str
    answer: str  # the key of a board's answer, or of a withdrawal by an officer
    told_in: str  # the request

    @property
    def key(self) -> str:
        return self.answer


@dataclass(frozen=True, kw_only=True)
class ActionSet(Fact):
    """A board wants something done: by whom and until when, and for which ask where it is for one."""

    partnership: str
    action: str  # our own id
    board: str
    meeting: date
    ask: str  # empty where it follows from none
    what: str
    owner: str  # a partner's or a board's code, or an officer's such as officer/performance
    due: date

    @property
    def key(self) -> str:
        return self.action


@dataclass(frozen=True, kw_only=True)
class ActionTold(Fact):
    """The owner of an action, or an officer, told how it goes; the latest holds."""

    partnership: str
    action: str
    state: ActionState
    said: str = ""  # what was done, or why it is not done

    @property
    def key(self) -> str:
        return f"{self.action}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class MeetingRecorded(Fact):
    """All that a board decided at a meeting is on record, be it nothing: its lead or an officer says so."""

    partnership: str
    board: str
    meeting: date

    @property
    def key(self) -> str:
        return f"{self.board}|{self.meeting}"


@dataclass(frozen=True, kw_only=True)
class BoardSaid(Fact):
    """What a board's lead says, after its meeting, to the board that it reports to; the latest of a meeting holds."""

    partnership: str
    board: str
    meeting: date
    words: str  # empty where earlier words are taken back

    @property
    def key(self) -> str:
        return f"{self.board}|{self.meeting}|{self.at.isoformat()}"
