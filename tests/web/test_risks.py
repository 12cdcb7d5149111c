"""An owner looks at its risks again on the page of its one request; what was said last stands there already."""

import io
from datetime import date, timedelta

import openpyxl
import pytest

from quarterday.domain.facts import RiskReviewed, Trend
from quarterday.domain.framework.partners import Partner
from quarterday.domain.framework.risks import Impact, Likelihood
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import Review
from tests.domain.conftest import framework
from tests.domain.conftest import person as contact
from tests.domain.risks_example import LATE_DATA, NO_MONEY
from tests.web.test_boards import mailed

NEXT = {"late-data__next_on-day": "31", "late-data__next_on-month": "10", "late-data__next_on-year": "2025"}


@pytest.fixture
def owner(make_office):
    """The fire service, which owns two risks: the review of one is due before its request closes."""
    return make_office(risks=(LATE_DATA, NO_MONEY))


def test_a_review_that_is_due_stands_on_the_page_of_the_request(owner):
    """With its day; the other is due in December and does not."""
    person = owner.person()
    person.open()

    assert "Data come late to be looked at by Thursday 31 July 2025" in person.text
    assert "Money ends" not in person.text


def test_an_owner_says_what_has_changed(owner):
    """Likelihood and impact stand as they were; a trend and the next day are enough. Then it is due no more."""
    person = owner.person()
    page = person.open("risks")
    assert 'value="possible" selected' in page.text
    person.send(
        "/risks", late_data__likelihood="likely", **{name.replace("__", "-"): each for name, each in NEXT.items()},
        **{"late-data-likelihood": "likely", "late-data-impact": "moderate", "late-data-trend": "rising"},
    )  # fmt: skip

    (review,) = owner.kept(RiskReviewed)
    assert (Likelihood.LIKELY, Impact.MODERATE, Trend.RISING, "", date(2025, 10, 31), False) == (
        review.likelihood, review.impact, review.trend, review.mitigation, review.next_review, review.by_an_officer,
    )  # fmt: skip
    assert "We have noted 1 review" in person.text
    assert "Data come late again by Friday 31 October 2025" in person.text
    person.open()
    assert "to be looked at by" not in person.text


def test_a_form_sent_twice_is_one_review(owner):
    """Sent again by the browser, it is the same review."""
    person = owner.person()
    page = person.open("risks")
    said = {"late-data-likelihood": "possible", "late-data-impact": "moderate", "late-data-trend": "steady"}
    said |= {name.replace("__", "-"): each for name, each in NEXT.items()}
    person.send("/risks", **said)
    person.page = page
    person.send("/risks", **said)

    assert 1 == len(owner.kept(RiskReviewed))


def test_a_review_put_right_on_the_same_page_is_on_record_too(owner):
    """Gone back to in the browser and sent in other words: the latest holds."""
    person = owner.person()
    page = person.open("risks")
    said = {"late-data-likelihood": "possible", "late-data-impact": "moderate", "late-data-trend": "steady"}
    said |= {name.replace("__", "-"): each for name, each in NEXT.items()}
    person.send("/risks", **said)
    owner.at((owner.installation.now() + timedelta(minutes=1)).isoformat())
    person.page = page
    person.send("/risks", **said | {"late-data-mitigation": "We ask earlier."})

    assert ["", "We ask earlier."] == [each.mitigation for each in owner.kept(RiskReviewed)]


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(owner):
    """No day, a person named, a trend that contradicts what was chosen; nothing written at all."""
    person = owner.person()
    person.open("risks")
    person.send("/risks", **{"late-data-likelihood": "possible", "late-data-impact": "moderate"})
    assert "Review at least one risk." in person.text
    person.send(
        "/risks",
        **{"late-data-likelihood": "very likely", "late-data-impact": "moderate", "late-data-trend": "falling"},
        **{"late-data-mitigation": "Ask jo.bloggs@partner.example"},
    )

    assert "Data come late: Say when it is looked at again" in person.text
    assert "It is more serious than last time, and said to be falling" in person.text
    assert "this seems to tell of a person" in person.text
    assert "Ask jo.bloggs@partner.example" in person.page.text
    assert () == owner.kept(RiskReviewed)


def test_reviews_may_come_in_the_workbook(owner):
    """The template has a line for the one that is due; what was read of it stands on the check page."""
    person = owner.person()
    sheet = openpyxl.load_workbook(io.BytesIO(person.open("template.xlsx").content))["Risks"]
    assert ["Data come late"] == [each[0] for each in sheet.iter_rows(min_row=2, values_only=True)]

    review = Review("likely", "moderate", "rising", "Two reminders.", date(2025, 10, 31))
    owner.checks.reviews = (ReviewRow("late-data", review),)
    person.page = None
    person.upload()
    for said in (
        "Likely to happen, moderate if it does",
        "Rising",
        "Two reminders.",
        "Again by Friday 31 October 2025",
    ):
        assert said in person.text
    assert {"late-data", "no-money"} == set(owner.checks.jobs[-1].risks_owned)


def test_a_partner_without_risks_sees_none_of_it(office, person):
    """No section, no page."""
    assert "risks" not in person.open().text
    assert "Risks" not in openpyxl.load_workbook(io.BytesIO(person.open("template.xlsx").content)).sheetnames
    assert 404 == person.open("risks").status_code == person.open("risks/reviewed").status_code


HAVEN = Partner(code="haven", name="Haven", lead_time=10, contact=contact("Hal Haven"))


@pytest.fixture
def keeper(make_office):
    """Haven, which is asked for nothing, at the page that the email on its risk brings; its words on it."""
    mine = LATE_DATA.model_copy(update={"owner": "haven"})
    office = make_office(risks=(mine, NO_MONEY), partners=(*framework().partners, HAVEN))
    office.at("2025-07-17T09:00:00+01:00")
    text, person, page = mailed(office, "risk-review", "haven/contact")
    assert 200 == person.open(page).status_code
    return office, text, person


def test_an_owner_without_a_request_reviews_on_a_page_of_its_own_and_is_thanked(keeper):
    """Told by an email, recorded as its own, and the page says what it has told; nothing of others' risks."""
    office, text, person = keeper
    assert "Haven owns a risk" in text
    assert "Data come late. So far: possible to happen, moderate if it does." in text
    assert "Money ends" not in person.text
    said = {"late-data-likelihood": "likely", "late-data-impact": "moderate", "late-data-trend": "rising"}
    person.send("/reviews", **said, **{name.replace("__", "-"): each for name, each in NEXT.items()})

    (review,) = office.kept(RiskReviewed)
    assert ("haven", "haven/contact", Likelihood.LIKELY, date(2025, 10, 31)) == (
        review.partner, review.by, review.likelihood, review.next_review,
    )  # fmt: skip
    assert "We have noted 1 review" in person.text
    person.open("reviews")
    assert "What you have told us Data come late again by Friday 31 October 2025" in person.text


def test_what_is_wrong_on_the_owner_s_page_is_said_and_nobody_else_s_link_opens_it(keeper):
    """No person is named in it; the link opens no request, and a partner's own no such page."""
    office, _, person = keeper
    page = person.send("/reviews", **{"late-data-mitigation": "Ask jo.bloggs@partner.example"})

    assert (422, ()) == (page.status_code, office.kept(RiskReviewed))
    assert "this seems to tell of a person" in person.text
    assert [404, 404, 404] == [
        office.person().open("reviews").status_code, person.open().status_code, person.open("risks").status_code
    ]  # fmt: skip
