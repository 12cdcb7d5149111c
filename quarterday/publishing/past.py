"""Releases already made, read back from the published store: what readers have seen cannot be taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from quarterday.adapters.store import Damaged, NotStored, Stores
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.figures.keys import Key
from quarterday.publishing import manifest
from quarterday.publishing.csv_cells import lines_of, read_csv, whole_lines, without_guards
from quarterday.publishing.rows import read_observation, read_observations
from quarterday.publishing.table_files import read_parquet
from quarterday.publishing.tables import Observation

_key = attrgetter("key")


@dataclass(frozen=True)
class PastRelease:
    """One release as it was published."""

    fact: ReleaseMade
    observations: tuple[Observation, ...]
    history: tuple[Observation, ...]

    def by_key(self) -> dict[Key, Observation]:
        """Its own figures, by what tells them apart."""
        return by_key(self.observations)

    def everything(self) -> dict[Key, Observation]:
        """All that it says, history included."""
        return by_key((*self.history, *self.observations))


def by_key(observations: Sequence[Observation]) -> dict[Key, Observation]:
    """Observations by what tells them apart; a later one stands before an earlier one of the same key."""
    return dict(zip(map(_key, observations), observations, strict=True))  # half a million: in no loop of ours


def past_releases(stores: Stores, facts: Facts) -> list[PastRelease]:
    """Every release made, in the order in which they were made.

    Raises `Damaged` or `NotStored` where what readers have seen can no longer be read as it was published.
    """
    return [past_release(stores, fact) for fact in sorted(facts.of(ReleaseMade), key=lambda each: (each.at, each.key))]


def past_release(stores: Stores, fact: ReleaseMade) -> PastRelease:
    """One release as it was published. Raises `Damaged` or `NotStored`."""
    return PastRelease(fact, _observations(stores, fact, "observations"), _observations(stores, fact, "history"))


def rows_published(stores: Stores, fact: ReleaseMade, table: str) -> tuple[Mapping[str, str], ...]:
    """The rows of any table of a release, as they stand in its CSV; none where it has no such table.

    Raises `Damaged` or `NotStored`.
    """
    files = _files(stores, fact)
    if f"{table}.csv" not in files:
        return ()
    return tuple(read_csv(_published(stores, fact, f"{table}.csv", files[f"{table}.csv"].sha256)))


def _observations(stores: Stores, fact: ReleaseMade, table: str) -> tuple[Observation, ...]:
    return stores.known.get(("published", fact.folder, table), lambda: _read(stores, fact, table))


def _read(stores: Stores, fact: ReleaseMade, table: str) -> tuple[Observation, ...]:
    """A table as its manifest knows it: from the CSV, or where that is damaged from its twin in Parquet."""
    files = _files(stores, fact)
    if f"{table}.csv" not in files:
        return ()
    try:
        data = _published(stores, fact, f"{table}.csv", files[f"{table}.csv"].sha256)
    except (Damaged, NotStored):
        if f"{table}.parquet" not in files:
            raise
        twin = _published(stores, fact, f"{table}.parquet", files[f"{table}.parquet"].sha256)
        return tuple(map(read_observation, read_parquet(twin)))
    return _shared(stores, data)


def _shared(stores: Stores, data: bytes) -> tuple[Observation, ...]:
    """A table's observations: each release repeats the history of the one before, so of like lines one is held."""
    heading, *lines = whole_lines(data.decode()) or [""]
    told: dict[str, Observation] = stores.known.get(("told", heading), dict)
    new = list(dict.fromkeys(line for line in lines if line not in told))
    columns, rows = lines_of("\n".join([heading, *new]).encode())
    told.update(zip(new, read_observations(columns, map(without_guards, rows)), strict=True))
    return tuple(map(told.__getitem__, lines))


def _files(stores: Stores, fact: ReleaseMade) -> dict[str, manifest.Listed]:
    files: dict[str, manifest.Listed] = stores.known.get(("manifest", fact.folder), lambda: _listed(stores, fact))
    return files


def _listed(stores: Stores, fact: ReleaseMade) -> dict[str, manifest.Listed]:
    listing = _published(stores, fact, manifest.NAME, fact.manifest_sha256)
    return {each.path: each for each in manifest.listed(listing)}


def _published(stores: Stores, fact: ReleaseMade, path: str, sha256: str) -> bytes:
    """A file of a release. Raises `Damaged` or `NotStored`, which say how it comes back: no release goes on without."""
    try:
        return stores.published.get(f"{fact.folder}/{path}", sha256)
    except (Damaged, NotStored) as problem:
        why = "is missing" if isinstance(problem, NotStored) else "is not what was published"
        raise type(problem)(
            f"{fact.folder}/{path} {why}, and no release is made until it is back: each is held to what readers have "
            "seen. Restore a backup made before into another folder and copy the file from its store/published "
            "(docs/how-to/watch-an-installation.md, Damage)."
        ) from problem
