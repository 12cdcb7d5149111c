"""What is usual: control limits from 13 points on, the framework's range before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.usual import EarlierFigures, control_limits
from quarterday.domain.framework.indicators import Definition
from quarterday.domain.framework.periods import Period
from tests.expectations.conftest import FRAMEWORK, QUARTER, earlier, indicator

FINDS = FRAMEWORK.indicator["weapon-finds"]
PANELS = FRAMEWORK.indicator["ward-panels"]
BOROUGH = "E09000099"


def usual(of: object, values: list[float], period: Period = QUARTER) -> object:
    """What is usual for an indicator of the borough after earlier values."""
    return EarlierFigures(earlier(of.code, values)).usual(of, (of.code, BOROUGH, "", ""), period)  # type: ignore[attr-defined]


def test_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    """Twelve points of mean 12 and mean moving range 20/11: 12 ± 4.8364."""
    points = [11, 13, 11, 13, 11, 13, 11, 13, 11, 13, 12, 12]
    low, high = control_limits(points) or (0, 0)

    assert 12 - 2.66 * 19 / 11 == pytest.approx(low)
    assert 12 + 2.66 * 19 / 11 == pytest.approx(high)


def test_a_moving_range_above_3_267_times_their_mean_is_left_out() -> None:
    """One leap among the twelve does not widen the limits."""
    points = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 40]
    low, high = control_limits(points) or (0, 0)

    assert 2 * 2.66 * 1 == pytest.approx(high - low)


def test_limits_are_set_on_the_first_twelve_points() -> None:
    """What came after does not move the limits."""
    points = [11, 12, 13, 12, 11, 13, 12, 12, 11, 13, 12, 12]

    assert control_limits(points) == control_limits([*points, 90, 95, 99])


def test_fewer_than_thirteen_points_have_no_limits() -> None:
    """Eleven earlier figures and this one are too few; the framework's range says what is usual, if it has one."""
    assert usual(FINDS, [12] * 11) is None
    assert ((8, 18), "unusual") == usual(PANELS, [16] * 11)


def test_from_the_thirteenth_point_on_history_speaks() -> None:
    """Twelve earlier figures and this one make thirteen: the framework's range is heard no more."""
    assert ((16, 16), "change") == usual(PANELS, [16] * 12)


def test_limits_do_not_reach_below_what_can_be() -> None:
    """No count is below 0."""
    ((low, _), rule) = usual(FINDS, [2, 14, 3, 12, 1, 13, 2, 15, 1, 14, 3, 12])  # type: ignore[misc]

    assert (0, "change") == (low, rule)


def test_counts_that_chance_alone_moves_are_not_called_a_change() -> None:
    """A count that averages less than 5 has no limits worth a question."""
    assert usual(FINDS, [1, 0, 2, 1, 0, 1, 3, 1, 0, 2, 1, 1]) is None


def test_figures_of_another_length_or_definition_or_later_do_not_count() -> None:
    """A year's figure, an older definition's and the quarter itself are no history of a quarter."""
    known = EarlierFigures(earlier("weapon-finds", [12] * 12))
    series = ("weapon-finds", BOROUGH, "", "")
    redefined = indicator(
        "weapon-finds",
        definitions=(
            Definition(version=1, holds_from=date(2020, 4, 1), text="Finds."),
            Definition(version=2, holds_from=date(2025, 4, 1), text="Finds, acids too."),
        ),
    )

    assert 12 == len(known.before(FINDS, series, QUARTER))
    assert [] == known.before(redefined, series, QUARTER)
    assert [] == known.before(FINDS, series, Period(date(2024, 7, 1), date(2025, 6, 30)))
    assert [] == known.before(FINDS, series, Period(date(2020, 4, 1), date(2020, 6, 30)))


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=12, max_size=20))
def test_the_mean_lies_within_its_limits(points: list[float]) -> None:
    """Limits lie on both sides of the mean, whatever the points."""
    low, high = control_limits(points) or (0, 0)
    mean = sum(points[:12]) / 12

    assert low <= mean + 1e-6
    assert high >= mean - 1e-6
