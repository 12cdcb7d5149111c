"""The template comes back with exactly what was filled in, however people leave it."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.columns import Column
from quarterday.adapters.template import build_csv_template, build_template
from quarterday.adapters.template.lines import last_before
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from tests.reading.conftest import APRIL_TO_JUNE, NORTH, SOUTH, request_for
from tests.reading.filling import filled, put, returned, titles

ROWS = 9  # 2 wards x 2 offences, 1 count, 1 percentage, 3 months


def _values(rows: tuple) -> list[float | None]:
    return [row.value for row in rows]


def test_a_filled_in_template_comes_back_exactly(police_request: RequestMade) -> None:
    """Every value comes back as it was typed, and nothing is found or tidied."""
    read = returned(filled(police_request), police_request)

    assert [2.0, 3.0, 4.0, 5.0, 6.0, None, 8.0, 9.0, 10.0] == _values(read.partner_return.rows)
    assert () == read.findings
    assert () == read.partner_return.tidied


def test_a_template_knows_whose_it_is(police_request: RequestMade) -> None:
    """Partner, collection and period come back from the file itself."""
    read = returned(filled(police_request), police_request).partner_return

    assert ("police", "2025-26-q1", APRIL_TO_JUNE) == (read.partner, read.collection, read.period)


def test_numerator_and_denominator_come_back(police_request: RequestMade) -> None:
    """A percentage comes back as its parts; the formula that works it out is no finding."""
    outcomes = [
        row
        for row in returned(filled(police_request), police_request).partner_return.rows
        if row.indicator == "outcomes"
    ]

    assert [(11.0, 21.0)] == [(row.numerator, row.denominator) for row in outcomes]


def test_every_value_is_traced_to_its_cell(police_request: RequestMade) -> None:
    """A row says in which cell its value stood."""
    first = returned(filled(police_request), police_request).partner_return.rows[0]

    assert (("J2",), "Figures") == (first.cell("Value"), first.sheet)


def test_the_template_asks_for_the_grid_and_nothing_else(somewhere: Framework, police_request: RequestMade) -> None:
    """There is one line for each figure that was asked for."""
    asked = tuple(somewhere.indicator[code] for code in police_request.asked)
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))

    assert len(grid(somewhere, asked, APRIL_TO_JUNE)) == book["Figures"].max_row - 1 == ROWS


def test_a_request_without_breakdowns_has_no_column_for_them(somewhere: Framework) -> None:
    """What is not asked is not shown."""
    request = request_for("police", "searches")
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, request, APRIL_TO_JUNE)))

    assert not {"Breakdown", "Category", "Numerator", "Denominator"} & set(titles(book["Figures"]))


def test_the_last_figure_stands_beside_the_empty_cell(somewhere: Framework, police_request: RequestMade) -> None:
    """The latest earlier figure of the same series is shown with the period it covered."""
    earlier = [
        Figure("searches", 1, "E09000099", "", "", Period(date(2025, 1, 1), date(2025, 3, 31)), 41),
        Figure("searches", 1, "E09000099", "", "", Period(date(2024, 10, 1), date(2024, 12, 31)), 7),
        Figure("searches", 1, "E09000099", "", "", APRIL_TO_JUNE, 99),
    ]
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE, earlier)))
    sheet = book["Figures"]

    assert (41, "January to March 2025") == (
        sheet.cell(6, titles(sheet)["Last time"]).value,
        sheet.cell(6, titles(sheet)["Last time covered"]).value,
    )


def test_a_last_figure_of_zero_is_shown_as_zero(somewhere: Framework, police_request: RequestMade) -> None:
    """Zero is a figure, not a blank."""
    earlier = [Figure("searches", 1, "E09000099", "", "", Period(date(2025, 1, 1), date(2025, 3, 31)), 0)]
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE, earlier)))
    sheet = book["Figures"]

    assert 0 == sheet.cell(6, titles(sheet)["Last time"]).value


def test_only_the_answers_can_be_typed_over(somewhere: Framework, police_request: RequestMade) -> None:
    """Codes, names and worked-out values are locked; the cells to fill in are not."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))
    sheet = book["Figures"]
    at = titles(sheet)

    assert sheet.protection.sheet
    assert not sheet.cell(2, at["Value"]).protection.locked
    assert sheet.cell(2, at["Indicator code"]).protection.locked
    assert sheet.cell(7, at["Value"]).protection.locked  # the percentage works itself out


