"""What a person sees in a cell and what the file holds may differ: it is asked, or shown as written beside as read."""

import io
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.parsing.appearances import OTHERWISE, PERCENT, STRUCK_OUT
from quarterday.adapters.parsing.number_formats import shows_otherwise
from quarterday.adapters.parsing.tables import CONDITIONS_NOTE
from quarterday.adapters.reading import FileTables, ReadReturn, read_tables
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Area
from tests.reading.conftest import NORTH, framework
from tests.reading.filling import Change, filled, put, returned, titles

ROW = 2  # the first row of figures


def value_of(result: ReadReturn) -> float | None:
    """The value of the first row of figures."""
    return result.partner_return.rows[0].value


def rules(result: ReadReturn) -> set[str]:
    """What was found."""
    return {finding.rule for finding in result.findings}


def with_cell(change: Callable[[openpyxl.cell.Cell], None], title: str = "Value") -> Change:
    """Change the cell of a column in the first row of figures."""

    def changed(sheet: Worksheet) -> None:
        change(sheet.cell(ROW, titles(sheet)[title]))

    return changed


def rich(*blocks: tuple[InlineFont | None, str]) -> CellRichText:
    """A text in runs."""
    return CellRichText(*(TextBlock(font, words) if font else words for font, words in blocks))


RAISED, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (rich((None, "12"), (RAISED, "2")), "footnote-sign"),
        (rich((None, "12"), (InlineFont(vertAlign="subscript"), "a")), "footnote-sign"),
        (rich((STRUCK, "15"), (None, "12")), "struck-out"),
        ("1²", "footnote-sign"),
        ("12*", "footnote-sign"),
        ("12 [note 1]", "footnote-sign"),
        ("12,00", "decimal-comma"),
        ("12k", "multiplied"),
        ("None", "no-value-word"),
        ("NaN", "no-value-word"),
        ("5-9", "range-for-number"),
    ],
)
def test_what_may_be_joined_wrongly_is_asked(police_request: RequestMade, value: object, rule: str) -> None:
    """A raised 2 makes no 122, a struck-out 15 no 1512: no figure is taken, and the sender is asked."""
    result = returned(filled(police_request, put("Value", ROW, value)), police_request)

    assert value_of(result) is None
    assert rule in rules(result)


def test_raised_letters_in_words_are_no_trouble(police_request: RequestMade) -> None:
    """`1st` with a raised st is a comment like any other."""
    comment = rich((None, "Counted on the 1"), (RAISED, "st"), (None, " of July"))

    result = returned(filled(police_request, put("Comment", ROW, comment)), police_request)

    assert not result.findings


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('[<5]"<5";0', 3), ('"<5"', 3), ("0.0,", 12000), ('0,,"m"', 3e6), (";;;", 3), ('0"*"', 12), ('0"k"', 12),
        ('0" (p)"', 12), ("#,##0,", 12000), ('"suppressed"', 3), ("0;-0;;@", 0), ('0"2"', 12),
        ('0"¹"', 12), ("0\\*", 12), ('0" (thousands)"', 12), ('0" provisional"', 12), ('"c. "0', 12), ("<0", 5),
        ("0;0", -12), ("0\\ \\m\\i\\l\\l\\i\\o\\n", 3), ('0" [note 1]"', 12), ('0" of 20"', 12), ('"~"0', 12),
    ],
)  # fmt: skip
def test_a_number_format_may_show_something_else(code: str, value: float) -> None:
    """`<5` for a 3, thousands without their noughts, nothing at all."""
    assert shows_otherwise(code, value)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("General", 3), ("0", 3), ("#,##0.00", 1234.5), ("0%", 0.5), ('_-* #,##0_-;_-* "-"_-;_-@_-', 0),
        ('[<5]"<5";0', 7), ("dd/mm/yyyy", 45000), ('"£"#,##0', 12), ('0" cases"', 12), ("[Red]-0;0", 3),
        ('0;-0;"-"', 0),
        ("0.00E+00", 3), ("@", 3), ("0\\ \\c\\a\\s\\e\\s", 12), ('0"%"', 12), ("#,##0_);[Red]\\(#,##0\\)", -12),
        ("[$-809]d mmmm yyyy", 45000), ("#,##0;[Red]-#,##0", -4),
    ],
)  # fmt: skip
def test_most_number_formats_show_the_number(code: str, value: float) -> None:
    """Grouping, currency, colours, dates and a dash for nought are how people write."""
    assert not shows_otherwise(code, value)


