"""The sheet that is filled in: one line a figure, everything but the answer locked."""

from collections.abc import Sequence
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.columns import FIGURES_SHEET, Column
from quarterday.adapters.template.lines import LAST_COVERED, Line, columns
from quarterday.adapters.template.printing import print_on_a4
from quarterday.adapters.template.row_heights import row_height
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Unit

MARKERS = {marker: f"{marker.value} {marker.name.replace('_', ' ').lower()}" for marker in Marker}
_TO_FILL_IN = (
    Column.PERIOD_FROM,
    Column.PERIOD_TO,
    Column.NUMERATOR,
    Column.DENOMINATOR,
    Column.VALUE,
    Column.MARKER,
    Column.COMMENT,
)
_DATES = (Column.PERIOD_FROM, Column.PERIOD_TO)
_PARTS = (Column.NUMERATOR, Column.DENOMINATOR)
_NUMBERS = (Column.VALUE, *_PARTS)
_WIDTH = 14
_WIDTHS: dict[str, int] = {
    Column.INDICATOR: 38,
    Column.AREA: 20,
    Column.BREAKDOWN: 22,
    Column.CATEGORY: 28,
    Column.UNIT: 13,
    Column.PERIOD_FROM: 12,
    Column.PERIOD_TO: 12,
    Column.LAST: 9,
    LAST_COVERED: 17,
    Column.NUMERATOR: 12,
    Column.DENOMINATOR: 12,
    Column.VALUE: 10,
    Column.MARKER: 18,
    Column.COMMENT: 34,
}
_WRAPPED = (Column.INDICATOR, Column.CATEGORY, Column.BREAKDOWN, Column.UNIT, LAST_COVERED, Column.COMMENT)
_INPUT = PatternFill("solid", start_color="FFF9E5")
_EDGE = Border(*(Side("thin", color="A0A0A0"),) * 4)
_TITLE = Font(name="Calibri", bold=True, color="FFFFFF")
_TITLE_BACK = PatternFill("solid", start_color="1D4F73")
_CODES = Font(name="Calibri", color="595959", size=9)


def fill_figures_sheet(sheet: Worksheet, made: Sequence[Line], request: RequestMade) -> None:
    """Write the lines of a request and everything that helps to fill them in."""
    sheet.title = FIGURES_SHEET
    titles = columns(made)
    sheet.append([str(title) for title in titles])
    for line in made:
        sheet.append([None if line.known.get(title, "") == "" else line.known[title] for title in titles])
    at = {title: number for number, title in enumerate(titles, 1)}
    for row, line in enumerate(made, 2):
        _dress_line(sheet, row, line, at)
    _dress_titles(sheet, titles)
    _offer_choices(sheet, at, len(made) + 1)
    _expect_numbers(sheet, at, made)
    _set_up(sheet, titles, len(made) + 1, request)


def _dress_line(sheet: Worksheet, row: int, line: Line, at: dict[str, int]) -> None:
    worked_out = line.indicator.has_parts
    for title, column in at.items():
        cell = sheet.cell(row, column)
        if title in _DATES:
            cell.number_format = "d mmm yyyy"
        if title in _TO_FILL_IN and _is_open(title, worked_out):
            cell.protection, cell.fill, cell.border = Protection(locked=False), _INPUT, _EDGE
            if title in _NUMBERS:
                cell.number_format = "#,##0" if _is_whole(title, line) else "General"
        elif title.endswith("code") or title == Column.COLLECTION:
            cell.font = _CODES
        cell.alignment = Alignment(wrap_text=title in _WRAPPED, vertical="top")
    words = ((line.known.get(title), _WIDTHS.get(title, _WIDTH)) for title in at if title in _WRAPPED)
    sheet.row_dimensions[row].height = row_height(words)
    if worked_out:
        _work_out(sheet, row, line, at)


def _is_open(title: str, worked_out: bool) -> bool:
    if title == Column.VALUE:
        return not worked_out
    return worked_out or title not in (Column.NUMERATOR, Column.DENOMINATOR)


def _is_whole(title: str, line: Line) -> bool:
    """Whether what is filled in there is a count: counts are whole, and so are the parts of a fraction."""
    return title in _PARTS or line.indicator.unit in (Unit.COUNT, Unit.OUT_OF)


def _work_out(sheet: Worksheet, row: int, line: Line, at: dict[str, int]) -> None:
    above = f"{get_column_letter(at[Column.NUMERATOR])}{row}"
    below = f"{get_column_letter(at[Column.DENOMINATOR])}{row}"
    per = 100 if line.indicator.unit is Unit.PERCENTAGE else line.indicator.per
    cell = sheet.cell(row, at[Column.VALUE], f'=IF(N({below})=0,"",ROUND({per}*{above}/{below},2))')
    cell.number_format = "0.0"


def _dress_titles(sheet: Worksheet, titles: Sequence[str]) -> None:
    for column, title in enumerate(titles, 1):
        cell = sheet.cell(1, column)
        cell.font, cell.fill = _TITLE, _TITLE_BACK
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(title, _WIDTH)
    sheet.row_dimensions[1].height = 32


def _offer_choices(sheet: Worksheet, at: dict[str, int], last: int) -> None:
    """Drop-downs and limits. They warn and do not forbid: people may have something to say that we did not foresee."""
    markers = DataValidation("list", formula1=f'"{",".join(MARKERS.values())}"', allow_blank=True)
    markers.promptTitle, markers.prompt = "Marker", "Only where the figure is not plain. [x] where it is not available."
    days = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    days.errorTitle, days.error = "A date, please", "Write the date as 1/4/2025."
    for choice, titles in (
        (markers, (Column.MARKER,)),
        (days, _DATES),
    ):
        choice.errorStyle = "warning"
        choice.showErrorMessage = choice.showInputMessage = True
        for title in titles:
            if title in at:
                letter = get_column_letter(at[title])
                choice.add(f"{letter}2:{letter}{max(last, 2)}")
        sheet.add_data_validation(choice)


def _expect_numbers(sheet: Worksheet, at: dict[str, int], made: Sequence[Line]) -> None:
    """Whole numbers for counts, any number for what is none; as the choices do, they warn and do not forbid."""
    counts = _number("whole", "Write a whole number in digits alone; 0 where there were none.")
    others = _number("decimal", "Write digits alone; 0 where there were none.")
    for title in (each for each in _NUMBERS if each in at):
        letter = get_column_letter(at[title])
        for row, line in enumerate(made, 2):
            (counts if _is_whole(title, line) else others).add(f"{letter}{row}")
    for choice in (counts, others):
        if choice.sqref.ranges:
            sheet.add_data_validation(choice)


def _number(kind: Literal["whole", "decimal"], words: str) -> DataValidation:
    numbers = DataValidation(kind, operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    numbers.errorStyle, numbers.errorTitle, numbers.error = "warning", "A number, please", words
    numbers.showErrorMessage = numbers.showInputMessage = True
    return numbers


def _set_up(sheet: Worksheet, titles: Sequence[str], last: int, request: RequestMade) -> None:
    whole = f"A1:{get_column_letter(len(titles))}{max(last, 2)}"
    table = Table(displayName="FiguresAsked", ref=whole)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)
    sheet.freeze_panes = "C2"
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.protection.sort = sheet.protection.autoFilter = False
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(titles.index(Column.COMMENT) + 1)}{max(last, 2)}"  # without the codes
    print_on_a4(sheet)
    if sheet.oddFooter:
        sheet.oddFooter.left.text = request.request
        sheet.oddFooter.right.text = "Page &P of &N"
