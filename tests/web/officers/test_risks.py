"""The officers' page of risks and bids: what waits, a review in the owner's place, and what became of a bid."""

import re
from datetime import date

import pytest

from quarterday.domain.facts import BidTold, FiguresSeen, RiskReviewed, SubmissionSent, Trend, YearlyReviewMade
from quarterday.domain.framework.risks import BidState, Likelihood
from quarterday.domain.framework.submissions import Submission
from tests.domain.risks_example import LATE_DATA, NO_MONEY, STREETS, WORKSHOPS
from tests.web.conftest import COLLECTION, Office, an_office
from tests.web.officers.conftest import OfficerAtWork

MONITORING = Submission(
    code="monitoring", title="Monitoring", to="The Mayor", board="board", owed_on=(date(2025, 5, 1),)
)
YEARLY = Submission(
    code="review", title="Review", to="Home Office", board="board", kind="yearly review", owed_on=(date(2026, 7, 31),)
)


@pytest.fixture
def risky(tmp_path) -> Office:
    """The office of a partnership with two risks and two bids."""
    missed = LATE_DATA.model_copy(update={"review": LATE_DATA.raised})
    return an_office(tmp_path, risks=(missed, NO_MONEY), bids=(STREETS, WORKSHOPS))


@pytest.fixture
def jo_at(risky: Office) -> OfficerAtWork:
    """Jo, signed in."""
    at_work = OfficerAtWork(risky)
    at_work.sign_in()
    return at_work


def test_each_risk_stands_with_what_is_done_and_when_it_is_looked_at_again(jo_at: OfficerAtWork) -> None:
    """The most serious first; a missed review says so; the way there is on the collection's page."""
    jo_at.open(f"/officers/collections/{COLLECTION}")
    assert "/officers/risks" in jo_at.links
    jo_at.open("/officers/risks")

    assert re.findall(r'href="([^"]*)" aria-current="page"', jo_at.page.text) == ["/officers/risks"]
    assert jo_at.text.index("Money ends: very high") < jo_at.text.index("Data come late: medium")
    assert "1 April 2025 (this day has passed)" in jo_at.text
    assert "Own lead times." in jo_at.text
    assert "Streets: planned" in jo_at.text
    assert "£400,000" in jo_at.text


def test_a_missed_review_waits_and_an_officer_makes_it(risky: Office, jo_at: OfficerAtWork) -> None:
    """On the first page with its way; recorded as an officer's, and the next day of review holds."""
    jo_at.open("/officers")
    assert (
        "The risk “Data come late” of Fire Service was to be reviewed by 1 April 2025, and has not been." in jo_at.text
    )
    jo_at.open("/officers/decide/review-risk/late-data")
    jo_at.send(
        "late-data", likelihood="likely", impact="moderate", trend="rising", mitigation="Weekly calls.", why="We met.",
        **{"next_review-day": "31", "next_review-month": "10", "next_review-year": "2025"},
    )  # fmt: skip

    (review,) = risky.kept(RiskReviewed)
    assert (Likelihood.LIKELY, Trend.RISING, "Weekly calls.", True, "jo") == (
        review.likelihood, review.trend, review.mitigation, review.by_an_officer, review.by,
    )  # fmt: skip
    assert "Data come late: high" in jo_at.text
    assert "was to be reviewed by" not in jo_at.open("/officers").text


def test_an_officer_tells_what_became_of_a_bid(risky: Office, jo_at: OfficerAtWork) -> None:
    """Won needs the day until which it pays; an amount is written as people write it."""
    jo_at.open("/officers/decide/tell-bid/streets")
    jo_at.send("streets", state="won", amount="£350,000", say="Less than asked for.", why="They wrote to us.")
    assert "say until when it pays" in jo_at.text
    jo_at.send(
        "streets", state="won", amount="£350,000", say="Less than asked for.", why="They wrote to us.",
        **{"ends-day": "31", "ends-month": "3", "ends-year": "2027"},
    )  # fmt: skip

    (told,) = risky.kept(BidTold)
    assert (BidState.WON, 350000, "Less than asked for.") == (told.state, told.amount, told.for_readers)
    assert "Streets: won" in jo_at.text


def test_what_is_owed_outward_is_recorded_with_its_receipt(tmp_path) -> None:
    """Overdue on the first page; recorded with the day and the receipt, without a reason beside."""
    office = an_office(tmp_path, submissions=(MONITORING,))
    jo = OfficerAtWork(office)
    jo.sign_in()
    jo.open("/officers")
    assert "“Monitoring” was owed by 1 May 2025, and nobody has recorded that it was sent: to The Mayor." in jo.text
    jo.open("/officers/decide/record-submission/monitoring/2025-05-01")
    jo.send("2025-05-01", receipt="M-17", **{"sent_on-day": "2", "sent_on-month": "5", "sent_on-year": "2025"})

    (sent,) = office.kept(SubmissionSent)
    assert (date(2025, 5, 1), date(2025, 5, 2), "M-17", "jo") == (sent.owed_on, sent.sent_on, sent.receipt, sent.by)
    assert "“Monitoring”, owed by 1 May 2025, was sent on 2 May 2025." in jo.text
    assert "was owed by" not in jo.open("/officers").text


def test_a_partnership_without_risks_and_bids_has_no_such_page(office: Office, jo: OfficerAtWork) -> None:
    """No page, and no way to one."""
    assert 404 == jo.open("/officers/risks").status_code
    jo.open(f"/officers/collections/{COLLECTION}")
    assert "/officers/risks" not in jo.links


def test_a_yearly_review_is_taken_away_and_recorded_as_sent(tmp_path) -> None:
    """Its page says what it is made from; each format that was made has its way; it is offered as what was sent."""
    office = an_office(tmp_path, submissions=(YEARLY,))
    office.installation.stores.published.put("yearly-reviews/review/2026-07-31/v1/review.html", b"<p>The year</p>")
    office.installation.register.append(
        YearlyReviewMade(
            submission="review", owed_on=date(2026, 7, 31), year_start=date(2025, 4, 1), version=1,
            folder="yearly-reviews/review/2026-07-31/v1", manifest_sha256="0", releases=(),
            at=office.installation.now(), by="quarterday", partnership="somewhere",
        )
    )  # fmt: skip
    jo = OfficerAtWork(office)
    jo.sign_in()
    jo.open("/officers/risks")
    assert "The yearly review of 2025-26, version 1, from 0 of its quarters" in jo.text
    file = "/officers/reviews/review/2026-07-31/v1/review.html"
    assert [file] == [each for each in jo.links if "/reviews/" in each]
    assert b"<p>The year</p>" == jo.open(file).content
    assert "yearly-reviews/review/2026-07-31/v1/review.html" in {
        each.partner_return for each in office.kept(FiguresSeen)
    }
    assert 404 == jo.open("/officers/reviews/review/2026-07-31/v2/review.html").status_code
    assert 404 == jo.open("/officers/reviews/review/2026-07-31/v1/manifest.json").status_code

    jo.open("/officers/decide/record-submission/review/2026-07-31")
    assert "Yearly review of 2025-26, version 1" in jo.text
    jo.send(
        "2026-07-31", release="review|2026-07-31|review 1",
        **{"sent_on-day": "2", "sent_on-month": "5", "sent_on-year": "2025"},
    )  # fmt: skip
    assert "was sent on 2 May 2025, version 1 of the yearly review of 2025-26." in jo.text
