"""What was sent to outside readers, and the yearly reviews that were made for them."""

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
    release: str  # the release or yearly review that was sent, by the key of its fact; empty where it was none of ours
    receipt: str = ""  # what the reader gave for it: a reference, the day of an answer

    @property
    def key(self) -> str:
        return f"{self.submission}|{self.owed_on.isoformat()}|{self.at.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class YearlyReviewMade(Fact):
    """The yearly review that a submission of a day calls for is whole in the published store: its manifest was last."""

    partnership: str
    submission: str
    owed_on: date
    year_start: date
    version: int
    folder: str
    manifest_sha256: str
    releases: tuple[str, ...]  # the release of each quarter that it was made from, by `ReleaseMade.key`

    @property
    def key(self) -> str:
        return f"{self.submission}|{self.owed_on.isoformat()}|review {self.version}"
