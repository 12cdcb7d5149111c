"""Counts for each so many people: worked out from what is published, so nothing hidden has a rate."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from quarterday.publishing.csv_cells import read_csv
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Paragraph, Terms
from quarterday.publishing.pack.revisions_told import revisions_section
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.per_population import population_tables, rate_of
from quarterday.publishing.rate_revisions import rate_revisions
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.publishing.workbook import workbook
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import tables

BOROUGH, PEOPLE = "E09000099", 12_500
CENSUS = Estimate(year=2021, source="Census", published=date(2022, 6, 28), counts={BOROUGH: PEOPLE})
RESIDENTS = Population(code="residents", title="residents", estimates=(CENSUS,))
ROBBERIES = indicator("robberies", rate=RateOf(population="residents"))
FRAMEWORK = small_framework(indicators=(ROBBERIES,), populations=(RESIDENTS,))
RELEASE = tables(ROBBERIES, [30, 34, 60])


def test_a_rate_stands_on_the_card_with_its_population() -> None:
    """60 robberies among 12,500 residents are 4.8 for each thousand."""
    card = Card(FRAMEWORK, SeriesTables(FRAMEWORK, RELEASE), ROBBERIES)
    said = [each.text for each in card.section.blocks if isinstance(each, Paragraph)]
    terms = dict(row for each in card.annex.blocks if isinstance(each, Terms) for row in each.rows)

    assert "That is 4.8 per 1,000 residents." in said
    assert "12,500 residents in 2021 (Census, published on 28 June 2022)" == terms["Rate worked out with"]


def test_a_hidden_count_has_no_rate_anywhere() -> None:
    """A rate of it would give it back: the cell is empty and bears the count's marker, the card says nothing."""
    hidden = replace(RELEASE.observations[0], value=None, marker=Marker.CONFIDENTIAL)
    release = replace(RELEASE, observations=(hidden,))
    rates, populations, _ = population_tables(FRAMEWORK, release)
    card = Card(FRAMEWORK, SeriesTables(FRAMEWORK, release), ROBBERIES)

    assert [(2.4, ""), (2.72, ""), (None, "[c]")] == [(row[6], row[11]) for row in rates.rows]
    assert [("residents", "residents", BOROUGH, 2021, PEOPLE, "Census", date(2022, 6, 28))] == [*populations.rows]
    assert not any(isinstance(each, Paragraph) and "per 1,000" in each.text for each in card.section.blocks)


@given(
    value=st.none() | st.integers(0, 100_000), people=st.integers(1, 10_000_000), per=st.sampled_from((1, 1000, 10**5))
)
def test_a_rate_says_what_its_published_count_says(value: int | None, people: int, per: int) -> None:
    """With its population it gives the published count back, and where none is published it is none."""
    estimate = CENSUS.model_copy(update={"counts": {BOROUGH: people}})
    population = RESIDENTS.model_copy(update={"estimates": (estimate,)})
    rated = ROBBERIES.model_copy(update={"rate": RateOf(population="residents", per=per)})
    framework = small_framework(indicators=(rated,), populations=(population,))
    rate = rate_of(framework, replace(RELEASE.observations[0], value=value))

    assert value == (None if rate is None else round(rate.value * people / per))


def test_without_rates_nothing_is_said_of_people() -> None:
    """A partnership that gives no population has neither table."""
    plain = small_framework(indicators=(indicator("robberies"),))

    assert {"per_population", "populations"}.isdisjoint(each.name for each in tables_of(plain, RELEASE))
    assert {"per_population", "populations"} <= {each.name for each in tables_of(FRAMEWORK, RELEASE)}


def _other(counts: int, year: int = 2021) -> Framework:
    """The same partnership with another estimate of its residents: of the same year, or of a later one."""
    estimate = Estimate(year=year, source="Mid-year", published=date(2025, 9, 1), counts={BOROUGH: counts})
    before = () if year == CENSUS.year else (CENSUS,)
    population = RESIDENTS.model_copy(update={"estimates": (*before, estimate)})
    return small_framework(indicators=(ROBBERIES,), populations=(population,))


def _published(framework: Framework) -> list[dict[str, str]]:
    return list(read_csv(to_csv(next(population_tables(framework, RELEASE)))))


@pytest.mark.parametrize(
    ("year", "changed", "why"),
    [
        (2021, 3, "Another number of residents for 2021 is used now (Mid-year, published on 1 September 2025)."),
        (2025, 2, "The number of residents of 2025 is used now (Mid-year, published on 1 September 2025)."),
        (2026, 0, ""),
    ],
)
def test_another_estimate_is_a_revision_of_the_rates_that_it_changes(year: int, changed: int, why: str) -> None:
    """The counts are as they were; each rate is told as it was and as it is, with both estimates. 60 in 15,000 is 4."""
    found = list(rate_revisions(_other(15_000, year), _published(FRAMEWORK), RELEASE))

    assert changed == len(found)
    if found:
        latest = found[-1]
        assert (4.8, 2021, PEOPLE, 4.0, year, 15_000) == (
            latest.was, latest.was_year, latest.was_population, latest.now, latest.now_year, latest.now_population,
        )  # fmt: skip
        assert {why} == {each.why for each in found}


def test_the_same_estimate_or_a_hidden_count_is_no_revision() -> None:
    """What is hidden now has no rate, and what it was is not said again."""
    hidden = replace(RELEASE, observations=(replace(RELEASE.observations[0], value=None),), history=())

    assert [] == list(rate_revisions(FRAMEWORK, _published(FRAMEWORK), RELEASE))
    assert [] == list(rate_revisions(_other(15_000), _published(FRAMEWORK), hidden))


def test_a_release_of_before_is_told_apart_by_its_year() -> None:
    """It did not say how many there were."""
    rows = [{name: cell for name, cell in row.items() if name != "population_count"} for row in _published(FRAMEWORK)]

    assert [] == list(rate_revisions(_other(15_000), rows, RELEASE))
    assert [None, None] == [each.was_population for each in rate_revisions(_other(15_000, 2025), rows, RELEASE)]


def test_revised_rates_stand_in_the_pack_and_in_tables() -> None:
    """A board reads why; the table and the workbook have each rate."""
    framework = _other(15_000)
    release = replace(RELEASE, rate_revisions=tuple(rate_revisions(framework, _published(FRAMEWORK), RELEASE)))
    card = Card(framework, SeriesTables(framework, release), ROBBERIES)
    section = revisions_section(framework, release, [card])
    book = load_workbook(BytesIO(workbook(framework, release)), read_only=True)

    assert section and "It changes 3 rates: Robberies." in str(section.blocks)
    assert 3 == len([*population_tables(framework, release)][2].rows)
    assert {"Rates", "Rates revised"} <= set(book.sheetnames)
    assert [4.0] == [row[7] for row in book["Rates"].iter_rows(values_only=True) if row[10] == 60]
