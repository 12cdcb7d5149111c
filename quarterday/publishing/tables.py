"""The tables of a release. They hold protected figures only: charts, words and packs are made from these."""

from dataclasses import dataclass, field
from datetime import date

from quarterday.domain.figures.keys import Key, OfDays
from quarterday.domain.figures.reference_figures import ReferenceFigure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period
from quarterday.publishing.risk_tables import BidLine, RiskLine, SentLine


@dataclass(frozen=True)
class Observation(OfDays):
    """One published figure. A hidden or missing value is None and its marker says which; missing is never zero."""

    indicator: str
    definition_version: int
    area_code: str
    area_name: str
    breakdown: str  # empty for a total
    category: str
    category_title: str
    period: Period  # the days the figure really covers
    value: float | None
    numerator: float | None
    denominator: float | None
    unit: str
    marker: Marker | None
    comparable: bool
    comparable_why: str
    source_return: str
    source_sha256: str
    source_cells: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    commentary: str = ""  # the supplier's own words
    stale: bool = False  # the last value stands in for this period's
    also: Marker | None = None  # how firm the figure is, where its marker tells something else of it

    @property
    def markers(self) -> str:
        """Every marker that is true of it; empty for a plain figure."""
        return " ".join(str(each) for each in (self.marker, self.also) if each)


@dataclass(frozen=True)
class Gap:
    """A figure that did not come: why, who owns it, when to expect it."""

    indicator: str
    partner: str
    why: str
    owner: str
    expected: date | None
    unread: str = ""  # the reply of which the reason is left out until an officer has read it


@dataclass(frozen=True)
class Coverage:
    """How complete one partner's answer is."""

    partner: str
    expected: int  # figures asked for
    received: int
    on_time: bool | None  # None where nothing came
    accepted: int
    state: str


@dataclass(frozen=True)
class Revision:
    """What changed since the version before, and why."""

    version: int
    indicator: str
    area_code: str
    category: str
    period: Period
    was: str  # as published, marker included
    now: str
    why: str


@dataclass(frozen=True)
class RateRevision:
    """A rate that changed since the release before though its count did not: another estimate of its population."""

    key: Key
    was: float
    was_year: int
    was_population: int | None  # None where the release before did not say it
    now: float
    now_year: int
    now_population: int
    why: str


@dataclass(frozen=True)
class Version:
    """One version of a release: when it was made, and whether it was taken back, with what readers are told of it."""

    version: int
    kind: str  # provisional or revised
    made_on: date
    withdrawn_on: date | None = None
    for_readers: str = ""


@dataclass(frozen=True)
class OfficersWords:
    """Words on an indicator that the pack shows beside its supplier's: whose they are, and from when."""

    indicator: str
    words: str
    signed: str
    on: date
    agreed: bool  # a reading that a board or subgroup agreed, and no commentary


@dataclass(frozen=True)
class NewLimits:
    """From a day on the limits of an indicator's series are reckoned anew, with what readers are told of it."""

    indicator: str
    from_day: date
    why: str


@dataclass(frozen=True)
class ActivityLine:
    """How one activity stands in one collection, in words that passed the gate."""

    activity: str
    title: str
    priority: str
    plan: str
    lead: str  # the partner's code
    period: Period
    label: str
    starts: date
    ends: date
    state: str  # its lead's last word; “no word” where there is none
    rag: str  # how it stands: done, green, amber, red or stopped
    by_rule: str  # what the open rule says, where an officer saw it otherwise
    why: tuple[str, ...]
    told_on: date | None  # None where nothing was told this time
    done: str
    next_milestone: str
    next_on: date | None
    in_the_way: str
    asks: str
    asks_board: str
    indicators: tuple[str, ...]
    serves: str
    funding: tuple[str, ...]
    milestones: tuple[tuple[str, date], ...]
    late: tuple[str, ...]  # the milestones that have passed and are not met
    source: str  # the word that it came from
    unread: tuple[str, ...] = ()  # the words left out until an officer has read them
    unanswered: bool = False  # what it asks lies before a board that has not answered: in that board's pack alone

    @property
    def asks_for_all(self) -> tuple[str, str]:
        """What it asks and of which board, as every reader of the release may see it."""
        return ("", "") if self.unanswered else (self.asks, self.asks_board)


