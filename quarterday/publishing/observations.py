"""Observations: each figure as it is published, with its period, marker, source and what to bear in mind."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.figures.classes import begins_anew
from quarterday.domain.figures.figure import Figure, sources
from quarterday.domain.figures.keys import Key, Series
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency, Indicator
from quarterday.domain.framework.periods import Period, describe, say_date
from quarterday.publishing.disclosure.shown import Protection, Shown
from quarterday.publishing.tables import Observation
from quarterday.publishing.words import LEFT_OUT, UNREAD, await_reading, tells_of_a_person


@dataclass(frozen=True)
class Context:
    """What a figure is read against: the period asked, what went before, and which version this is."""

    asked: Period
    version: int
    said: Mapping[Key, Observation] = field(default_factory=dict)  # what earlier collections said, by figure
    before: Mapping[Series, Sequence[Figure]] = field(default_factory=dict)  # earlier figures, oldest first
    previous: Mapping[Key, Observation] = field(default_factory=dict)  # as published in the version before
    touchy: frozenset[str] = frozenset()  # returns and indicators of which something is hidden, here or beside
    read: frozenset[tuple[str, str]] = frozenset()  # returns and indicators whose words an officer lets through

    @cached_property
    def definitions(self) -> dict[Series, set[int]]:
        """The versions of its definition by which each series was counted before."""
        return {series: {each.definition_version for each in figures} for series, figures in self.before.items()}


def observe(
    framework: Framework, figures: Sequence[Figure], protection: Protection, context: Context
) -> tuple[Observation, ...]:
    """The figures as they may be published."""
    known = OwnWords(framework)
    areas = {each.code: each.name for each in framework.partnership.areas}
    return tuple(_observation(framework, areas, figure, protection[figure.key], context, known) for figure in figures)


def touchy(figures: Iterable[Figure], protection: Protection, past: Iterable[Observation] = ()) -> frozenset[str]:
    """The indicators and returns of which something is hidden, in this release or an earlier one.

    What a supplier wrote beside its figures may give it away, and so may the hash of its file: where all but a few
    small counts of a file are known, they can be tried until the hash fits.
    """
    hidden = [figure for figure in figures if protection[figure.key].hidden]
    before = [each for each in past if each.marker is Marker.CONFIDENTIAL]
    every: list[Figure | Observation] = [*hidden, *before]
    return frozenset(each.indicator for each in every) | {source for each in every for source in sources(each)}


def _observation(
    framework: Framework, areas: Mapping[str, str], figure: Figure, shown: Shown, context: Context, known: OwnWords
) -> Observation:
    indicator = framework.indicator[figure.indicator]
    stale = _is_stand_in(indicator, figure, context)
    comparable, why, broken = _comparable(framework, indicator, figure, context, stale)
    returns = sources(figure)
    commentary, left_out = _words(figure, context, known)
    return Observation(
        indicator=figure.indicator,
        definition_version=figure.definition_version,
        area_code=figure.area_code,
        area_name=areas.get(figure.area_code, figure.area_code),
        breakdown=figure.breakdown,
        category=figure.category,
        category_title=category_title(framework, figure.breakdown, figure.category),
        period=figure.period,
        value=shown.value,
        numerator=shown.numerator,
        denominator=shown.denominator,
        unit=str(indicator.unit),
        marker=_marker(figure, shown, context, broken),
        comparable=comparable,
        comparable_why=why,
        source_return=figure.source_return,
        source_sha256=figure.source_sha256 if context.touchy.isdisjoint(returns) else "",
        source_cells=figure.cells,
        caveats=(*figure.caveats, *shown.notes, *left_out),
        commentary=commentary,
        stale=stale,
        also=_also(figure, shown, context, broken),
    )


def _words(figure: Figure, context: Context, known: OwnWords) -> tuple[str, tuple[str, ...]]:
    """The supplier's words as they may be published, and what is said in their place."""
    if tells_of_a_person(figure.comment, known):
        return "", (LEFT_OUT,)
    if figure.comment and awaits_reading(figure, context):
        return "", (UNREAD,)
    return figure.comment, ()


def awaits_reading(figure: Figure, context: Context) -> bool:
    """Whether an officer has yet to read the words beside a figure: something is hidden that they might tell."""
    returns = sources(figure)
    about = (figure.indicator, *returns)
    return any(await_reading((each, figure.indicator), about, context.touchy, context.read) for each in returns)


def category_title(framework: Framework, breakdown: str, category: str) -> str:
    """The words for a category; empty for a total."""
    if not breakdown or breakdown not in framework.breakdown:
        return ""
    classes = framework.breakdown[breakdown].categories
    return next((each.title for each in classes if each.code == category), category)


