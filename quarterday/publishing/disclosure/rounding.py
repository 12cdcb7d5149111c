"""Conventional rounding to a base, and what a rounded figure still tells."""

from math import ceil, floor


def rounded(value: float, base: int) -> float:
    """The nearest multiple of the base, never nought for what is not nought; halves go up. Base 1 leaves it alone."""
    if base == 1 or value <= 0:
        return value
    return max(base, int(floor(value / base + 0.5) * base))


def rounded_range(value: float, base: int, threshold: int) -> tuple[float, float]:
    """The least and greatest whole number that would be shown as this value is, by a reader who knows the rule.

    What is above nought and below the threshold is hidden, so a nought is a nought and all else reaches the threshold.
    """
    if base == 1 or value <= 0:
        return value, value
    middle = rounded(value, base)
    low = 1 if middle == base else ceil(middle - base / 2)
    high = ceil(middle + base / 2) - 1
    return min(max(low, threshold), value), max(high, value)
