"""An officer reviews a risk in its owner's place, and tells what became of a bid."""

from datetime import date

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import BidTold, Facts, RiskReviewed, Trend
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.framework.risks import BidState, Impact, Likelihood
from quarterday.domain.risks.bids import bid_stands
from quarterday.domain.risks.reviewing import Review, review_problems, risk_stands
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_unreal


def review_risk(framework: Framework, facts: Facts, risk: str, ruling: Ruling, *, review: Review) -> RiskReviewed:
    """Review a risk; its mitigation is in words that may be published, for whoever takes this has read them.

    Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework, Duty.RELEASES)
    known = {each.code: each for each in framework.risks}
    if risk not in known:
        raise RulingRefusedError(f"“{risk}” is no risk. There are: {', '.join(known) or 'none'}.")
    stands = risk_stands(facts, known[risk])
    for _, sentence in review_problems(stands, review, london_day(ruling.at)):
        raise RulingRefusedError(sentence)
    assert review.next_review
    return RiskReviewed(
        partner=known[risk].owner,
        reviewed=f"{risk}/{ruling.at.isoformat()}",
        risk=risk,
        likelihood=Likelihood(review.likelihood),
        impact=Impact(review.impact),
        trend=Trend(review.trend),
        mitigation=review.mitigation.strip(),
        next_review=review.next_review,
        by_an_officer=True,
        **fields,
    )


def pounds(said: str) -> int:
    """An amount as it was written, such as `£350,000`; nought for nothing. Raises `RulingRefusedError`."""
    plain = said.replace("£", "").replace(",", "").replace(" ", "")
    if plain and not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise RulingRefusedError(f"“{said}” is no amount. Write whole pounds, for example 350,000.")
    return int(plain or 0)


def tell_bid(
    framework: Framework,
    facts: Facts,
    bid: str,
    ruling: Ruling,
    *,
    state: str,
    amount: int = 0,
    ends: date | None = None,
) -> BidTold:
    """Tell how a bid stands; the latest word holds. Raises `RulingRefusedError`."""
    fields = ruling.fields(framework, Duty.RELEASES)
    known = {each.code: each for each in framework.bids}
    if bid not in known:
        raise RulingRefusedError(f"“{bid}” is no bid. There are: {', '.join(known) or 'none'}.")
    if state not in list(BidState):
        raise RulingRefusedError(f"“{state}” is no state of a bid. Choose one: {', '.join(BidState)}.")
    stands = bid_stands(facts, known[bid])
    if state == BidState.WON and not (ends or stands.ends):
        raise RulingRefusedError("It was won: say until when it pays.")
    if ends:
        refuse_unreal(ends)
    if state == BidState.PLANNED and stands.bid.deadline and stands.bid.deadline < london_day(ruling.at):
        passed = say_date(stands.bid.deadline)
        raise RulingRefusedError(
            f"Its deadline, {passed}, has passed. Write a later one into config/, or say what became of it."
        )
    if amount < 0:
        raise RulingRefusedError("An amount is in pounds, and nought or more.")
    return BidTold(
        partner=known[bid].owner,
        bid=bid,
        state=BidState(state),
        amount=amount,
        ends=ends,
        for_readers=ruling.say.strip(),
        **fields,
    )
