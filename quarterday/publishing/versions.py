"""What a collection's versions said so far, and what the one being made says otherwise."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.releases import withdrawn
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, ReleaseWithdrawn
from quarterday.publishing.observations import Key
from quarterday.publishing.past import PastRelease
from quarterday.publishing.revising import revisions
from quarterday.publishing.tables import Observation, Revision, Version


class VersionsSoFar:
    """The versions of a collection before the one that is being made, oldest first."""

    def __init__(self, facts: Facts, past: Sequence[PastRelease], action: Publish) -> None:
        self._facts, self._action = facts, action
        before = (each for each in past if each.fact.collection == action.collection)
        earlier = (each for each in before if each.fact.version < action.version)
        self._made = sorted(earlier, key=lambda each: each.fact.version)

    @property
    def last(self) -> dict[Key, Observation]:
        """What the version before said, by figure."""
        return self._made[-1].by_key() if self._made else {}

    def log(self, now: Sequence[Observation]) -> tuple[Revision, ...]:
        """The log of every version so far: a reader of the third learns what the second changed."""
        log: list[Revision] = []
        for older, newer in pairwise(self._made):
            log += revisions(newer.fact.version, older.by_key(), newer.observations)
        return (*log, *(revisions(self._action.version, self.last, now) if self._made else ()))

    def since(self, now: Sequence[Observation]) -> tuple[tuple[int, tuple[Revision, ...]], ...]:
        """What changed against each earlier version that was not taken back: a board may have any of them."""
        standing = (each for each in self._made if not withdrawn(self._facts, each.fact))
        return tuple((each.fact.version, revisions(self._action.version, each.by_key(), now)) for each in standing)

    def versions(self, today: date) -> tuple[Version, ...]:
        """Every version so far, the one being made last."""
        taken_back = {each.version: each for each in self._facts.about(self._action.collection, ReleaseWithdrawn)}
        earlier = (
            Version(
                version=each.fact.version,
                kind=str(each.fact.kind),
                made_on=london_day(each.fact.at),
                withdrawn_on=london_day(gone.at) if (gone := taken_back.get(each.fact.version)) else None,
                for_readers=gone.for_readers if gone else "",
            )
            for each in self._made
        )
        return (*earlier, Version(self._action.version, str(self._action.kind), today))
