"""A workbook's reviews of risks are checked as the page checks them, each problem at its cell, and count alone."""

from dataclasses import replace
from datetime import date

from expectations.check_return import check_reading
from expectations.checking import Job
from quarterday.adapters.reading import read_tables
from quarterday.adapters.reading.risk_rows import RiskColumn
from quarterday.domain.facts import Verdict
from tests.reading.conftest import APRIL_TO_JUNE
from tests.reading.test_risks import HOUSE, OWNED, REQUEST, SAID, as_excel


def checked(said, request=REQUEST):
    """What the checks make of a workbook in which only the sheet of risks is filled in."""
    data, name = as_excel(said, request)
    job = Job(data, ".xlsx", HOUSE, request, APRIL_TO_JUNE, {}, (), date(2025, 7, 10), risks_owned=OWNED)
    return check_reading(job, read_tables(data, name))


def test_a_review_alone_is_accepted_and_the_figures_may_come_another_time():
    """Nothing stands against it, and no figure is missed yet; so too where no figures are asked at all."""
    for request in (REQUEST, replace(REQUEST, asked=(), activities=("parade",))):
        answer = checked(SAID, request)
        assert (Verdict.ACCEPTED, (), 1) == (
            answer.verdict, answer.findings, len(answer.partner_return.reviews),
        )  # fmt: skip


def test_each_problem_is_told_at_its_cell():
    """No trend, a likelihood that is none, a day that lies before the review."""
    answer = checked({RiskColumn.LIKELIHOOD: "often", RiskColumn.TREND: None, RiskColumn.NEXT_REVIEW: date(2025, 7, 1)})

    assert Verdict.QUERIED is answer.verdict
    assert {("How likely now", ("E2",)), ("Where it is going", ("G2",)), ("Look at it again on", ("I2",))} == {
        (each.column, each.cells) for each in answer.findings
    }


def test_words_about_a_person_set_the_file_apart():
    """As anywhere else in a return."""
    answer = checked({**SAID, RiskColumn.MITIGATION: "Ask jo.bloggs@partner.example"})

    assert (Verdict.QUARANTINED, None) == (answer.verdict, answer.partner_return)
