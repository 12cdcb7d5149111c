"""What may be said of an indicator: its figure, whether that is a change, what is missing, and what to bear in mind."""

from dataclasses import dataclass
from functools import cached_property

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import describe
from quarterday.publishing.pack.beside_others import BesideOthers, beside_others
from quarterday.publishing.pack.by_chance import chance_in
from quarterday.publishing.pack.card_words import says_other_days
from quarterday.publishing.pack.change_said import Change, SaidOfChange, say_change
from quarterday.publishing.pack.figures_said import (
    say_figure,
    say_marker,
)
from quarterday.publishing.pack.series import ChartedSeries, SeriesTables
from quarterday.publishing.pack.targets import Aim, aim
from quarterday.publishing.per_population import Rate, rate_of
from quarterday.publishing.tables import Gap, Observation

NOTABLE = (Change.REAL, Change.MISSING, Change.NOT_COMPARED)


@dataclass(frozen=True)
class IndicatorSaid:
    """An indicator as a release tells it to every board alike."""

    framework: Framework
    series: SeriesTables
    indicator: Indicator

    @cached_property
    def reading(self) -> ChartedSeries:
        """The series that stands for the indicator: the borough's total, or its only area's."""
        return self.series.reading(self.indicator, self._area)

    @property
    def _area(self) -> str:
        areas = self.framework.areas("borough") or self.framework.areas(self.indicator.area)
        return areas[0].code

    @cached_property
    def change_said(self) -> SaidOfChange:
        """What the latest figure says of change."""
        return say_change(self.reading)

    @cached_property
    def aim(self) -> Aim | None:
        """What may be said of its target."""
        return aim(self.reading)

    @cached_property
    def rate(self) -> Rate | None:
        """The figure for each so many people; None where it has none."""
        return rate_of(self.framework, self.reading.now) if self.reading.now else None

    @cached_property
    def beside_others(self) -> BesideOthers | None:
        """The figure beside those of other places; None where it is held against none."""
        return beside_others(self.framework, self.series.tables, self.indicator, self.reading.now)

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings that fit what it shows: none where it shows no change, since chance has none."""
        said = self.change_said
        return self.indicator.readings_for(said.side) if said.change is Change.REAL else ()

    @property
    def chance_of_sign(self) -> float:
        """How likely it shows a sign of change though nothing changed; 0 where no limits are drawn."""
        return chance_in(self.reading)

    @property
    def notable(self) -> bool:
        """Whether a board needs its card before it: something changed, is missing or cannot be compared."""
        return self.change_said.change in NOTABLE or self.gap is not None

    @cached_property
    def rows(self) -> tuple[Observation, ...]:
        """All of this collection's figures of the indicator."""
        return self.series.current(self.indicator.code)

    @cached_property
    def gap(self) -> Gap | None:
        """What is missing of it, if anything."""
        return next((each for each in self.series.tables.gaps if each.indicator == self.indicator.code), None)

    @cached_property
    def figure(self) -> str:
        """The figure, large: the value with its marker, or what stands in its place."""
        if self.reading.now:
            return say_figure(self.indicator, self.reading.now)
        return self._none

    @property
    def _none(self) -> str:
        return f"No figure {Marker.NOT_AVAILABLE}" if self.reading.due else "Not due"

    @cached_property
    def supplier(self) -> str:
        """Who supplies it."""
        return self.framework.partner[self.indicator.supplier].name

    @cached_property
    def commentary(self) -> tuple[str, ...]:
        """The supplier's own words, each once."""
        return tuple(dict.fromkeys(row.commentary for row in self.rows if row.commentary))

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What to bear in mind: the framework's caveats first, then those bound to the figures."""
        bound = (caveat for row in self.rows for caveat in row.caveats if not says_other_days(row, caveat))
        why = (row.comparable_why for row in self.rows if row.comparable_why)
        return tuple(dict.fromkeys((*self.indicator.caveats, *why, *bound)))

    def _period_words(self) -> str:
        now, asked = self.reading.now, self.series.tables.period
        if now is None:
            return "Nothing came for this collection" if self.reading.due else "It was not asked for this time"
        wanted = self.framework.periods_asked(self.indicator, asked) or (asked,)
        if now.period in wanted:
            return describe(now.period)
        return f"{describe(now.period)}, where {describe(wanted[-1])} was asked"

    @cached_property
    def covers(self) -> str:
        """The days that the figure really covers, and what its marker means."""
        now = self.reading.now
        marker = f" {say_marker(now.marker)}." if now and now.marker else ""
        return f"{self._period_words()}.{marker}"
