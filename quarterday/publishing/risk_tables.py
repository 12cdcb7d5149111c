"""Risks, bids and what was sent outward as a release's tables hold them, with the meaning of each column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.domain.framework.periods import Period
from quarterday.publishing.columns import BID_COLUMNS, RISK_COLUMNS, Table, Value

JOINED_BY = " | "


@dataclass(frozen=True)
class SentLine:
    """Something owed outward that was sent since the last telling."""

    title: str
    to: str
    board: str  # whose pack goes with it
    owed_on: date
    sent_on: date
    version: str  # as readers know it; empty where it was none of ours
    receipt: str  # empty where none was recorded


@dataclass(frozen=True)
class RiskLine:
    """How one risk stands in one collection's release, in words that passed the gate."""

    risk: str
    title: str
    about: str
    board: str
    owner: str  # the partner's code
    person: str
    period: Period
    label: str
    level: str  # low, medium, high or very high
    likelihood: str
    impact: str
    trend: str  # empty where nobody has reviewed it
    mitigation: str
    raised: date
    review: date
    missed: bool  # its review was to be made before the release and was not
    reviewed_on: date | None
    indicators: tuple[str, ...]
    source: str  # the review that it came from
    waits: str = ""  # the review whose words are left out until an officer has read them


@dataclass(frozen=True)
class BidLine:
    """How one bid stands in one collection's release."""

    bid: str
    title: str
    source: str
    amount: int | None  # pounds
    board: str
    owner: str
    period: Period
    label: str
    state: str
    deadline: date | None
    ends: date | None
    news: tuple[str, ...]  # what somebody should hear of it, each a sentence
    urgent: bool  # its deadline passed without a word
    told_on: date | None
    for_readers: str
    activities: tuple[str, ...]


def risk_tables(risks: Sequence[RiskLine], bids: Sequence[BidLine]) -> Iterator[Table]:
    """The tables of risks and of bids, earlier quarters first; none where the partnership has none."""
    key = ("period_start", "period_end")
    if risks:
        yield Table("risks", "Risks", RISK_COLUMNS, tuple(map(_risk_row, risks)), ("risk", *key))
    if bids:
        yield Table("bids", "Funding and bids", BID_COLUMNS, tuple(map(_bid_row, bids)), ("bid", *key))


def _risk_row(each: RiskLine) -> tuple[Value, ...]:
    return (
        each.risk,
        each.period.start,
        each.period.end,
        each.title,
        each.board,
        each.owner,
        each.level,
        each.likelihood,
        each.impact,
        each.trend,
        each.mitigation,
        each.raised,
        each.review,
        each.missed,
        each.reviewed_on,
        JOINED_BY.join(each.indicators),
        each.source,
    )


def _bid_row(each: BidLine) -> tuple[Value, ...]:
    return (
        each.bid,
        each.period.start,
        each.period.end,
        each.title,
        each.source,
        each.amount,
        each.board,
        each.owner,
        each.state,
        each.deadline,
        each.ends,
        JOINED_BY.join(each.news),
        each.told_on,
        each.for_readers,
        JOINED_BY.join(each.activities),
    )


RISK_SHEET = (
    "Risk", "Quarter", "How serious", "Likelihood", "Impact", "Trend", "Owner", "What is done about it",
    "Next review", "Its review was missed", "Reviewed on", "Board", "Would show in", "Risk code",
)  # fmt: skip
BID_SHEET = (
    "Bid", "Quarter", "Of whom", "Pounds", "How it stands", "To be sent by", "Pays until", "What to hear of it",
    "Owner", "Board", "What the partnership says", "Bid code",
)  # fmt: skip


def risk_cells(each: RiskLine, names: dict[str, str]) -> tuple[Value, ...]:
    """A risk in words first, its code last; `names` are those of partners, boards and indicators."""
    return (
        each.title,
        each.label,
        each.level,
        each.likelihood,
        each.impact,
        each.trend or "not reviewed yet",
        names.get(each.owner, each.owner),
        each.mitigation,
        each.review,
        each.missed,
        each.reviewed_on,
        names.get(each.board, each.board),
        "; ".join(names.get(code, code) for code in each.indicators),
        each.risk,
    )


def bid_cells(each: BidLine, names: dict[str, str]) -> tuple[Value, ...]:
    """A bid in words first, its code last."""
    return (
        each.title,
        each.label,
        each.source,
        each.amount,
        each.state,
        each.deadline,
        each.ends,
        " ".join(each.news),
        names.get(each.owner, each.owner),
        names.get(each.board, each.board),
        each.for_readers,
        each.bid,
    )
