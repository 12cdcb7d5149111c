"""Process control charts after NHS England's Making Data Count: is a change real, or only the usual ups and downs?

The limits are those of `domain/figures/control_limits.py`, set on the first twelve points of a stretch. A definition
break begins a new stretch, and so do limits that an officer sets anew; a gap breaks the line, and nothing is reckoned
across it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median

from quarterday.domain.figures.control_limits import BASELINE_POINTS, POINTS_NEEDED, Limits, limits_of, sign_of
from quarterday.domain.figures.seasons import WIDER
from quarterday.domain.framework.periods import Period

RUN_LENGTH = 7
_Known = tuple[float, float]  # a value, and how far its truth may lie from it


_BY_CHANCE = ((13, 0.03), (14, 0.045), (16, 0.06), (20, 0.07))
"""How often the latest point of an unchanged series is part of a sign, from so many points on.

Measured with `python benchmarks/signs_by_chance.py`, which prints it for each rule.
"""


def chance_of_sign(points: int, fresh: int = 1) -> float:
    """How likely an unchanged series of so many points shows a sign that ends in one of its `fresh` latest points."""
    once = max((rate for least, rate in _BY_CHANCE if points >= least), default=0.0)
    return 1 - (1 - once) ** (1 + (fresh - 1) / 2)  # neighbouring points share their signs


@dataclass(frozen=True)
class Point:
    """One period of a series. No value is a gap; `begins` says that its definition is new.

    `anew` says that an officer had the limits reckoned anew from here: the line goes on. `within` is how far the truth
    may lie from the value on either side, where the value was rounded.
    """

    period: Period
    value: float | None
    begins: bool = False
    within: float = 0.0
    anew: bool = False
    season: float = 0.0  # how far its part of the year usually lies from the mean, where seasons are strong
    baseline: int = BASELINE_POINTS  # on so many values limits are set: on more where seasons are strong

    @property
    def read(self) -> float | None:
        """The value as it is read against the limits: its season taken out."""
        return None if self.value is None else self.value - self.season


class Cause(StrEnum):
    """The four signs that something has really changed."""

    OUTSIDE = "outside"  # a point outside the limits
    SHIFT = "shift"  # seven points on one side of the mean
    TREND = "trend"  # seven points running one way
    NEAR = "near"  # two of three points beyond two thirds of the way to one limit


@dataclass(frozen=True)
class Signal:
    """A sign of possible change, from the point `first` to the point `last`; `side` is 1 for high or up, -1 for low."""

    cause: Cause
    side: int
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many points it runs over."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Stretch:
    """The points read together, under one definition, from `first` to `last`. Without limits it is a run chart."""

    first: int
    last: int
    count: int  # points with a value
    centre: float | None  # the mean where there are limits, else the median; None where nothing came
    limits: Limits | None  # of figures without their season
    seasonal: bool = False  # whether each figure is held against the same part of other years


@dataclass(frozen=True)
class ControlChart:
    """A series as it may be read: its stretches and the signs of possible change in them, in order of their end."""

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    signals: tuple[Signal, ...]

    @property
    def latest(self) -> Stretch | None:
        """The stretch that the last point belongs to."""
        return self.stretches[-1] if self.stretches else None

    def signals_at(self, index: int) -> tuple[Signal, ...]:
        """The signs of which a point is part."""
        return tuple(each for each in self.signals if each.first <= index <= each.last and self._part(each, index))

    def _part(self, signal: Signal, index: int) -> bool:
        if signal.cause is not Cause.NEAR:
            return True
        limits, point = self._limits_at(index), self.points[index]
        return limits is not None and point.read is not None and limits.near(point.read, point.within) == signal.side

    def _limits_at(self, index: int) -> Limits | None:
        return next((each.limits for each in self.stretches if each.first <= index <= each.last), None)


def control_chart(points: Sequence[Point], *, limits: bool = True) -> ControlChart:
    """Read a series, oldest point first. `limits=False` keeps to a run chart, where points overlap one another."""
    stretches = tuple(_stretch(points, first, last, limits) for first, last in by_definition(points))
    signals = [signal for stretch in stretches for signal in _signals(points, stretch)]
    return ControlChart(tuple(points), stretches, tuple(sorted(signals, key=lambda each: (each.last, each.first))))


def by_definition(points: Sequence[Point]) -> Iterator[tuple[int, int]]:
    """The stretches read together: the first and the last point of each."""
    starts = [index for index, point in enumerate(points) if index == 0 or point.begins or point.anew]
    for first, after in pairwise([*starts, len(points)]):
        yield first, after - 1


def _stretch(points: Sequence[Point], first: int, last: int, wanted: bool) -> Stretch:
    values = [point.read for point in points[first : last + 1]]
    known = [value for value in values if value is not None]
    if not wanted or len(known) < POINTS_NEEDED:
        return Stretch(first, last, len(known), median(known) if known else None, None)
    baseline = points[first].baseline
    try:
        limits = limits_of(values[: _baseline_length(values, baseline)])
    except ValueError:  # every other point is a gap: no moving range can be had
        return Stretch(first, last, len(known), median(known), None)
    seasonal = baseline > BASELINE_POINTS
    if seasonal:
        limits = Limits(limits.mean, limits.moving_range * WIDER)
    return Stretch(first, last, len(known), limits.mean, limits, seasonal)


def _baseline_length(values: Sequence[float | None], wanted: int) -> int:
    """How far the first so many points reach, gaps included."""
    seen = 0
    for index, value in enumerate(values):
        seen += value is not None
        if seen == wanted:
            return index + 1
    return len(values)


def _signals(points: Sequence[Point], stretch: Stretch) -> Iterator[Signal]:
    limits = stretch.limits
    if limits is None:
        return
    for start, run in _unbroken(points, stretch):
        yield from _outside(limits, start, run)
        yield from _runs(Cause.SHIFT, start, [limits.side(value, within) for value, within in run], RUN_LENGTH)
        moves = [_move(before, after, limits.mean) for before, after in pairwise(run)]
        for trend in _runs(Cause.TREND, start, moves, RUN_LENGTH - 1):  # seven points make six moves
            yield Signal(trend.cause, trend.side, trend.first, trend.last + 1)
        yield from _near(start, [limits.near(value, within) for value, within in run])


def _move(before: _Known, after: _Known, scale: float) -> int:
    """Which way a series went; none where rounding alone may have made the step."""
    step, apart = after[0] - before[0], after[1] + before[1]
    return 0 if abs(step) <= apart and apart else sign_of(step, scale)


def _unbroken(points: Sequence[Point], stretch: Stretch) -> Iterator[tuple[int, list[_Known]]]:
    """The runs of neighbouring values in a stretch, each with how far it was rounded: a gap ends one."""
    start, run = stretch.first, list[_Known]()
    for index in range(stretch.first, stretch.last + 1):
        value = points[index].read
        if value is None:
            if run:
                yield start, run
            start, run = index + 1, []
        else:
            run.append((value, points[index].within))
    if run:
        yield start, run


def _outside(limits: Limits, start: int, run: list[_Known]) -> Iterator[Signal]:
    for index, (value, within) in enumerate(run, start):
        if side := limits.outside(value, within):
            yield Signal(Cause.OUTSIDE, side, index, index)


def _runs(cause: Cause, start: int, signs: list[int], needed: int) -> Iterator[Signal]:
    """Runs of one sign at least `needed` long; a zero ends a run."""
    begun = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[begun]:
            if signs[begun] and index - begun >= needed:
                yield Signal(cause, signs[begun], start + begun, start + index - 1)
            begun = index


def _near(start: int, nearness: list[int]) -> Iterator[Signal]:
    """Two of three neighbouring points on the outer third of one side; overlapping finds are told as one."""
    for side in (1, -1):
        hit = [index for index, value in enumerate(nearness) if value == side]
        pairs = [(a, b) for a, b in pairwise(hit) if b - a <= 2]
        for first, last in _merged(pairs):
            yield Signal(Cause.NEAR, side, start + first, start + last)


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    open_span: tuple[int, int] | None = None
    for first, last in spans:
        if open_span and first <= open_span[1]:
            open_span = (open_span[0], last)
            continue
        if open_span:
            yield open_span
        open_span = (first, last)
    if open_span:
        yield open_span
