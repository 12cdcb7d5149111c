"""A review as an owner wrote it, on the page, in a workbook or by a script, and the fact that it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quarterday.domain.facts import Facts, ReleaseMade, ReturnReceived, RiskReviewed, Trend
from quarterday.domain.framework.risks import Impact, Likelihood
from quarterday.domain.risks.reviewing import Review, RiskStands


@dataclass(frozen=True)
class ReviewRow:
    """A review as it stood in a file: of which risk, on which sheet, and each field (by its name) in which cell."""

    risk: str
    review: Review
    sheet: str = ""
    cells: tuple[tuple[str, str], ...] = ()


def says_the_same(stands: RiskStands, said: Review) -> bool:
    """Whether a review only says again what the last one said."""
    last = stands.last
    before = (last.likelihood, last.impact, last.trend, last.mitigation, last.next_review) if last else ()
    return before == (said.likelihood, said.impact, said.trend, said.mitigation, said.next_review)


def as_reviewed(stands: RiskStands, said: Review, partnership: str, reviewed: str, **who: Any) -> RiskReviewed:
    """The fact that a review is, against which nothing was found; `who` is what any fact says of itself.

    Raises `ValueError` where a word is none of those that may be chosen, or no day is said.
    """
    if said.next_review is None:
        raise ValueError(f"{stands.risk.code} is reviewed without a day of its next review")
    return RiskReviewed(
        partnership=partnership,
        partner=stands.risk.owner,
        reviewed=reviewed,
        risk=stands.risk.code,
        likelihood=Likelihood(said.likelihood),
        impact=Impact(said.impact),
        trend=Trend(said.trend),
        mitigation=said.mitigation,
        next_review=said.next_review,
        **who,
    )


def review_of(stands: RiskStands, received: ReturnReceived, said: Review) -> RiskReviewed:
    """The review that a row in a return's workbook is."""
    name = f"{received.partner_return}/{stands.risk.code}"
    who = {"at": received.at, "by": received.by, "reason": received.reason}
    return as_reviewed(stands, said, received.partnership, name, **who)


def mitigation_told(facts: Facts, stands: RiskStands, *, shown: bool) -> str:
    """What is done about a risk, as it may be told. Links get forwarded: what no release has published stays hidden.

    `shown` says that its reader has shown who they are.
    """
    said = stands.said_by
    published = said is None or any(each.at > said.at for each in facts.of(ReleaseMade))
    return stands.mitigation if published or shown else ""


def mitigations_told(facts: Facts, risks: Iterable[RiskStands], *, shown: bool) -> dict[str, str]:
    """The same of several risks, by their codes."""
    return {each.risk.code: mitigation_told(facts, each, shown=shown) for each in risks}
