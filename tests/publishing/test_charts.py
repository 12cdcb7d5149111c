"""Charts: what is drawn of a series, in which colours, and the words that stand for it."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Indicator, Target
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.charts.bars import bars_spec
from quarterday.publishing.charts.drawing import draw, picture_bytes
from quarterday.publishing.charts.frame import COLOURS
from quarterday.publishing.charts.specification import series_spec
from quarterday.publishing.pack.figures_said import short_period
from quarterday.publishing.pack.series import ChartedSeries, SeriesTables
from quarterday.publishing.pack.tables import chart_words
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import quarters, tables

WHITE = "#ffffff"


def reading_of(values: Sequence[float | None], about: Indicator | None = None, **of_last: object) -> ChartedSeries:
    """A series of quarters up to April to June 2025; the last of them is this collection's."""
    about = about or indicator("robberies")
    framework = small_framework(indicators=(about,))
    return SeriesTables(framework, tables(about, values, **of_last)).reading(about, "E09000099")


def drawn_rows(reading: ChartedSeries, mark: str, **how: object) -> list[dict[str, Any]]:
    """The data of the layers with a kind of mark."""
    layers = series_spec(reading)["layer"]
    wanted = [each for each in layers if each["mark"]["type"] == mark and how.items() <= each["mark"].items()]
    return [row for each in wanted for row in each["data"]["values"]]


def line_of(reading: ChartedSeries) -> list[dict[str, Any]]:
    """The data of the series itself."""
    return drawn_rows(reading, "line", color=COLOURS["line"])


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_stands_out_from_white(name: str) -> None:
    """3:1 for lines and marks, 4.5:1 for words (WCAG 2.2, 1.4.11 and 1.4.3): all meet the higher."""
    assert contrast(COLOURS[name], WHITE) >= 4.5


def test_no_two_kinds_of_line_are_told_apart_by_colour_alone() -> None:
    """Limits and target differ from the series and from each other in their dashes, signs in their shape."""
    reading = reading_of([30, 34] * 8, indicator("robberies", target=Target(value=25)))
    layers = series_spec(reading)["layer"]
    dashes = [tuple(each["mark"].get("strokeDash", ())) for each in layers if each["mark"]["type"] == "line"]

    assert [(1, 0), (6, 4), (2, 3), ()] == dashes


def test_a_missing_figure_breaks_the_line_and_its_marker_stands_on_the_axis() -> None:
    """The points before and after belong to two lines."""
    reading = reading_of([10, 12, None, 11, 13])

    assert [0, 0, 1, 1] == [row["line"] for row in line_of(reading)]
    assert ["[x]"] == [row["said"] for row in drawn_rows(reading, "text", dy=-8)]


def test_a_quarter_that_was_never_published_leaves_a_hole() -> None:
    """Two ends that lie twice the usual step apart are not joined."""
    about = indicator("robberies")
    whole = tables(about, [10, 12, 14, 11, 13])
    holed = [each for each in whole.history if each.period != financial_quarter(2024, 3)]
    framework = small_framework(indicators=(about,))
    reading = SeriesTables(framework, quarters(whole, holed)).reading(about, "E09000099")

    assert [10, 12, None, 11, 13] == [point.value for point in reading.chart.points]


def test_a_hidden_figure_is_a_gap_marked_as_confidential() -> None:
    """Nothing of it is in the picture or in its words."""
    reading = reading_of([10, 12, 47], value=None, marker=Marker.CONFIDENTIAL)

    assert [10, 12] == [row["y"] for row in line_of(reading)]
    assert ["[c]"] == [row["said"] for row in drawn_rows(reading, "text", dy=-8)]
    assert "47" not in chart_words(reading)


def test_a_figure_for_other_days_is_shown_apart_and_not_joined() -> None:
    """Hollow, and no point of the line."""
    reading = reading_of([10, 12, 40], comparable=False, comparable_why="It covers other days.")

    assert [10, 12] == [row["y"] for row in line_of(reading)]
    assert [40] == [row["y"] for row in drawn_rows(reading, "point", filled=False)]


def test_a_value_that_stands_in_stays_at_its_own_period_and_leaves_this_one_empty() -> None:
    """It is not drawn twice, and nothing is drawn where no figure has come."""
    reading = reading_of([10, 12, 14, 12], period=financial_quarter(2024, 3), value=12.0, stale=True, comparable=False)

    assert [10, 12, 14, None] == [point.value for point in reading.chart.points]
    assert reading.current is None


