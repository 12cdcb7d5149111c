"""Counts told for each so many people of their area: worked out from what is published, so a hidden count has no rate.

A rate and its population give the count back. It is therefore made of the protected figure and of nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.populations import Estimate
from quarterday.publishing.columns import OBSERVATION_KEY, Table, Value, described_columns
from quarterday.publishing.tables import Observation, RateRevision, ReleaseTables

PLACES = 4  # decimals of a published rate

RATE_OF_POPULATION_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "area_code: string: code of the Office for National Statistics",
    "breakdown: string: how the figure is split; empty for a total",
    "category: string: the class of the breakdown; empty for a total",
    "period_start: date: the first day that the figure really covers",
    "period_end: date: the last day that the figure really covers",
    "value: number: the published count for each so many of the population, within the period; empty where it has none",
    "per: integer: for how many of the population",
    "population: string: of whom; see the table of populations",
    "year: integer: the year of the estimate that was used",
    "population_count: integer: how many that estimate says there were",
    "marker: string: the marker of the count that it is worked out from",
)
POPULATION_COLUMNS = described_columns(
    "population: string: the population's code",
    "title: string: who is counted",
    "area_code: string: code of the Office for National Statistics",
    "year: integer: the year that the estimate is for",
    "count: integer: how many there were",
    "source: string: who published it",
    "published: date: when it was published",
)
RATE_REVISION_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "area_code: string: code of the Office for National Statistics",
    "breakdown: string: how the figure is split; empty for a total",
    "category: string: the class of the breakdown; empty for a total",
    "period_start: date: the first day that the figure really covers",
    "period_end: date: the last day that the figure really covers",
    "was: number: the rate in the release before",
    "was_year: integer: the year of the estimate that it was worked out with",
    "was_population: integer: how many that estimate says there were; empty where that release did not say it",
    "now: number: the rate in this release",
    "now_year: integer: the year of the estimate that was used now",
    "now_population: integer: how many that estimate says there were",
    "why: string: why it changed",
)


@dataclass(frozen=True)
class Rate:
    """A published count for each `per` of a population in its area, within the days that it covers."""

    value: float
    per: int
    title: str  # of the population
    count: int
    estimate: Estimate


def rate_of(framework: Framework, figure: Observation) -> Rate | None:
    """The rate of a published figure; None where it has no value, or `config/` gives no population for it."""
    indicator = framework.indicator.get(figure.indicator)
    told = indicator.rate if indicator else None
    population = framework.population.get(told.population) if told else None
    estimate = population.in_area(figure.area_code, figure.period) if population else None
    if told is None or population is None or estimate is None or figure.value is None:
        return None
    count = estimate.counts[figure.area_code]
    return Rate(figure.value * told.per / count, told.per, population.title, count, estimate)


def population_tables(framework: Framework, tables: ReleaseTables) -> Iterator[Table]:
    """The rates of a release's figures, and the populations behind them; nothing where no indicator has a rate."""
    if not any(each.rate for each in framework.indicators):
        return
    rows = tuple(_row(framework, each) for each in rated_figures(framework, tables))
    title = "Figures for each so many people"
    yield Table("per_population", title, RATE_OF_POPULATION_COLUMNS, rows, OBSERVATION_KEY)
    key = ("population", "area_code", "year")
    yield Table("populations", "Populations", POPULATION_COLUMNS, tuple(_populations(framework)), key)
    rows = tuple(_revised(each) for each in tables.rate_revisions)
    yield Table("rate_revisions", "Rates that another estimate changed", RATE_REVISION_COLUMNS, rows)


def rated_figures(framework: Framework, tables: ReleaseTables) -> list[Observation]:
    """The figures that have a rate where they have a value, earlier ones first.

    Each stands once: what stands in for another stands at its own period already.
    """
    rated = {each.code for each in framework.indicators if each.rate}
    figures = (each for each in (*tables.history, *tables.observations) if each.indicator in rated)
    return list({each.key: each for each in figures}.values())


def _row(framework: Framework, figure: Observation) -> tuple[Value, ...]:
    told, rate = framework.indicator[figure.indicator].rate, rate_of(framework, figure)
    assert told
    return (
        figure.indicator,
        figure.area_code,
        figure.breakdown,
        figure.category,
        figure.period.start,
        figure.period.end,
        round(rate.value, PLACES) if rate else None,
        told.per,
        told.population,
        rate.estimate.year if rate else None,
        rate.count if rate else None,
        str(figure.marker) if figure.marker else "",
    )


def _populations(framework: Framework) -> Iterator[tuple[Value, ...]]:
    for each in framework.populations:
        for estimate in sorted(each.estimates, key=lambda told: told.year):
            for area, count in sorted(estimate.counts.items()):
                yield each.code, each.title, area, estimate.year, count, estimate.source, estimate.published


def _revised(each: RateRevision) -> tuple[Value, ...]:
    indicator, area, breakdown, category, start, end = each.key
    was = (each.was, each.was_year, each.was_population)
    now = (each.now, each.now_year, each.now_population)
    return (indicator, area, breakdown, category, start, end, *was, *now, each.why)
