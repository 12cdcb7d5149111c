"""The sheet of activities comes back as it was filled in, in Excel's format and in LibreOffice's."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import openpyxl
import pytest

from quarterday.adapters.reading.activity_rows import ActivityColumn
from quarterday.adapters.template import build_template
from quarterday.domain.activities.answering import Answer
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.findings import Severity
from tests.domain.activities_example import CAMPAIGN, HOME_VISITS, with_activities
from tests.reading.conftest import APRIL_TO_JUNE
from tests.reading.filling import first_row_filled_in, returned, sheet_as_libreoffice

VISITS = HOME_VISITS.model_copy(update={"lead": "fire"})
HOUSE = with_activities(CAMPAIGN, VISITS)
REQUEST = RequestMade(
    at=datetime(2025, 7, 8, 8, tzinfo=UTC), by="quarterday", partnership="somewhere", collection="somewhere.2025-26-q1",
    request="somewhere.2025-26-q1.fire", partner="fire", asked=("deliberate-fires",), withheld=(),
    due=date(2025, 7, 22), closes=date(2025, 8, 1), activities=("campaign", "home-visits"),
)  # fmt: skip
ALONE = replace(REQUEST, asked=())
SAID = {
    ActivityColumn.STATE: "at risk",
    ActivityColumn.DONE: "Plan agreed & printed.",
    ActivityColumn.NEXT: "Posters up",
    ActivityColumn.NEXT_ON: date(2025, 11, 25),
    ActivityColumn.IN_THE_WAY: "No printer.",
    ActivityColumn.ASKS: "Money for posters.",
    ActivityColumn.ASKS_BOARD: "The Board",
}
TOLD = Answer(
    "campaign", "at risk", "Plan agreed & printed.", "Posters up", date(2025, 11, 25), "No printer.",
    "Money for posters.", "board",
)  # fmt: skip


def as_excel(said: Mapping[str, object], request: RequestMade = REQUEST) -> tuple[bytes, str]:
    """The template with this said of the campaign."""
    return first_row_filled_in(build_template(HOUSE, request, APRIL_TO_JUNE), "Activities", said), "return.xlsx"


def as_libreoffice(said: Mapping[str, object], request: RequestMade = REQUEST) -> tuple[bytes, str]:
    """The same cells as LibreOffice saves them: dates by value, text in paragraphs."""
    return sheet_as_libreoffice(as_excel(said, request)[0], "Activities"), "return.ods"


@pytest.mark.parametrize("saved", [as_excel, as_libreoffice])
def test_what_was_written_comes_back(saved: Callable[..., tuple[bytes, str]]) -> None:
    """State, words, date, and the board by its name: each as typed; the row that was left empty says nothing."""
    data, name = saved(SAID, ALONE)
    read = returned(data, ALONE, name, HOUSE)

    assert [TOLD] == [each.answer for each in read.partner_return.activities]
    assert () == read.findings


def test_the_sheet_stands_beside_the_figures() -> None:
    """Figures and activities are read from one workbook, and neither is taken for the other."""
    data, name = as_excel(SAID)
    read = returned(data, REQUEST, name, HOUSE).partner_return

    assert (1, 1) == (len(read.rows), len(read.activities))


def test_a_template_without_activities_has_no_such_sheet() -> None:
    """A request that asks about none brings no empty sheet."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(HOUSE, replace(REQUEST, activities=()), APRIL_TO_JUNE)))

    assert ["How to fill this in", "Figures", "What each figure means", "Commentary"] == book.sheetnames


def test_a_template_without_figures_has_no_sheet_of_figures() -> None:
    """A lead that supplies none is asked for none."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(HOUSE, ALONE, APRIL_TO_JUNE)))

    assert ["How to fill this in", "Activities", "Commentary"] == book.sheetnames


def test_last_times_words_stand_beside() -> None:
    """What was told last time is in the line."""
    book = openpyxl.load_workbook(
        io.BytesIO(build_template(HOUSE, REQUEST, APRIL_TO_JUNE, (), {"campaign": "How it stands: On course"}))
    )

    assert "How it stands: On course" == book["Activities"]["C2"].value


def test_a_row_of_nobodys_activity_is_told() -> None:
    """A code that was not asked about, at its cell."""
    data, name = as_excel({**SAID, ActivityColumn.CODE: "parade"}, ALONE)
    read = returned(data, ALONE, name, HOUSE)

    assert [("unknown-activity", ("A2",), Severity.CRITICAL)] == [
        (each.rule, each.cells, each.severity) for each in read.findings
    ]


def test_a_day_that_is_none_is_told() -> None:
    """“Soon” is no date."""
    data, name = as_excel({**SAID, ActivityColumn.NEXT_ON: "soon"}, ALONE)

    assert [("activity-day", ("G2",))] == [
        (each.rule, each.cells) for each in returned(data, ALONE, name, HOUSE).findings
    ]


def test_a_row_goes_by_its_title_where_the_code_is_gone() -> None:
    """Somebody deleted the codes."""
    data, name = as_excel({**SAID, ActivityColumn.CODE: None}, ALONE)

    assert [TOLD] == [each.answer for each in returned(data, ALONE, name, HOUSE).partner_return.activities]