def test_the_data_has_no_merged_cells_and_a_frozen_header(somewhere: Framework, police_request: RequestMade) -> None:
    """Screen readers and sorting need a plain table."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))
    sheet = book["Figures"]

    assert not sheet.merged_cells.ranges
    assert "C2" == sheet.freeze_panes
    assert ["FiguresAsked"] == list(sheet.tables)
    assert ("en-GB", "Figures for April to June 2025: Police") == (book.properties.language, book.properties.title)


def test_the_csv_template_comes_back_exactly(somewhere: Framework, police_request: RequestMade) -> None:
    """The CSV carries the same columns and reads the same way."""
    text = build_csv_template(somewhere, police_request, APRIL_TO_JUNE).decode("utf-8-sig")
    head, *lines = text.splitlines()
    at = head.split(",").index("Value")
    cells = [line.split(",") for line in lines]
    for number, row in enumerate(cells):
        row[at] = str(number)
    done = "\r\n".join([head, *(",".join(row) for row in cells)])

    read = returned(done.encode("utf-8-sig"), police_request, "return.csv")

    assert [float(number) for number in range(ROWS)] == _values(read.partner_return.rows)
    assert ((), ()) == (read.findings, read.partner_return.tidied)


def _move_columns(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(reversed(row), 1):
            sheet.cell(number, column).value = value


def _shout_titles(sheet: Worksheet) -> None:
    for cell in sheet[1]:
        cell.value = f"  {str(cell.value).upper()} * "


def _title_above(sheet: Worksheet) -> None:
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Our return for the quarter"


def _blank_rows(sheet: Worksheet) -> None:
    sheet.insert_rows(4, 2)
    sheet.insert_rows(9)


def _notes_and_total_below(sheet: Worksheet) -> None:
    sheet.cell(13, 1).value = "Source: our own system"
    sheet.cell(14, 1).value = "Total"
    sheet.cell(14, titles(sheet)["Value"]).value = 46


def _second_header(sheet: Worksheet) -> None:
    sheet.insert_rows(6)
    for cell in sheet[1]:
        sheet.cell(6, cell.column).value = cell.value


def _merge_indicators(sheet: Worksheet) -> None:
    at = titles(sheet)
    for row in range(3, 6):
        for title in ("Indicator", "Indicator code"):
            sheet.cell(row, at[title]).value = None
    for title in ("Indicator", "Indicator code"):
        sheet.merge_cells(start_row=2, end_row=5, start_column=at[title], end_column=at[title])


def _without_codes(sheet: Worksheet) -> None:
    for title in ("Indicator code", "Breakdown code", "Category code", "Area code"):
        sheet.delete_cols(titles(sheet)[title])


@pytest.mark.parametrize(
    "left",
    [
        _move_columns,
        _shout_titles,
        _title_above,
        _blank_rows,
        _notes_and_total_below,
        _second_header,
        _merge_indicators,
        _without_codes,
    ],
)
def test_a_template_as_people_leave_it_reads_the_same(left, police_request: RequestMade) -> None:
    """Moved, shouted, padded, annotated or merged: the same figures come back, and nothing is sent back."""
    data = filled(police_request, *([left] if left is not _move_columns else []))
    if left is _move_columns:  # formulas do not move with their cells: type the percentage's parts alone
        data = filled(police_request, put("Value", 7, None), left)

    read = returned(data, police_request)

    assert [2.0, 3.0, 4.0, 5.0, 6.0, None, 8.0, 9.0, 10.0] == _values(read.partner_return.rows)
    assert not [finding for finding in read.findings if finding.severity.value == "critical"]


def test_figures_on_a_hidden_sheet_are_read_with_a_warning(police_request: RequestMade) -> None:
    """The only figures stand on a hidden sheet: they are read, and the sender is told."""

    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    read = returned(filled(police_request, hide), police_request)

    assert ROWS == len(read.partner_return.rows)
    assert ["hidden-figures"] == [finding.rule for finding in read.findings]


def test_two_sheets_of_figures_are_sent_back(police_request: RequestMade) -> None:
    """Which of two sheets counts is not ours to guess."""

    def copy(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent.copy_worksheet(sheet).title = "Figures (2)"

    read = returned(filled(police_request, copy), police_request)

    assert ["several-tables"] == [finding.rule for finding in read.findings]


def test_a_file_of_another_kind_is_no_return(police_request: RequestMade) -> None:
    """A spreadsheet that is neither the template nor a known export says so."""
    read = returned(b"Name,Colour\nApple,Red\n", police_request, "fruit.csv")

    assert ["not-our-template"] == [finding.rule for finding in read.findings]
    assert () == read.partner_return.rows


@pytest.mark.parametrize(
    ("title", "value", "rule"),
    [
        ("Value", "-", "unsure-sign"),
        ("Value", "about a dozen", "not-a-number"),
        ("Value", "1,5", "decimal-comma"),
        ("Value", "#REF!", "error-value"),
        ("Value", True, "not-a-number"),
        ("Value", date(2025, 5, 12), "date-for-number"),
        ("Value", "12%", "percent-for-count"),
        ("Value", "=1+1", "formula-without-value"),
        ("Marker", "maybe", "unknown-marker"),
        ("Period from", "06/30/2025", "month-first-date"),
        ("Period to", "soon", "not-a-date"),
        ("Period to", date(2025, 1, 31), "backward-period"),
        ("Area code", "E05999999", "unknown-area"),
        ("Category code", "jaywalking", "unknown-category"),
        ("Breakdown code", "weather", "unknown-category"),
        ("Indicator code", "weather", "unknown-indicator"),
    ],
)
def test_what_cannot_be_read_is_a_finding_at_its_cell(
    title: str, value: object, rule: str, police_request: RequestMade
) -> None:
    """A finding names the cell; a name that is right does not heal a code that nobody knows."""
    data = filled(police_request, put(title, 2, value))
    letter = openpyxl.utils.get_column_letter(titles(openpyxl.load_workbook(io.BytesIO(data))["Figures"])[title])

    read = returned(data, police_request)

    assert [(rule, (f"{letter}2",))] == [(finding.rule, finding.cells) for finding in read.findings]


def test_no_finding_quotes_a_value(police_request: RequestMade) -> None:
    """What stands in a cell may be about a person: the cell's address is enough."""
    read = returned(
        filled(police_request, put("Value", 2, "Ann Other"), put("Marker", 3, "07700 900123")), police_request
    )

    said = " ".join(finding.sentence + finding.safe_sentence for finding in read.findings)
    assert "Ann" not in said
    assert "07700" not in said


