"""The sheet on which a lead tells how its activities go: one row each, as people leave it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import plain_title
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.values import shown
from quarterday.domain.activities.answering import Answer, AnswerRow, board_of
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.findings import Finding
from quarterday.domain.framework.framework import Framework

ACTIVITIES_SHEET = "Activities"
_LONGEST = 4000  # characters of a cell that are looked at


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


TO_FILL_IN = (
    ActivityColumn.STATE,
    ActivityColumn.DONE,
    ActivityColumn.NEXT,
    ActivityColumn.NEXT_ON,
    ActivityColumn.IN_THE_WAY,
    ActivityColumn.ASKS,
    ActivityColumn.ASKS_BOARD,
)
FIELDS = {  # the field of an answer -> the column in which it stands
    "state": ActivityColumn.STATE,
    "done": ActivityColumn.DONE,
    "next_milestone": ActivityColumn.NEXT,
    "next_on": ActivityColumn.NEXT_ON,
    "in_the_way": ActivityColumn.IN_THE_WAY,
    "asks": ActivityColumn.ASKS,
    "asks_board": ActivityColumn.ASKS_BOARD,
}
_NAMED = {each.value.lower(): each for each in ActivityColumn}
_NAMES_ACTIVITY = {ActivityColumn.TITLE, ActivityColumn.CODE}


@dataclass(frozen=True)
class ActivitiesRead:
    """The rows that say something, and what could not be read without guessing."""

    rows: tuple[AnswerRow, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_activities(reading: FileTables, framework: Framework, request: RequestMade) -> ActivitiesRead:
    """What a file says of the activities that were asked about; nothing where it has no such sheet."""
    rows: list[AnswerRow] = []
    findings: list[Finding] = []
    for table in reading.tables if request.activities else ():
        for number, position in _body(table):
            _read_row(_Row(table, number, position), framework, request, rows, findings)
    return ActivitiesRead(tuple(rows), tuple(findings))


def tells_of_activities(table: Table) -> bool:
    """Whether a table has the titles of the sheet of activities, and so is no table of figures."""
    return any(_titles(cells) for cells in table.rows)


def _titles(cells: Sequence[Cell]) -> dict[ActivityColumn, int]:
    """Which column stands where, in a row of titles; nothing in any other row."""
    titles = {named: at for at, cell in enumerate(cells) if (named := _column(cell))}
    return titles if _NAMES_ACTIVITY & set(titles) and ActivityColumn.STATE in titles else {}


def _body(table: Table) -> Iterator[tuple[int, dict[ActivityColumn, int]]]:
    """The rows under the titles, each with which column stands where."""
    position: dict[ActivityColumn, int] = {}
    for number, cells in enumerate(table.rows):
        if titles := _titles(cells):
            position = titles
        elif position and any(cell is not None for cell in cells):
            yield number, position


def _column(cell: Cell) -> ActivityColumn | None:
    return _NAMED.get(plain_title(cell)) if isinstance(cell, str) else None


@dataclass(frozen=True)
class _Row:
    table: Table
    number: int
    position: dict[ActivityColumn, int]

    def cell(self, column: ActivityColumn) -> Cell:
        return self.table.cell(self.number, self.position[column]) if column in self.position else None

    def text(self, column: ActivityColumn) -> str:
        return shown(self.cell(column))[:_LONGEST].strip() if self.cell(column) is not None else ""

    def at(self, *columns: ActivityColumn) -> tuple[str, ...]:
        return tuple(address(self.number, self.position[each]) for each in columns if each in self.position)

    @property
    def is_filled_in(self) -> bool:
        return any(self.text(column) for column in TO_FILL_IN)


def _read_row(
    row: _Row, framework: Framework, request: RequestMade, rows: list[AnswerRow], findings: list[Finding]
) -> None:
    if not row.is_filled_in:
        return
    code = _code(row, framework, request)
    if code is None:
        cells = row.at(ActivityColumn.TITLE) or row.at(ActivityColumn.CODE)
        findings.append(found("unknown-activity", row.table.sheet, ActivityColumn.TITLE, cells))
        return
    day = read_day(row.cell(ActivityColumn.NEXT_ON))
    if day.problem:
        cells = row.at(ActivityColumn.NEXT_ON)
        findings.append(found("activity-day", row.table.sheet, ActivityColumn.NEXT_ON, cells))
        return
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
    cells_of = tuple((field, at) for field, column in FIELDS.items() for at in row.at(column))
    rows.append(AnswerRow(answer, row.table.sheet, cells_of))


def _code(row: _Row, framework: Framework, request: RequestMade) -> str | None:
    """The activity that a row is about: by its code, or by its title where the code is gone."""
    titles = {
        framework.activity[code].title.casefold(): code for code in request.activities if code in framework.activity
    }
    said = row.text(ActivityColumn.CODE)
    if said:
        return said if said in titles.values() else None
    return titles.get(row.text(ActivityColumn.TITLE).casefold())
