"""Money that is asked for or ends is told ninety days ahead, to its owner and an officer, once."""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.funding import funding_due
from quarterday.domain.facts import ActivityState, Facts
from quarterday.domain.framework.activities import Funding
from quarterday.domain.framework.risks import Bid, BidState
from tests.domain.activities_example import CAMPAIGN, told, with_activities
from tests.domain.lived import days, walk
from tests.domain.risks_example import with_risks

PLANNED = Bid(code="next", title="The next round", source="Home Office", board="board", owner="fire",
              deadline=date(2025, 9, 30))  # fmt: skip
WON = PLANNED.model_copy(update={"state": BidState.WON, "deadline": None, "ends": date(2025, 9, 30)})


def heard(house, facts: Facts | None = None) -> list[tuple[date, str]]:
    """Who hears of money from June to November, and when."""
    _, done = walk(house, days(date(2025, 6, 2), date(2025, 11, 28)), facts)
    told = [(day, each) for day, each in done if isinstance(each, Send) and each.email == "funding-notice"]
    return [(day, each.recipient.code) for day, each in told]


def test_a_deadline_is_told_once_to_its_owner_and_an_officer_and_to_an_officer_once_it_has_passed() -> None:
    """Ninety days before 30 September; on the working day after it the officer alone hears that nobody said more."""
    assert [
        (date(2025, 7, 2), "fire/contact"), (date(2025, 7, 2), "officer/jo"), (date(2025, 10, 1), "officer/jo")
    ] == sorted(heard(with_risks(bids=(PLANNED,))))  # fmt: skip


def test_money_that_was_won_is_told_once_before_it_ends() -> None:
    """And nothing after."""
    assert [(date(2025, 7, 2), "fire/contact"), (date(2025, 7, 2), "officer/jo")] == sorted(
        heard(with_risks(bids=(WON,)))
    )


def test_the_money_of_an_activity_is_told_to_its_lead_as_long_as_it_goes_on() -> None:
    """Done by then, nobody hears; what a bid says of the same money is not said twice."""
    paid = CAMPAIGN.model_copy(update={"funding": (Funding(source="Home Office", until=date(2025, 9, 30)),)})
    over = Facts([told(CAMPAIGN, date(2025, 5, 2), ActivityState.DONE, collection="somewhere.2024-25-q4")])
    house = with_activities(paid)
    bid = WON.model_copy(update={"activities": ("campaign",)})

    assert [(date(2025, 7, 2), "fire/contact"), (date(2025, 7, 2), "officer/jo")] == sorted(heard(house))
    assert [] == heard(house, over)
    both = funding_due(house.model_copy(update={"bids": (bid,)}), Facts(), date(2025, 7, 2))
    assert {"next/2025-07-02"} == {each.about for each in both}


def test_one_mailbox_hears_once() -> None:
    """The officer is the owner's contact, too."""
    house = with_risks(bids=(PLANNED,))
    fire = house.partner["fire"]
    same = fire.contact.model_copy(update={"email": house.partnership.officers[0].email})
    partners = (fire.model_copy(update={"contact": same}), *(each for each in house.partners if each.code != "fire"))

    assert 1 == len(list(funding_due(with_risks(bids=(PLANNED,), partners=partners), Facts(), date(2025, 7, 2))))
