"""How a sheet looks on which something is told in a row each: what is known beside what is to be filled in."""

from collections.abc import Iterable, Mapping

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.telling_rows import TellingSheet
from quarterday.adapters.template.printing import print_on_a4
from quarterday.adapters.template.row_heights import row_height

_INPUT = PatternFill("solid", start_color="FFF9E5")
_EDGE = Border(*(Side("thin", color="A0A0A0"),) * 4)
_TITLE = Font(name="Calibri", bold=True, color="FFFFFF")
_TITLE_BACK = PatternFill("solid", start_color="1D4F73")
_CODES = Font(name="Calibri", color="595959", size=9)
_ROWS_OF_WORDS = 60.0  # points: room for what is written
LONGEST_LIST = 250  # characters: Excel takes no longer list inside a cell's choices


def fill_telling_sheet(
    sheet: Worksheet, kind: TellingSheet, lines: Iterable[Mapping[str, str]], widths: Mapping[str, int], day: str
) -> None:
    """Write a line for each mapping of columns to what is known. `day` is the column in which a date is filled in."""
    sheet.title = kind.title
    sheet.append(list(kind.columns))
    for known in lines:
        sheet.append([known.get(each) or None for each in kind.columns])
        _dress(sheet, kind, known, widths, day)
    _dress_titles(sheet, kind, widths)
    offer_day(sheet, kind, day)
    _set_up(sheet, len(kind.columns))


def offer_choice(sheet: Worksheet, kind: TellingSheet, column: str, words: Iterable[str], prompt: str = "") -> None:
    """A drop-down in a column. It warns and does not forbid; where the words are too long for one, there is none."""
    listed = ",".join(words)
    if len(listed) > LONGEST_LIST:
        return
    choice = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
    if prompt:
        choice.promptTitle, choice.prompt = column, prompt
    _offer(sheet, kind, choice, column)


def offer_day(sheet: Worksheet, kind: TellingSheet, column: str) -> None:
    """Ask for a date in a column."""
    day = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    day.errorTitle, day.error = "A date, please", "Write the date as 1/4/2026."
    _offer(sheet, kind, day, column)


def _offer(sheet: Worksheet, kind: TellingSheet, choice: DataValidation, column: str) -> None:
    choice.errorStyle = "warning"
    choice.showErrorMessage = choice.showInputMessage = True
    letter = get_column_letter(kind.columns.index(column) + 1)
    choice.add(f"{letter}2:{letter}{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choice)


def _dress(sheet: Worksheet, kind: TellingSheet, known: Mapping[str, str], widths: Mapping[str, int], day: str) -> None:
    row = sheet.max_row
    for at, column in enumerate(kind.columns, 1):
        cell = sheet.cell(row, at)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column in kind.to_fill_in:
            cell.protection, cell.fill, cell.border = Protection(locked=False), _INPUT, _EDGE
        if column == day:
            cell.number_format = "d mmm yyyy"
        if column == kind.code:
            cell.font = _CODES
    needed = row_height((words, widths[column]) for column, words in known.items())
    sheet.row_dimensions[row].height = max(_ROWS_OF_WORDS, needed)


def _dress_titles(sheet: Worksheet, kind: TellingSheet, widths: Mapping[str, int]) -> None:
    for at, title in enumerate(kind.columns, 1):
        cell = sheet.cell(1, at)
        cell.font, cell.fill = _TITLE, _TITLE_BACK
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = widths[title]
    sheet.row_dimensions[1].height = 32


def _set_up(sheet: Worksheet, width: int) -> None:
    sheet.freeze_panes = "B2"
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(width - 1)}{max(sheet.max_row, 2)}"  # without the codes
    print_on_a4(sheet)
