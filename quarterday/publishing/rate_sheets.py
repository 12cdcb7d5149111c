"""Counts for each so many people as a sheet of the workbook: in words, each with the estimate behind it."""

from collections.abc import Iterator, Sequence

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe, quarter_name
from quarterday.publishing.columns import Value
from quarterday.publishing.per_population import PLACES, rate_of, rated_figures
from quarterday.publishing.tables import Observation, RateRevision, ReleaseTables

RATES = (
    "Indicator", "Area", "Breakdown", "Category", "Period", "From", "To", "Rate", "For each", "Of", "Figure", "Marker",
    "How many there are", "Estimate for", "Who estimates it", "Indicator code", "Area code",
)  # fmt: skip
REVISED = (
    "Indicator", "Area code", "Category", "From", "To", "Was", "Estimate for", "Is now", "Estimate now for", "Why",
)  # fmt: skip
Sheet = tuple[str, str, Sequence[str], Sequence[tuple[Value, ...]]]


def rate_sheets(framework: Framework, tables: ReleaseTables) -> Iterator[Sheet]:
    """The rates of this collection's figures and of earlier totals, and those that another estimate changed.

    Earlier ones by class and ward would be more than all other sheets together: `per_population.csv` has them.
    """
    now = {each.key for each in tables.observations}
    shown = (each for each in rated_figures(framework, tables) if not each.breakdown or each.key in now)
    rows = [_rate(framework, each) for each in shown]
    title = "Figures for each so many people; earlier ones by class are in per_population.csv"
    yield "Rates", title, RATES, rows
    revised = [_revised(framework, each) for each in tables.rate_revisions]
    yield "Rates revised", "Rates that another estimate changed", REVISED, revised


def _rate(framework: Framework, figure: Observation) -> tuple[Value, ...]:
    indicator, rate = framework.indicator[figure.indicator], rate_of(framework, figure)
    breakdown = framework.breakdown.get(figure.breakdown)
    told = indicator.rate
    assert told
    none = figure.markers or "no number of people"
    return (
        indicator.title,
        figure.area_name,
        (breakdown.title if breakdown else figure.breakdown) or "Total",
        figure.category_title or "Total",
        quarter_name(figure.period) or describe(figure.period),
        figure.period.start,
        figure.period.end,
        round(rate.value, PLACES) if rate else none,
        told.per,
        framework.population[told.population].title,
        figure.markers if figure.value is None else figure.value,
        figure.markers or "plain",
        rate.count if rate else none,
        rate.estimate.year if rate else none,
        rate.estimate.source if rate else none,
        figure.indicator,
        figure.area_code,
    )


def _revised(framework: Framework, each: RateRevision) -> tuple[Value, ...]:
    indicator, area, _, category, start, end = each.key
    title = framework.indicator[indicator].title
    return title, area, category, start, end, each.was, each.was_year, each.now, each.now_year, each.why
