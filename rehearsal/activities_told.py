"""What made-up leads tell of their activities: most are on course, some are late or at risk and say why."""

from collections.abc import Mapping
from io import BytesIO
from zlib import crc32

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.activity_rows import ACTIVITIES_SHEET, FIELDS, ActivityColumn
from quarterday.domain.activities.answering import Answer
from quarterday.domain.activities.rating import ALL_MET
from quarterday.domain.facts import ActivityState
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period

_NOT_ON_COURSE = {
    0: (ActivityState.LATE, "The post that leads it has been vacant since spring."),
    1: (ActivityState.AT_RISK, "A partner has not said yet whom it sends."),
}
_ONE_IN = 5
ON_THE_PAGE = 3  # whoever leads more than so many tells of them on the page, whoever leads fewer in the workbook


def made_up_answers(framework: Framework, codes: tuple[str, ...], period: Period) -> dict[str, Answer]:
    """What is told of each activity in a quarter: the same whenever it is asked."""
    known = (framework.activity[code] for code in codes if code in framework.activity)
    return {each.code: _answer(each, period) for each in known}


def _answer(activity: Activity, period: Period) -> Answer:
    state, why = _NOT_ON_COURSE.get(crc32(activity.code.encode()) % _ONE_IN, (ActivityState.ON_COURSE, ""))
    coming = [each for each in activity.in_order if each.on > period.end]
    missed = [each for each in activity.in_order if each.on <= period.end]
    following = missed[-1:] if state is ActivityState.LATE and missed else coming[:1]
    return Answer(
        activity=activity.code,
        state=state.value,
        done="The group met and agreed the next steps.",
        next_milestone=following[0].title if following else ALL_MET,
        next_on=following[0].on if following and following[0] in coming else None,
        in_the_way=why,
    )


def tell_in_workbook(filled: bytes, answers: Mapping[str, Answer]) -> bytes:
    """Fill in the workbook's sheet of activities, where it has one."""
    book = load_workbook(BytesIO(filled))
    if ACTIVITIES_SHEET not in book.sheetnames or not answers:
        return filled
    sheet: Worksheet = book[ACTIVITIES_SHEET]
    at = {str(cell.value): cell.column for cell in sheet[1] if cell.column}
    for row in range(2, sheet.max_row + 1):
        answer = answers.get(str(sheet.cell(row, at[ActivityColumn.CODE]).value))
        for field, column in FIELDS.items() if answer else ():
            told = getattr(answer, field) or None
            sheet.cell(row, at[column]).value = told  # pyrefly: ignore[missing-attribute]  # no cell there is merged
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def as_typed(answers: Mapping[str, Answer]) -> dict[str, str]:
    """The same as it is typed into the page's boxes."""
    typed: dict[str, str] = {}
    for code, answer in answers.items():
        typed |= {
            f"{code}-state": answer.state,
            f"{code}-done": answer.done,
            f"{code}-next": answer.next_milestone,
            f"{code}-in_the_way": answer.in_the_way,
        }
        if answer.next_on:
            day = answer.next_on
            typed |= {
                f"{code}-next_on-day": str(day.day),
                f"{code}-next_on-month": str(day.month),
                f"{code}-next_on-year": str(day.year),
            }
    return typed
