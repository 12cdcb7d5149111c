"""The audit listing's sentences for risks, bids and what is owed outward."""

from quarterday.domain.facts import BidTold, RiskReviewed, SubmissionSent, YearlyReviewMade
from quarterday.domain.framework.periods import financial_year, say_date, year_name
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import said, sentence


@sentence.register
def _(fact: RiskReviewed, names: Names) -> str:
    return (
        f"The risk “{names.risk(fact.risk)}” of {names.partner(fact.partner)} was reviewed: {fact.likelihood}, "
        f"{fact.impact}, {fact.trend}; again by {say_date(fact.next_review)}.{said(fact.mitigation, 'It is met by')}"
    )


@sentence.register
def _(fact: BidTold, names: Names) -> str:
    amount = f" (£{fact.amount:,})" if fact.amount else ""
    until = f", until {say_date(fact.ends)}" if fact.ends else ""
    told = said(fact.for_readers, "Readers are told")
    return f"The bid “{names.bid(fact.bid)}” of {names.partner(fact.partner)} is {fact.state}{amount}{until}.{told}"


@sentence.register
def _(fact: SubmissionSent, names: Names) -> str:
    what = f", {names.sent(fact.release)}" if fact.release else ""
    receipt = said(fact.receipt, "Its receipt")
    return (
        f"“{names.submission(fact.submission)}”, owed by {say_date(fact.owed_on)}, was sent on "
        f"{say_date(fact.sent_on)}{what}.{receipt}"
    )


@sentence.register
def _(fact: YearlyReviewMade, names: Names) -> str:
    year = year_name(financial_year(fact.year_start.year))
    made = "; ".join(names.release(each) for each in fact.releases)
    return (
        f"Version {fact.version} of the yearly review of {year} was made for “{names.submission(fact.submission)}”, "
        f"from: {made}."
    )
