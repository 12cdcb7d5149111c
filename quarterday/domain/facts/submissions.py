"""What was sent to outside readers."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.facts.fact import Fact


@dataclass(frozen=True, kw_only=True)
class SubmissionSent(Fact):
    """Something owed outward was sent: of which day, which release, and its receipt. The latest holds."""

    partnership: str
    submission: str
    owed_on: date
    sent_on: date
    release: str  # the release that was sent, as `ReleaseMade.key` names it; empty where it was none of ours
    receipt: str = ""  # what the reader gave for it: a reference, the day of an answer

    @property
    def key(self) -> str:
        return f"{self.submission}|{self.owed_on.isoformat()}|{self.at.isoformat()}"
