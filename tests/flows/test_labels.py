"""Runs bear the name of a quarter whatever has come to rest."""

from datetime import date
from typing import Any

import pytest

from flows.showing.labels import collection_label, current_collection
from quarterday.domain.collection.at_rest import without_what_is_over
from quarterday.domain.facts import CollectionsAtRest, Facts, FactsAtHand, RequestMade
from tests.domain.lived import at
from tests.domain.test_at_rest import LAST, QUIET_YEAR, STARTS, YEAR

LAST_QUARTER = sorted(STARTS)[-1]
ALL_OVER = CollectionsAtRest(
    collections=tuple(sorted(STARTS)), quiet_since=at(LAST), partnership="somewhere", by="quarterday", at=at(LAST)
)


class Reading:
    """An installation that counts how often all its facts are read."""

    framework = YEAR

    def __init__(self, facts: Facts) -> None:
        self.all, self.read = facts, 0
        self.facts = FactsAtHand(without_what_is_over(facts), self.fetch)

    def fetch(self) -> Facts:
        self.read += 1
        return self.all


@pytest.mark.parametrize(("facts", "read"), [(QUIET_YEAR, 0), (QUIET_YEAR.plus(ALL_OVER), 1)])
def test_the_last_quarter_is_under_way_however_long_it_has_been_over(facts: Facts, read: int) -> None:
    """With its requests, so that the overview tells who answered; all facts are read only where nothing goes on."""
    office: Any = Reading(facts)
    plan, known = current_collection(office, office.facts, date(2026, 6, 30))

    assert "2025-26 Q3" == collection_label(plan)
    assert LAST_QUARTER in {each.collection for each in known.of(RequestMade)}
    assert read == office.read


def test_before_the_first_quarter_there_is_none() -> None:
    """A run then bears its own name alone."""
    office: Any = Reading(Facts())
    assert (None, "") == (current_collection(office, office.facts, date(2024, 1, 1))[0], collection_label(None))