def test_a_cell_that_shows_less_than_five_is_asked(police_request: RequestMade) -> None:
    """It holds 3 and shows `<5`: the 3 was not meant to be read."""

    def change(cell: openpyxl.cell.Cell) -> None:
        cell.value, cell.number_format = 3, '[<5]"<5";0'

    result = returned(filled(police_request, with_cell(change)), police_request)

    assert (None, {"shown-otherwise"}) == (value_of(result), rules(result))


def test_a_cell_that_is_struck_out_as_a_whole_is_asked(police_request: RequestMade) -> None:
    """A number under a stroke is one that does not count."""

    def change(cell: openpyxl.cell.Cell) -> None:
        cell.value, cell.font = 15, Font(strike=True)

    result = returned(filled(police_request, with_cell(change)), police_request)

    assert (None, {"struck-out"}) == (value_of(result), rules(result))


@pytest.mark.parametrize(
    ("style", "rule"),
    [
        ({"font": Font(color="FF000000"), "fill": PatternFill("solid", fgColor="FF000000")}, "unseen-figure"),
        ({"font": Font(color="FFFEFEFE")}, "unseen-figure"),
        ({"font": Font(sz=1)}, "unseen-figure"),
        ({"font": Font(vertAlign="superscript")}, "footnote-sign"),
        ({"number_format": '0"?"'}, "shown-otherwise"),
    ],
    ids=["in the colour of its cell", "nearly white", "tiny", "raised", "with a question mark"],
)
def test_a_figure_that_is_hardly_seen_is_asked(
    police_request: RequestMade, style: dict[str, object], rule: str
) -> None:
    """Black on black, next to white, one point high, raised as a whole, or in doubt by its format."""

    def change(cell: openpyxl.cell.Cell) -> None:
        cell.value = 15
        for what, how in style.items():
            setattr(cell, what, how)

    result = returned(filled(police_request, with_cell(change)), police_request)

    assert (None, {rule}) == (value_of(result), rules(result))


def test_a_label_that_is_struck_out_is_asked(police_request: RequestMade) -> None:
    """A stroke through the ward's name may take its whole row back."""
    strike = with_cell(lambda cell: setattr(cell, "font", Font(strike=True)), "Area")

    assert {"struck-out"} == rules(returned(filled(police_request, strike), police_request))


@pytest.mark.parametrize(
    "title",
    [
        "Value (thousands)", "Value (£m)", "Value (in 000s)", "Value (%)", "Value (’000)", "Value (£ million)",
        "Value (10³)", "Value (dozens)", "Value (per 1,000)", "Value (rate per 1000 population)", "Value [hundreds]",
        "Value (proportion)", "Value (GBP m)", "Value (to the nearest 100)",
    ],
)  # fmt: skip
def test_a_title_with_a_scale_is_asked(police_request: RequestMade, title: str) -> None:
    """Twelve under “thousands” may be twelve thousand."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(1, titles(sheet)["Value"]).value = title

    assert "title-with-scale" in rules(returned(filled(police_request, change), police_request))


@pytest.mark.parametrize(
    "title",
    [
        "Value (last year)",
        "Value (target)",
        "Value (year to date)",
        "Value (monthly average)",
        "Value (2024-25)",
        "Value (avg)",
        "Value (R12)",
        "Value (12 months)",
    ],
)
def test_a_title_of_another_time_or_measure_is_asked(police_request: RequestMade, title: str) -> None:
    """What stands under “last year” or “target” is not the quarter's figure, though the column's first word is ours."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(1, titles(sheet)["Value"]).value = title

    assert {"title-of-another"} == rules(returned(filled(police_request, change), police_request))


def test_brackets_that_say_more_are_asked_about_and_read(police_request: RequestMade) -> None:
    """“Value (excluding cars)” may be all that was asked, or less: its numbers stand, and the sender is asked."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(1, titles(sheet)["Value"]).value = "Value (excluding cars)"

    result = returned(filled(police_request, change), police_request)

    assert (2.0, {"title-says-more"}) == (value_of(result), rules(result))


@pytest.mark.parametrize(
    "title",
    [
        "Value (April to June 2025)",
        "Value (this quarter)",
        "Value (number)",
        "Value [1]",
        "Value (provisional)",
        "Value (number of searches)",
        "Value (please complete)",
        "Value (see note 2)",
    ],
)
def test_a_title_may_say_what_we_asked_for(police_request: RequestMade, title: str) -> None:
    """The quarter that was asked for, or that it is a number, changes nothing."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(1, titles(sheet)["Value"]).value = title

    assert not rules(returned(filled(police_request, change), police_request)) - {"text-below"}


