"""The sheet on which a lead tells how its activities go: a line each, last time's words beside it."""

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.activity_rows import OF_ACTIVITIES, ActivityColumn
from quarterday.adapters.template.telling_sheet import fill_telling_sheet, offer_choice
from quarterday.domain.facts import ActivityState
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date

_WIDTHS: dict[str, int] = {
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


def fill_activities_sheet(
    sheet: Worksheet, framework: Framework, activities: Sequence[Activity], before: Mapping[str, str]
) -> None:
    """Write a line for each activity. `before` holds last time's words by an activity's code."""
    lines = [_line(each, before.get(each.code, "")) for each in activities]
    fill_telling_sheet(sheet, OF_ACTIVITIES, lines, _WIDTHS, ActivityColumn.NEXT_ON)
    why = "At risk, late and stopped need a sentence on what is in the way."
    offer_choice(sheet, OF_ACTIVITIES, ActivityColumn.STATE, ActivityState, why)
    boards = (each.code for each in framework.partnership.boards)
    offer_choice(sheet, OF_ACTIVITIES, ActivityColumn.ASKS_BOARD, boards)


def _line(activity: Activity, before: str) -> dict[str, str]:
    return {
        ActivityColumn.TITLE: activity.title,
        ActivityColumn.PLANNED: "\n".join(f"{each.title}, {say_date(each.on)}" for each in activity.in_order),
        ActivityColumn.BEFORE: before,
        ActivityColumn.CODE: activity.code,
    }
