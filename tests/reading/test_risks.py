"""The sheet of risks comes back as it was filled in, in Excel's format and in LibreOffice's."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from quarterday.adapters.reading.risk_rows import RiskColumn
from quarterday.adapters.template import build_template
from quarterday.domain.facts import Facts, RequestMade
from quarterday.domain.figures.findings import Severity
from quarterday.domain.risks.reviewing import Review, owned_by, reviews_due
from tests.domain.risks_example import LATE_DATA, reviewed, with_risks
from tests.reading.conftest import APRIL_TO_JUNE
from tests.reading.filling import first_row_filled_in, returned, sheet_as_libreoffice

HOUSE = with_risks()
REQUEST = RequestMade(
    at=datetime(2025, 7, 8, 8, tzinfo=UTC), by="quarterday", partnership="somewhere", collection="somewhere.2025-26-q1",
    request="somewhere.2025-26-q1.fire", partner="fire", asked=("deliberate-fires",), withheld=(),
    due=date(2025, 7, 22), closes=date(2025, 8, 1),
)  # fmt: skip
LOOKED_AT = Facts([reviewed(LATE_DATA, date(2025, 5, 1), next_review=date(2025, 7, 31))])
DUE = reviews_due(HOUSE, LOOKED_AT, "fire", REQUEST.closes)
OWNED = owned_by(HOUSE, LOOKED_AT, "fire", date(2025, 7, 8))
SAID = {
    RiskColumn.LIKELIHOOD: "Very Likely",
    RiskColumn.TREND: "Rising",
    RiskColumn.MITIGATION: "Two reminders & a call.",
    RiskColumn.NEXT_REVIEW: date(2025, 10, 31),
}
REVIEW = Review("very likely", "moderate", "rising", "Two reminders & a call.", date(2025, 10, 31))


def as_excel(said: Mapping[str, object], request: RequestMade = REQUEST) -> tuple[bytes, str]:
    """The template with this said of late data, the one risk that is due."""
    made = build_template(HOUSE, request, APRIL_TO_JUNE, risks=DUE, mitigations={"late-data": "Own lead times."})
    return first_row_filled_in(made, "Risks", said), "return.xlsx"


def as_libreoffice(said: Mapping[str, object], request: RequestMade = REQUEST) -> tuple[bytes, str]:
    """The same cells as LibreOffice saves them."""
    return sheet_as_libreoffice(as_excel(said, request)[0], "Risks"), "return.ods"


def test_the_sheet_has_a_line_for_each_review_that_is_due() -> None:
    """With how it stood and what is done; the risk that is looked at in December has none."""
    book = openpyxl.load_workbook(io.BytesIO(as_excel({})[0]))

    assert ["How to fill this in", "Figures", "What each figure means", "Risks", "Commentary"] == book.sheetnames
    ((title, _, stood, before, *rest),) = list(book["Risks"].iter_rows(min_row=2, values_only=True))
    assert ("Data come late", "Own lead times.") == (title, before)
    assert "Possible to happen, moderate if it does\nSteady\nTo be looked at by 31 July 2025" == stood
    assert [None] * 5 + ["late-data"] == rest


def test_a_request_without_reviews_due_has_no_such_sheet() -> None:
    """No empty sheet."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(HOUSE, REQUEST, APRIL_TO_JUNE)))

    assert "Risks" not in book.sheetnames


@pytest.mark.parametrize("saved", [as_excel, as_libreoffice])
def test_what_was_written_comes_back(saved: Callable[..., tuple[bytes, str]]) -> None:
    """Words in any case, the day, and what was left empty as it stood before."""
    data, name = saved(SAID)
    read = returned(data, REQUEST, name, HOUSE, owned=OWNED)

    assert [("late-data", REVIEW)] == [(each.risk, each.review) for each in read.partner_return.reviews]
    assert () == read.findings


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({RiskColumn.CODE: "flood"}, ("unknown-risk", ("A2",))),
        ({RiskColumn.NEXT_REVIEW: "soon"}, ("review-day", ("I2",))),
    ],
)
def test_what_cannot_be_read_is_told_at_its_cell(said: dict[str, object], told: tuple[str, tuple[str, ...]]) -> None:
    """A risk of somebody else, a day that is none."""
    data, name = as_excel({**SAID, **said})
    read = returned(data, replace(REQUEST, asked=()), name, HOUSE, owned=OWNED)

    assert [(*told, Severity.CRITICAL)] == [
        (each.rule, each.cells, each.severity) for each in read.findings if each.sheet == "Risks"
    ]


def test_a_row_goes_by_its_title_where_the_code_is_gone() -> None:
    """Somebody deleted the codes."""
    data, name = as_excel({**SAID, RiskColumn.CODE: None})

    assert ["late-data"] == [
        each.risk for each in returned(data, REQUEST, name, HOUSE, owned=OWNED).partner_return.reviews
    ]


def test_the_sheet_is_no_figures() -> None:
    """Figures and risks are read from one workbook, and neither is taken for the other."""
    data, name = as_excel(SAID)
    read = returned(data, REQUEST, name, HOUSE, owned=OWNED).partner_return

    assert (1, 1) == (len(read.rows), len(read.reviews))
