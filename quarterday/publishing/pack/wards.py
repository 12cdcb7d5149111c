"""An indicator of wards: a map in five classes, the same figures as a sorted table with change, and what stands out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Area
from quarterday.domain.framework.periods import Period, describe
from quarterday.publishing.charts.ward_map import HIDDEN, NONE, Drawn, class_of, classes_of, ward_map
from quarterday.publishing.pack.by_chance import chance_in, expected_by_chance
from quarterday.publishing.pack.change_said import Change, say_change
from quarterday.publishing.pack.figures_said import say_cell, say_number, say_small, say_value, short_period
from quarterday.publishing.pack.model import Block, Paragraph, Picture, Table
from quarterday.publishing.pack.series import ChartedSeries, SeriesTables, charted
from quarterday.publishing.per_population import rate_of
from quarterday.publishing.tables import Observation

HIGHEST_NAMED = 3
_FEWEST = 3  # wards with a figure, below which nothing is high or low


@dataclass(frozen=True)
class Ward:
    """A ward's figure for the period, and its series."""

    area: Area
    figure: Observation | None
    reading: ChartedSeries
    measured: float | None  # for so many people where a population is given, else the figure itself

    @property
    def before(self) -> Observation | None:
        """What is told of the period next before it; None where nothing is, or it covers other days."""
        place = self.reading.current
        earlier = self.reading.observations[place - 1] if place else None
        return earlier if earlier is not None and (earlier.value is None or charted(earlier)) else None

    @property
    def change(self) -> float | None:
        """How much more than before; None where either has no figure that compares with the other."""
        place, before = self.reading.current, self.before
        if place is None or before is None or before.value is None or self.figure is None or self.figure.value is None:
            return None
        breaks = self.reading.chart.points[place].begins or not charted(self.figure)
        return None if breaks else self.figure.value - before.value

    @property
    def changed(self) -> bool:
        """Whether its series shows a sign of possible change."""
        return say_change(self.reading).change is Change.REAL


