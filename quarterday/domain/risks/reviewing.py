"""How a risk stands by its latest review, what a review needs, and which reviews are due or were missed.

Nothing of it needs a collection: a review that is due stands in its owner's next request, and counts whenever it comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from quarterday.domain.facts import Facts, RiskReviewed, Trend
from quarterday.domain.facts.readings import may_still_wait, names_read
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import A_YEAR, say_date
from quarterday.domain.framework.risks import Impact, Likelihood, Risk

WORDS = 600  # characters of a mitigation: two or three sentences


class Level(StrEnum):
    """How serious a risk is: likelihood and impact together, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


_FROM = ((12, Level.VERY_HIGH), (8, Level.HIGH), (4, Level.MEDIUM), (0, Level.LOW))  # likelihood times impact


def score(likelihood: Likelihood, impact: Impact) -> int:
    """Likelihood (1 to 5) times impact (1 to 4): for ordering, never shown as if it were a measurement."""
    return (list(Likelihood).index(likelihood) + 1) * (list(Impact).index(impact) + 1)


@dataclass(frozen=True)
class RiskStands:
    """A risk as its latest review left it; as `config/` has it where there was none."""

    risk: Risk
    likelihood: Likelihood
    impact: Impact
    trend: Trend | None  # None where nobody has reviewed it
    mitigation: str
    said_by: RiskReviewed | None  # whose words the mitigation is; None: those of `config/`
    review: date  # the day of its next review
    last: RiskReviewed | None

    @property
    def score(self) -> int:
        """How serious it is, for ordering."""
        return score(self.likelihood, self.impact)

    @property
    def level(self) -> Level:
        """How serious it is, in a word."""
        return next(level for least, level in _FROM if self.score >= least)

    def missed(self, day: date) -> bool:
        """Whether its review was to be made before a day and was not."""
        return self.review < day


def risk_stands(facts: Facts, risk: Risk) -> RiskStands:
    """How a risk stands by all that is recorded."""
    reviews = [each for each in facts.of(RiskReviewed) if each.risk == risk.code]
    last = reviews[-1] if reviews else None
    said = next((each for each in reversed(reviews) if each.mitigation), None)
    return RiskStands(
        risk=risk,
        likelihood=last.likelihood if last else risk.likelihood,
        impact=last.impact if last else risk.impact,
        trend=last.trend if last else None,
        mitigation=said.mitigation if said else risk.mitigation,
        said_by=said,
        review=last.next_review if last else risk.review,
        last=last,
    )


def all_risks(framework: Framework, facts: Facts, day: date) -> tuple[RiskStands, ...]:
    """Every risk that was raised by a day, the most serious first."""
    found = (risk_stands(facts, each) for each in framework.risks if each.raised <= day)
    return tuple(sorted(found, key=lambda each: -each.score))


def bears_on(framework: Framework, risk: Risk) -> frozenset[str]:
    """The indicators that words on a risk may tell of: those that it names, else those that its owner supplies."""
    return frozenset(risk.indicators or (each.code for each in framework.supplied_by(risk.owner)))


def reviews_unread(framework: Framework, facts: Facts, today: date) -> Iterator[RiskReviewed]:
    """The reviews of owners that hold, with words that no officer has read and that may tell what is hidden."""
    read = names_read(facts)
    for stands in all_risks(framework, facts, today):
        said = stands.said_by
        if said is None or said.by_an_officer or (said.reviewed, said.risk) in read or not may_still_wait(said, today):
            continue
        about = (framework.indicator[each] for each in bears_on(framework, stands.risk) if each in framework.indicator)
        if any(each.disclosure.hides for each in about):
            yield said


def reviews_due(framework: Framework, facts: Facts, owner: str, by: date) -> tuple[RiskStands, ...]:
    """The risks of an owner that are to be reviewed by a day."""
    return tuple(
        each for each in all_risks(framework, facts, by) if _owns(framework, owner, each) and each.review <= by
    )


def owned_by(framework: Framework, facts: Facts, owner: str, day: date) -> dict[str, RiskStands]:
    """The risks that an owner may review on a day, by their codes: all of its own, due or not."""
    return {each.risk.code: each for each in all_risks(framework, facts, day) if _owns(framework, owner, each)}


def _owns(framework: Framework, partner: str, stands: RiskStands) -> bool:
    """Whether a risk is a partner's, under whatever code that goes on today."""
    return framework.known_now(stands.risk.owner)[0] == framework.known_now(partner)[0]


def missed_reviews(framework: Framework, facts: Facts, day: date) -> tuple[RiskStands, ...]:
    """The risks whose review was to be made before a day and was not, the most serious first."""
    return tuple(each for each in all_risks(framework, facts, day) if each.missed(day))


@dataclass(frozen=True)
class Review:
    """What somebody wrote of a risk, before it was looked at."""

    likelihood: str = ""
    impact: str = ""
    trend: str = ""
    mitigation: str = ""
    next_review: date | None = None

    @property
    def says_anything(self) -> bool:
        """Whether something was written at all: a row left as it came reviews nothing."""
        return any((self.likelihood, self.impact, self.trend, self.mitigation, self.next_review))

    def filled_in(self, stands: RiskStands) -> "Review":
        """The same with a likelihood and an impact that were left empty as they stood before."""
        return replace(
            self, likelihood=self.likelihood or stands.likelihood.value, impact=self.impact or stands.impact.value
        )


def review_problems(stands: RiskStands, review: Review, today: date) -> Iterator[tuple[str, str]]:
    """All that stands against a review: the field, and what is wrong and what good looks like."""
    for name, said, words in (
        ("likelihood", review.likelihood, Likelihood),
        ("impact", review.impact, Impact),
        ("trend", review.trend, Trend),
    ):
        if said not in list(words):
            yield name, f"Choose one: {', '.join(words)}."
    if len(review.mitigation) > WORDS:
        yield "mitigation", f"This is {len(review.mitigation):,} characters long. Two or three sentences: {WORDS}."
    if review.next_review is None or not today < review.next_review <= today + A_YEAR:
        last = say_date(today + A_YEAR)
        yield "next_review", f"Say when it is looked at again: a day after today, and by {last}."
    yield from _against_its_trend(stands, review)


def _against_its_trend(stands: RiskStands, review: Review) -> Iterator[tuple[str, str]]:
    if review.likelihood not in list(Likelihood) or review.impact not in list(Impact):
        return
    now = score(Likelihood(review.likelihood), Impact(review.impact))
    if (now > stands.score and review.trend == Trend.FALLING) or (now < stands.score and review.trend == Trend.RISING):
        better = "more" if now > stands.score else "less"
        yield "trend", f"It is {better} serious than last time, and said to be {review.trend}: correct one of them."
