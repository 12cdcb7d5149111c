"""Strong seasons are taken out: a figure is held against the same part of other years, where there are enough."""

from random import Random

import pytest

from quarterday.domain.framework.indicators import Target
from quarterday.domain.framework.periods import financial_quarter
from quarterday.publishing.charts.seasons import with_seasons
from quarterday.publishing.charts.spc import Point, control_chart
from quarterday.publishing.charts.specification import series_spec
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.model import Paragraph
from quarterday.publishing.pack.series import SeriesTables
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import tables

FIRES = indicator("fires", target=Target(value=60), direction="lower is better")
FRAMEWORK = small_framework(indicators=(FIRES,))
# From April to June: summer is high each year, winter low, with some ups and downs of its own.
YEAR = (60.0, 82.0, 41.0, 22.0)
YEARS = [value + more for more in (0.0, 4.0, 1.0, 5.0) for value in YEAR]
SAID = "Its seasons are strong: each figure is held against the same part of other years, and the limits follow them."


def card(values: list[float]) -> Card:
    """The card of the fires after these quarters, the last of them April to June 2025."""
    return Card(FRAMEWORK, SeriesTables(FRAMEWORK, tables(FIRES, values)), FIRES)


def notes(of: Card) -> list[str]:
    """What its card says in small."""
    return [each.text for each in of.section.blocks if isinstance(each, Paragraph) and each.kind == "note"]


def test_a_usual_quarter_is_usual_for_its_part_of_the_year() -> None:
    """63 fires in spring are as many as every spring, though far above winter's."""
    of = card([*YEARS, 63.0])

    assert Change.NONE is of.change_said.change
    assert "within the usual range of its part of the year (" in of.change_said.sentence
    assert [SAID] == notes(of)
    assert of.picture
    assert "Mean of this part of the year 62.5; usual range" in of.picture.description


def test_a_spring_like_a_winter_is_a_sign() -> None:
    """24 is usual for winter: limits without seasons would take it for nothing."""
    of = card([*YEARS, 24.0])
    plain = control_chart([Point(each.period, each.value) for each in of.reading.chart.points])

    assert Change.REAL is of.change_said.change
    assert "24 is below the lower limit of" in of.change_said.sentence
    assert of.change_said.sentence.startswith("24 is below the lower limit of ")
    assert "of its part of the year." in of.change_said.sentence
    assert () == plain.signals_at(16)


def test_mean_and_limits_are_drawn_with_the_seasons() -> None:
    """Each point has its own; a target that one part of the year meets and another misses is no matter of limits."""
    of = card([*YEARS, 63.0])
    rows = [row for layer in series_spec(of.reading)["layer"][:1] for row in layer["data"]["values"]]

    assert [62.5, 84.5, 43.5, 24.5] == [row["y"] for row in rows[:4]]
    assert of.aim
    assert of.aim.reach is None


@pytest.mark.parametrize(
    "values",
    [
        YEARS[4:],  # three years and a quarter less: not enough of each part
        [50.0, 52.0, 49.0, 51.0, 48.0] * 4,  # ups and downs that follow no season
    ],
)
def test_fewer_years_or_no_season_leave_the_chart_as_it_was(values: list[float]) -> None:
    """Nothing is said of seasons, and the mean is one line."""
    of = card(values)

    assert [] == notes(of)
    assert {0.0} == {point.season for point in of.reading.chart.points}


def test_chance_shows_no_more_signs_than_without_seasons() -> None:
    """Three hundred unchanged series with strong seasons: signs in the latest point stay below one in ten."""
    chance, flagged, seasonal = Random(7), 0, 0
    periods = [financial_quarter(2000 + number // 4, number % 4 + 1) for number in range(20)]
    for _ in range(300):
        values = [chance.gauss(100, 10) + (30, -30, 15, -15)[number % 4] for number in range(20)]
        made = [Point(period, value) for period, value in zip(periods, values, strict=True)]
        chart = control_chart(with_seasons(made, FIRES.frequency))
        seasonal += chart.stretches[0].seasonal
        flagged += any(signal.last == 19 for signal in chart.signals)

    assert seasonal > 290
    assert flagged < 30
