"""One card for each indicator: what the figure is, what may be read into it, and what to ask about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from quarterday.domain.figures.assembling import NIL_RETURN
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.charts.drawing import draw
from quarterday.publishing.charts.specification import series_spec, trend_spec
from quarterday.publishing.pack.breakdowns import breakdown_blocks, is_seen_on_card
from quarterday.publishing.pack.card_words import SEASONS, direction_told, gap_words, lowered
from quarterday.publishing.pack.figures_said import (
    say_brief_figure,
    say_population,
    say_rate_of,
    say_value,
)
from quarterday.publishing.pack.indicator_said import IndicatorSaid
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
from quarterday.publishing.pack.tables import chart_words, series_table, table_words, trend_words
from quarterday.publishing.pack.wards import Wards


@dataclass(frozen=True)
class Card(IndicatorSaid):
    """An indicator as every board sees it: made once, shown in each pack that uses it.

    `elsewhere` says that it stands in another board's pack: this one speaks of it and cannot lead to it.
    """

    elsewhere: bool = False

    @property
    def anchor(self) -> str:
        """Where the card stands in a pack; empty where it is not in it."""
        return "" if self.elsewhere else f"indicator-{self.indicator.code}"

    @property
    def annex_anchor(self) -> str:
        """Where its figures stand in the annex."""
        return f"figures-{self.indicator.code}"

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
    def picture(self) -> Picture | None:
        """The chart of the series; None where fewer than two figures make no line."""
        if not self._drawable:
            return None
        return Picture(f"Chart: {self.indicator.title}", chart_words(self.reading), draw(series_spec(self.reading)))

    @property
    def _drawable(self) -> bool:
        return sum(point.value is not None for point in self.reading.chart.points) > 1

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