def test_a_new_definition_is_an_upright_line_and_begins_a_new_one() -> None:
    """The last point bears the marker of a break."""
    reading = reading_of([10, 12, 14], definition_version=2, marker=Marker.BREAK, comparable=False)

    assert [0, 0, 1] == [row["line"] for row in line_of(reading)]
    assert ["2025-26 Q1"] == [row["x"] for row in drawn_rows(reading, "rule")]


def test_a_sign_of_change_is_a_larger_diamond() -> None:
    """The last of thirteen lies far outside."""
    reading = reading_of([30, 34] * 6 + [90])

    assert [90] == [row["y"] for row in drawn_rows(reading, "point", shape="diamond")]
    assert 12 == len(drawn_rows(reading, "point", shape="circle"))


def test_a_limit_that_no_count_could_reach_is_not_drawn() -> None:
    """A count cannot fall below nought: only the upper limit is named."""
    reading = reading_of([1, 9] * 7)
    named = [row["said"] for row in drawn_rows(reading, "text", dx=6)]

    assert ["Mean 5.0", "Upper limit 26.3"] == named


def test_labels_at_the_edge_keep_their_distance() -> None:
    """Mean 32.0 and target 32 would stand on one another."""
    reading = reading_of([30, 34] * 7, indicator("robberies", target=Target(value=32)))
    heights = [row["y"] for row in drawn_rows(reading, "text", dx=6)]
    low, high = series_spec(reading)["encoding"]["y"]["scale"]["domain"]

    assert all(after - before >= 14 * (high - low) / 150 * 0.999 for before, after in pairwise(heights))


def test_the_axis_begins_at_nought_unless_that_would_press_the_line_flat() -> None:
    """Where it does not, chart and words say so."""
    from_nought, raised = reading_of([10, 30, 20]), reading_of([901, 905, 903])

    assert 0 == series_spec(from_nought)["encoding"]["y"]["scale"]["domain"][0]
    assert "does not start at 0" == series_spec(raised)["encoding"]["y"]["title"]
    assert "The vertical axis does not start at 0." in chart_words(raised)


def test_the_words_of_a_chart_give_its_span_its_limits_and_its_signs() -> None:
    """All that the picture shows, for those who do not see it."""
    words = chart_words(reading_of([30, 34] * 6 + [90]))

    assert (
        "Line chart of 13 figures from April to June 2022 to April to June 2025. Lowest 30, highest 90, latest 90. "
        "Mean 32.0; usual range 21.4 to 42.6. 1 figure is marked as a sign of possible change."
    ) == words


def test_a_drawing_is_static_and_says_nothing_mark_by_mark() -> None:
    """No script, no event, no role: one image with one alternative text."""
    svg = draw(series_spec(reading_of([30, 34] * 7)))

    assert svg.startswith("<svg ")
    assert not re.search(r"<script|\son\w+=|role=|aria-|xlink:href=\"http", svg)


def test_the_same_chart_gives_the_same_bytes() -> None:
    """As SVG and as PNG."""
    spec = series_spec(reading_of([30, 34] * 7))

    assert picture_bytes(draw(spec)) == picture_bytes(draw(dict(reversed(spec.items()))))


def test_bars_keep_the_order_of_the_framework_and_say_what_is_hidden() -> None:
    """No ranking, and no bar for a hidden value."""
    svg = draw(bars_spec([("Weapons", 3.0, "3"), ("Drugs", None, "[c]"), ("Other", 9.0, "9")]))

    assert ["Weapons", "Drugs", "Other"] == re.findall(r">(Weapons|Drugs|Other)<", svg)
    assert ">[c]<" in svg


@pytest.mark.parametrize(
    ("start", "end", "label"),
    [
        (date(2025, 4, 1), date(2025, 6, 30), "2025-26 Q1"),
        (date(2025, 6, 1), date(2025, 6, 30), "Jun 2025"),
        (date(2025, 6, 1), date(2025, 9, 30), "Jun–Sep 2025"),
        (date(2024, 12, 1), date(2025, 1, 31), "Dec 2024–Jan 2025"),
        (date(2024, 4, 1), date(2025, 3, 31), "2024-25"),
        (date(2024, 7, 1), date(2025, 6, 30), "Year to Jun 2025"),
        (date(2025, 4, 22), date(2025, 7, 22), "22 Apr 2025–22 Jul 2025"),
    ],
)
def test_a_period_fits_under_a_chart(start: date, end: date, label: str) -> None:
    """A quarter by its name, any other period by its dates."""
    assert label == short_period(Period(start, end))


def contrast(colour: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(colour), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of a colour written as #rrggbb."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
