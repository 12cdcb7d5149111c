"""A financial year as the quarters that were published of it, and when a yearly review of it is to be made.

This stands beside the day's decision: it looks back a year, at collections that are long at rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.actions import MakeReview
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.pausing import restored_and_not_looked_at
from quarterday.domain.collection.releases import releases_of, standing_releases
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts, ReleaseMade, YearlyReviewMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, describe, financial_quarter, quarter_name, say_date, year_name
from quarterday.domain.framework.submissions import SubmissionKind, year_before
from quarterday.domain.risks.submissions import NOTICE, Owed, owed_outward

NOT_COLLECTED = "no figures were collected for it"
CALLED_OFF = "its collection was called off"
TAKEN_BACK = "what was published of it was taken back, and nothing stands in its place"
NOT_PUBLISHED = "nothing has been published of it"
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@dataclass(frozen=True)
class YearsQuarter:
    """One quarter of a year: its newest release that stands, or why it has none."""

    period: Period
    collection: str = ""  # empty where none asked for it
    release: ReleaseMade | None = None
    why_not: str = ""

    @property
    def label(self) -> str:
        """How it is called: `2025-26 Q1`, or its days where it is no financial quarter."""
        return quarter_name(self.period) or describe(self.period)

    @property
    def absence(self) -> str:
        """That it is not in a review, and why."""
        return f"{self.label} is not in it: {self.why_not}."


@dataclass(frozen=True)
class Year:
    """A financial year, quarter by quarter, oldest first."""

    period: Period
    quarters: tuple[YearsQuarter, ...]

    @property
    def name(self) -> str:
        """`2025-26`."""
        return year_name(self.period)

    @property
    def labels(self) -> tuple[str, ...]:
        """The quarters as they are called within the year: `Q1`; the days of one that is no financial quarter."""
        return tuple(each.label.removeprefix(f"{self.name} ") for each in self.quarters)

    @property
    def published(self) -> tuple[YearsQuarter, ...]:
        """The quarters of which a release stands."""
        return tuple(each for each in self.quarters if each.release)

    @property
    def whole(self) -> bool:
        """Whether a release stands of every quarter."""
        return len(self.published) == len(self.quarters)

    @property
    def releases(self) -> tuple[str, ...]:
        """What a review is made from now, by `ReleaseMade.key`."""
        return tuple(each.release.key for each in self.quarters if each.release)

    @property
    def tally(self) -> str:
        """`three of four quarters`: how much of the year is published."""
        quarters = all(quarter_name(each.period) for each in self.quarters)
        count, of = len(self.published), len(self.quarters)
        return f"{_in_words(count)} of {_in_words(of)} {'quarters' if quarters else 'periods'}"


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def year_of(framework: Framework, facts: Facts, period: Period) -> Year:
    """The year as it stands: each collection whose period ends in it, and each quarter that none asked for."""
    asked = [each for each in plans(framework, facts) if period.start <= each.period.end <= period.end]
    found = [_quarter(facts, each) for each in asked]
    for number in (1, 2, 3, 4):
        quarter = financial_quarter(period.start.year, number)
        if not any(each.period.overlap_days(quarter) for each in asked):
            found.append(YearsQuarter(quarter, why_not=NOT_COLLECTED))
    return Year(period, tuple(sorted(found, key=lambda each: (each.period.end, each.period))))


def _quarter(facts: Facts, plan: Timetable) -> YearsQuarter:
    stands = standing_releases(facts, plan.collection)
    if stands:
        return YearsQuarter(plan.period, plan.collection, stands[-1])
    taken_back = TAKEN_BACK if releases_of(facts, plan.collection) else NOT_PUBLISHED
    return YearsQuarter(plan.period, plan.collection, why_not=CALLED_OFF if plan.called_off else taken_back)


def reviews_made(facts: Facts, owed: Owed) -> tuple[YearlyReviewMade, ...]:
    """The reviews that were made for something owed on a day, oldest version first."""
    made = (each for each in facts.of(YearlyReviewMade) if (each.submission, each.owed_on) == _about(owed))
    return tuple(sorted(made, key=lambda each: each.version))


def _about(owed: Owed) -> tuple[str, object]:
    return owed.submission.code, owed.on


def reviews_due(framework: Framework, facts: Facts, today: date) -> Iterator[MakeReview]:
    """The reviews to be made by a day: once every quarter is published, and a fortnight before it is owed in any case.

    One is made anew where another release of a quarter stands since, until somebody records that it was sent. None is
    made of a restored register before an officer has looked at it: it may not know the newest releases.
    """
    if restored_and_not_looked_at(facts.going_on):
        return
    for owed in owed_outward(framework, facts.going_on):
        period = year_before(owed.on)
        if owed.submission.kind is SubmissionKind.YEARLY_REVIEW and owed.sent is None and period.end < today:
            year, made = year_of(framework, facts, period), reviews_made(facts.going_on, owed)
            ready = year.whole or owed.on - NOTICE <= today
            if year.published and ready and not (made and made[-1].releases == year.releases):
                yield _made_now(owed, year, made[-1] if made else None, today)


def _made_now(owed: Owed, year: Year, last: YearlyReviewMade | None, today: date) -> MakeReview:
    since = ", and other releases stand than its last version was made from" if last else ""
    return MakeReview(
        submission=owed.submission.code,
        owed_on=owed.on,
        year=year.period,
        version=last.version + 1 if last else 1,
        on=today,
        why=f"It is owed by {say_date(owed.on)}: {year.tally} of {year.name} are published{since}.",
    )
