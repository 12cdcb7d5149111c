"""Officers' decisions on risks, bids and what is owed outward, as plain forms: wraps `quarterday.domain.rulings`."""

from datetime import date
from typing import Literal

from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision
from quarterday.domain.collection.undo import Matter
from quarterday.domain.risks.reviewing import Review
from quarterday.domain.rulings import risk_rulings, submission_rulings
from quarterday.domain.rulings.request_rulings import Ruling

_NEXT = "The next release shows it."


@decision("review-risk")
def review_risk(
    risk: str,
    likelihood: Literal["very unlikely", "unlikely", "possible", "likely", "very likely"],
    impact: Literal["minor", "moderate", "major", "severe"],
    trend: Literal["falling", "steady", "rising"],
    next_review: date,
    who: str,
    why: str,
    mitigation: str = "",
) -> Decided:
    """Review a risk in its owner's place. The latest review holds.

    Args:
        risk: the risk's code
        likelihood: how likely it is
        impact: what would follow
        trend: where it is going since it was looked at last
        next_review: when it is looked at again
        mitigation: what is done about it, in words that may be published; empty where what was said last still stands
    """
    installation = this_installation()
    fact = risk_rulings.review_risk(
        installation.framework,
        installation.facts(),
        risk.strip(),
        Ruling(who, why, installation.now()),
        review=Review(likelihood, impact, trend, mitigation, next_review),
    )
    return Decided(f"Risk reviewed · {fact.risk}", [fact], Matter("review-risk", fact.risk), then=_NEXT)


@decision("tell-bid")
def tell_bid(
    bid: str,
    state: Literal["planned", "sent", "won", "refused", "withdrawn"],
    who: str,
    why: str,
    amount: int = 0,
    ends: date | None = None,
    publish: str = "",
) -> Decided:
    """Tell how a bid stands. The latest word holds.

    Args:
        bid: the bid's code
        state: how it stands
        amount: pounds; empty where it is what was planned
        ends: the last day for which it pays, where it was won
        publish: what readers are told about it, in your words
    """
    installation = this_installation()
    fact = risk_rulings.tell_bid(
        installation.framework,
        installation.facts(),
        bid.strip(),
        Ruling(who, why, installation.now(), publish),
        state=state,
        amount=amount,
        ends=ends,
    )
    return Decided(f"Bid {fact.state} · {fact.bid}", [fact], Matter("tell-bid", fact.bid), then=_NEXT)


@decision("record-submission")
def record_submission(
    submission: str,
    owed_on: date,
    sent_on: date,
    who: str,
    why: str,
    of_quarter: str = "",
    version: int | None = None,
    receipt: str = "",
) -> Decided:
    """Record that something owed outward was sent. The latest word on a day holds.

    Args:
        submission: its code, as in config/
        owed_on: the day by which it was owed
        sent_on: the day on which it was sent
        of_quarter: the quarter whose release was sent, for example 2025-26 Q1; empty for a yearly review
        version: the version of the release or review; empty for the newest
        receipt: what the reader gave for it, such as a reference
    """
    installation = this_installation()
    facts, name = installation.facts(), f"{submission.strip()}/{owed_on.isoformat()}"
    fact = submission_rulings.record_submission(
        installation.framework,
        facts,
        name,
        Ruling(who, why, installation.now()),
        sent_on=sent_on,
        release=submission_rulings.sent_of(installation.framework, facts, name, of_quarter, version),
        receipt=receipt,
    )
    what, matter = f"Submission recorded · {fact.submission}", Matter("record-submission", name)
    return Decided(what, [fact], matter, "", of_quarter, "It is overdue no more.")
