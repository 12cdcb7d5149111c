"""Each indicator over a year: what was published of every quarter, and the year's figure where it may be told.

A year's figure is made of published figures alone, and only where every one of them is told: so whoever has the
releases could work it out, and a hidden quarter never follows from it. Where figures do not add up to the year there
is none, and a sentence says why.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from quarterday.domain.figures.assembling import computed
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period, describe, say_date
from quarterday.publishing.pack.figures_said import PERIOD_NOUNS, say_marked, say_number, say_value, short_period
from quarterday.publishing.tables import Observation
from quarterday.publishing.yearly.released import ReleasedQuarter, ReleasedYear

NOTHING = "–"
_TAKEN_TOGETHER = (Frequency.QUARTER, Frequency.MONTH)
_NOT_ADDED = {
    Frequency.ROLLING_YEAR: "Each figure covers twelve months already.",
    Frequency.SCHOOL_TERM: "It is counted by school terms, which are not the quarters.",
}


@dataclass(frozen=True)
class Told:
    """A year's or a quarter's figure in words; `why_not` where there is none, `note` on how it is to be read."""

    said: str = NOTHING
    why_not: str = ""
    note: str = ""


@dataclass(frozen=True)
class YearLine:
    """One indicator over the year: the published figures of each quarter, oldest first, and the year's."""

    framework: Framework
    indicator: Indicator
    quarters: tuple[tuple[Observation, ...], ...]
    cells: tuple[str, ...]
    year: Told
    wanted: bool  # whether any quarter asked for it

    @property
    def figures(self) -> tuple[Observation, ...]:
        """All of them."""
        return tuple(each for quarter in self.quarters for each in quarter)

    @property
    def hidden(self) -> tuple[int, ...]:
        """The quarters, by their place, of which a figure is hidden."""
        return tuple(n for n, each in enumerate(self.quarters) if any(map(is_hidden, each)))


def year_lines(released: ReleasedYear) -> tuple[YearLine, ...]:
    """A line for each indicator of the year, in the order of the framework."""
    return tuple(_line(released, framework, each) for framework, each in released.known.values())


def unbroken(cell: str) -> str:
    """A short cell whose words stand on one line."""
    return cell.replace(" ", "\u00a0")


def is_hidden(each: Observation) -> bool:
    """Whether a figure is hidden because small counts could point to a person."""
    return each.value is None and each.marker is Marker.CONFIDENTIAL


def _line(released: ReleasedYear, framework: Framework, indicator: Indicator) -> YearLine:
    quarters = tuple(tuple(_figures_of(released, each, framework, indicator)) for each in released.quarters)
    cells = tuple(
        _cell(indicator, rows, each.quarter.period) for rows, each in zip(quarters, released.quarters, strict=True)
    )
    wanted = any(framework.periods_asked(indicator, each.quarter.period) for each in released.quarters)
    year = _year(released, indicator, quarters)
    return YearLine(framework, indicator, quarters, cells, year, wanted or any(quarters))


def _figures_of(
    released: ReleasedYear, of: ReleasedQuarter, framework: Framework, indicator: Indicator
) -> Iterator[Observation]:
    """The borough's figures of one quarter, by the latest word on each; what came later of the days asked, too."""
    areas = framework.areas("borough") or framework.areas(indicator.area)
    series = (indicator.code, areas[0].code, "", "")
    asked = framework.periods_asked(indicator, of.quarter.period)
    keys = [each.key for each in of.observations if each.key[:4] == series and not each.stale]
    keys += [(*series, each.start, each.end) for each in asked]
    found = [released.word[key] for key in dict.fromkeys(keys) if key in released.word]
    told = [each for each in found if each.value is not None or is_hidden(each)]
    yield from sorted(told or found[-1:], key=lambda each: (each.period.end, each.period))


def _cell(indicator: Indicator, rows: Sequence[Observation], quarter: Period) -> str:
    """A quarter in a cell: its figure, its months together, or the last of several that are not added."""
    if not rows or indicator.frequency is Frequency.FINANCIAL_YEAR:
        return NOTHING
    if indicator.frequency is Frequency.MONTH:
        return together(indicator, rows, quarter).said if indicator.adds_up else say_marked(indicator, rows[-1])
    last = rows[-1]
    days = "" if indicator.frequency is not Frequency.QUARTER or last.period == quarter else _other_days(last)
    return f"{say_marked(indicator, last)}{days}"


def _other_days(each: Observation) -> str:
    return f" ({short_period(each.period)})"


