"""Process control charts: the limits of published worked examples, and where each rule just fires."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.figures.control_limits import limits_of
from quarterday.domain.framework.periods import Period, calendar_month
from quarterday.publishing.charts.spc import Cause, ControlChart, Point, Signal, chance_of_sign, control_chart

ATTENDANCES = Path(__file__).parents[2] / "../shared/data/spc_plotthedots/ae_attendances.csv"
BASELINE = [48.0, 52.0] * 6  # mean 50, moving range 4: limits 39.36 and 60.64, two thirds of the way 42.907 and 57.093


def month(index: int) -> Period:
    """A month, counted from January 2020."""
    return calendar_month(2020 + index // 12, index % 12 + 1)


def chart_of(values: Sequence[float | None], begins: Sequence[int] = ()) -> ControlChart:
    """A chart of monthly values; new definitions begin at the indexes given."""
    return control_chart([Point(month(index), value, index in begins) for index, value in enumerate(values)])


def causes(values: Sequence[float | None]) -> set[Cause]:
    """The signs in what follows the baseline."""
    return {signal.cause for signal in chart_of([*BASELINE, *values]).signals}


@pytest.fixture(scope="module")
def attendances() -> list[float]:
    """England's A&E attendances month by month, as NHSRplotthedots' own tests sum them."""
    if not ATTENDANCES.exists():
        pytest.skip("the published A&E series is not on this machine")
    totals: Counter[str] = Counter()
    with ATTENDANCES.open() as lines:
        for row in csv.DictReader(lines):
            totals[row["period"]] += int(row["attendances"])
    return [float(totals[period]) for period in sorted(totals)]


@pytest.mark.parametrize(
    ("part", "mean", "lower", "upper"),
    [
        (slice(None), 2000538.9444, 1731844.3644, 2269233.5244),
        (slice(12), 1946858.4167, 1639947.3748, 2253769.4585),
        (slice(12, None), 2027379.2083, 1772921.0640, 2281837.3527),
    ],
)
def test_attendances_have_the_published_limits(
    attendances: list[float], part: slice, mean: float, lower: float, upper: float
) -> None:
    """NHSRplotthedots' snapshots of this series: whole, its first twelve months, and rebased from April 2017."""
    limits = limits_of(attendances[part])

    assert (mean, lower, upper) == (round(limits.mean, 4), round(limits.lower, 4), round(limits.upper, 4))


def test_a_chart_sets_its_limits_on_the_first_twelve_points(attendances: list[float]) -> None:
    """The whole series is read against the published limits of its first twelve months."""
    limits = chart_of(attendances).stretches[0].limits

    assert limits is not None
    assert (1639947.3748, 2253769.4585) == (round(limits.lower, 4), round(limits.upper, 4))


def test_the_normal_deviates_have_the_published_limits() -> None:
    """NHSRplotthedots' snapshot of twenty normal deviates (R: set.seed(123); rnorm(20))."""
    values = [
        -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
        -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
        0.70135590, -0.47279141,
    ]  # fmt: skip
    limits = limits_of(values)

    assert (0.141624, -3.01138, 3.294627) == (round(limits.mean, 6), round(limits.lower, 6), round(limits.upper, 6))


def test_ranges_above_the_screen_are_left_out_of_their_mean() -> None:
    """Ten ranges of 1 and one of 30: the mean range is 1, not 3.64."""
    values = [10.0, 11.0] * 3 + [41.0, 40.0] * 3

    assert 1.0 == limits_of(values).moving_range


def test_screening_that_would_leave_no_variation_leaves_nothing_out() -> None:
    """A count that moved once in twelve periods keeps that one move as its variation."""
    assert pytest.approx(1 / 11) == limits_of([5.0] * 6 + [6.0] * 6).moving_range


def test_a_point_on_a_limit_is_inside_and_one_beyond_it_outside() -> None:
    """60.64 is the upper limit."""
    assert Cause.OUTSIDE not in causes([50 + 2.66 * 4])
    assert Cause.OUTSIDE in causes([50 + 2.66 * 4 + 0.01])


