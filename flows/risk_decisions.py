"""Officers' decisions on risks and bids, as deployments with plain forms: wraps `quarterday.domain.rulings`."""

from datetime import date
from typing import Literal

from prefect.states import State

from flows.performing.process import this_installation
from flows.performing.recording import decision, record
from quarterday.domain.risks.reviewing import Review
from quarterday.domain.rulings import risk_rulings
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
) -> State:
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
    return record(f"Risk reviewed · {fact.risk}", "", "", [fact], _NEXT)


@decision("tell-bid")
def tell_bid(
    bid: str,
    state: Literal["planned", "sent", "won", "refused", "withdrawn"],
    who: str,
    why: str,
    amount: int = 0,
    ends: date | None = None,
    publish: str = "",
) -> State:
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
    return record(f"Bid {fact.state} · {fact.bid}", "", "", [fact], _NEXT)