def test_a_ward_nobody_knows_is_a_finding(police_request: RequestMade) -> None:
    """Neither the code nor the name is ours."""
    data = filled(police_request, put("Area code", 2, "E05999999"), put("Area", 2, "Elsewhere"))

    assert ["unknown-area"] == [finding.rule for finding in returned(data, police_request).findings]


def test_code_and_name_that_disagree_are_a_finding(police_request: RequestMade) -> None:
    """A row that says South by code and North by name is not ours to settle."""
    data = filled(police_request, put("Area code", 2, SOUTH))

    assert ["code-mismatch"] == [finding.rule for finding in returned(data, police_request).findings]


def test_a_ward_name_for_its_code_is_tidied(police_request: RequestMade) -> None:
    """The name in the code's column is read as the code, and listed for the sender to confirm."""
    read = returned(filled(police_request, put("Area code", 2, "north park")), police_request).partner_return

    assert NORTH == read.rows[0].area_code
    assert [("north park", NORTH)] == [(each.written, each.read_as) for each in read.tidied]


def test_the_period_that_figures_really_cover_is_read(police_request: RequestMade) -> None:
    """A sender may change the period; the row then covers what it says."""
    data = filled(police_request, put("Period from", 6, "1 June 2025"), put("Period to", 6, "30.09.2025"))

    row = next(r for r in returned(data, police_request).partner_return.rows if r.indicator == "searches")

    assert Period(date(2025, 6, 1), date(2025, 9, 30)) == row.period


