"""A short return typed straight into a form: it becomes our own CSV template, filled in, and goes any file's way."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from io import StringIO
from typing import TypeGuard

from quarterday.adapters.arrivals import clean
from quarterday.adapters.reading.columns import Column
from quarterday.adapters.template import build_csv_template
from quarterday.adapters.template.lines import LAST_COVERED, Line, lines
from quarterday.domain.facts import UploadKept
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period
from quarterday.web.door.visits import Visit
from quarterday.web.partners.previews import Declared
from quarterday.web.serving.forms import Form
from quarterday.web.words import Words

MOST_BOXES = 30
_ANSWERS = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.COMMENT)
_CELL = re.compile(r"[A-Z]+([0-9]+)")


def boxes_asked(framework: Framework, indicator: Indicator, period: Period) -> int:
    """How many values an indicator asks for in a collection: a fraction's top and bottom are two."""
    split = sum(len(framework.breakdown[code].categories) for code in indicator.breakdowns)
    each_area = split + (1 if indicator.ask_total or not indicator.breakdowns else 0)
    values = each_area * len(framework.areas(indicator.area)) * len(framework.periods_asked(indicator, period))
    return values * (2 if indicator.has_parts else 1)


def can_be_typed(visit: Visit) -> bool:
    """Whether a request is short enough for a form."""
    return 0 < sum(boxes_asked(visit.framework, each, visit.period) for each in visit.asked) <= MOST_BOXES


class Empty(StrEnum):
    """Why a box is left empty."""

    NIL = "nil"  # there were none: a figure, and written as 0
    NOT_AVAILABLE = "not-available"
    NOT_YET = "not-yet"


@dataclass(frozen=True)
class Box:
    """One box of the form: which column of its line it fills."""

    name: str
    label: str
    column: str


@dataclass(frozen=True)
class Row:
    """The boxes of one line of the template, why they may be empty, and what was sent last time."""

    number: int
    label: str
    boxes: tuple[Box, ...]
    may_be: tuple[Empty, ...]
    last: str

    @property
    def empty(self) -> str:
        """The name of the choice that says why the row is empty."""
        return f"empty-{self.number}"


@dataclass(frozen=True)
class Group:
    """The rows of one indicator."""

    indicator: Indicator
    definition: str
    rows: tuple[Row, ...]
    comment: Box

    @property
    def comment_row(self) -> int:
        """The line that the comment is written to."""
        return self.rows[0].number


def groups(words: Words, visit: Visit, earlier: Sequence[Figure] = ()) -> list[Group]:
    """The form's boxes, indicator by indicator, in the template's own order."""
    made = list(enumerate(lines(visit.framework, visit.request, visit.period, earlier)))
    found = []
    for indicator in visit.asked:
        own = [(row, line) for row, line in made if line.indicator.code == indicator.code]
        rows = tuple(_row(words, visit, row, line, alone=len(own) == 1) for row, line in own)
        comment = Box(f"comment-{own[0][0]}", words.say("form.comment"), Column.COMMENT)
        found.append(Group(indicator, indicator.definition_text(visit.period), rows, comment))
    return found


def _row(words: Words, visit: Visit, row: int, line: Line, alone: bool) -> Row:
    asked = line.asked
    parts = [] if alone else [asked.category_title or (asked.area_name if line.indicator.area == "ward" else "")]
    if asked.period != visit.period:
        parts.append(words.period(asked.period))
    where = ", ".join(each for each in parts if each)
    may_be = tuple(each for each in Empty if each is not Empty.NIL or not line.indicator.has_parts)
    return Row(row, where, _boxes(words, row, line, where), may_be, _last(words, line))


def _last(words: Words, line: Line) -> str:
    value = line.known[Column.LAST]
    return words.say("typed.last", value=f"{value:,g}", covers=line.known[LAST_COVERED]) if _is_number(value) else ""


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)


def _boxes(words: Words, row: int, line: Line, where: str) -> tuple[Box, ...]:
    if not line.indicator.has_parts:
        return (Box(f"value-{row}", where or words.say("form.value"), Column.VALUE),)
    above = line.indicator.numerator or words.say("form.numerator_plain")
    below = line.indicator.denominator or words.say("form.denominator_plain")
    before = f"{where}: " if where else ""
    return (
        Box(f"numerator-{row}", before + words.say("form.numerator", name=above), Column.NUMERATOR),
        Box(f"denominator-{row}", before + words.say("form.denominator", name=below), Column.DENOMINATOR),
    )


@dataclass(frozen=True)
class FilledIn:
    """What was typed: the CSV template with it, and what was said of it."""

    data: bytes
    declared: Declared


