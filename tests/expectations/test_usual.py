"""What is usual: control limits from 13 points on, the framework's range before."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.usual import EarlierFigures
from quarterday.domain.figures.control_limits import limits_of
from quarterday.domain.framework.indicators import Definition, Frequency
from quarterday.domain.framework.periods import Period
from quarterday.publishing.charts.seasons import with_seasons
from quarterday.publishing.charts.spc import Cause, Point, control_chart
from tests.expectations.conftest import FRAMEWORK, QUARTER, earlier, indicator

FINDS = FRAMEWORK.indicator["weapon-finds"]
PANELS = FRAMEWORK.indicator["ward-panels"]
BOROUGH = "E09000099"


def usual(of: object, values: list[float], period: Period = QUARTER) -> object:
    """What is usual for an indicator of the borough after earlier values."""
    return EarlierFigures(earlier(of.code, values)).usual(of, (of.code, BOROUGH, "", ""), period)


def test_one_quarter_that_differs_by_one_does_not_make_the_others_unusual() -> None:
    """Eleven quarters of 20 and one of 21: 20 is usual as ever, as the pack's chart says."""
    ((low, high), rule) = usual(FINDS, [20.0] * 11 + [21.0])

    assert "change" == rule
    assert low < 20 < high


def test_limits_are_set_on_the_first_twelve_points() -> None:
    """What came after does not move the limits."""
    points = [11.0, 12, 13, 12, 11, 13, 12, 12, 11, 13, 12, 12]

    assert usual(FINDS, points) == usual(FINDS, [*points, 90, 95, 99])


def test_fewer_than_thirteen_points_have_no_limits() -> None:
    """Eleven earlier figures and this one are too few; the framework's range says what is usual, if it has one."""
    assert usual(FINDS, [12] * 11) is None
    assert ((8, 18), "unusual") == usual(PANELS, [16] * 11)


def test_from_the_thirteenth_point_on_history_speaks() -> None:
    """Twelve earlier figures and this one make thirteen: the framework's range is heard no more."""
    assert ((16, 16), "change") == usual(PANELS, [16] * 12)


def test_limits_set_anew_forget_what_came_before() -> None:
    """Ten quarters of 90, then fourteen of 20: what is usual is 90 no more, as the pack's chart says."""
    known = earlier("weapon-finds", [90.0] * 10 + [20.0, 22.0] * 7)
    series, from_day = ("weapon-finds", BOROUGH, "", ""), sorted(each.period for each in known)[10].start
    ((low, high), rule) = EarlierFigures(known, {"weapon-finds": (from_day,)}).usual(FINDS, series, QUARTER)

    assert "change" == rule
    assert 10 < low < 20 < 22 < high < 40
    assert 20 == EarlierFigures(known[:11], {"weapon-finds": (from_day,)}).latest(FINDS, series, QUARTER)


def test_limits_set_anew_lately_have_too_few_points_yet() -> None:
    """The framework's range says what is usual until there are thirteen again. A day before all changes nothing."""
    known = earlier("ward-panels", [16.0] * 20)
    series, newest = ("ward-panels", BOROUGH, "", ""), sorted(each.period for each in known)[-1].start

    def usual_since(day: date) -> object:
        return EarlierFigures(known, {"ward-panels": (day,)}).usual(PANELS, series, QUARTER)

    assert ((8, 18), "unusual") == usual_since(newest) == usual_since(QUARTER.start)
    assert ((16, 16), "change") == usual_since(date(1990, 1, 1))


def test_limits_do_not_reach_below_what_can_be() -> None:
    """No count is below 0."""
    ((low, _), rule) = usual(FINDS, [2, 14, 3, 12, 1, 13, 2, 15, 1, 14, 3, 12])

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


@given(st.floats(min_value=5, max_value=1e6))
def test_a_rate_that_never_moved_is_usual_as_it_is(rate: float) -> None:
    """The mean of twelve equal rates may differ from them in its last digit: that is no change."""
    ((low, high), _) = usual(FINDS, [rate] * 12)

    assert low <= rate <= high


@given(st.lists(st.floats(min_value=5, max_value=1e6), min_size=12, max_size=15))  # too few for seasons
def test_the_check_asks_about_what_the_chart_calls_outside(points: list[float]) -> None:
    """Of the first twelve figures, those outside the chart's limits are unusual and no others."""
    limits = limits_of(points[:12])
    ((low, high), _) = usual(FINDS, points)

    assert [each for each in points[:12] if limits.outside(each)] == [
        each for each in points[:12] if not low <= each <= high
    ]


@pytest.mark.parametrize("latest", [10.0, 24.0, 45.0, 63.0, 80.0, 95.0, 110.0])
def test_a_strong_season_is_usual_for_the_check_as_for_the_chart(latest: float) -> None:
    """Springs of some 62, winters of some 25: whatever comes in spring, the check asks where the chart has a sign."""
    year = (60.0, 82.0, 41.0, 22.0)
    values = [value + more for more in (0.0, 4.0, 1.0, 5.0) for value in year]
    ((low, high), rule) = usual(FINDS, values)
    periods = [each.period for each in sorted(earlier(FINDS.code, values), key=lambda each: each.period)]
    points = [Point(period, value) for period, value in zip([*periods, QUARTER], [*values, latest], strict=True)]
    chart = control_chart(with_seasons(points, Frequency.QUARTER))

    assert "change" == rule
    assert low < 62 < high < 100
    assert (not low <= latest <= high) == any(
        each.last == len(values) and each.cause is Cause.OUTSIDE for each in chart.signals
    )
