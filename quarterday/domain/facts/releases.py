"""Releases: made, approved, withdrawn."""

from dataclasses import dataclass
from enum import StrEnum

from quarterday.domain.facts.fact import Fact


class ReleaseKind(StrEnum):
    """The first release of a collection, or one that a later return or a withdrawal called for."""

    PROVISIONAL = "provisional"
    REVISED = "revised"


@dataclass(frozen=True, kw_only=True)
class ReleaseMade(Fact):
    """A release is whole in the published store: its manifest was written last."""

    partnership: str
    collection: str
    version: int
    kind: ReleaseKind
    folder: str
    manifest_sha256: str
    returns: tuple[str, ...]  # the returns it was made from
    changed: tuple[str, ...] | None = None  # board/version: whose figures that version told otherwise; None: not kept

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}"

    def tells_otherwise(self, board: str, since: int) -> bool:
        """Whether a board's figures are other ones than in version `since`, or may be: nothing was kept of it."""
        return self.changed is None or f"{board}/{since}" in self.changed


@dataclass(frozen=True, kw_only=True)
class ReleaseApproved(Fact):
    """An officer lets a version be published as it stands: made from these returns and no others."""

    partnership: str
    collection: str
    version: int
    returns: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class ReleaseWithdrawn(Fact):
    """An officer took a published version back: readers no longer get it, and it stays on record."""

    partnership: str
    collection: str
    version: int
    for_readers: str = ""  # what readers are told; `reason` stays inside

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}"


@dataclass(frozen=True, kw_only=True)
class PreReleaseGiven(Fact):
    """An officer gave somebody whom `config/` names access to a version before it is public: once, and published."""

    partnership: str
    collection: str
    version: int
    reader: str  # their code in `config/`
    name: str  # as it was then: the published list stays what it was
    post: str

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}|{self.reader}"


@dataclass(frozen=True, kw_only=True)
class ReleaseHeld(Fact):
    """An officer holds the next version back: it waits until one approves it."""

    partnership: str
    collection: str
    version: int

    @property
    def key(self) -> str:
        return f"{self.collection}|v{self.version}|{self.at.isoformat()}"
