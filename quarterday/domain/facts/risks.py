"""What was said of risks and bids: reviews by owners and officers, and what became of a bid."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.facts.fact import Fact
from quarterday.domain.framework.risks import BidState, Impact, Likelihood


class Trend(StrEnum):
    """Where a risk is going, as whoever reviewed it sees it."""

    FALLING = "falling"
    STEADY = "steady"
    RISING = "rising"


@dataclass(frozen=True, kw_only=True)
class RiskReviewed(Fact):
    """A risk was looked at again, by its owner or an officer. The latest holds; every one is kept."""

    partnership: str
    partner: str  # its owner
    reviewed: str  # our own id
    risk: str
    likelihood: Likelihood
    impact: Impact
    trend: Trend
    mitigation: str = ""  # empty where what was said before still stands
    next_review: date
    by_an_officer: bool = False  # whose words were read by whoever may publish

    @property
    def key(self) -> str:
        return self.reviewed


@dataclass(frozen=True, kw_only=True)
class BidTold(Fact):
    """An officer told how a bid stands. The latest holds; `for_readers` is published, `reason` stays inside."""

    partnership: str
    partner: str  # its owner
    bid: str
    state: BidState
    amount: int = 0  # pounds; nought where it is what was planned
    ends: date | None = None  # the last day for which it pays, where it was won
    for_readers: str = ""

    @property
    def key(self) -> str:
        return f"{self.bid}|{self.at.isoformat()}"