class _Reading:
    """Reads the form row by row, and notes beside each box what cannot be."""

    def __init__(self, words: Words, form: Form) -> None:
        self._words, self._form = words, form
        self.answers: dict[tuple[int, str], str] = {}
        self.later = False

    def read(self, group: Group) -> None:
        """Read the rows and the comment of an indicator."""
        form, lacking = self._form, False
        for row in group.rows:
            typed = [each for each in row.boxes if self._figure(group, row, each)]
            lacking |= self._if_empty(group, row, bool(typed))
        said = form.text(group.comment.name, 500, label=group.comment.label)
        if said:
            self.answers[group.comment_row, group.comment.column] = said
        elif lacking:
            form.errors[group.comment.name] = self._words.say("typed.why_needed", title=group.indicator.title)

    def _figure(self, group: Group, row: Row, box: Box) -> bool:
        said = self._form.text(box.name, 40, label=box.label)
        if not said:
            return False
        number = _number(said)
        if number is None:
            field = f"{group.indicator.title}, {box.label}"
            self._form.errors[box.name] = self._words.say("form.not_a_number", field=field)
        else:
            self.answers[row.number, box.column] = number
        return True

    def _if_empty(self, group: Group, row: Row, typed: bool) -> bool:
        """Read why a row is empty; whether a reason in words is needed."""
        chosen = self._form.said(row.empty)
        if chosen not in row.may_be:
            return False
        if typed:
            field = ", ".join(each for each in (group.indicator.title, row.label) if each)
            self._form.errors[row.empty] = self._words.say("typed.both", field=field)
        elif chosen == Empty.NIL:
            self.answers[row.number, Column.VALUE] = "0"
        elif chosen == Empty.NOT_AVAILABLE:
            self.answers[row.number, Column.MARKER] = str(Marker.NOT_AVAILABLE)
            return True
        self.later |= chosen == Empty.NOT_YET
        return False


def filled_in(words: Words, visit: Visit, form: Form) -> FilledIn | None:
    """The CSV template with what was typed; None, with the errors noted, where it cannot be or is nothing at all."""
    reading, every = _Reading(words, form), groups(words, visit)
    for group in every:
        reading.read(group)
    declared = _declared(words, form, reading.later)
    if not form.errors and not any(column != Column.COMMENT for _, column in reading.answers):
        form.errors[every[0].rows[0].boxes[0].name] = words.say("form.empty")
    return None if form.errors else FilledIn(_csv(visit, reading.answers), declared)


def _declared(words: Words, form: Form, later: bool) -> Declared:
    """That it is a part, with the day of the rest, and which days it covers where that is not what was asked."""
    rest_by = form.future_day("rest_by", words.say("part.until_field"), needed=False)
    start = form.day("start", words.say("period.start"), needed=False)
    end = form.day("end", words.say("period.end"), needed=start is not None)
    if end and start is None:
        form.day("start", words.say("period.start"))
    if start and end and end < start:
        form.errors["end"] = words.say("errors.period_order", field=words.say("period.end"))
    if end and end > form.today:
        form.errors["end"] = words.say("errors.day_future", field=words.say("period.end"))
    covers = Period(start, end) if start and end and not form.errors else None
    return Declared(part=later or rest_by is not None, rest_by=rest_by, covers=covers)


def _number(said: str) -> str | None:
    try:
        found = Decimal(said.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    return f"{found:f}" if found.is_finite() and abs(found) < 10**12 else None


def _csv(visit: Visit, answers: dict[tuple[int, str], str]) -> bytes:
    template = build_csv_template(visit.framework, visit.request, visit.period)
    titles, *rows = csv.reader(StringIO(template.decode("utf-8-sig"), newline=""))
    for (row, column), answer in answers.items():
        rows[row][titles.index(column)] = answer
    text = StringIO(newline="")
    csv.writer(text).writerows([titles, *rows])
    return text.getvalue().encode("utf-8-sig")


def typed_before(data: bytes) -> dict[str, str]:
    """What was typed into a file that the form made, by the names of the boxes, to be corrected."""
    titles, *rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    found = {}
    for number, row in enumerate(rows):
        for column in _ANSWERS:
            if column in titles and row[titles.index(column)]:
                found[f"{column.lower()}-{number}"] = clean(row[titles.index(column)], 500)
        if Column.MARKER in titles and row[titles.index(Column.MARKER)] == Marker.NOT_AVAILABLE:
            found[f"empty-{number}"] = Empty.NOT_AVAILABLE
    return found


def was_typed(words: Words, kept: UploadKept) -> bool:
    """Whether a kept file came from the form."""
    return kept.said_name == words.say("form.typed_name") and kept.suffix == ".csv"


def spoken_for_boxes(words: Words, visit: Visit, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings on what was typed: they name boxes, since whoever typed has seen no sheet, no cell and no file."""
    rows = {row.number: row.label for group in groups(words, visit) for row in group.rows}
    return tuple(_of_a_box(words, rows, each) for each in findings)


def _of_a_box(words: Words, rows: dict[int, str], finding: Finding) -> Finding:
    numbers = [int(found[1]) - 2 for cell in finding.cells if (found := _CELL.fullmatch(cell))]
    place = "; ".join(dict.fromkeys(rows[each] for each in numbers if rows.get(each)))
    said = finding.sentence.replace("this file", words.say("typed.what"))
    return replace(finding, sheet="", column=place, cells=(), sentence=said)
