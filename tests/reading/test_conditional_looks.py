"""What a person sees in a workbook under a condition, in white, or in a hidden column: asked about, never just read."""

import pytest
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.parsing.appearances import STRUCK_OUT, UNSEEN
from quarterday.adapters.parsing.files import parse
from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading import ReadReturn
from quarterday.domain.facts import RequestMade
from tests.reading.filling import filled, returned, titles

LESS_THAN_5 = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"<5"'))
STRUCK = DifferentialStyle(font=Font(strike=True))
WHITE = DifferentialStyle(font=Font(color="FFFFFFFF"))
RED = DifferentialStyle(font=Font(color="FFFF0000"))


def rules(read: ReadReturn) -> list[str]:
    """What was found."""
    return [finding.rule for finding in read.findings]


def below(limit: str, look: DifferentialStyle) -> Rule:
    """A rule for numbers below a limit."""
    return Rule(type="cellIs", operator="lessThan", formula=[limit], dxf=look)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (below("5", LESS_THAN_5), ["shown-otherwise"]),
        (below("5", STRUCK), ["struck-out"]),
        (below("5", WHITE), ["unseen-figure"]),
        (Rule(type="expression", formula=["$A2=1"], dxf=LESS_THAN_5), ["shown-otherwise"]),
        (Rule(type="cellIs", operator="between", formula=["1", "4"], dxf=LESS_THAN_5), ["shown-otherwise"]),
        (below("2", LESS_THAN_5), []),
        (below("5", RED), []),
        (Rule(type="expression", formula=["$A2=1"], dxf=RED), []),
        (Rule(type="containsText", operator="containsText", text="x", formula=["TRUE"], dxf=STRUCK), []),
    ],
)
def test_a_rule_may_show_another_number(police_request: RequestMade, rule: Rule, expected: list[str]) -> None:
    """A 3 that a condition shows as `<5`, strikes out or makes white; where the rule does not hold it is a 3."""

    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(2, titles(sheet)["Value"])
        cell.value = 3
        sheet.conditional_formatting.add(cell.coordinate, rule)

    assert expected == rules(returned(filled(police_request, change), police_request))


@pytest.mark.parametrize(
    ("fill", "expected"),
    [(None, ["unseen-figure"]), (PatternFill("solid", fgColor="FF003366"), [])],
)
def test_white_numbers_on_white_are_asked_about(
    police_request: RequestMade, fill: PatternFill | None, expected: list[str]
) -> None:
    """On dark blue everybody sees them."""

    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(2, titles(sheet)["Value"])
        cell.font, cell.fill = Font(color="FFFFFFFF"), fill or PatternFill()

    assert expected == rules(returned(filled(police_request, change), police_request))


def test_a_hidden_column_of_figures_is_asked_about(police_request: RequestMade) -> None:
    """Figures that nobody sees may be last time's; the columns of codes are hidden by ourselves."""

    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions[sheet.cell(1, titles(sheet)["Value"]).column_letter].hidden = True

    assert {"unseen-figure"} == set(rules(returned(filled(police_request, change), police_request)))


SPREADSHEET = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>{}</Styles><Worksheet ss:Name="S"><Table>{}<Row{}>'
    '<Cell{}><Data ss:Type="Number">3</Data></Cell></Row></Table></Worksheet></Workbook>'
)
GONE = '<Style ss:ID="gone"><Font ss:StrikeThrough="1"/></Style>'


@pytest.mark.parametrize(
    ("styles", "columns", "row", "cell", "look"),
    [
        (GONE + '<Style ss:ID="child" ss:Parent="gone"/>', "", "", ' ss:StyleID="child"', STRUCK_OUT),
        (GONE, "", ' ss:StyleID="gone"', "", STRUCK_OUT),
        (GONE, '<Column ss:StyleID="gone"/>', "", "", STRUCK_OUT),
        (GONE.replace('"gone"', '"Default"'), "", "", "", STRUCK_OUT),
        (GONE.replace('ss:StrikeThrough="1"', 'ss:Color="#FFFFFF"'), "", "", ' ss:StyleID="gone"', UNSEEN),
        (GONE, "", "", "", ""),
    ],
)
def test_styles_of_an_xml_spreadsheet_are_inherited(styles: str, columns: str, row: str, cell: str, look: str) -> None:
    """From a parent, from the row, from the column, from the workbook's own."""
    read = parse(SPREADSHEET.format(styles, columns, row, cell).encode(), "e.xls")

    assert isinstance(read, FileTables)
    assert look == read.tables[0].shown_as.get("A1", "")


def test_hidden_columns_of_an_xml_spreadsheet_are_known() -> None:
    """By their index and their span."""
    column = '<Column ss:Index="2" ss:Span="1" ss:Hidden="1"/>'
    read = parse(SPREADSHEET.format("", column, "", "").encode(), "e.xls")

    assert isinstance(read, FileTables)
    assert (1, 2) == read.tables[0].hidden_columns