@pytest.mark.parametrize("column", ["Comment", "Marker"])
def test_a_figure_in_the_wrong_column_is_no_answer(police_request: RequestMade, column: str) -> None:
    """A 6 typed under Comment is no reason for an empty Value."""
    data = filled(police_request, put("Value", ROW, None), put(column, ROW, "6"))

    assert f"figure-under-{column.lower()}" in rules(returned(data, police_request))


def test_a_comment_that_begins_with_a_number_is_asked(police_request: RequestMade) -> None:
    """“6 in all” under Comment may be the figure; “12 May” is a date."""
    asked = filled(police_request, put("Value", ROW, None), put("Comment", ROW, "6 in all, see email"))
    date_ = filled(police_request, put("Value", ROW, None), put("Comment", ROW, "12 May: system down"))

    assert "number-in-comment" in rules(returned(asked, police_request))
    assert "number-in-comment" not in rules(returned(date_, police_request))


def test_an_unknown_name_beside_a_known_code_is_asked(police_request: RequestMade) -> None:
    """Rows of an abolished ward, copied over another's code, are not that other ward's figures."""
    result = returned(filled(police_request, put("Area", ROW, "Whitefield")), police_request)

    assert [("name-not-known", "Area")] == [(finding.rule, finding.column) for finding in result.findings]


def with_history() -> Framework:
    """The partnership, whose North Park took the place of an older ward."""
    whole = framework()
    areas = tuple(
        Area(code=each.code, name=each.name, level=each.level, succeeds=("E05999990", "Whitefield"))
        if each.code == NORTH
        else each
        for each in whole.partnership.areas
    )
    return framework(partnership=whole.partnership.model_copy(update={"areas": areas}))


def test_the_successor_of_an_old_ward_is_named(police_request: RequestMade) -> None:
    """Where config says which ward took its place, the sentence says so; the figure is not moved there."""
    of = with_history()
    by_code = returned(filled(police_request, put("Area code", ROW, "E05999990"), of=of), police_request, of=of)
    by_name = returned(filled(police_request, put("Area", ROW, "Whitefield"), of=of), police_request, of=of)

    assert "earlier-edition" in rules(by_code)
    assert all("North Park" in finding.sentence for each in (by_code, by_name) for finding in each.findings)


def test_the_word_ward_behind_a_name_is_no_trouble(police_request: RequestMade) -> None:
    """`North Park Ward` is North Park."""
    assert not returned(filled(police_request, put("Area", ROW, "North Park Ward")), police_request).findings


def test_a_column_of_notes_beside_comment_joins_it(police_request: RequestMade) -> None:
    """A partner's own Notes column is no second Comment."""

    def change(sheet: Worksheet) -> None:
        column = sheet.max_column + 1
        sheet.cell(1, column).value, sheet.cell(ROW, column).value = "Notes", "One day is missing"

    result = returned(filled(police_request, change, put("Comment", ROW, "Late")), police_request)

    assert () == result.findings
    assert "Late; One day is missing" == result.partner_return.rows[0].comment


def test_a_note_on_a_cell_is_the_senders_comment(police_request: RequestMade) -> None:
    """What stands in a cell note is what the sender had to say; what our own checks noted there is not."""

    def change(cell: openpyxl.cell.Cell) -> None:
        cell.comment = Comment("Jo Smith:\nProvisional until August", "Jo Smith")

    def ours(cell: openpyxl.cell.Cell) -> None:
        cell.comment = Comment("This is not a number.", "Checks")

    said = returned(filled(police_request, with_cell(change)), police_request)
    told = returned(filled(police_request, with_cell(ours)), police_request)

    assert ("Provisional until August", "") == (
        said.partner_return.rows[0].comment,
        told.partner_return.rows[0].comment,
    )


def test_the_suppliers_own_signs_stand_in_a_table(police_request: RequestMade) -> None:
    """`1-4` and `..` mean what config says; without the table they are asked about."""
    partnership = framework().partnership.model_copy(update={"markers": {"1-4": "[c]", "..": "[x]", "r": "[r]"}})
    of = framework(partnership=partnership)
    read = {
        written: returned(filled(police_request, put("Value", ROW, written), of=of), police_request, of=of)
        for written in ("1 – 4", "..", "12 (r)")
    }
    rows = {written: each.partner_return.rows[0] for written, each in read.items()}

    assert {
        "1 – 4": (None, Marker.CONFIDENTIAL),
        "..": (None, Marker.NOT_AVAILABLE),
        "12 (r)": (12.0, Marker.REVISED),
    } == {written: (row.value, row.marker) for written, row in rows.items()}
    assert "range-for-number" in rules(returned(filled(police_request, put("Value", ROW, "1-4")), police_request))


