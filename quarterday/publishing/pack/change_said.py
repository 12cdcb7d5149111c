"""What a series says, in words: a computed sentence in place of a coloured arrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quarterday.domain.figures.control_limits import POINTS_NEEDED, Limits
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Direction, Frequency, Indicator
from quarterday.domain.framework.periods import describe
from quarterday.publishing.charts.spc import RUN_LENGTH, Cause, Signal
from quarterday.publishing.pack.figures_said import PERIOD_NOUNS, say_level, say_marker, say_value
from quarterday.publishing.pack.series import ChartedSeries, charted


class Change(StrEnum):
    """What can be said of a change."""

    REAL = "a sign of possible change"
    NONE = "no sign of possible change"
    TOO_SOON = "too soon to tell"
    NOT_COMPARED = "not compared"
    MISSING = "no figure"
    HIDDEN = "hidden"
    NOT_DUE = "not due"


@dataclass(frozen=True)
class SaidOfChange:
    """What the latest figure says of change, and which way it points for the plan; `brief` is one line among many."""

    change: Change
    sentence: str
    direction: str = ""
    brief: str = ""
    strength: float = 0.0  # how far the figure lies from the mean, in limits, and more for a longer run
    side: int = 0  # 1 for a high figure or a rise, -1 for a low one or a fall; 0 for none, and for both ways


def say_change(reading: ChartedSeries) -> SaidOfChange:
    """Read the latest figure against its series."""
    now = reading.now
    if now is None:
        return _without_figure(reading)
    if now.value is None:
        change = Change.HIDDEN if now.marker is Marker.CONFIDENTIAL else Change.MISSING
        said = f"No figure for {describe(now.period)} ({_why_none(now.marker)})."
        return SaidOfChange(change, said, brief=f"No figure: {_why_none(now.marker)}.")
    if now.stale:
        stands_in = f"The figure for {describe(now.period)} stands in for one that has not come"
        return SaidOfChange(Change.NOT_COMPARED, f"{stands_in}; it says nothing of a change.", brief=f"{stands_in}.")
    if not charted(now):
        why = now.comparable_why or "It covers other days than the rest of its series."
        said = f"Not compared with earlier figures. {why}"
        return SaidOfChange(Change.NOT_COMPARED, said, brief=f"Not compared: it covers {describe(now.period)}.")
    return _compared(reading)


def _without_figure(reading: ChartedSeries) -> SaidOfChange:
    if reading.due:
        return SaidOfChange(Change.MISSING, "No figure came for this collection.", brief="No figure came.")
    latest = next((each for each in reversed(reading.observations) if each and each.value is not None), None)
    if latest is None or latest.value is None:
        return SaidOfChange(Change.NOT_DUE, "It was not due in this collection.", brief="Not due.")
    said = f"the latest is {say_value(reading.indicator, latest.value)}, for {describe(latest.period)}"
    return SaidOfChange(Change.NOT_DUE, f"It was not due in this collection; {said}.", brief=f"Not due: {said}.")


def _why_none(marker: Marker | None) -> str:
    return say_marker(marker or Marker.NOT_AVAILABLE).split(": ", 1)[1]


def _compared(reading: ChartedSeries) -> SaidOfChange:
    index, indicator = reading.current, reading.indicator
    assert index is not None, "a figure that is charted has its point"
    stretch = next(each for each in reading.chart.stretches if each.first <= index <= each.last)
    if stretch.limits is None:
        return _without_limits(reading, stretch.count, _since(reading, stretch.first))
    limits = stretch.limits.moved(reading.chart.points[index].season)
    since = index if reading.since is None else reading.since
    signals = [each for each in reading.chart.signals if since <= each.last <= index]
    if not signals:
        span = limits_words(indicator, limits)
        usual = "the usual range of its part of the year" if stretch.seasonal else "its usual range"
        said = f"No sign of possible change: the figure lies within {usual} ({span})."
        return SaidOfChange(Change.NONE, said, brief=f"No sign of possible change; usual range {span}.")
    said = " ".join(_dated(reading, each, stretch.limits) for each in _strongest(signals))
    sides = {each.side for each in signals}
    way, strength = direction_words(indicator, sides), _strength(reading, signals, stretch.limits)
    return SaidOfChange(Change.REAL, said, way, said, strength, sum(sides))


def _strength(reading: ChartedSeries, signals: Sequence[Signal], limits: Limits) -> float:
    """How much weighs against chance: the furthest point of a sign, in widths of the limits, or the length of a run."""
    reach = limits.upper - limits.mean
    values = [reading.chart.points[each.last].read for each in signals]
    furthest = max((abs(value - limits.mean) / reach for value in values if value is not None and reach), default=0.0)
    return max(furthest, *(each.length / RUN_LENGTH for each in signals))


def _dated(reading: ChartedSeries, signal: Signal, limits: Limits) -> str:
    """A sign with its period where it is not the latest figure's, as in an earlier month of the quarter."""
    said = signal_sentence(reading, signal, limits)
    if signal.last == reading.current:
        return said
    return f"{describe(reading.chart.points[signal.last].period)}: {said}"


