"""Breakdowns beside counts (paper 5.2, 5.5) and areas by name: never a league table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from quarterday.domain.figures.classes import changes_said
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Category, Indicator
from quarterday.domain.framework.periods import Period, describe
from quarterday.publishing.charts.bars import bars_spec
from quarterday.publishing.charts.drawing import draw
from quarterday.publishing.pack.figures_said import say_cell, say_marked, short_period
from quarterday.publishing.pack.model import Block, Paragraph, Picture, Table
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.tables import Observation

COLUMNS_TOGETHER = 8  # of a wide table, so that it fits a page and a small screen
PERIODS_TOGETHER = 5

Place = tuple[str, str, str]  # area, breakdown, category


def breakdown_blocks(framework: Framework, series: SeriesTables, indicator: Indicator) -> Iterator[Block]:
    """The tables of an indicator's parts: by category, by ward, or ward by category."""
    current = series.current(indicator.code)
    if not current:
        return
    breakdowns = [framework.breakdown[code] for code in indicator.breakdowns]
    if indicator.area == "ward":
        yield from _by_ward(framework, indicator, current, breakdowns)
        return
    area = framework.areas("borough")[0].code
    for breakdown in breakdowns:
        yield from _by_category(series, indicator, area, breakdown)


def is_seen_on_card(block: Block) -> bool:
    """Whether a block belongs to the card itself: the bars do. Tables go to the annex."""
    return isinstance(block, Picture)


def _by_category(series: SeriesTables, indicator: Indicator, area: str, breakdown: Breakdown) -> Iterator[Block]:
    """This and the latest earlier periods of each category, and bars for the newest."""
    found = {
        category.code: {
            each.period: each for each in series.in_time((indicator.code, area, breakdown.code, category.code))
        }
        for category in breakdown.categories
    }
    periods = _latest(period for each in found.values() for period in each)
    if not periods:
        return
    now = periods[0]
    bars = [
        (category.title, *_bar(indicator, found[category.code].get(now)))
        for category in breakdown.categories
        if now in found[category.code]
    ]
    said = "; ".join(f"{title} {figure}" for title, _, figure in bars)
    title = f"{indicator.title} by {breakdown.title.lower()}"
    if any(value is not None for _, value, _ in bars):
        about, heading = f"Bar chart for {describe(now)}. {said}.", f"By {breakdown.title.lower()}, {describe(now)}:"
        yield Picture(f"Chart: {title}, {describe(now)}", about, draw(bars_spec(bars)), heading)
    rows = tuple(
        (category.title, *(_cell(indicator, found[category.code].get(period)) for period in periods))
        for category in breakdown.categories
        if any(period in found[category.code] for period in periods) or category in breakdown.asked(now)
    )
    yield from _class_changes(breakdown, Period(min(each.start for each in periods), now.end))
    columns = (breakdown.title, *(short_period(period) for period in periods))
    yield Table(f"{title}, the newest period first", columns, rows, (False, *(True for _ in periods)))


def _class_changes(breakdown: Breakdown, shown: Period) -> Iterator[Block]:
    """Where classes changed within what a table shows: which series go on, and which begin anew."""
    if said := changes_said(breakdown, shown):
        yield Paragraph(" ".join(said), "note")


def _shown(breakdown: Breakdown, period: Period, placed: Mapping[tuple[str, str, str], Observation]) -> list[Category]:
    """The classes that a table shows: those asked for its period, and any other of which there is a figure."""
    there = {category for _, code, category in placed if code == breakdown.code}
    asked = breakdown.asked(period)
    return [each for each in breakdown.categories if each in asked or each.code in there]


def _latest(periods: Iterator[Period]) -> list[Period]:
    ordered = sorted(set(periods), key=lambda period: (period.end, period.start), reverse=True)
    return ordered[:PERIODS_TOGETHER]


def _bar(indicator: Indicator, observation: Observation | None) -> tuple[float | None, str]:
    if observation is None:
        return None, str(Marker.NOT_AVAILABLE)
    return observation.value, say_cell(indicator, observation)


def _cell(indicator: Indicator, observation: Observation | None) -> str:
    return "" if observation is None else say_marked(indicator, observation)


def _by_ward(
    framework: Framework, indicator: Indicator, current: Sequence[Observation], breakdowns: Sequence[Breakdown]
) -> Iterator[Block]:
    period = max((each.period for each in current), key=lambda each: (each.end, each.start))
    placed = {(each.area_code, each.breakdown, each.category): each for each in current if each.period == period}
    wards = sorted(framework.areas("ward"), key=lambda area: area.name)
    boroughs = framework.areas("borough")
    areas = [
        *((area.code, area.name) for area in wards),
        *((area.code, f"{area.name} (whole borough)") for area in boroughs),
    ]
    yield Paragraph("Wards stand in the order of their names. They differ in size: this is no ranking.", "note")
    if not breakdowns:
        heads = [(("", ""), "Figure")]
        yield _ward_table(indicator, placed, areas, heads, f"{indicator.title}: each area, {describe(period)}")
        return
    for breakdown in breakdowns:
        yield from _class_changes(breakdown, Period(period.start - timedelta(days=1), period.end))
        heads = [((breakdown.code, category.code), category.title) for category in _shown(breakdown, period, placed)]
        if any(key[1:] == ("", "") for key in placed):
            heads.append((("", ""), "Total"))
        groups = [heads[start : start + COLUMNS_TOGETHER] for start in range(0, len(heads), COLUMNS_TOGETHER)]
        for number, group in enumerate(groups, start=1):
            part = f", part {number} of {len(groups)}: {group[0][1]} to {group[-1][1]}" if len(groups) > 1 else ""
            caption = f"{indicator.title}: each area by {breakdown.title.lower()}, {describe(period)}{part}"
            yield _ward_table(indicator, placed, areas, group, caption)


def _ward_table(
    indicator: Indicator,
    placed: dict[Place, Observation],
    areas: Sequence[tuple[str, str]],
    heads: Sequence[tuple[tuple[str, str], str]],
    caption: str,
) -> Table:
    rows = tuple(
        (name, *(_figure(indicator, placed.get((code, *head))) for head, _ in heads))
        for code, name in areas
        if any((code, *head) in placed for head, _ in heads)
    )
    return Table(caption, ("Area", *(title for _, title in heads)), rows, (False, *(True for _ in heads)))


def _figure(indicator: Indicator, observation: Observation | None) -> str:
    """A cell of a wide table: its marker alone tells of a missing value; that all are provisional is said once."""
    return "" if observation is None else say_cell(indicator, observation)
