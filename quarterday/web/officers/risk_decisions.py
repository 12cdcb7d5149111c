"""The decisions on risks, bids and what is owed outward that officers take on their pages."""

from collections.abc import Callable
from enum import StrEnum

from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.releases import newest_releases
from quarterday.domain.facts import Trend
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.risks import BidState, Impact, Likelihood
from quarterday.domain.risks.reviewing import WORDS as REVIEW_WORDS
from quarterday.domain.risks.reviewing import RiskStands, risk_stands
from quarterday.web.officers import taking
from quarterday.web.officers.deciding import SAY, Case, Decision, Field
from quarterday.web.officers.subjects import Kind


def _words(enumeration: type[StrEnum]) -> Callable[[Case], list[tuple[str, str]]]:
    return lambda _case: [(each.value, each.value.capitalize()) for each in enumeration]


def _risk(case: Case) -> RiskStands:
    risk = next(each for each in case.framework.risks if each.code == case.subject.name)
    return risk_stands(case.facts, risk)


def _releases(case: Case) -> list[tuple[str, str]]:
    """The newest release of each quarter, the latest first."""
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
            Field("release", "choice", needed=False, options=_releases),
            Field("receipt", "line", needed=False),
        ),
        Duty.RELEASES,
        then="",
        asks_why=False,
    ),
)
