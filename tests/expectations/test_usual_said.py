"""A usual range is never rounded over the value that it questions."""

from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.findings import figure, within


@pytest.mark.parametrize(
    ("low", "high", "whole", "said"),
    [
        (5.3, 10.7, True, ("6", "10")),  # 11 is unusual, and “6 to 11” would deny it
        (6.0, 11.0, True, ("6", "11")),
        (0.1 + 0.2, 0.7, False, ("0.3", "0.7")),
        (12.34, 15.67, False, ("12.34", "15.67")),
        (0.0, float("inf"), True, ("0", "more")),
    ],
)
def test_a_range_is_rounded_inwards(low: float, high: float, whole: bool, said: tuple[str, str]) -> None:
    """A count's range runs from the first to the last count inside it."""
    assert said == (figure(within(low, ceil, whole)), figure(within(high, floor, whole)))


@given(st.floats(0, 10_000), st.integers(0, 10_000))
def test_no_count_outside_seems_inside(limit: float, count: int) -> None:
    """Whatever the limit, a count above it is above what is said, and one below it is below."""
    high, low = within(limit, floor, whole=True), within(limit, ceil, whole=True)
    assert high is not None
    assert low is not None

    assert count <= limit + 1e-5 or count > high
    assert count >= limit - 1e-5 or count < low
