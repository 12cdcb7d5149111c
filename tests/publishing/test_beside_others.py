"""Figures beside those of other places: brought in with source and date, told for the very same days or not at all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.figures.reference_figures import COLUMNS, ReferenceFigure, reference_figures_in
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.comparisons import ComparedArea, Comparison
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Paragraph, Table
from quarterday.publishing.pack.scorecard import scorecard
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.rows import tables_of
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import tables

PUBLISHED = date(2025, 8, 1)
CENSUS = Estimate(year=2021, source="Census", published=date(2022, 6, 28), counts={"E09000099": 12_500})
RESIDENTS = Population(code="residents", title="residents", estimates=(CENSUS,))
TABLE = Comparison(
    code="police-table",
    title="Robberies of the region",
    source="Police",
    areas=(ComparedArea(code="region", name="Region"), ComparedArea(code="similar", name="Similar places")),
    caveat="Recording differs.",
)
ROBBERIES = indicator("robberies", rate=RateOf(population="residents"), compared_with="police-table")
FRAMEWORK = small_framework(indicators=(ROBBERIES,), populations=(RESIDENTS,), comparisons=(TABLE,))
RELEASE = tables(ROBBERIES, [30, 34, 60])
NOW = RELEASE.observations[0]


def figure(area: str, value: float, period: Period = NOW.period) -> ReferenceFigure:
    """What another place had."""
    return ReferenceFigure("robberies", "police-table", area, period, value, PUBLISHED)


def card(*others: ReferenceFigure, framework: Framework = FRAMEWORK, **changes: object) -> Card:
    """The card of the robberies beside those figures."""
    release = replace(RELEASE, references=others, **changes)
    return Card(framework, SeriesTables(framework, release), ROBBERIES)


def notes(of: Card) -> list[str]:
    """What the card says in small."""
    return [each.text for each in of.section.blocks if isinstance(each, Paragraph) and each.kind == "note"]


def test_others_stand_beside_for_the_same_days() -> None:
    """Ours first, then theirs in the order of the plan, with who published them and when."""
    of = card(figure("similar", 5.5), figure("region", 4.02))
    beside = [each for each in of.section.blocks if isinstance(each, Table)]

    assert [(("Somewhere", "4.8"), ("Region", "4.0"), ("Similar places", "5.5"))] == [each.rows for each in beside]
    assert [("Place", "Per 1,000 residents")] == [each.columns for each in beside]
    assert ["Robberies of the region. Source: Police, published on 1 August 2025. Recording differs."] == notes(of)
    assert "4.8; Region 4.0" in scorecard("All", [("", [of])]).lines[0].cells


def test_figures_of_other_days_are_not_compared() -> None:
    """The card says so, and of when the latest is; the scorecard has no column for it."""
    of = card(figure("region", 4.0, RELEASE.history[0].period))

    assert ["Not held against Region, Similar places: no figure of theirs for "] == [each[:65] for each in notes(of)]
    assert "the latest is for" in notes(of)[0]
    assert "Beside others" not in scorecard("All", [("", [of])]).columns


def test_a_hidden_figure_is_held_against_none() -> None:
    """Beside the region's a hidden count stays hidden."""
    hidden = replace(NOW, value=None, marker=Marker.CONFIDENTIAL)
    of = card(figure("region", 4.0), observations=(hidden,))

    assert not [each for each in of.section.blocks if isinstance(each, Table)]
    assert "there is no figure of ours" in notes(of)[0]


def test_a_release_holds_them_with_source_and_date() -> None:
    """As a table of their own; without any there is none."""
    told = {each.name: each for each in tables_of(FRAMEWORK, replace(RELEASE, references=(figure("region", 4.0),)))}

    assert (4.0, "Police", PUBLISHED) == told["reference_figures"].rows[0][6:]
    assert "reference_figures" not in {each.name for each in tables_of(FRAMEWORK, RELEASE)}


def rows(*told: Iterable[str]) -> list[dict[str, str | None]]:
    """Rows of a tidy table."""
    return [dict(zip(COLUMNS, each, strict=True)) for each in told]


GOOD = ("robberies", "region", "2025-04-01", "2025-06-30", "4.2")


@pytest.mark.parametrize(
    ("place", "said", "told"),
    [
        (0, "burglaries", "is no indicator"),
        (1, "E09000099", "is no place of police-table"),
        (2, "1/4/2025", "is no date"),
        (3, "2024-06-30", "period_end comes before period_start"),
        (4, "-1", "is no number of 0 or more"),
        (4, "", "is no number of 0 or more"),
    ],
)
def test_a_bad_row_is_told_with_its_line(place: int, said: str, told: str) -> None:
    """And nothing of it is taken; our own place is none of theirs."""
    bad = tuple(said if number == place else cell for number, cell in enumerate(GOOD))
    figures, problems = reference_figures_in(FRAMEWORK, TABLE, rows(GOOD, bad), PUBLISHED)

    assert 1 == len(figures)
    assert ["Line 3"] == [str(each)[:6] for each in problems]
    assert told in problems[0].sentence


def test_the_same_figure_twice_is_told() -> None:
    """Nobody could say which holds."""
    problems = reference_figures_in(FRAMEWORK, TABLE, rows(GOOD, GOOD), PUBLISHED)[1]

    assert "already stands on line 2" in problems[0].sentence
