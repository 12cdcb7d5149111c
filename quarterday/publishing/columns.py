"""The tables of a release: every column with its type and its meaning, as the data dictionary tells it."""

from dataclasses import dataclass
from datetime import date

Value = str | int | float | bool | date | None


@dataclass(frozen=True)
class Column:
    """One column: its name, its type as a Table Schema calls it, and what it says."""

    name: str
    kind: str  # string, integer, number, boolean, date
    says: str


@dataclass(frozen=True)
class Table:
    """One table of a release, in the order in which it is written."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key: tuple[str, ...] = ()


def described_columns(*described: str) -> tuple[Column, ...]:
    """Columns from `name: type: what it says`."""
    return tuple(Column(*(part.strip() for part in each.split(":", 2))) for each in described)


OBSERVATION_COLUMNS = described_columns(
    "indicator: string: the indicator's code; see the table of indicators",
    "definition_version: integer: the version of the definition that the figure was counted by",
    "area_code: string: code of the Office for National Statistics",
    "area_name: string: the area's name",
    "breakdown: string: how the figure is split; empty for a total",
    "category: string: the class of the breakdown; empty for a total",
    "category_title: string: the class in words",
    "period_start: date: the first day that the figure really covers",
    "period_end: date: the last day that the figure really covers",
    "period_label: string: those days in words, as 2025-26 Q1",
    "value: number: the figure; empty where it is missing or hidden, never nought for either",
    "numerator: number: the upper part of a rate or percentage",
    "denominator: number: the lower part of a rate or percentage",
    "unit: string: count, percentage, rate or out of",
    "frequency: string: for which periods the indicator is asked",
    "marker: string: why the figure is not plain, such as [x] not available or [c] confidential",
    "also: string: a second marker where two are true, as [p] beside [b]",
    "comparable: boolean: whether it compares with the other figures of its series",
    "comparable_why: string: why it does not compare",
    "stale: boolean: whether the last value stands in for this period's",
    "source_return: string: the return that the figure came from",
    "source_sha256: string: SHA-256 of the file that was returned; empty where it would let hidden counts be tried out",
    "source_cells: string: where it stood in that file",
    "caveats: string: what to bear in mind",
    "commentary: string: the supplier's own words",
)
INDICATOR_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "title: string: what it measures",
    "definition_version: integer: the version that holds at the end of the period",
    "definition: string: what is counted",
    "unit: string: count, percentage, rate or out of",
    "numerator: string: what the upper part counts",
    "denominator: string: what the lower part counts",
    "per: integer: what a rate is for so many of",
    "out_of: integer: the known total that a count is out of",
    "supplier: string: the code of the partner that supplies it",
    "priorities: string: the priorities that it serves",
    "boards: string: the boards that read it",
    "frequency: string: for which periods it is asked",
    "area: string: borough or ward",
    "direction: string: what a rise means",
    "readings: string: rival readings of a change",
    "target: number: what the plan hopes for",
    "target_source: string: where the target comes from",
    "baseline: number: what change is measured from; empty where it would give hidden figures away",
    "disclosure_rule: string: what is done about small counts",
    "disclosure_threshold: integer: counts above nought and below this are hidden",
    "disclosure_round_to: integer: what other counts are rounded to, where they are",
    "disclosure_why: string: why this rule",
    "statutory: string: the law that requires it",
    "owner: string: who answers for it",
    "caveats: string: what to bear in mind",
)
COVERAGE_COLUMNS = described_columns(
    "partner: string: the partner's code",
    "expected: integer: figures asked for",
    "received: integer: figures received",
    "on_time: boolean: whether its return was on time; empty where nothing came",
    "accepted: integer: figures accepted",
    "state: string: where its answer stands",
)
GAP_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "partner: string: who supplies it",
    "why: string: why it is missing",
    "owner: string: who owns the gap",
    "expected: date: when to expect the figure; empty where nobody can say",
)
REVISION_COLUMNS = described_columns(
    "version: integer: the version in which the change appears",
    "indicator: string: the indicator's code",
    "area_code: string: code of the Office for National Statistics",
    "category: string: the class of a breakdown; empty for a total",
    "period_start: date: the first day that the figure covers",
    "period_end: date: the last day that the figure covers",
    "was: string: what the version before said, marker included",
    "now: string: what this version says",
    "why: string: why it changed",
)
RATE_COLUMNS = described_columns(
    "rate: string: expected, received, on time, accepted or complete",
    "value: number: as a share of 1",
)
VERSION_COLUMNS = described_columns(
    "version: integer: the version's number",
    "kind: string: provisional or revised",
    "made_on: date: when it was made",
    "withdrawn_on: date: when it was taken back; empty where it stands",
    "for_readers: string: what the partnership says about taking it back",
)
RISK_COLUMNS = described_columns(
    "risk: string: the risk's code",
    "period_start: date: the first day of the quarter whose release tells of it",
    "period_end: date: the last day of it",
    "title: string: what may go wrong",
    "board: string: the board that reads of it",
    "owner: string: the partner that owns it",
    "level: string: how serious it is, by likelihood and impact: low, medium, high or very high",
    "likelihood: string: how likely it is, in words",
    "impact: string: what follows if it comes true, in words",
    "trend: string: falling, steady or rising, as whoever reviewed it saw it; empty where nobody has",
    "mitigation: string: what is done about it",
    "raised: date: when it was raised",
    "review: date: when it is to be looked at again",
    "missed: boolean: whether that day had passed without a review",
    "reviewed_on: date: when it was looked at last; empty where nobody has",
    "indicators: string: the indicators that it would show in",
    "source: string: the review that this comes from",
)
BID_COLUMNS = described_columns(
    "bid: string: the bid's code",
    "period_start: date: the first day of the quarter whose release tells of it",
    "period_end: date: the last day of it",
    "title: string: what is asked for",
    "source: string: of whom",
    "amount: integer: how many pounds, for its whole time",
    "board: string: the board that reads of it",
    "owner: string: the partner that writes it",
    "state: string: planned, sent, won, refused or withdrawn",
    "deadline: date: the last day on which it may be sent",
    "ends: date: the last day for which it pays",
    "news: string: what should be heard of it: a deadline that nears or passed, money that ends",
    "told_on: date: when an officer told how it stands; empty where nobody has",
    "for_readers: string: what the partnership says of it",
    "activities: string: the activities that it pays for",
)
ACTIVITY_COLUMNS = described_columns(
    "activity: string: the activity's code",
    "period_start: date: the first day of the quarter that is told of",
    "period_end: date: the last day of it",
    "title: string: what is to be delivered",
    "priority: string: the priority that it serves",
    "plan: string: the plan that it belongs to",
    "lead: string: the partner that leads it",
    "starts: date: when it begins",
    "ends: date: when it ends",
    "state: string: how it stands in its lead's own word",
    "rag: string: how it stands by the open rule, or as an officer saw it: done, green, amber, red or stopped",
    "by_rule: string: what the rule says",
    "why: string: why it stands so",
    "told_on: date: when its lead told of it; empty where nothing was told for this quarter",
    "done: string: what was done, in its lead's words",
    "next_milestone: string: what comes next",
    "next_on: date: when that is expected",
    "in_the_way: string: what is in the way, in its lead's words",
    "asks: string: what is asked of a board",
    "asks_board: string: of which board",
    "indicators: string: the indicators that it should move",
    "serves: string: the paragraph or duty that calls for it",
    "funding: string: what it is paid from",
    "milestones: string: the plan's milestones, each with its day",
    "late: string: the milestones that have passed and are not met",
    "source: string: the word that it came from",
)
ASK_COLUMNS = described_columns(
    "ask: string: the ask's own code",
    "raised_on: date: when it was raised",
    "asker: string: the partner or board that asks; officers for the partnership's own",
    "kind: string: decision, help or for information",
    "what: string: what is asked",
    "by_when: date: by when it is needed; empty where no day is named",
    "consequence: string: what follows if nothing is done",
    "options: string: what the board may choose between",
    "activity: string: the activity that it came with, where it came with one",
    "board: string: the board before which it lies, or which answered last",
    "state: string: the last answer: decided, passed on, refused or deferred; withdrawn where it is asked no more",
    "answered_on: date: the meeting of the last answer",
    "answers: string: every answer, each with its board and its meeting",
    "withdrawn_on: date: when it was withdrawn; empty where it was not",
    "withdrawn_why: string: why it was withdrawn",
)
ACTION_COLUMNS = described_columns(
    "action: string: the action's own code",
    "board: string: the board that set it",
    "meeting: date: the meeting at which it was set",
    "ask: string: the ask that it follows from; empty for none",
    "what: string: what is to be done",
    "owner: string: the partner or board that does it; officers for the partnership's own",
    "due: date: by when",
    "state: string: nothing told, going on, done or dropped",
    "told_on: date: when its owner told of it last; empty where nothing was told",
    "said: string: what its owner said",
    "overdue: boolean: whether its day had passed, and nobody had told that it is done",
)
OBSERVATION_KEY = ("indicator", "area_code", "breakdown", "category", "period_start", "period_end")
