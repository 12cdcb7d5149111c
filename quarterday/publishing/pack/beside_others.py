"""An indicator beside other places: London, neighbours, a most-similar group, for the very same days or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.domain.figures.reference_figures import ReferenceFigure
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.pack.figures_said import say_level, say_number, say_small
from quarterday.publishing.pack.model import Block, Paragraph, Table
from quarterday.publishing.per_population import rate_of
from quarterday.publishing.tables import Observation, ReleaseTables


@dataclass(frozen=True)
class BesideOthers:
    """What may be said of a figure beside those of other places."""

    framework: Framework
    indicator: Indicator
    comparison: Comparison
    now: Observation | None
    told: tuple[ReferenceFigure, ...]  # of this indicator and table, for whatever days

    @property
    def own(self) -> float | None:
        """Our figure in the measure that compares; None where it is missing or hidden."""
        if self.now is None or self.now.value is None or self.indicator.has_parts:
            return self.now.value if self.now else None
        rate = rate_of(self.framework, self.now)
        return rate.value if rate else None

    @property
    def others(self) -> tuple[tuple[str, ReferenceFigure], ...]:
        """The places that have a figure for the very same days, in the order of `config/`: no ranking."""
        if self.now is None or self.own is None:
            return ()
        then = {each.area: each for each in self.told if each.period == self.now.period}
        return tuple((area.name, then[area.code]) for area in self.comparison.areas if area.code in then)

    @property
    def cell(self) -> str:
        """Our rate and that of the first place, for one line among many; empty where nothing compares."""
        if not self.others or self.own is None:
            return ""
        name, first = self.others[0]
        ours = f"{self._say(self.own)}; " if self.indicator.rate else ""  # else it stands in the line already
        return f"{ours}{name} {self._say(first.value)}"

    def blocks(self) -> Iterator[Block]:
        """For the card: the figures side by side, or why there are none."""
        if not self.others or self.own is None or self.now is None:
            yield Paragraph(self._why_none(), "note")
            return
        ours = next(each.name for each in self.framework.partnership.areas if each.code == self.now.area_code)
        rows = [(ours, self._say(self.own)), *((name, self._say(each.value)) for name, each in self.others)]
        caption = f"{self.indicator.title}: beside others, {describe(self.now.period)}"
        yield Table(caption, ("Place", self._measure()), tuple(rows), (False, True))
        days = sorted({each.published for _, each in self.others})
        published = " and ".join(say_date(day) for day in days)
        said = f"{self.comparison.title}. Source: {self.comparison.source}, published on {published}."
        yield Paragraph(f"{said} {self.comparison.caveat}".strip(), "note")

    def _why_none(self) -> str:
        names = ", ".join(each.name for each in self.comparison.areas)
        if self.own is None:
            return f"Not held against {names}: there is no figure of ours that could be."
        assert self.now
        said = f"Not held against {names}: no figure of theirs for {describe(self.now.period)} has been brought in"
        newest = max((each.period for each in self.told), key=lambda each: each.end, default=None)
        return f"{said}; the latest is for {describe(newest)}." if newest else f"{said}."

    def _measure(self) -> str:
        rate = self.indicator.rate
        if rate:
            return f"Per {say_number(rate.per)} {self.framework.population[rate.population].title}"
        return "Percentage" if self.indicator.unit is Unit.PERCENTAGE else f"Per {say_number(self.indicator.per)}"

    def _say(self, value: float) -> str:
        return say_small(value) if self.indicator.rate else say_level(self.indicator, value)


def beside_others(
    framework: Framework, tables: ReleaseTables, indicator: Indicator, now: Observation | None
) -> BesideOthers | None:
    """What may be said of an indicator beside other places; None where `config/` names no table for it."""
    comparison = framework.comparison.get(indicator.compared_with or "")
    if comparison is None:
        return None
    told = (
        each for each in tables.references if (each.indicator, each.comparison) == (indicator.code, comparison.code)
    )
    return BesideOthers(framework, indicator, comparison, now, tuple(told))
