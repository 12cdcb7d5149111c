"""Targets: whether a figure meets its target, and whether the process as it runs now can."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from quarterday.domain.framework.indicators import Direction
from quarterday.publishing.pack.figures_said import say_number, say_value
from quarterday.publishing.pack.series import ChartedSeries


class Reach(StrEnum):
    """What the limits say of a target."""

    ALWAYS = "As things run now it will be met."
    BY_CHANCE = "As things run now it will be met at some times and missed at others, by chance alone."
    NEVER = "As things run now it will not be met: it needs a change."


@dataclass(frozen=True)
class Aim:
    """A target in words. `met` is None where the figure cannot be held to it, `reach` where there are no limits."""

    value: str
    source: str
    met: bool | None = None
    reach: Reach | None = None

    @property
    def sentence(self) -> str:
        """The whole of it, for a card."""
        said = f"{self.value} ({self.source})" if self.source else self.value
        return f"{said}{self._met_this_time}. {self.reach or ''}".strip()

    @property
    def brief(self) -> str:
        """For one line among many."""
        return f"Target {self.value}{self._met_this_time}."

    @property
    def _met_this_time(self) -> str:
        return "" if self.met is None else f": {'met' if self.met else 'not met'} this time"


def aim(reading: ChartedSeries) -> Aim | None:
    """What may be said of an indicator's target; None without one."""
    indicator, now = reading.indicator, reading.now
    target = indicator.target
    if target is None:
        return None
    said = Aim(say_value(indicator, target.value), target.source)
    if indicator.direction is Direction.DEPENDS or now is None or now.value is None or now.stale:
        return said
    higher = indicator.direction is Direction.HIGHER
    met = now.value >= target.value if higher else now.value <= target.value
    return Aim(said.value, said.source, met, _reach(reading, target.value, higher))


def _reach(reading: ChartedSeries, target: float, higher: bool) -> Reach | None:
    stretch = reading.chart.latest
    if stretch is None or stretch.limits is None or stretch.seasonal:  # in one part of the year, and not in another
        return None
    limits = stretch.limits
    if limits.lower <= target <= limits.upper:
        return Reach.BY_CHANCE
    always = target < limits.lower if higher else target > limits.upper
    return Reach.ALWAYS if always else Reach.NEVER


def tally_of_targets(aims: Iterable[Aim]) -> str:
    """How many targets are met, and how many cannot be as things run now; empty where none can be judged."""
    judged = [each for each in aims if each.met is not None]
    if not judged:
        return ""
    met = sum(each.met is True for each in judged)
    met_words = f"{say_number(met)} {'is' if met == 1 else 'are'}" if met else "none is"
    never = sum(each.reach is Reach.NEVER for each in judged)
    noun = "target" if len(judged) == 1 else "targets"
    said = f"Of {say_number(len(judged))} {noun}: {met_words} met this time"
    return f"{said}, {say_number(never)} will not be met unless something changes." if never else f"{said}."
