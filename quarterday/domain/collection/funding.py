"""Money that is asked for or ends: told to whoever it concerns, once, as long ahead as an agreement's end is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from quarterday.domain.activities.told import still_going
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.following import owner_of
from quarterday.domain.collection.people import officer, word_apart
from quarterday.domain.facts import Facts
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.framework.risks import BidState
from quarterday.domain.risks.bids import bids_to_hear_of, notice_of

OCCASION = "funding-notice"
STILL_NEWS = timedelta(days=30)  # after a deadline: an officer reads of it on the first page from then on, and alone


@dataclass(frozen=True)
class FundingNotice:
    """One thing to be heard of some money: whose it is, since when, and what."""

    code: str  # the bid's or the activity's
    title: str
    source: str
    owner: str  # the partner that writes the bid, or leads the activity
    since: date
    what: str  # what follows its title in a sentence
    of_bid: bool = True  # else of an activity, whose money stands in `config/` alone
    for_owner: bool = True  # a deadline that has passed is for an officer to ask about

    @property
    def name(self) -> str:
        """What an email about it names."""
        return f"{self.code}/{self.since.isoformat()}"


def funding_notices(framework: Framework, facts: Facts, today: date) -> Iterator[FundingNotice]:
    """What should be heard of bids and of the money that activities have."""
    for stands, since, what in bids_to_hear_of(framework, facts, today):
        bid, passed = stands.bid, stands.deadline_passed(today)
        if not passed or today <= since + STILL_NEWS:
            yield FundingNotice(bid.code, bid.title, bid.source, bid.owner, since, what, for_owner=not passed)
    yield from _of_activities(framework, facts, today)


def _of_activities(framework: Framework, facts: Facts, today: date) -> Iterator[FundingNotice]:
    """The money of activities that go on; what a bid says of its own money is not said twice."""
    notice = notice_of(framework)
    held = {(code, bid.ends) for bid in framework.bids if bid.state is BidState.WON for code in bid.activities}
    going = still_going(facts, [each.code for each in framework.activities], "")
    for activity in (each for each in framework.activities if each.code in going):
        for money in activity.funding:
            ends = money.until
            if ends and ends - notice <= today <= ends and (activity.code, ends) not in held:
                what = f"has its money until {say_date(ends)}, and then it ends"
                yield FundingNotice(
                    activity.code, activity.title, money.source, activity.lead, ends - notice, what, of_bid=False
                )


def funding_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """Word of it to the owner's contact and to an officer; one email where they read the same mailbox."""
    for notice in funding_notices(framework, facts, today):
        told = [owner_of(framework, facts, notice.owner)] if notice.for_owner else []
        readers = {each.mark: each for each in (officer(framework), *told)}
        for to in readers.values():
            yield _word(framework, notice, to)


def _word(framework: Framework, notice: FundingNotice, to: Recipient) -> Send:
    key = message_key(framework.partnership.code, OCCASION, notice.name, to.code)
    why = f"“{notice.title}” ({notice.source}) {notice.what}."
    return word_apart(key, OCCASION, to, notice.since, why, notice.name)
