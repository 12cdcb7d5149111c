"""How many people live where, so that a count may be told for each thousand of them: estimates by area and year."""

from datetime import date
from typing import Annotated

from pydantic import Field

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured
from quarterday.domain.framework.periods import Period

People = Annotated[int, Field(ge=1)]


class Estimate(Configured):
    """One year's numbers by area code, with who published them and when."""

    year: int = Field(ge=1990, le=2100)
    source: str = Field(min_length=1)
    published: date
    counts: dict[str, People] = Field(min_length=1)


class Population(Configured):
    """Those whom a rate is for so many of, as residents of all ages or those under 18."""

    code: Code
    title: str = Field(min_length=1)  # as it goes on after “per 1,000”
    estimates: tuple[Estimate, ...] = Field(min_length=1)

    def in_area(self, area: str, period: Period) -> Estimate | None:
        """The estimate that a figure of an area and period is held against; None where none names the area.

        The latest of a year no later than that in which the period ends; before the first there is, the first.
        """
        told = sorted((each for each in self.estimates if area in each.counts), key=lambda each: each.year)
        by_then = [each for each in told if each.year <= period.end.year]
        return next(iter([*by_then[-1:], *told]), None)


class RateOf(Configured):
    """That an indicator's counts are told as a rate too: per so many of a population."""

    population: Code
    per: int = Field(default=1000, ge=1)