def _year(released: ReleasedYear, indicator: Indicator, quarters: Sequence[Sequence[Observation]]) -> Told:
    period, rows = released.year.period, [row for quarter in quarters for row in quarter]
    own = [each for each in rows if each.period == period]
    if indicator.frequency is Frequency.FINANCIAL_YEAR:
        return Told(say_marked(indicator, own[-1])) if own else Told(why_not=f"No figure of {released.year.name} came.")
    if indicator.frequency is Frequency.ROLLING_YEAR and own:
        return Told(say_marked(indicator, own[-1]), note="The twelve months to the end of the year.")
    if indicator.frequency not in _TAKEN_TOGETHER:
        return Told(why_not=_NOT_ADDED[indicator.frequency])
    if not indicator.adds_up or indicator.unit is Unit.OUT_OF:
        return Told(why_not=f"What stands at one time is not added over {PERIOD_NOUNS[indicator.frequency]}.")
    if indicator.unit is Unit.RATE:
        return Told(why_not="A rate of each quarter does not add up to one of the year.")
    if why := _classes_changed(released, indicator):
        return Told(why_not=why)
    if not all(quarters) and not released.year.whole:
        return Told(why_not=only_some(released))
    return together(indicator, rows, period)


def only_some(released: ReleasedYear) -> str:
    """Why there is no figure of a year that is not all published."""
    return f"Only {released.year.tally} are published."


def together(indicator: Indicator, rows: Sequence[Observation], span: Period) -> Told:
    """Published figures as one of all their days: counts added, percentages from the sums of their parts."""
    if why := _why_not(indicator, rows, span):
        return Told(why_not=why)
    rounds = indicator.disclosure.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING
    if not indicator.has_parts:
        value = sum(each.value for each in rows if each.value is not None)
        within = say_number(len(rows) * indicator.disclosure.round_to / 2)
        note = f"Each figure is rounded: the year may lie {within} to either side." if rounds else ""
        return Told(_marked(say_value(indicator, value), rows), note=note)
    if rounds:
        return Told(why_not="Its parts are rounded, so a share of their sums would say more than is known.")
    told = computed(indicator, *(sum(getattr(each, part) for each in rows) for part in ("numerator", "denominator")))
    if told is None:
        return Told(why_not="There is nothing of which it would be a share.")
    return Told(_marked(say_value(indicator, told), rows), note="Worked out from the sums of both counts.")


def _marked(said: str, rows: Sequence[Observation]) -> str:
    """The figure with every marker that says how firm its parts are."""
    markers = [mark for each in rows for mark in (each.marker, each.also) if mark and mark is not Marker.REVISED]
    return " ".join([said, *map(str, dict.fromkeys(markers))])


def _why_not(indicator: Indicator, rows: Sequence[Observation], span: Period) -> str:
    """Why figures do not come to one of a span, in a sentence; empty where they do."""
    if any(map(is_hidden, rows)):
        return "A part of it is hidden, and a sum would tell it."
    needed = ("numerator", "denominator") if indicator.has_parts else ("value",)
    if not rows or any(getattr(each, part) is None for each in rows for part in needed):
        return "A part of it is missing."
    if odd := _days_apart(rows, span):
        return odd
    versions = {each.definition_version for each in rows}
    begins = [each for each in indicator.definitions[1:] if span.start < each.holds_from <= span.end]
    if len(versions) > 1 or begins or any(Marker.BREAK in (each.marker, each.also) for each in rows):
        days = f" on {say_date(begins[-1].holds_from)}" if begins else " within it"
        return f"What it counts changed{days}, so its parts are not alike."
    return ""


def _days_apart(rows: Sequence[Observation], span: Period) -> str:
    """Why the days of figures are not those of a span, each once; empty where they are."""
    for before, after in pairwise(rows):
        if after.period.start <= before.period.end:
            return f"The figure for {describe(after.period)} shares days with the one before: they would count twice."
        if after.period.start > before.period.end + timedelta(days=1):
            return f"Nothing is published between {say_date(before.period.end)} and {say_date(after.period.start)}."
    if (rows[0].period.start, rows[-1].period.end) != (span.start, span.end):
        covered = Period(rows[0].period.start, rows[-1].period.end)
        return f"What is published covers {describe(covered)} and no other days."
    return ""


def _classes_changed(released: ReleasedYear, indicator: Indicator) -> str:
    """Why a total that is added up from classes is not alike over the year: their list changed within it."""
    if indicator.ask_total or not indicator.breakdowns:
        return ""
    framework, year = released.known[indicator.code][0], released.year.period
    classes = (each for code in indicator.breakdowns for each in framework.breakdown[code].categories)
    began = (each.starts for each in classes if each.starts and not each.succeeds and not each.part_of)
    within = [day for day in began if year.start < day <= year.end]
    return f"The classes that it is added up from changed on {say_date(within[0])}." if within else ""
