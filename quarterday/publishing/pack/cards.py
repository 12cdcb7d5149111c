"""One card for each indicator: what the figure is, what may be read into it, and what to ask about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quarterday.domain.figures.assembling import NIL_RETURN
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.charts.drawing import draw
from quarterday.publishing.charts.specification import series_spec, trend_spec
from quarterday.publishing.pack.beside_others import BesideOthers, beside_others
from quarterday.publishing.pack.breakdowns import breakdown_blocks, is_seen_on_card
from quarterday.publishing.pack.by_chance import chance_in
from quarterday.publishing.pack.card_words import SEASONS, direction_told, gap_words, lowered, says_other_days
from quarterday.publishing.pack.change_said import Change, SaidOfChange, say_change
from quarterday.publishing.pack.figures_said import (
    say_brief_figure,
    say_figure,
    say_marker,
    say_population,
    say_rate_of,
    say_value,
)
from quarterday.publishing.pack.model import (
    Block,
    Bullet,
    Bullets,
    Glance,
    Link,
    Paragraph,
    Picture,
    Quote,
    Section,
    Slide,
    Terms,
)
from quarterday.publishing.pack.series import ChartedSeries, SeriesTables
from quarterday.publishing.pack.tables import chart_words, series_table, table_words, trend_words
from quarterday.publishing.pack.targets import Aim, aim
from quarterday.publishing.pack.wards import Wards
from quarterday.publishing.per_population import Rate, rate_of
from quarterday.publishing.tables import Gap, Observation

NOTABLE = (Change.REAL, Change.MISSING, Change.NOT_COMPARED)


@dataclass(frozen=True)
class Card:
    """An indicator as every board sees it: made once, shown in each pack that uses it.

    `elsewhere` says that it stands in another board's pack: this one speaks of it and cannot lead to it.
    """

    framework: Framework
    series: SeriesTables
    indicator: Indicator
    elsewhere: bool = False

    @property
    def anchor(self) -> str:
        """Where the card stands in a pack; empty where it is not in it."""
        return "" if self.elsewhere else f"indicator-{self.indicator.code}"

    @cached_property
    def reading(self) -> ChartedSeries:
        """The series that stands for the indicator: the borough's total, or its only area's."""
        return self.series.reading(self.indicator, self._area)

    @property
    def annex_anchor(self) -> str:
        """Where its figures stand in the annex."""
        return f"figures-{self.indicator.code}"

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
    def glance(self) -> Glance:
        """The card in one line."""
        now = self.reading.now
        figure = say_brief_figure(self.indicator, now) if now else self._none
        says = f"{self.change_said.brief} {self.aim.brief}" if self.aim else self.change_said.brief
        return Glance(self.indicator.title, figure, says, self.trend, self.anchor)

    @cached_property
    def trend(self) -> Picture | None:
        """Its line in the height of a row of text; None where fewer than two figures make none."""
        if not self._drawable:
            return None
        return Picture(f"Trend: {self.indicator.title}", trend_words(self.reading), draw(trend_spec(self.reading)))

    @cached_property
    def supplier(self) -> str:
        """Who supplies it."""
        return self.framework.partner[self.indicator.supplier].name

    @cached_property
    def picture(self) -> Picture | None:
        """The chart of the series; None where fewer than two figures make no line."""
        if not self._drawable:
            return None
        return Picture(f"Chart: {self.indicator.title}", chart_words(self.reading), draw(series_spec(self.reading)))

    @property
    def _drawable(self) -> bool:
        return sum(point.value is not None for point in self.reading.chart.points) > 1

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

    @cached_property
    def section(self) -> Section:
        """The card itself."""
        return Section(self.anchor, self.indicator.title, tuple(self._blocks()), level=3, kind="card")

    @cached_property
    def annex(self) -> Section:
        """The figures behind the card: every period, every part, and where they come from."""
        title = f"{self.indicator.title}: figures"
        return Section(self.annex_anchor, title, tuple(self._annex_blocks()), level=3, kind="figures")

    @cached_property
    def _breakdowns(self) -> tuple[Block, ...]:
        return tuple(breakdown_blocks(self.framework, self.series, self.indicator))

    @cached_property
    def _wards(self) -> Wards:
        return Wards(self.framework, self.series, self.indicator)

    @cached_property
    def slide(self) -> Slide:
        """The card as one message with its chart."""
        target = f"Target {self.aim.sentence}" if self.aim else ""
        nil = NIL_RETURN if NIL_RETURN in self.caveats else ""  # a nought that was told, and none that was counted
        lines = [self.change_said.direction, target, self.covers, nil]
        notes = [self.picture.description] if self.picture else []
        return Slide(
            message=f"{self.indicator.title}: {lowered(self.change_said.sentence)}",
            lines=tuple(line for line in lines if line),
            figure=self.figure,
            picture=self.picture,
            notes="\n".join([*notes, *table_words(series_table(self.reading))]),
        )

    def _blocks(self) -> Iterator[Block]:
        yield Paragraph(self.figure, "figure")
        yield Paragraph(self.covers, "covers")
        if self.rate:
            yield Paragraph(f"That is {say_rate_of(self.rate)}.", "covers")
        yield Paragraph(self.change_said.sentence, "change")
        if self.change_said.direction:
            yield Paragraph(self.change_said.direction)
        if self.gap:
            yield Paragraph(gap_words(self.gap), "inset")
        if self.picture:
            yield self.picture
        if self.picture and (latest := self.reading.chart.latest) and latest.seasonal:
            yield Paragraph(SEASONS, "note")
        for each in self.series.new_limits(self.indicator.code):
            yield Paragraph(f"Limits are reckoned anew from {say_date(each.from_day)}: {each.why}", "note")
        yield from (block for block in self._breakdowns if is_seen_on_card(block))
        if self.indicator.area == "ward":
            yield from self._wards.on_card()
        if self.beside_others:
            yield from self.beside_others.blocks()
        for words in self.commentary:
            yield Quote(words, f"{self.supplier}, commentary sent with the figures")
        yield from self._officers_words()
        if self.readings:
            yield Paragraph("This may be read in several ways:", "lead")
            yield Bullets(tuple(Bullet(each) for each in self.readings))
        if self.caveats:
            yield Paragraph("Bear in mind:", "lead")
            yield Bullets(tuple(Bullet(each) for each in self.caveats))
        yield Terms(tuple(self._terms()))
        yield Link("The figures by period, their parts and their source", self.annex_anchor)

    def _officers_words(self) -> Iterator[Block]:
        """The commentary of its owner, and the reading that was agreed: each signed and dated."""
        for each in self.series.tables.officers_words:
            if each.indicator == self.indicator.code:
                what = "reading agreed" if each.agreed else "commentary"
                yield Quote(each.words, f"{each.signed}, {what}, {say_date(each.on)}")

    def _annex_blocks(self) -> Iterator[Block]:
        if self.reading.observations:
            yield series_table(self.reading)
        if self.indicator.area == "ward":
            yield from self._wards.in_annex()
        yield from (block for block in self._breakdowns if not is_seen_on_card(block))
        yield Terms(tuple(self._annex_terms()))

    def _terms(self) -> Iterator[tuple[str, str]]:
        now, indicator = self.reading.now, self.indicator
        yield "What it counts", indicator.definition_text(now.period) if now else indicator.definitions[-1].text
        yield "Direction", direction_told(indicator)
        if self.aim:
            yield "Target", self.aim.sentence

    def _annex_terms(self) -> Iterator[tuple[str, str]]:
        now, indicator = self.reading.now, self.indicator
        if indicator.has_parts:
            yield "Worked out as", f"{indicator.numerator}, out of: {indicator.denominator}"
        if indicator.baseline:
            said = say_value(indicator, indicator.baseline.value)
            yield "Baseline", f"{said} ({indicator.baseline.source})" if indicator.baseline.source else said
        if self.rate:
            yield "Rate worked out with", say_population(self.rate)
        priorities = (self.framework.priority[code].title for code in indicator.priorities)
        yield "Serves", "; ".join(priorities)
        if indicator.statutory:
            yield "Required by", indicator.statutory
        source = f"{self.supplier}, return {now.source_return}" if now and now.source_return else self.supplier
        yield "Source", source

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
