"""Control limits of a series, after NHS England's Making Data Count: the one definition, for charts and checks alike.

An XmR chart: centre = mean, limits = mean ± 2.66 × mean moving range, set on the first twelve points.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import fsum, isclose

LIMIT_FACTOR = 2.66  # 3 ÷ d2 for ranges of two points (d2 = 1.128)
SCREEN_FACTOR = 3.267  # the upper limit of a chart of moving ranges: what lies above it is left out of their mean
BASELINE_POINTS = 12  # the limits are set on these and then held
POINTS_NEEDED = 13  # below this a run chart, without limits


@dataclass(frozen=True)
class Limits:
    """Within these a process moves without anything having changed."""

    mean: float
    moving_range: float

    @property
    def upper(self) -> float:
        """The upper process limit."""
        return self.mean + LIMIT_FACTOR * self.moving_range

    @property
    def lower(self) -> float:
        """The lower process limit; it may lie where no figure can."""
        return self.mean - LIMIT_FACTOR * self.moving_range

    def moved(self, by: float) -> "Limits":
        """The same limits about another mean, as that of a part of the year."""
        return Limits(self.mean + by, self.moving_range)

    def side(self, value: float, within: float = 0.0) -> int:
        """1 above the mean, -1 below it, 0 on it or where a rounded value may lie on either side."""
        return self._beyond(value, 0.0, within)

    def outside(self, value: float, within: float = 0.0) -> int:
        """1 above the upper limit, -1 below the lower one, else 0: a point on a limit is inside.

        `within` is how far the truth may lie from a rounded value.
        """
        return self._beyond(value, 1.0, within)

    def near(self, value: float, within: float = 0.0) -> int:
        """The side on which a value lies beyond two thirds of the way to a limit, else 0."""
        return self._beyond(value, 2 / 3, within)

    def _beyond(self, value: float, share: float, within: float) -> int:
        reach = share * LIMIT_FACTOR * self.moving_range
        if sign_of(value - within - (self.mean + reach), self.mean) > 0:
            return 1
        return -1 if sign_of(value + within - (self.mean - reach), self.mean) < 0 else 0


def limits_of(values: Sequence[float | None]) -> Limits:
    """The limits that a baseline gives. Raises `ValueError` where no two values stand side by side.

    Ranges above 3.267 times their mean are left out of it, unless that would leave no variation at all: a count that
    moves by one now and then would otherwise be told as changed whenever it moves.
    """
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if not ranges:
        raise ValueError("limits need at least two neighbouring values")
    average = fsum(ranges) / len(ranges)
    kept = [each for each in ranges if each <= SCREEN_FACTOR * average]
    if not any(kept):
        kept = ranges
    return Limits(fsum(known) / len(known), fsum(kept) / len(kept))


def begin_anew(starts: Sequence[date], days: Iterable[date]) -> set[int]:
    """Which points of a series begin new limits: the first on or after each of some days, but for the very first."""
    return {next((n for n, start in enumerate(starts) if start >= day), 0) for day in days} - {0}


def sign_of(difference: float, scale: float) -> int:
    """The sign of a difference; what only rounding makes is none."""
    if isclose(difference, 0.0, abs_tol=1e-9 * max(1.0, abs(scale))):
        return 0
    return 1 if difference > 0 else -1
