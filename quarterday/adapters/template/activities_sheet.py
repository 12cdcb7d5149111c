"""The sheet on which a lead tells how its activities go: a line each, last time's words beside it."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.activity_rows import ACTIVITIES_SHEET, TO_FILL_IN, ActivityColumn
from quarterday.adapters.template.printing import print_on_a4
from quarterday.adapters.template.row_heights import row_height
from quarterday.domain.facts import ActivityState
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date

_WIDTHS = {
    ActivityColumn.TITLE: 30,
    ActivityColumn.PLANNED: 28,
    ActivityColumn.BEFORE: 34,
    ActivityColumn.STATE: 12,
    ActivityColumn.DONE: 36,
    ActivityColumn.NEXT: 26,
    ActivityColumn.NEXT_ON: 13,
    ActivityColumn.IN_THE_WAY: 32,
    ActivityColumn.ASKS: 28,
    ActivityColumn.ASKS_BOARD: 20,
    ActivityColumn.CODE: 16,
}
_INPUT = PatternFill("solid", start_color="FFF9E5")
_EDGE = Border(*(Side("thin", color="A0A0A0"),) * 4)
_TITLE = Font(name="Calibri", bold=True, color="FFFFFF")
_TITLE_BACK = PatternFill("solid", start_color="1D4F73")
_CODES = Font(name="Calibri", color="595959", size=9)
_LONGEST_LIST = 250  # characters: Excel takes no longer list inside a cell's choices
_ROWS_OF_WORDS = 60.0  # points: room for what is written


def fill_activities_sheet(
    sheet: Worksheet, framework: Framework, activities: Sequence[Activity], before: Mapping[str, str]
) -> None:
    """Write a line for each activity. `before` holds last time's words by an activity's code."""
    sheet.title = ACTIVITIES_SHEET
    titles = list(ActivityColumn)
    sheet.append([each.value for each in titles])
    for activity in activities:
        known = {
            ActivityColumn.TITLE: activity.title,
            ActivityColumn.PLANNED: "\n".join(f"{each.title}, {say_date(each.on)}" for each in activity.in_order),
            ActivityColumn.BEFORE: before.get(activity.code, ""),
            ActivityColumn.CODE: activity.code,
        }
        sheet.append([known.get(each) or None for each in titles])
        _dress(sheet, sheet.max_row, known)
    _dress_titles(sheet, titles)
    _offer_choices(sheet, framework, len(activities) + 1)
    _set_up(sheet, len(titles), len(activities) + 1)


def _dress(sheet: Worksheet, row: int, known: Mapping[ActivityColumn, str]) -> None:
    for at, column in enumerate(ActivityColumn, 1):
        cell = sheet.cell(row, at)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if column in TO_FILL_IN:
            cell.protection, cell.fill, cell.border = Protection(locked=False), _INPUT, _EDGE
        if column is ActivityColumn.NEXT_ON:
            cell.number_format = "d mmm yyyy"
        if column is ActivityColumn.CODE:
            cell.font = _CODES
    needed = row_height((words, _WIDTHS[column]) for column, words in known.items())
    sheet.row_dimensions[row].height = max(_ROWS_OF_WORDS, needed)


def _dress_titles(sheet: Worksheet, titles: Sequence[ActivityColumn]) -> None:
    for at, title in enumerate(titles, 1):
        cell = sheet.cell(1, at)
        cell.font, cell.fill = _TITLE, _TITLE_BACK
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS[title]
    sheet.row_dimensions[1].height = 32


def _offer_choices(sheet: Worksheet, framework: Framework, last: int) -> None:
    """Drop-downs. They warn and do not forbid; where the boards' names are too long for one, the words are read."""
    states = DataValidation("list", formula1=f'"{",".join(ActivityState)}"', allow_blank=True)
    states.promptTitle = "How it stands"
    states.prompt = "At risk, late and stopped need a sentence on what is in the way."
    days = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    days.errorTitle, days.error = "A date, please", "Write the date as 1/4/2026."
    choices = [(states, ActivityColumn.STATE), (days, ActivityColumn.NEXT_ON)]
    codes = ",".join(each.code for each in framework.partnership.boards)
    if len(codes) <= _LONGEST_LIST:
        boards = DataValidation("list", formula1=f'"{codes}"', allow_blank=True)
        choices.append((boards, ActivityColumn.ASKS_BOARD))
    for choice, column in choices:
        choice.errorStyle = "warning"
        choice.showErrorMessage = choice.showInputMessage = True
        letter = get_column_letter(list(ActivityColumn).index(column) + 1)
        choice.add(f"{letter}2:{letter}{max(last, 2)}")
        sheet.add_data_validation(choice)


def _set_up(sheet: Worksheet, width: int, last: int) -> None:
    sheet.freeze_panes = "B2"
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(width - 1)}{max(last, 2)}"  # without the codes
    print_on_a4(sheet)
