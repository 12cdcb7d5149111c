"""How bids stand, and what of them somebody should hear: a deadline that nears or passed, money that ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.facts import BidTold, Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.framework.risks import Bid, BidState


@dataclass(frozen=True)
class BidStands:
    """A bid as the latest word on it leaves it; as `config/` has it where there was none."""

    bid: Bid
    state: BidState
    amount: int | None
    ends: date | None
    last: BidTold | None

    def deadline_passed(self, day: date) -> bool:
        """Whether its deadline passed and nobody told what became of it."""
        return self.state is BidState.PLANNED and self.bid.deadline is not None and self.bid.deadline < day

    def ended(self, day: date) -> bool:
        """Whether its money has ended."""
        return self.state is BidState.WON and self.ends is not None and self.ends < day

    def news(self, day: date, notice: timedelta) -> Iterator[tuple[date, str]]:
        """What of it should be heard on a day, each with since when that is to be said."""
        deadline = self.bid.deadline if self.state is BidState.PLANNED else None
        if deadline and deadline < day:
            yield deadline, f"was to be sent by {say_date(deadline)}, and nobody has told what became of it"
        elif deadline and deadline - notice <= day:
            yield deadline - notice, f"is to be sent by {say_date(deadline)}"
        if self.state is BidState.WON and self.ends and self.ends - notice <= day <= self.ends:
            yield self.ends - notice, f"pays until {say_date(self.ends)}, and then ends"


def bid_stands(facts: Facts, bid: Bid) -> BidStands:
    """How a bid stands by all that is recorded."""
    told = [each for each in facts.of(BidTold) if each.bid == bid.code]
    last = told[-1] if told else None
    amounts = [each.amount for each in told if each.amount]
    return BidStands(
        bid=bid,
        state=last.state if last else bid.state,
        amount=amounts[-1] if amounts else bid.amount,
        ends=next((each.ends for each in reversed(told) if each.ends), bid.ends),
        last=last,
    )


def all_bids(framework: Framework, facts: Facts) -> tuple[BidStands, ...]:
    """Every bid as it stands, in the order of `config/`."""
    return tuple(bid_stands(facts, each) for each in framework.bids)


def notice_of(framework: Framework) -> timedelta:
    """How long before a deadline or an end somebody should hear of it: as long as of an agreement's end."""
    return timedelta(days=framework.partnership.rhythm.agreement_notice_days)


def bids_to_hear_of(framework: Framework, facts: Facts, day: date) -> Iterator[tuple[BidStands, date, str]]:
    """The bids of which somebody should hear on a day, each with since when and what."""
    for stands in all_bids(framework, facts):
        for since, what in stands.news(day, notice_of(framework)):
            yield stands, since, what
