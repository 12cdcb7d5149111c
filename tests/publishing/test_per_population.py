"""Counts for each so many people: worked out from what is published, so nothing hidden has a rate."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.populations import Estimate, Population, RateOf
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Paragraph, Terms
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.per_population import population_tables, rate_of
from quarterday.publishing.rows import tables_of
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
    rates, populations = population_tables(FRAMEWORK, release)
    card = Card(FRAMEWORK, SeriesTables(FRAMEWORK, release), ROBBERIES)

    assert [(2.4, ""), (2.72, ""), (None, "[c]")] == [(row[6], row[10]) for row in rates.rows]
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