def test_a_row_of_another_request_is_a_finding(police_request: RequestMade) -> None:
    """An indicator that was not asked for is not read silently, nor dropped silently."""
    read = returned(filled(police_request), request_for("police", "crime", "searches", "panels"))

    assert ["unknown-indicator"] == [finding.rule for finding in read.findings]


def test_commentary_comes_back(police_request: RequestMade) -> None:
    """What is written on the sheet for commentary is the return's comment."""

    def say(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        sheet.parent["Commentary"]["A3"] = "Two teams merged in May."

    read = returned(filled(police_request, say), police_request)

    assert "Two teams merged in May." == read.partner_return.comment


def test_columns_that_others_name_exist() -> None:
    """Findings and cells name columns by the template's titles."""
    assert {"Value", "Numerator", "Denominator", "Marker", "Comment"} <= {column.value for column in Column}


def test_what_lies_under_a_merged_cell_is_not_read(police_request: RequestMade) -> None:
    """A value that a merged cell hides is none that the sender sees, and the one above may be for both rows."""

    def merge(sheet: Worksheet) -> None:
        column = titles(sheet)["Value"]
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)

    read = returned(filled(police_request, merge), police_request)

    assert [None, None, 4.0] == _values(read.partner_return.rows)[:3]
    assert ["merged-figure"] == [finding.rule for finding in read.findings]


def test_last_time_of_a_rolling_year_is_the_last_one_sent() -> None:
    """Two rolling years overlap by nine months: the one that ended a quarter before is last time all the same."""
    year = Figure("a", 1, "E1", "", "", Period(date(2024, 4, 1), date(2025, 3, 31)), 310.0)

    assert year is last_before([year], date(2025, 6, 30))
    assert None is last_before([year], date(2025, 3, 31))


def test_last_time_stands_where_it_is_known(somewhere: Framework, police_request: RequestMade) -> None:
    """Without it there is no empty column but a line that says why; the line goes once there is something."""
    known = Figure("searches", 1, "E09000099", "", "", Period(date(2025, 1, 1), date(2025, 3, 31)), 7.0)
    bare = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))
    full = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE, [known])))
    why = "What you sent last time is not shown here"

    assert not {"Last time", "Last time covered"} & set(titles(bare["Figures"]))
    assert any(str(row[0].value).startswith(why) for row in bare.worksheets[0].iter_rows())
    assert {"Last time", "Last time covered"} <= set(titles(full["Figures"]))
    assert not any(str(row[0].value).startswith(why) for row in full.worksheets[0].iter_rows())


def test_it_opens_at_the_figures(somewhere: Framework, police_request: RequestMade) -> None:
    """The guide stays the first sheet; what is to be filled in is what one sees first."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))

    assert ("Figures", "How to fill this in") == (book.active.title, book.sheetnames[0])


def test_counts_are_whole_numbers(somewhere: Framework, police_request: RequestMade) -> None:
    """A count's cell expects a whole number, a fraction's parts do too; both only warn."""
    sheet = openpyxl.load_workbook(io.BytesIO(build_template(somewhere, police_request, APRIL_TO_JUNE)))["Figures"]
    at = titles(sheet)
    expected = {each.type: each for each in sheet.data_validations.dataValidation}
    count = sheet.cell(2, at["Value"])

    assert count.coordinate in expected["whole"].sqref
    assert ("#,##0", "warning") == (count.number_format, expected["whole"].errorStyle)


def test_a_figure_that_is_asked_no_more_is_left_out_and_noted(police_request: RequestMade) -> None:
    """A template of before it was retired: its rows are a note, all others count."""
    *rest, retired = police_request.asked
    now = request_for("police", *rest)
    read = returned(filled(police_request), now, no_more=(retired,))

    assert retired not in {row.indicator for row in read.partner_return.rows}
    assert ["asked-no-more"] == [finding.rule for finding in read.findings]
    assert ["information"] == [finding.severity for finding in read.findings]
    assert set(rest) == {row.indicator for row in read.partner_return.rows}