def _strongest(signals: Sequence[Signal]) -> list[Signal]:
    """The signs in the order of their weight; a point beyond a limit need not be told to lie near it too."""
    outside = {each.side for each in signals if each.cause is Cause.OUTSIDE}
    told = [each for each in signals if not (each.cause is Cause.NEAR and each.side in outside)]
    return sorted(told, key=lambda each: list(Cause).index(each.cause))


def _since(reading: ChartedSeries, first: int) -> str:
    """Why a stretch begins where it does; empty where it is the first."""
    if first == 0:
        return ""
    return " since limits were set anew" if reading.chart.points[first].anew else " since the definition changed"


def _without_limits(reading: ChartedSeries, count: int, since: str) -> SaidOfChange:
    if reading.indicator.frequency is Frequency.ROLLING_YEAR:
        said = (
            "Each rolling year shares most of its days with the one before, so no limits are drawn: "
            "read the level and not the last step."
        )
        return SaidOfChange(Change.TOO_SOON, said, brief="A rolling year: read the level, not the last step.")
    if reading.rare:
        said = "So few are counted that one more or less is a large step, so no limits are drawn: ask about each one."
        return SaidOfChange(Change.TOO_SOON, said, brief="Too few to read a change from.")
    figures = "figure" if count == 1 else "figures"
    counted = f"{count} {figures}{since}, and {POINTS_NEEDED} are needed for limits."
    said = f"Too soon to tell real change from the usual ups and downs: {counted}"
    return SaidOfChange(Change.TOO_SOON, said, brief=f"Too soon to tell: {counted}")


def signal_sentence(reading: ChartedSeries, signal: Signal, limits: Limits) -> str:
    """One sign of change as a sentence about its last point."""
    indicator, noun = reading.indicator, PERIOD_NOUNS[reading.indicator.frequency]
    value, season = reading.chart.points[signal.last].value, reading.chart.points[signal.last].season
    assert value is not None
    limits = limits.moved(season)
    mean = f"mean of {say_level(indicator, limits.mean)}" if not season else "means of their parts of the year"
    its = "" if not season else " of its part of the year"
    high = signal.side > 0
    limit = say_level(indicator, limits.upper if high else limits.lower)
    side = "upper" if high else "lower"
    match signal.cause:
        case Cause.OUTSIDE:
            where = "above" if high else "below"
            return f"{say_value(indicator, value)} is {where} the {side} limit of {limit}{its}."
        case Cause.SHIFT:
            where = "above" if high else "below"
            return f"{signal.length} {noun} running {where} the {mean}."
        case Cause.TREND:
            way = "higher" if high else "lower"
            apart = ", their seasons taken out" if season else ""
            return f"{signal.length} {noun} running one way, each {way} than the one before{apart}."
        case Cause.NEAR:
            return f"At least 2 of the last 3 {noun} lie close to the {side} limit of {limit}{its}."


def direction_words(indicator: Indicator, sides: set[int]) -> str:
    """What the way of a change means for the plan, in words."""
    if len(sides) > 1:
        return "The signs point both ways: look at the chart."
    high = sides == {1}
    moved = "This is a high figure or a rise" if high else "This is a low figure or a fall"
    match indicator.direction:
        case Direction.DEPENDS:
            return f"{moved}. By itself that is neither good nor bad here."
        case Direction.HIGHER:
            hoped = high
        case Direction.LOWER:
            hoped = not high
    way = "the way the plan hopes for" if hoped else "not the way the plan hopes for"
    return f"{moved}; {indicator.direction} here, so it is {way}."


def limits_words(indicator: Indicator, limits: Limits) -> str:
    """The usual range, leaving out a limit that lies where no figure can."""
    lower, upper = drawn_limits(indicator, limits)
    if lower is None and upper is None:
        return f"around {say_level(indicator, limits.mean)}"
    if lower is None:
        assert upper is not None
        return f"up to {say_level(indicator, upper)}"
    if upper is None:
        return f"from {say_level(indicator, lower)}"
    return f"{say_level(indicator, lower)} to {say_level(indicator, upper)}"


def drawn_limits(indicator: Indicator, limits: Limits) -> tuple[float | None, float | None]:
    """The limits that a figure could reach: a count cannot fall below nought, nor a share pass the whole."""
    most = indicator.at_most if indicator.at_most is not None else indicator.out_of
    if most is None and indicator.unit == "percentage":
        most = 100
    lower = limits.lower if limits.lower >= indicator.at_least else None
    upper = limits.upper if most is None or limits.upper <= most else None
    return lower, upper
