"""The sheet on which a lead tells how its activities go: one row each, as people leave it."""

from collections.abc import Mapping
from enum import StrEnum

from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.telling_rows import TellingRead, TellingRow, TellingSheet, as_read
from quarterday.domain.activities.answering import Answer, AnswerRow, board_of
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.findings import Finding
from quarterday.domain.framework.framework import Framework

ACTIVITIES_SHEET = "Activities"


class ActivityColumn(StrEnum):
    """A column of the sheet by its title."""

    TITLE = "Activity"
    PLANNED = "Next in the plan"
    BEFORE = "What you told us last time"
    STATE = "State"
    DONE = "What was done"
    NEXT = "What comes next"
    NEXT_ON = "Expected on"
    IN_THE_WAY = "What is in the way"
    ASKS = "Asked of a board"
    ASKS_BOARD = "Which board"
    CODE = "Activity code"


FIELDS = {  # the field of an answer -> the column in which it stands
    "state": ActivityColumn.STATE,
    "done": ActivityColumn.DONE,
    "next_milestone": ActivityColumn.NEXT,
    "next_on": ActivityColumn.NEXT_ON,
    "in_the_way": ActivityColumn.IN_THE_WAY,
    "asks": ActivityColumn.ASKS,
    "asks_board": ActivityColumn.ASKS_BOARD,
}
OF_ACTIVITIES = TellingSheet(
    title=ACTIVITIES_SHEET,
    columns=tuple(ActivityColumn),
    name=ActivityColumn.TITLE,
    code=ActivityColumn.CODE,
    needs=ActivityColumn.STATE,
    to_fill_in=tuple(FIELDS.values()),
)


def read_activities(reading: FileTables, framework: Framework, request: RequestMade) -> TellingRead[AnswerRow]:
    """What a file says of the activities that were asked about; nothing where it has no such sheet."""
    known = framework.activity
    titles = {code: known[code].title for code in request.activities if code in known}
    rows = OF_ACTIVITIES.rows(reading) if request.activities else ()
    return as_read(_read_row(each, framework, titles) for each in rows)


def _read_row(row: TellingRow, framework: Framework, titles: Mapping[str, str]) -> AnswerRow | Finding:
    code = OF_ACTIVITIES.code_of(row, titles)
    if code is None:
        cells = row.at(ActivityColumn.TITLE) or row.at(ActivityColumn.CODE)
        return found("unknown-activity", row.table.sheet, ActivityColumn.TITLE, cells)
    day = read_day(row.cell(ActivityColumn.NEXT_ON))
    if day.problem:
        return found("activity-day", row.table.sheet, ActivityColumn.NEXT_ON, row.at(ActivityColumn.NEXT_ON))
    answer = Answer(
        activity=code,
        state=row.text(ActivityColumn.STATE),
        done=row.text(ActivityColumn.DONE),
        next_milestone=row.text(ActivityColumn.NEXT),
        next_on=day.day,
        in_the_way=row.text(ActivityColumn.IN_THE_WAY),
        asks=row.text(ActivityColumn.ASKS),
        asks_board=board_of(framework, row.text(ActivityColumn.ASKS_BOARD)),
    )
    return AnswerRow(answer, row.table.sheet, row.cells_of(FIELDS))