@dataclass(frozen=True)
class Wards:
    """The wards of an indicator in this collection's latest period."""

    framework: Framework
    series: SeriesTables
    indicator: Indicator

    @cached_property
    def period(self) -> Period | None:
        """The latest days that a ward's total covers; None where no total came."""
        found = (each.period for each in self.series.current(self.indicator.code) if self._is_total(each))
        return max(found, key=lambda each: (each.end, each.start), default=None)

    def _is_total(self, each: Observation) -> bool:
        wards = {area.code for area in self.framework.areas("ward")}
        return not each.breakdown and each.area_code in wards

    @cached_property
    def wards(self) -> tuple[Ward, ...]:
        """Every ward, the highest first; those without a figure last, by name."""
        totals = {
            each.area_code: each
            for each in self.series.current(self.indicator.code)
            if self._is_total(each) and each.period == self.period
        }
        made = (self._ward(area, totals.get(area.code)) for area in self.framework.areas("ward"))
        return tuple(sorted(made, key=lambda each: (each.measured is None, -(each.measured or 0), each.area.name)))

    def _ward(self, area: Area, figure: Observation | None) -> Ward:
        rate = rate_of(self.framework, figure) if figure else None
        measured = rate.value if rate else figure.value if figure and not self.indicator.rate else None
        return Ward(area, figure, self.series.reading(self.indicator, area.code), measured)

    def on_card(self) -> Iterator[Block]:
        """What is high and what changed, and the map with its table. Nothing where no ward has a figure."""
        if self._told:
            assert self.period
            yield Paragraph(f"Wards, {describe(self.period)}", "lead")
            yield from (Paragraph(each) for each in self._named())
            if self.framework.boundaries:
                yield self._map()
                yield self._table()
            yield Paragraph(
                "Wards differ in size and in who works and passes through there: high is not bad by itself.", "note"
            )

    def in_annex(self) -> Iterator[Block]:
        """The table, where no map needs it beside it on the card."""
        if self._told and not self.framework.boundaries:
            yield self._table()

    @property
    def _told(self) -> bool:
        return self.period is not None and any(each.measured is not None for each in self.wards)

    def _named(self) -> Iterator[str]:
        """The highest and the changed ones."""
        told = [each for each in self.wards if each.measured is not None]
        if len(told) >= _FEWEST:
            names = ", ".join(f"{each.area.name} ({self._say(each)})" for each in told[:HIGHEST_NAMED])
            yield f"Highest{self._per}: {names}."
        changed = [each.area.name for each in self.wards if each.changed]
        if chance := expected_by_chance(chance_in(each.reading) for each in self.wards):
            yield f"Signs of possible change: {', '.join(changed) or 'none'}. {chance}"

    @property
    def _per(self) -> str:
        rate = self.indicator.rate
        return f" per {say_number(rate.per)} {self.framework.population[rate.population].title}" if rate else ""

    def _say(self, ward: Ward) -> str:
        return self._said(ward.measured) if ward.measured is not None else self._none(ward)

    def _said(self, measured: float) -> str:
        return say_small(measured) if self.indicator.rate else say_value(self.indicator, measured)

    def _none(self, ward: Ward) -> str:
        return str(ward.figure.marker or Marker.NOT_AVAILABLE) if ward.figure else str(Marker.NOT_AVAILABLE)

    def _map(self) -> Picture:
        assert self.period
        tops = classes_of([each.measured for each in self.wards if each.measured is not None])
        drawn = {
            each.area.code: Drawn(number, self._fill(each, tops)) for number, each in enumerate(self.wards, start=1)
        }
        key = list(self._key(tops, drawn))
        title = f"Map: {self.indicator.title}{self._per}, {describe(self.period)}"
        words = "; ".join(f"{each.area.name} {self._say(each)}" for each in self.wards)
        about = f"Map of {say_number(len(self.wards))} wards, darker where more, numbered as in the table. {words}."
        return Picture(title, about, ward_map(self.framework.boundaries, drawn, key))

    def _fill(self, ward: Ward, tops: Sequence[float]) -> int | str:
        if ward.measured is not None:
            return class_of(ward.measured, tops)
        return HIDDEN if ward.figure and ward.figure.marker is Marker.CONFIDENTIAL else NONE

    def _key(self, tops: Sequence[float], drawn: dict[str, Drawn]) -> Iterator[tuple[int | str, str]]:
        """The classes, the greatest first, each with the figures that are in it; then the patterns."""
        for top in reversed(tops):
            within = [
                each.measured
                for each in self.wards
                if each.measured is not None and class_of(each.measured, tops) == class_of(top, tops)
            ]
            low, high = self._said(min(within)), self._said(max(within))
            count = f"{say_number(len(within))} {'ward' if len(within) == 1 else 'wards'}"
            yield class_of(top, tops), f"{low}{f' to {high}' if high != low else ''}{self._per}: {count}"
        fills = {each.fill for each in drawn.values()}
        if HIDDEN in fills:
            yield HIDDEN, "hidden to protect persons"
        if NONE in fills:
            yield NONE, "no figure"

    def _table(self) -> Table:
        assert self.period
        rated = self.indicator.rate is not None
        before = next((each.before.period for each in self.wards if each.before), None)
        heads = ["Ward", *([self._per.strip().capitalize()] if rated else []), short_period(self.period)]
        heads += [short_period(before), "Change"] if before else []
        rows = tuple(
            self._row(number, each, rated, before is not None) for number, each in enumerate(self.wards, start=1)
        )
        caption = f"{self.indicator.title}: each ward, the highest first"
        return Table(caption, tuple(heads), rows, (False, *(True for _ in heads[1:])))

    def _row(self, number: int, ward: Ward, rated: bool, compared: bool) -> tuple[str, ...]:
        figure, before = ward.figure, ward.before
        now = say_cell(self.indicator, figure) if figure else str(Marker.NOT_AVAILABLE)
        cells = [f"{number}. {ward.area.name}", *([self._say(ward)] if rated else []), now]
        if compared:
            cells += [say_cell(self.indicator, before) if before else "", self._change(ward.change)]
        return tuple(cells)

    def _change(self, step: float | None) -> str:
        if step is None:
            return ""
        sign = "+" if step > 0 else "−" if step < 0 else ""
        return f"{sign}{say_number(abs(step))}{' points' if self.indicator.has_parts else ''}"