def test_a_point_below_the_lower_limit_is_outside() -> None:
    """39.36 is the lower limit."""
    assert Cause.OUTSIDE not in causes([39.36])
    assert Cause.OUTSIDE in causes([39.35])


def test_seven_points_on_one_side_of_the_mean_are_a_shift_and_six_are_not() -> None:
    """The baseline ends above the mean, so the run begins with the first point below it."""
    six = [48.0, 49.0, 48.0, 49.0, 48.0, 49.0]

    assert Cause.SHIFT not in causes(six)
    assert Cause.SHIFT in causes([*six, 48.0])


def test_a_point_on_the_mean_ends_a_run_on_one_side() -> None:
    """It is on neither side."""
    assert Cause.SHIFT not in causes([48.0, 49.0, 48.0, 50.0, 48.0, 49.0, 48.0])


def test_seven_points_running_one_way_are_a_trend_and_six_are_not() -> None:
    """Six moves make seven points."""
    six = [45.0, 46.0, 47.0, 49.0, 51.0, 53.0]

    assert Cause.TREND not in causes(six)
    assert Cause.TREND in causes([*six, 54.0])


def test_two_equal_points_end_a_run_one_way() -> None:
    """A level stretch is no move."""
    assert Cause.TREND not in causes([45.0, 46.0, 47.0, 49.0, 49.0, 51.0, 53.0])


def test_two_of_three_points_beyond_two_thirds_of_the_way_are_a_sign() -> None:
    """The third may stand between or beside them."""
    assert Cause.NEAR in causes([58.0, 50.0, 58.0])
    assert Cause.NEAR in causes([58.0, 58.0])


def test_two_of_four_or_on_both_sides_or_not_so_far_out_are_no_sign() -> None:
    """57.093 is two thirds of the way to the upper limit."""
    assert Cause.NEAR not in causes([58.0, 50.0, 49.0, 58.0])
    assert Cause.NEAR not in causes([58.0, 42.0])
    assert Cause.NEAR not in causes([57.09, 57.09])
    assert Cause.NEAR in causes([57.1, 57.1])


@pytest.mark.parametrize(
    ("cause", "just", "not_quite"),
    [
        (Cause.OUTSIDE, [60.65], [60.64]),
        (Cause.SHIFT, [50.1] * 6 + [51.0], [50.1] * 6 + [50.0]),
        (Cause.TREND, [47.0, 48.0, 49.0, 50.0, 51.0, 52.0], [47.0, 48.0, 49.0, 50.0, 51.0]),
        (Cause.NEAR, [57.1, 50.0, 57.1], [57.1, 50.0, 57.09]),
    ],
)
def test_each_rule_just_fires_and_just_does_not_on_either_side(
    cause: Cause, just: list[float], not_quite: list[float]
) -> None:
    """The same distances above and below the mean of 50; a trend downward is one upward turned over.

    The baseline ends at 52 and would lengthen a run above the mean or a fall from it: one point between ends it.
    """
    for side in (1, -1):
        found = {each.cause: each.side for each in _after_a_level_point(just, side)}

        assert side == found.get(cause)
        assert cause not in {each.cause for each in _after_a_level_point(not_quite, side)}


def _after_a_level_point(values: Sequence[float], side: int) -> list[Signal]:
    """The signs in values that follow a point on the side away from them, turned over where `side` is below."""
    turned = [50 + side * (value - 50) for value in values]
    return list(chart_of([*BASELINE, 50 - side * 4, *turned]).signals)


def test_twelve_points_are_a_run_chart_and_thirteen_have_limits() -> None:
    """A run chart has its median and no signs, however wild."""
    short, long = chart_of([*BASELINE[:11], 900.0]), chart_of([*BASELINE, 900.0])

    assert (None, 50.0, ()) == (short.stretches[0].limits, short.stretches[0].centre, short.signals)
    assert long.stretches[0].limits is not None


