"""A register that was put back, and the word that runs may go on."""

from dataclasses import dataclass

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class RegisterRestored(Fact):
    """The register was put back from a backup: what happened since it was made is not on record."""

    partnership: str
    taken_at: str  # when the backup was made

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class GoingOnConfirmed(Fact):
    """An officer looked at the date and at what would go out, and lets it."""

    partnership: str

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.at.isoformat()}"
