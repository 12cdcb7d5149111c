"""Rates that change though no count did: another estimate of a population is a revision too, and is told."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from quarterday.adapters.store import Stores
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.past import rows_published
from quarterday.publishing.per_population import PLACES, Rate, rate_of, rated_figures
from quarterday.publishing.tables import RateRevision, ReleaseTables

Row = Mapping[str, str]


def since_the_last_release(
    framework: Framework, stores: Stores, facts: Facts, tables: ReleaseTables
) -> tuple[RateRevision, ...]:
    """What a release says otherwise than the release made before it, where that is an estimate's doing.

    Raises `Damaged` or `NotStored` where that release can no longer be read.
    """
    before = max(facts.of(ReleaseMade), key=lambda each: (each.at, each.key), default=None)
    if before is None or not any(each.rate for each in framework.indicators):
        return ()
    return tuple(rate_revisions(framework, rows_published(stores, before, "per_population"), tables))


def rate_revisions(framework: Framework, before: Iterable[Row], tables: ReleaseTables) -> Iterator[RateRevision]:
    """The rates whose estimate is another than in the rows of the release before, in this release's order."""
    told = {_key(row): row for row in before if row["value"]}
    for figure in rated_figures(framework, tables):
        row = told.get(figure.key)
        if row and (rate := rate_of(framework, figure)) and _other_estimate(row, rate):
            yield _revision(framework, figure.key, row, rate)


def _key(row: Row) -> Key:
    days = (date.fromisoformat(row[name]) for name in ("period_start", "period_end"))
    start, end = days
    return row["indicator"], row["area_code"], row["breakdown"], row["category"], start, end


def _other_estimate(row: Row, rate: Rate) -> bool:
    """Whether a row was worked out with another estimate: by year alone, where a row of before has no number."""
    said = row.get("population_count")
    return int(row["year"]) != rate.estimate.year or bool(said and int(said) != rate.count)


def _revision(framework: Framework, key: Key, row: Row, rate: Rate) -> RateRevision:
    estimate, said = rate.estimate, row.get("population_count")
    same_year = int(row["year"]) == estimate.year
    other = f"Another number of {rate.title} for {estimate.year} is"
    what = other if same_year else f"The number of {rate.title} of {estimate.year} is"
    return RateRevision(
        key=key,
        was=float(row["value"]),
        was_year=int(row["year"]),
        was_population=int(said) if said else None,
        now=round(rate.value, PLACES),
        now_year=estimate.year,
        now_population=rate.count,
        why=f"{what} used now ({estimate.source}, published on {say_date(estimate.published)}).",
    )
