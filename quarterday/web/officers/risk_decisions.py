"""The decisions on risks, bids and what is owed outward that officers take on their pages."""

from collections.abc import Callable
from enum import StrEnum

from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.releases import latest_release, newest_releases
from quarterday.domain.collection.yearly import reviews_made
from quarterday.domain.facts import Trend
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import year_name
from quarterday.domain.framework.risks import BidState, Impact, Likelihood
from quarterday.domain.framework.submissions import year_before
from quarterday.domain.risks.reviewing import WORDS as REVIEW_WORDS
from quarterday.domain.risks.reviewing import RiskStands, risk_stands
from quarterday.domain.risks.submissions import owed_outward
from quarterday.web.officers import taking
from quarterday.web.officers.deciding import SAY, Case, Decision, Field
from quarterday.web.officers.subjects import Kind


def _words(enumeration: type[StrEnum]) -> Callable[[Case], list[tuple[str, str]]]:
    return lambda _case: [(each.value, each.value.capitalize()) for each in enumeration]


def _risk(case: Case) -> RiskStands:
    risk = next(each for each in case.framework.risks if each.code == case.subject.name)
    return risk_stands(case.facts, risk)


def _sendable(case: Case) -> list[tuple[str, str]]:
    """The versions of its yearly review, then the newest release of each quarter, the latest first."""
    return [*_reviews(case), *_releases(case)]


def _newest_sendable(case: Case) -> str | None:
    """What goes out: the newest version of its yearly review, else the newest release."""
    latest = latest_release(case.facts)
    return next((key for key, _ in _reviews(case)), latest.key if latest else None)


def _reviews(case: Case) -> list[tuple[str, str]]:
    owed = next(each for each in owed_outward(case.framework, case.facts) if each.name == case.subject.name)
    year = year_name(year_before(owed.on))
    made = reversed(reviews_made(case.facts, owed))
    return [(each.key, f"Yearly review of {year}, version {each.version}") for each in made]


def _releases(case: Case) -> list[tuple[str, str]]:
    newest = newest_releases(case.facts)
    labels = {each.collection: each.label for each in plans(case.framework, case.facts)}
    return [(made.key, f"{labels.get(code, code)}, version {made.version}") for code, made in reversed(newest.items())]


ON_RISKS = (
    Decision(
        "review-risk",
        Kind.RISK,
        taking.review_risk,
        (
            Field("likelihood", "choice", options=_words(Likelihood), offered=lambda case: _risk(case).likelihood),
            Field("impact", "choice", options=_words(Impact), offered=lambda case: _risk(case).impact),
            Field("trend", "choice", options=_words(Trend)),
            Field("mitigation", "lines", needed=False, limit=REVIEW_WORDS),
            Field("next_review", "day"),
        ),
        Duty.RELEASES,
        then="",
    ),
    Decision(
        "tell-bid",
        Kind.BID,
        taking.tell_bid,
        (
            Field("state", "choice", options=_words(BidState)),
            Field("amount", "line", needed=False),
            Field("ends", "any day", needed=False),
            Field(SAY, "lines", needed=False, words="for_readers_of_bid"),
        ),
        Duty.RELEASES,
        then="",
    ),
    Decision(
        "record-submission",
        Kind.SUBMISSION,
        taking.record_submission,
        (
            Field("sent_on", "any day", offered=lambda case: case.today),
            Field("release", "choice", needed=False, options=_sendable, offered=_newest_sendable),
            Field("receipt", "line", needed=False),
        ),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
)
