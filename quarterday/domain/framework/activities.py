"""Activities: what the plan says will be delivered, by whom and by when (paper 3.2), beside what is measured."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured
from quarterday.domain.framework.periods import Period


class Milestone(Configured):
    """A day by which something of an activity is to have happened."""

    title: str = Field(min_length=1, max_length=200)
    on: date


class Funding(Configured):
    """Money that an activity is paid from (paper 3.3, 6.7, 6.8). `amount` is in pounds, for its whole time."""

    source: str = Field(min_length=1)
    amount: int | None = Field(default=None, ge=0)
    until: date | None = None


class Activity(Configured):
    """Something to be delivered against the plan, with its lead, its dates and what it should change.

    `person` is a role (“VAWG strategic lead”), never a name: who holds it is in `partners.yaml`. `indicators` are those
    that the activity should move; `serves` names the paragraph or duty that calls for it.
    """

    code: Code
    title: str = Field(min_length=1, max_length=200)
    about: str = ""
    priority: Code
    plan: Code | None = None  # where it serves another plan than its priority's
    lead: Code  # the partner that is asked how it goes
    person: str = ""
    starts: date
    ends: date
    milestones: tuple[Milestone, ...] = ()
    indicators: tuple[Code, ...] = ()
    serves: str = ""
    funding: tuple[Funding, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends < self.starts:
            raise ValueError("ends comes before starts")
        return self

    @property
    def in_order(self) -> tuple[Milestone, ...]:
        """The milestones, earliest first."""
        return tuple(sorted(self.milestones, key=lambda each: each.on))

    def asked_in(self, period: Period) -> bool:
        """Whether its lead is asked about it in a collection: once it has begun, until the lead says that it is over.

        It is asked after its end too: an activity that nobody called done is late, and not forgotten.
        """
        return self.starts <= period.end
