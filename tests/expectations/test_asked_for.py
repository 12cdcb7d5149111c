"""What was not asked for has no place: it is told, and never kept. An export need only hold what it carries."""

from dataclasses import replace
from datetime import date

import pytest

from expectations.check_return import check_many, check_reading
from expectations.checking import Checked, Job
from quarterday.adapters.parsing.files import parse
from quarterday.adapters.reading import FileTables
from quarterday.domain.facts import Verdict
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from quarterday.domain.framework.exports import AreaFrom, CategoryFrom, Export, ExportedFigures, When
from quarterday.domain.framework.periods import Period, financial_quarter
from tests.expectations.conftest import (
    FRAMEWORK,
    JUNE_TO_SEPTEMBER,
    QUARTER,
    WARDS,
    good_entry,
    good_rows,
    job,
    places,
    request,
    the_framework,
    workbook,
)

COLLECTION = "somewhere-2025-26-q1"


def good_return(*more: ReturnRow) -> PartnerReturn:
    """The good return as if read from somewhere, with more rows."""
    rows = []
    for place in places():
        given = {title.lower(): value for title, value in good_entry(place).items()}
        rows.append(ReturnRow(place.indicator, place.area_code, place.breakdown, place.category, place.period, **given))
    return PartnerReturn("police", COLLECTION, QUARTER, (*rows, *more), "template")


def checked(partner_return: PartnerReturn, the_job: Job | None = None) -> Checked:
    """A check of a return that was read before."""
    return check_many({"return": (the_job or job(), partner_return, ())})["return"]


def row(**changes: object) -> ReturnRow:
    """A row that was not asked for."""
    parts: dict[str, object] = {
        "indicator": "ward-panels", "area_code": "E09000099", "breakdown": "", "category": "", "period": QUARTER,
        "value": 3.0, "sheet": "Figures", "cells": (("Indicator code", "M9"), ("Area code", "L9"), ("Value", "G9")),
    }  # fmt: skip
    return ReturnRow(**{**parts, **changes})


@pytest.mark.parametrize(
    ("rule", "cells", "unasked"),
    [
        ("withheld", ("M9",), row(indicator="secrets")),
        ("unknown-indicator", ("M9",), row(indicator="morale")),
        ("not-asked", ("M9",), row(indicator="fires")),
        ("unknown-area", ("L9",), row(area_code="E05099999")),
        ("unknown-category", ("M9", "L9", "G9"), row(breakdown="reason", category="piracy")),
        ("total-not-asked", ("M9",), row(indicator="offences", area_code="E05013711")),
        ("which-period", ("M9", "L9", "G9"), row(indicator="calls", period=None)),
    ],
)
def test_a_row_without_a_place_is_told_and_not_kept(rule: str, cells: tuple[str, ...], unasked: ReturnRow) -> None:
    """Each way of having no place has its own sentence, at the cell that says it."""
    found = checked(good_return(unasked))

    assert [(rule, cells)] == [(each.rule, each.cells) for each in found.findings]
    assert found.partner_return is not None
    assert unasked not in found.partner_return.rows


def test_a_figure_whose_agreement_has_ended_since_is_told_and_not_kept() -> None:
    """Nobody is sent back for what was asked and may not be shared any more; what came on the last day counts."""
    own = FRAMEWORK.agreements[0].model_copy(
        update={"code": "calls", "indicators": ("calls",), "ends": date(2025, 7, 9), "parties": ("police",)}
    )
    rest = FRAMEWORK.agreements[0].model_copy(
        update={"indicators": tuple(each.code for each in FRAMEWORK.indicators if each.code != "calls")}
    )
    ended = job(framework=the_framework(agreements=(own, rest)))
    late, in_time = checked(good_return(), ended), checked(good_return(), replace(ended, came_on=date(2025, 7, 9)))

    assert {("agreement-over", "calls")} == {(each.rule, each.indicator) for each in late.findings}
    assert Verdict.ACCEPTED is late.verdict
    assert late.partner_return and "calls" not in {each.indicator for each in late.partner_return.rows}
    assert () == in_time.findings
    assert in_time.partner_return and "calls" in {each.indicator for each in in_time.partner_return.rows}


def test_a_blank_row_without_a_place_is_nothing() -> None:
    """An empty line for a class of their own says nothing."""
    assert () == checked(good_return(row(indicator="morale", value=None))).findings


