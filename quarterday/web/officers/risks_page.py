"""Risks, bids and what is owed outward: how each stands, what of it waits, and an officer's way to put it on record."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.risks.bids import BidStands, all_bids, notice_of
from quarterday.domain.risks.reviewing import RiskStands, all_risks
from quarterday.domain.risks.submissions import owed_outward
from quarterday.web.officers.officer_door import SignedInVisit, officers_page, officers_problem
from quarterday.web.officers.outcomes import outcome
from quarterday.web.officers.owed_outward import listed_submission
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class ListedRisk:
    """One risk as it stands."""

    stands: RiskStands
    owner: str
    board: str
    missed: bool
    ways: list[Way]


@dataclass(frozen=True)
class ListedBid:
    """One bid as it stands."""

    stands: BidStands
    owner: str
    board: str
    news: list[str]
    ways: list[Way]


def risks_page(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """Every risk, the most serious first, then every bid, then what is owed outward, earliest first."""
    house = visit.framework
    if not (house.risks or house.bids or house.submissions):
        return officers_problem(site, request, "gone", 404)
    return officers_page(
        site,
        request,
        visit,
        "officers/risks",
        section="risks",
        risks=[_risk(site, visit, each, visit.today) for each in all_risks(house, visit.facts, visit.today)],
        bids=[_bid(site, visit, each, visit.today) for each in all_bids(house, visit.facts)],
        owed=[listed_submission(site, visit, each) for each in owed_outward(house, visit.facts)],
        done=outcome(site.words, request, visit),
    )


def _risk(site: Site, visit: SignedInVisit, stands: RiskStands, today: date) -> ListedRisk:
    house, risk = visit.framework, stands.risk
    ways = ways_of(site.words, ("review-risk",), risk.code)
    return ListedRisk(stands, house.partner[risk.owner].name, house.board[risk.board].name, stands.missed(today), ways)


def _bid(site: Site, visit: SignedInVisit, stands: BidStands, today: date) -> ListedBid:
    house, bid = visit.framework, stands.bid
    news = [f"It {what}." for _, what in stands.news(today, notice_of(house))]
    ways = ways_of(site.words, ("tell-bid",), bid.code)
    return ListedBid(stands, house.partner[bid.owner].name, house.board[bid.board].name, news, ways)
