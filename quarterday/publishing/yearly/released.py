"""What was released of a year: the newest release that stands of each quarter, and the latest word on each figure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from quarterday.adapters.store import Stores
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.releases import latest_release, newest_releases
from quarterday.domain.collection.yearly import Year, YearsQuarter
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.publishing.disclosure.beside import as_told
from quarterday.publishing.past import past_release, rows_published
from quarterday.publishing.tables import Observation

Rows = tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class ReleasedQuarter:
    """One quarter, with what its release says; nothing where none stands."""

    quarter: YearsQuarter
    framework: Framework
    observations: tuple[Observation, ...] = ()
    gaps: Rows = ()
    rates: Rows = ()
    activities: Rows = ()


@dataclass(frozen=True)
class ReleasedYear:
    """A year as readers may have it. `word` is the latest published word on each figure; what was taken back has none.

    Asks and actions are those of the newest release there is: what became of a decision may be told after the year.
    """

    year: Year
    quarters: tuple[ReleasedQuarter, ...]
    word: Mapping[Key, Observation]
    asks: Rows = ()
    actions: Rows = ()

    @property
    def framework(self) -> Framework:
        """The framework of the last quarter that was published."""
        return [each for each in self.quarters if each.quarter.release][-1].framework

    @cached_property
    def known(self) -> dict[str, tuple[Framework, Indicator]]:
        """Each indicator of the year with the last framework that knows it; those of the last quarter first."""
        found: dict[str, tuple[Framework, Indicator]] = {}
        for each in reversed([each for each in self.quarters if each.quarter.release]):
            for indicator in each.framework.indicators:
                found.setdefault(indicator.code, (each.framework, indicator))
        return found


def released_year(stores: Stores, framework: Framework, facts: Facts, year: Year) -> ReleasedYear:
    """Read a year back from what was published. Raises `Damaged` or `NotStored`."""
    word = _latest_word(stores, framework, facts, year)
    quarters = tuple(_quarter(stores, framework, facts, each, word.values()) for each in year.quarters)
    newest = latest_release(facts)
    assert newest, "a review is made of what was published"
    return ReleasedYear(
        year, quarters, word, rows_published(stores, newest, "asks"), rows_published(stores, newest, "actions")
    )


def _quarter(
    stores: Stores, framework: Framework, facts: Facts, quarter: YearsQuarter, published: Iterable[Observation]
) -> ReleasedQuarter:
    made = quarter.release
    if made is None:
        return ReleasedQuarter(quarter, framework)
    return ReleasedQuarter(
        quarter,
        as_told(framework_of(framework, facts, made.collection), published),
        past_release(stores, made).observations,
        *(rows_published(stores, made, table) for table in ("gaps", "rates", "activities")),
    )


def _latest_word(stores: Stores, framework: Framework, facts: Facts, year: Year) -> dict[Key, Observation]:
    """What the releases that stand say last of each figure of the year, by when they were made."""
    newest = newest_releases(facts)
    word: dict[Key, Observation] = {}
    for made in sorted(newest.values(), key=lambda each: (each.at, each.key)):
        if period_of(framework, facts, made.collection).end >= year.period.start:
            told = past_release(stores, made).everything().values()
            word |= {each.key: each for each in told if _of_the_year(each, year)}
    for made in facts.of(ReleaseMade):
        if made.collection not in newest:  # all of it was taken back: what another release repeats of it is not told
            for each in past_release(stores, made).observations:
                word.pop(each.key, None)
    return word


def _of_the_year(each: Observation, year: Year) -> bool:
    return not each.stale and year.period.overlap_days(each.period) > 0