def _is_stand_in(indicator: Indicator, figure: Figure, context: Context) -> bool:
    return indicator.stand_in and figure.period.end < context.asked.start and context.version > 0


def _marker(figure: Figure, shown: Shown, context: Context, broken: bool) -> Marker | None:
    """One marker a figure: what hides it first, then what breaks its series, then how firm it is."""
    if shown.hidden:
        return Marker.CONFIDENTIAL
    if shown.value is None:
        return figure.marker or Marker.NOT_AVAILABLE
    if broken:
        return Marker.BREAK
    if figure.marker in (Marker.ESTIMATED, Marker.LOW_RELIABILITY, Marker.BREAK):
        return figure.marker
    return _firmness(figure, shown, context)


def _also(figure: Figure, shown: Shown, context: Context, broken: bool) -> Marker | None:
    """How firm a figure is whose own marker says something else of it."""
    says_else = _marker(figure, shown, context, broken) in (Marker.ESTIMATED, Marker.LOW_RELIABILITY, Marker.BREAK)
    return _firmness(figure, shown, context) if says_else and context.version else None


def _firmness(figure: Figure, shown: Shown, context: Context) -> Marker | None:
    """Whether a figure may still be revised, or has been."""
    if context.version == 1:
        return Marker.PROVISIONAL
    if context.version > 1:
        was = context.previous.get(figure.key)
        if was is None or (was.value, was.numerator, was.denominator) != (
            shown.value,
            shown.numerator,
            shown.denominator,
        ):
            return Marker.REVISED
        return Marker.REVISED if Marker.REVISED in (was.marker, was.also) else None
    return figure.marker if figure.marker is Marker.REVISED else None


def _comparable(
    framework: Framework, indicator: Indicator, figure: Figure, context: Context, stale: bool
) -> tuple[bool, str, bool]:
    """Whether the figure compares with the others of its series, why not, and whether it begins a new series."""
    if stale:
        age = (context.asked.end - figure.period.end).days
        covers = describe(figure.period)
        return False, f"The last value stands in: it covers {covers} and is {age} days old.", False
    if begun := indicator.begun_within(figure.period):
        since = say_date(begun.holds_from)
        return False, f"The definition changed on {since}, within these days: part of it counts something else.", True
    if _counted_otherwise_before(figure, context):
        since = say_date(indicator.definition_on(figure.period.start).holds_from)
        return False, f"The definition changed on {since}: earlier figures counted something else.", True
    breakdown = framework.breakdown.get(figure.breakdown)
    if breakdown and begins_anew(breakdown, figure.category, figure.period):
        return False, "The supplier’s classes changed: earlier figures counted something else.", True
    if context.version == 0:
        return _compares_still(framework, indicator, figure, context)
    asked = framework.periods_asked(indicator, context.asked) or (context.asked,)
    share = max(figure.period.overlap_share(each) for each in asked)
    if share >= indicator.compare_overlap:
        return True, "", False
    nearest = max(asked, key=figure.period.overlap_share)
    shared = f"{share:.0%}" if share else "none"
    covers = f"It covers {describe(figure.period)}; {describe(nearest)} was asked"
    return False, f"{covers} ({shared} of the days are shared).", False


def _counted_otherwise_before(figure: Figure, context: Context) -> bool:
    """Whether the figure before it was counted by another definition."""
    if context.definitions.get(figure.series, set()) <= {figure.definition_version}:
        return False  # as nearly all: none of its series ever was
    earlier = _last_before(context.before[figure.series], figure.period.start)
    return earlier is not None and earlier.definition_version != figure.definition_version


def _last_before(figures: Sequence[Figure], day: date) -> Figure | None:
    """The last of a series, oldest first, that ended before a day."""
    began = bisect_left(figures, day, key=lambda each: each.period.start)
    return next((figures[place] for place in reversed(range(began)) if figures[place].period.end < day), None)


def _compares_still(
    framework: Framework, indicator: Indicator, figure: Figure, context: Context
) -> tuple[bool, str, bool]:
    """An earlier figure stays what its own release said of it; one that no release held is read by its length."""
    if said := context.said.get(figure.key):
        return said.comparable, said.comparable_why, False
    asked = framework.periods_asked(indicator, context.asked)
    usual = {_months(each) for each in asked} or {12 if indicator.frequency is Frequency.FINANCIAL_YEAR else 0}
    if indicator.frequency is Frequency.SCHOOL_TERM or _months(figure.period) in usual or usual == {0}:
        return True, "", False
    return False, f"It covers {describe(figure.period)}, a longer or shorter time than the rest of its series.", False


def _months(period: Period) -> int:
    """How many months a period is long, to the nearest."""
    return round(period.days / 30.44)