def test_a_hundred_per_cent_in_a_percent_cell(police_request: RequestMade) -> None:
    """A cell that holds 1 and shows 100% is a hundred per cent."""

    def change(sheet: Worksheet) -> None:
        at = titles(sheet)
        row = next(r for r in range(2, 30) if sheet.cell(r, at["Indicator code"]).value == "outcomes")
        sheet.cell(row, at["Numerator"]).value = sheet.cell(row, at["Denominator"]).value = 30
        sheet.cell(row, at["Value"]).value, sheet.cell(row, at["Value"]).number_format = 1, "0%"

    result = returned(filled(police_request, change), police_request)

    assert [100.0] == [row.value for row in result.partner_return.rows if row.indicator == "outcomes"]


def test_hidden_rows_reach_the_checks_as_a_note(police_request: RequestMade) -> None:
    """Rows that are hidden are read, and the sender is told."""

    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    result = returned(filled(police_request, change), police_request)

    assert ["read-note"] == [finding.rule for finding in result.findings]
    assert "hidden" in result.findings[0].sentence


def test_a_template_whose_value_was_renamed_is_told_so(police_request: RequestMade) -> None:
    """The finding names the title that stands in the place of Value."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(1, titles(sheet)["Value"]).value = "Q1 2025/26"

    result = returned(filled(police_request, change), police_request)

    assert ["renamed-value"] == [finding.rule for finding in result.findings]
    assert "Q1 2025/26" in result.findings[0].sentence


@pytest.mark.parametrize("written", ["20250401", 20250401, "1 April 25", "04/2025", "Q1 2025/26", "2025/26 Q1"])
def test_periods_in_many_styles(police_request: RequestMade, written: object) -> None:
    """Eight digits, two-figure years, months and quarters say when a period begins."""
    result = returned(filled(police_request, put("Period from", ROW, written)), police_request)

    period = result.partner_return.rows[0].period
    assert period and date(2025, 4, 1) == period.start


def html(rows: list[list[str]], before: str = "", cell: str = "td") -> bytes:
    """A page with one table."""
    lines = "".join(f"<tr>{''.join(f'<{cell}>{each}</{cell}>' for each in row)}</tr>" for row in rows)
    return f"{before}<html><body><table>{lines}</table></body></html>".encode()


TABLE = [["Month", "Count"], ["Apr-25", "1"], ["May-25", "2&amp;3"]]
READ = (("Month", "Count"), ("Apr-25", "1"), ("May-25", "2&3"))


@pytest.mark.parametrize(
    "before", ["", "< div >\n", "<style>td{}</style>", "\ufeff<!DOCTYPE html>", "<!-- made by x -->"]
)
def test_a_plain_table_of_a_web_page_is_read(before: str) -> None:
    """What case systems call .xls is often a page with one table."""
    result = read_tables(html(TABLE, before), "export.xls")

    assert isinstance(result, FileTables)
    assert READ == result.tables[0].rows


def test_raised_and_struck_out_text_of_a_page_looks_as_it_did() -> None:
    """`12<sup>2</sup>` is no 122 there either."""
    result = read_tables(html([["Count"], ["12<sup>2</sup>"], ["<s>15</s>12"]]), "export.xls")

    assert isinstance(result, FileTables)
    assert (("Count",), ("12²",), ("1\u03365\u033612",)) == result.tables[0].rows


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('12<span style="vertical-align: super">2</span>', "12²"),
        ('<span style="text-decoration:line-through">15</span>12', "1\u03365\u033612"),
        ("12<p>of all", "12of all"),
        ("<del>1</del>", "1\u0336"),
    ],
)
def test_styles_of_a_page_raise_and_strike_out_too(cell: str, read: str) -> None:
    """What an element's own style does to its words is seen, and ends with it; so it does where nothing is closed."""
    result = read_tables(html([["Count"], [cell], ["3"]]), "export.xls")

    assert isinstance(result, FileTables)
    assert (("Count",), (read,), ("3",)) == result.tables[0].rows


def test_hidden_rows_of_a_page_are_told_and_words_around_it_looked_at() -> None:
    """What stands above the table may be about a person as well."""
    page = b"<h1>By Jo</h1><table><tr><td>Count<tr hidden><td>15<tr><td>12</table>"
    result = read_tables(page, "export.xls")

    assert isinstance(result, FileTables)
    assert ["words around the table: By Jo"] == [f"{each.place}: {each.text}" for each in result.asides]
    assert "hidden" in result.notes[0]


