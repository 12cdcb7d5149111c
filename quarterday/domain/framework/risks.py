"""Risks and bids: what may go wrong and what is done about it (paper 7), and money asked for (paper 3.3, 6.7)."""

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured


class Likelihood(StrEnum):
    """How likely it is that a risk comes true, in words; least first."""

    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"


class Impact(StrEnum):
    """What follows if a risk comes true, in words; least first."""

    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    SEVERE = "severe"


class Risk(Configured):
    """A risk to the plan, with whoever owns it and the day of its next review.

    `person` is a role, never a name. What stands here holds until its owner or an officer has reviewed it; `indicators`
    are those that it would show in.
    """

    code: Code
    title: str = Field(min_length=1, max_length=200)
    about: str = ""
    board: Code  # that reads of it, as the boards above it do
    owner: Code  # the partner that is asked to review it
    person: str = ""
    likelihood: Likelihood
    impact: Impact
    mitigation: str = Field(min_length=1, max_length=600)
    raised: date
    review: date
    indicators: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.review < self.raised:
            raise ValueError("review comes before raised")
        return self


class BidState(StrEnum):
    """How a bid stands."""

    PLANNED = "planned"
    SENT = "sent"
    WON = "won"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Bid(Configured):
    """Money that is asked for, or held until a day. `amount` is in pounds, for its whole time.

    What stands here holds until an officer has told what became of it.
    """

    code: Code
    title: str = Field(min_length=1, max_length=200)
    source: str = Field(min_length=1)
    amount: int | None = Field(default=None, ge=0)
    board: Code  # that reads of it, as the boards above it do
    owner: Code  # the partner that writes it
    state: BidState = BidState.PLANNED
    deadline: date | None = None  # the last day on which it may be sent
    ends: date | None = None  # the last day for which it pays
    activities: tuple[Code, ...] = ()  # what it pays for

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.state is BidState.PLANNED and self.deadline is None:
            raise ValueError("a bid that is planned needs a deadline")
        if self.state is BidState.WON and self.ends is None:
            raise ValueError("a bid that was won needs the day on which its money ends")
        return self