def test_a_gap_counts_for_no_point_and_no_range() -> None:
    """Twelve values with a gap among them are still a run chart; the range across the gap is never taken."""
    gapped = [*BASELINE[:6], None, *(value + 100 for value in BASELINE[6:])]

    assert chart_of(gapped).stretches[0].limits is None
    assert 4.0 == limits_of(gapped).moving_range


def test_a_run_does_not_go_on_across_a_gap() -> None:
    """Three and four below the mean are not seven when nobody knows what lies between."""
    assert Cause.SHIFT not in causes([48.0, 49.0, 48.0, None, 49.0, 48.0, 49.0, 48.0])


def test_a_new_definition_begins_a_new_stretch() -> None:
    """What follows it is not read against what went before."""
    chart = chart_of([*BASELINE, 50.0, 900.0, 901.0], begins=[13])

    assert [(0, 12), (13, 14)] == [(stretch.first, stretch.last) for stretch in chart.stretches]
    assert () == chart.signals


def test_a_run_chart_may_be_asked_for() -> None:
    """Rolling years overlap, so no limits are drawn however many there are."""
    points = [Point(month(index), value) for index, value in enumerate([*BASELINE, 900.0])]

    assert control_chart(points, limits=False).stretches[0].limits is None


def test_no_points_are_an_empty_chart() -> None:
    """Nothing is read where nothing was published."""
    assert ((), ()) == (control_chart([]).stretches, control_chart([]).signals)


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=40), st.floats(0.1, 1000), st.floats(-1e5, 1e5))
def test_signs_do_not_depend_on_the_unit(values: list[float | None], scale: float, shift: float) -> None:
    """Counting in dozens or from another nought changes no mean or limit but by the same measure."""
    limits = chart_of([*BASELINE, *values]).stretches[0].limits
    moved = chart_of([*(value * scale + shift for value in BASELINE)]).stretches[0]

    assert limits is None or limits.lower <= limits.mean <= limits.upper
    assert moved.centre == pytest.approx(50 * scale + shift)


@given(st.lists(st.one_of(st.none(), st.integers(0, 12).map(float)), max_size=60))
def test_every_sign_lies_within_one_unbroken_stretch(values: list[float | None]) -> None:
    """No sign of change spans a gap."""
    for signal in chart_of(values).signals:
        assert all(values[index] is not None for index in range(signal.first, signal.last + 1))


def rounded(values: Sequence[float], within: float) -> set[Cause]:
    """The signs in what follows the baseline, where every value was rounded and may lie so far from its truth."""
    points = [Point(month(index), value, within=within) for index, value in enumerate([*BASELINE, *values])]
    return {signal.cause for signal in control_chart(points).signals}


def test_a_rounded_value_is_on_no_side_of_what_its_interval_holds() -> None:
    """310 to the nearest 5 may lie on either side of a mean of 309.33: our own rounding is no run and no trend."""
    assert {Cause.SHIFT} == rounded([51] * 7, 0)
    assert set() == rounded([51] * 7, 2.5)
    assert {Cause.TREND, Cause.SHIFT} >= rounded([50, 51, 52, 53, 54, 55, 56], 0)
    assert Cause.TREND not in rounded([50, 51, 52, 53, 54, 55, 56], 2.5)


def test_a_rounded_value_is_outside_only_with_its_whole_interval() -> None:
    """A limit within the interval may or may not have been passed."""
    assert {Cause.OUTSIDE} == rounded([61], 0)
    assert set() == rounded([61], 2.5)
    assert Cause.OUTSIDE in rounded([64], 2.5)


@pytest.mark.parametrize(
    ("points", "fresh", "least", "most"), [(12, 1, 0, 0), (13, 1, 0.02, 0.05), (40, 1, 0.05, 0.09)]
)
def test_chance_of_a_sign_is_that_of_charts_in_which_nothing_changes(points, fresh, least, most) -> None:
    """Five to nine of a hundred charts with many points; none without limits."""
    assert least <= chance_of_sign(points, fresh) <= most


def test_three_months_at_once_have_more_chances_of_a_sign() -> None:
    """Not three times as many: neighbours share their signs."""
    assert chance_of_sign(40) < chance_of_sign(40, 3) < 3 * chance_of_sign(40)