def test_a_cell_of_a_page_that_is_struck_out_as_a_whole() -> None:
    """The next cell is not, though pages seldom close their cells."""
    page = b'<table><tr><td>Count<tr><td style="text-decoration: line-through">15<tr><td>12</table>'
    result = read_tables(page, "export.xls")

    assert isinstance(result, FileTables)
    assert (("Count",), ("1\u03365\u0336",), ("12",)) == result.tables[0].rows


@pytest.mark.parametrize(
    "page",
    [
        html(TABLE) + html(TABLE),
        b"<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        b"<html><body><p>Nothing here</p></body></html>",
        html([["Count"], ['<span style="display: none">9</span>2']]),
        html([["Count"], ["<b hidden>9</b>2"]]),
    ],
    ids=["two tables", "a table in a table", "no table", "a figure that nobody sees", "a hidden part of a figure"],
)
def test_a_page_that_is_no_plain_table_is_refused(page: bytes) -> None:
    """One sentence, the same for each."""
    result = read_tables(page, "export.xls")

    assert not isinstance(result, FileTables)
    assert "web-page" == result.reason


XML_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="Fires"><Table>
<Row><Cell><Data ss:Type="String">Month</Data></Cell><Cell><Data ss:Type="String">Count</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="DateTime">2025-04-01T00:00:00.000</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="Number">7</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_cells_of_an_xml_spreadsheet_look_as_their_styles_say() -> None:
    """Formats, struck-out fonts and raised words are seen there as in a workbook of today."""
    styles = (
        '<Styles><Style ss:ID="few"><NumberFormat ss:Format="[&lt;5]&quot;&lt;5&quot;;0"/></Style>'
        '<Style ss:ID="gone"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="share"><NumberFormat '
        'ss:Format="Percent"/></Style></Styles>'
    )
    row = (
        '<Row><Cell ss:StyleID="few"><Data ss:Type="Number">3</Data></Cell><Cell ss:StyleID="gone">'
        '<Data ss:Type="Number">15</Data></Cell><Cell ss:StyleID="share"><Data ss:Type="Number">0.25</Data></Cell>'
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">12<Sup>2</Sup><S>9</S></ss:Data></Cell></Row>'
    )
    before, _, after = XML_2003.partition('<Worksheet ss:Name="Fires"><Table>')
    page = f'{before}{styles}<Worksheet ss:Name="Fires"><Table>{row}</Table>{after.partition("</Table>")[2]}'
    result = read_tables(page.encode(), "export.xls")

    assert isinstance(result, FileTables), result
    assert ((3, 15, 0.25, "12²9\u0336"),) == result.tables[0].rows
    assert {"A1": OTHERWISE, "B1": STRUCK_OUT, "C1": PERCENT} == result.tables[0].shown_as


def test_rules_of_looks_that_are_not_read_are_told() -> None:
    """Of a spreadsheet of 2003: a rule may hide a figure, and nobody looked."""
    rule = "<ConditionalFormatting xmlns='urn:schemas-microsoft-com:office:excel'></ConditionalFormatting>"
    result = read_tables(XML_2003.replace("</Table>", f"</Table>{rule}").encode(), "export.xls")

    assert isinstance(result, FileTables)
    assert (CONDITIONS_NOTE,) == result.notes


def test_an_xml_spreadsheet_of_2003_is_read() -> None:
    """Cells stand where their indexes say, dates are dates."""
    result = read_tables(XML_2003.encode(), "export.xls")

    assert isinstance(result, FileTables)
    assert ("Fires", (("Month", "Count"), (), (date(2025, 4, 1), None, 7))) == (
        result.tables[0].sheet,
        result.tables[0].rows,
    )


def test_text_with_tabs_may_be_called_xls() -> None:
    """Split at its tabs it gives the same cells twice; text with commas under that name is refused."""
    good = read_tables(b"Month\tCount\nApr-25\t1\n", "export.xls")
    bad = read_tables(b"Month,Count\nApr-25,1\n", "export.xlsx")

    assert isinstance(good, FileTables)
    assert not isinstance(bad, FileTables)


def test_an_error_of_the_formats_leaves_words_alone() -> None:
    """Text cells never show otherwise, whatever their number format."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["A1"].number_format = "words", '"<5"'
    saved = io.BytesIO()
    book.save(saved)

    result = read_tables(saved.getvalue(), "a.xlsx")

    assert isinstance(result, FileTables)
    assert {} == dict(result.tables[0].shown_as)
