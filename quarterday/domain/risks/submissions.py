"""What is owed outward, day by day: what was sent of it, what is near, and what is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.facts import Facts, SubmissionSent
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.framework.submissions import Submission

NOTICE = timedelta(days=14)  # there is a pack for it already: it needs a look, a letter and a signature


@dataclass(frozen=True)
class Owed:
    """One day on which something is owed."""

    submission: Submission
    on: date
    sent: SubmissionSent | None

    @property
    def name(self) -> str:
        """How it is named on pages and in forms."""
        return f"{self.submission.code}/{self.on.isoformat()}"

    def overdue(self, day: date) -> bool:
        """Whether its day has passed and nobody has recorded that it was sent."""
        return self.sent is None and self.on < day

    def news(self, day: date) -> str:
        """What an officer should hear of it on a day; empty where nothing."""
        if self.overdue(day):
            return f"was owed by {say_date(self.on)}, and nobody has recorded that it was sent"
        return f"is owed by {say_date(self.on)}" if self.sent is None and self.on - NOTICE <= day else ""


def owed_outward(framework: Framework, facts: Facts) -> tuple[Owed, ...]:
    """Everything that is owed, earliest first."""
    latest = {(each.submission, each.owed_on): each for each in facts.of(SubmissionSent)}
    found = (Owed(each, on, latest.get((each.code, on))) for each in framework.submissions for on in each.owed_on)
    return tuple(sorted(found, key=lambda each: (each.on, each.submission.code)))


def submissions_to_hear_of(framework: Framework, facts: Facts, day: date) -> Iterator[tuple[Owed, date, str]]:
    """What an officer should hear of on a day, each with since when and what."""
    for each in owed_outward(framework, facts):
        if said := each.news(day):
            yield each, each.on if each.overdue(day) else each.on - NOTICE, said