def test_a_period_said_on_the_page_is_the_returns() -> None:
    """A sender may say on the page which days the figures cover."""
    rows = [{**each, "Period from": None, "Period to": None} for each in good_rows() if "Calls" not in each.values()]
    data = workbook(rows)
    reading = parse(data, "return.xlsx")
    assert isinstance(reading, FileTables)
    found = check_reading(job(data, says_period=JUNE_TO_SEPTEMBER, part=True), reading)

    assert {"another-period", "period-not-over", "still-to-come"} == {each.rule for each in found.findings}
    assert Verdict.ACCEPTED_WITH_CAVEATS is found.verdict


THE_QUARTER_BEFORE = financial_quarter(2024, 4)


def a_return_of_the_quarter_before(says_period: Period | None) -> Checked:
    """A check of a form whose every row covers January to March, where April to June was asked."""
    ends = {"Period from": THE_QUARTER_BEFORE.start, "Period to": THE_QUARTER_BEFORE.end}
    data = workbook([{**each, **ends} for each in good_rows() if "Calls" not in each.values()])
    reading = parse(data, "return.xlsx")
    assert isinstance(reading, FileTables)
    return check_reading(job(data, says_period=says_period, part=True), reading)


def test_figures_of_no_day_asked_are_taken_where_the_sender_says_so_on_the_page() -> None:
    """Who says on the page that these are all there are is believed, and the board reads which days they cover."""
    found = a_return_of_the_quarter_before(THE_QUARTER_BEFORE)

    assert {"another-period", "still-to-come"} == {each.rule for each in found.findings}
    assert Verdict.ACCEPTED_WITH_CAVEATS is found.verdict
    assert found.partner_return is not None
    assert THE_QUARTER_BEFORE == found.partner_return.period


def test_figures_of_no_day_asked_are_sent_back_where_nobody_says_so() -> None:
    """Last quarter's form sent again is a slip until its sender says that it is not."""
    found = a_return_of_the_quarter_before(None)

    assert ["wrong-period"] == [each.rule for each in found.findings]
    assert Verdict.QUERIED is found.verdict


def the_rest(already: tuple[str, ...]) -> Checked:
    """A check of a second file that holds the monthly calls alone."""
    data = workbook([each for each in good_rows() if "Calls" in each.values()])
    reading = parse(data, "return.xlsx")
    assert isinstance(reading, FileTables)
    return check_reading(job(data, already=already), reading)


def test_a_second_file_with_the_rest_need_not_repeat_what_was_accepted() -> None:
    """What an accepted return has brought may be left out; what nobody has brought may not."""
    brought = tuple(code for code in request().asked if code != "calls")

    assert () == the_rest(brought).findings
    assert [("row-missing", "offences")] == [
        (each.rule, each.indicator) for each in the_rest(tuple(set(brought) - {"offences"})).findings
    ]


EXPORT = Export(
    code="crime-export",
    title="Crime export",
    partner="police",
    figures=(
        ExportedFigures(
            indicator="offences",
            area=AreaFrom(column="Ward"),
            category=CategoryFrom(breakdown="offence", column="Offence"),
            when=When(from_column="From", to_column="To"),
            value_column="Offences",
        ),
    ),
)


def an_export(*lines: str) -> Checked:
    """A check of the police's own export with these lines."""
    text = "\n".join(("Ward,Offence,From,To,Offences", *lines)) + "\n"
    the_job = job(text.encode(), suffix=".csv", exports={"crime-export": EXPORT})
    reading = parse(text.encode(), "return.csv")
    assert isinstance(reading, FileTables)
    return check_reading(the_job, reading)


def export_lines() -> list[str]:
    """A whole export."""
    return [
        f"E0501371{number},{offence},2025-04-01,2025-06-30,{10 + number}"
        for number in range(1, len(WARDS) + 1)
        for offence in ("burglary", "robbery")
    ]


def test_an_export_that_holds_what_it_carries_is_accepted_and_the_rest_still_to_come() -> None:
    """The other indicators are asked for again, and nothing is sent back."""
    found = an_export(*export_lines())

    assert Verdict.ACCEPTED_WITH_CAVEATS is found.verdict
    assert {"ward-panels", "stop-and-search", "positive-outcomes", "weapon-finds", "calls"} == {
        each.indicator for each in found.findings if each.rule == "still-to-come"
    }
    assert [] == [each for each in found.findings if each.severity is Severity.CRITICAL]


def test_an_export_without_a_row_that_it_should_carry_is_sent_back() -> None:
    """A hole in what the export carries is a hole."""
    found = an_export(*export_lines()[:-1])

    assert Verdict.QUERIED is found.verdict
