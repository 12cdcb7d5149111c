"""Information sharing agreements: no figure is asked for without one in force (paper 4.4, 7.8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured


class AgreementState(StrEnum):
    """Where an agreement stands, as the partnership's information governance team has it."""

    IN_FORCE = "in force"
    UNDER_REVIEW = "under review"
    ENDED = "ended"
    NONE = "none"


class Agreement(Configured):
    """Which partners may share which indicators, for which purposes, on what lawful basis, and until when."""

    code: Code
    title: str = Field(min_length=1)
    parties: tuple[Code, ...] = Field(min_length=1)
    indicators: tuple[Code, ...] = ()  # none listed: every indicator the parties supply
    purposes: tuple[Code, ...] = Field(min_length=1)
    lawful_basis: str = Field(min_length=1)
    state: Annotated[AgreementState, Field()]
    starts: date
    ends: date
    review_expected: date | None = None
    keep_raw_months: int = Field(default=24, ge=1)  # how long a raw return is kept

    def covers(self, partner: str, indicator: str, purpose: str) -> bool:
        """Whether the agreement speaks of that partner, indicator and purpose at all."""
        return (
            partner in self.parties
            and purpose in self.purposes
            and (not self.indicators or indicator in self.indicators)
        )

    @property
    def ended_first(self) -> str:
        """Why a figure is missing that was asked for under it and had not come when it ended."""
        return f"the agreement “{self.title}” ended before the figure came"

    def state_on(self, day: date) -> AgreementState:
        """Its state on a day: past its end it has ended, whatever is written beside it."""
        if day > self.ends:
            return AgreementState.ENDED
        if day < self.starts:
            return AgreementState.NONE
        return self.state


@dataclass(frozen=True)
class Gate:
    """Whether an indicator may be asked of a partner, and under which agreement."""

    state: AgreementState
    agreement: Agreement | None = None

    @property
    def open(self) -> bool:
        """Only an agreement in force opens the gate."""
        return self.state is AgreementState.IN_FORCE

    @property
    def over(self) -> bool:
        """Whether what comes may not be used: it has ended, or there is none. Under review, it still stands."""
        return self.state in (AgreementState.ENDED, AgreementState.NONE)

    @property
    def why(self) -> str:
        """The sentence that a pack or a listing gives for it."""
        title = self.agreement.title if self.agreement else ""
        return {
            AgreementState.IN_FORCE: f"shared under “{title}”",
            AgreementState.UNDER_REVIEW: f"the agreement “{title}” is under review, so the figure was not asked for",
            AgreementState.ENDED: f"the agreement “{title}” has ended, so the figure was not asked for",
            AgreementState.NONE: "no information sharing agreement covers this figure, so it was not asked for",
        }[self.state]


_BEST_FIRST = (AgreementState.IN_FORCE, AgreementState.UNDER_REVIEW, AgreementState.ENDED, AgreementState.NONE)


def gate(agreements: Iterable[Agreement], partner: str, indicator: str, purpose: str, day: date) -> Gate:
    """The best standing of any agreement that covers this partner, indicator and purpose on that day."""
    gates = [
        Gate(agreement.state_on(day), agreement)
        for agreement in agreements
        if agreement.covers(partner, indicator, purpose)
    ]
    return min(gates, key=lambda each: _BEST_FIRST.index(each.state), default=Gate(AgreementState.NONE))
