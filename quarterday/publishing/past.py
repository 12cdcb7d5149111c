"""Releases already made, read back from the published store: what readers have seen cannot be taken back."""

from dataclasses import dataclass

from quarterday.adapters.store import Stores
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.publishing.observations import Key, key_of
from quarterday.publishing.rows import read_observation
from quarterday.publishing.table_files import read_csv
from quarterday.publishing.tables import Observation


@dataclass(frozen=True)
class PastRelease:
    """One release as it was published."""

    fact: ReleaseMade
    observations: tuple[Observation, ...]
    history: tuple[Observation, ...]

    def by_key(self) -> dict[Key, Observation]:
        """Its own figures, by what tells them apart."""
        return {key_of(each): each for each in self.observations}

    def everything(self) -> dict[Key, Observation]:
        """All that it says, history included."""
        return {key_of(each): each for each in (*self.history, *self.observations)}


def past_releases(stores: Stores, facts: Facts) -> list[PastRelease]:
    """Every release made, in the order in which they were made."""
    return [
        PastRelease(
            fact,
            _observations(stores, f"{fact.folder}/observations.csv"),
            _observations(stores, f"{fact.folder}/history.csv"),
        )
        for fact in sorted(facts.of(ReleaseMade), key=lambda each: (each.at, each.key))
    ]


def _observations(stores: Stores, name: str) -> tuple[Observation, ...]:
    if not stores.published.exists(name):
        return ()
    return stores.known.get(
        ("published", name), lambda: tuple(read_observation(row) for row in read_csv(stores.published.get(name)))
    )
