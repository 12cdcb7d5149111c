"""Targets over a year: in how many periods each was met, of those whose figure is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quarterday.domain.framework.indicators import Direction, Indicator
from quarterday.publishing.pack.figures_said import PERIOD_NOUNS, say_number, say_value
from quarterday.publishing.tables import Observation
from quarterday.publishing.yearly.figures import NOTHING, YearLine, unbroken


@dataclass(frozen=True)
class YearsTarget:
    """One indicator's target, and whether each of its figures met it, quarter by quarter."""

    line: YearLine
    target: str
    met: tuple[tuple[bool, ...], ...]

    @property
    def judged(self) -> int:
        """How many figures could be held to it."""
        return sum(map(len, self.met))

    @property
    def hits(self) -> int:
        """How many met it."""
        return sum(each for quarter in self.met for each in quarter)

    @property
    def cells(self) -> tuple[str, ...]:
        """Each quarter in words."""
        return tuple(map(_cell, self.met))

    @property
    def over_the_year(self) -> str:
        """In how many it was met."""
        if self.line.indicator.direction is Direction.DEPENDS:
            return "Not judged: a rise is neither good nor bad by itself."
        if not self.judged:
            return "Not judged: no figure is told."
        noun = PERIOD_NOUNS[self.line.indicator.frequency]
        return f"Met in {say_number(self.hits)} of {say_number(self.judged)} {noun}"


def targets_of(lines: Iterable[YearLine]) -> tuple[YearsTarget, ...]:
    """The target of each indicator that has one, in the order of the framework."""
    return tuple(_target(each) for each in lines if each.indicator.target)


def tally_of(targets: Sequence[YearsTarget]) -> str:
    """How many targets were met throughout, at times and never; empty where there is none."""
    judged = [each for each in targets if each.judged]
    if not judged:
        return ""
    always = sum(each.hits == each.judged for each in judged)
    never = sum(not each.hits for each in judged)
    noun = "target" if len(judged) == 1 else "targets"
    return (
        f"Of {say_number(len(judged))} {noun} that can be judged, {say_number(always)} {_were(always)} met every time, "
        f"{say_number(len(judged) - always - never)} at times, {say_number(never)} never."
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _target(line: YearLine) -> YearsTarget:
    indicator = line.indicator
    assert indicator.target
    met = tuple(
        tuple(_met(indicator, each) for each in rows if _can_be_judged(indicator, each)) for rows in line.quarters
    )
    return YearsTarget(line, say_value(indicator, indicator.target.value), met)


def _can_be_judged(indicator: Indicator, each: Observation) -> bool:
    return indicator.direction is not Direction.DEPENDS and each.value is not None and each.comparable


def _met(indicator: Indicator, each: Observation) -> bool:
    assert indicator.target and each.value is not None
    wanted = indicator.target.value
    return each.value >= wanted if indicator.direction is Direction.HIGHER else each.value <= wanted


def _cell(met: tuple[bool, ...]) -> str:
    if not met:
        return NOTHING
    if len(met) == 1:
        return "met" if met[0] else unbroken("not met")
    return f"{say_number(sum(met))} of {say_number(len(met))} met"
