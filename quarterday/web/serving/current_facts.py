"""The facts as they stand now, read from the register only when it has changed: pages are looked at far more often."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from quarterday.adapters.installation import Installation
from quarterday.adapters.links import opened_by
from quarterday.adapters.register.changes import Changes
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.facts import Fact, Facts, LinkIssued


@dataclass(frozen=True)
class Snapshot:
    """The register's state at one mark: its facts, and the links that work."""

    mark: object
    facts: Facts
    links: LiveLinks

    def live_link(self, token: str, now: datetime) -> LinkIssued | None:
        """The link that a token opens now."""
        return opened_by(self.links, token, now)


class CurrentFacts:
    """What is known of the partnership now."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._changes = Changes(installation.register.engine)
        self._snapshot: Snapshot | None = None
        self._met: dict[tuple[type[Fact], str], Fact] = {}
        self._reading = Lock()

    def snapshot(self) -> Snapshot:
        """The state as it is now: the very same object until something is recorded, by whatever process."""
        mark = self._changes.mark()
        known = self._snapshot
        if known is not None and known.mark == mark:
            return known
        with self._reading:  # of many visitors who come just after a change, one reads
            mark = self._changes.mark()
            if self._snapshot is None or self._snapshot.mark != mark:
                self._snapshot = self._read(mark)
            return self._snapshot

    def at_once(self) -> Snapshot | None:
        """The state, where telling that nothing has changed needs no waiting; else None."""
        known = self._snapshot
        return known if known is not None and self._changes.at_once and self._changes.mark() == known.mark else None

    def _read(self, mark: object) -> Snapshot:
        facts = self._shared(self._installation.facts())
        return Snapshot(mark, facts, LiveLinks(facts))

    def _shared(self, facts: Facts) -> Facts:
        """The facts, those met before as the very objects they were: visits of many states then share what they hold.

        An upload holds its state while it is checked, and each upload makes a new state: twenty at once would hold
        every fact twenty times over.
        """
        met = {(type(each), each.key): each for each in facts}
        for place, fact in met.items():
            if (before := self._met.get(place)) == fact and before is not None:
                met[place] = before
        self._met = met
        return Facts(met.values())