@dataclass(frozen=True)
class AnswerLine:
    """What one board made of an ask; `new` where that is told for the first time."""

    board: str
    answer: str
    meeting: date
    for_readers: str
    passed_to: str
    until: date | None
    new: bool


@dataclass(frozen=True)
class WithdrawnLine:
    """That something is asked no more, since when and why; `new` where it was withdrawn since the last telling."""

    on: date
    for_readers: str
    new: bool


@dataclass(frozen=True)
class AskLine:
    """An ask as it stands, in words that passed the gate."""

    ask: str
    asker: str
    kind: str
    what: str
    by_when: date | None
    consequence: str
    options: str
    raised_on: date
    activity: str
    meant_for: str
    board: str  # before which it lies, or which answered last
    open: bool
    answers: tuple[AnswerLine, ...]
    withdrawn: WithdrawnLine | None = None

    @property
    def for_all(self) -> bool:
        """Whether every reader of a release may see it: no level above sees what no board has answered.

        What was withdrawn before any did is told to the board before which it lay and to whoever asked, in their packs.
        """
        return bool(self.answers)

    @property
    def state(self) -> str:
        """Where it stands in a word: withdrawn, the last answer, or that none was given."""
        if self.withdrawn:
            return "withdrawn"
        return self.answers[-1].answer if self.answers else "not answered"


@dataclass(frozen=True)
class ActionLine:
    """An action that a board set, as it stands; `new` where it was set or told of since the last telling."""

    action: str
    board: str
    meeting: date
    ask: str
    what: str
    owner: str
    due: date
    state: str
    told_on: date | None
    said: str
    overdue: bool
    new: bool


@dataclass(frozen=True)
class WordsUpward:
    """What a board said, after its meeting, to the one that it reports to."""

    board: str
    meeting: date
    words: str


@dataclass(frozen=True)
class ReleaseTables:
    """Everything that a release says, protected: the one source of every format and every pack."""

    collection: str
    label: str  # 2025-26 Q1
    period: Period
    version: int
    kind: str  # provisional or revised
    made_on: date
    synthetic: bool
    observations: tuple[Observation, ...]  # this collection's
    history: tuple[Observation, ...] = ()  # earlier published or backfilled figures, protected too, oldest first
    gaps: tuple[Gap, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    revisions: tuple[Revision, ...] = ()
    versions: tuple[Version, ...] = ()  # every one so far, this one last
    rate_revisions: tuple[RateRevision, ...] = ()  # since the release before this one, of whichever collection
    since: tuple[tuple[int, tuple[Revision, ...]], ...] = ()  # against each version that readers may still have
    officers_words: tuple[OfficersWords, ...] = ()
    new_limits: tuple[NewLimits, ...] = ()
    references: tuple[ReferenceFigure, ...] = ()  # of other places
    activities: tuple[ActivityLine, ...] = ()  # how each stands now; none where the partnership has none
    activities_before: tuple[ActivityLine, ...] = ()  # how they stood in earlier collections, oldest first
    risks: tuple[RiskLine, ...] = ()  # the most serious first; none where the partnership has none
    risks_before: tuple[RiskLine, ...] = ()
    bids: tuple[BidLine, ...] = ()
    bids_before: tuple[BidLine, ...] = ()
    asks: tuple[AskLine, ...] = ()  # every ask; none where the partnership does not follow them up
    actions: tuple[ActionLine, ...] = ()
    sent: tuple[SentLine, ...] = ()  # outward, since the last telling
    words_upward: tuple[WordsUpward, ...] = ()  # since the last telling
    rates: dict[str, float] = field(default_factory=dict)  # expected, received, on_time, accepted, complete
