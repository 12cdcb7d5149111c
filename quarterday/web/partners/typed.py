"""A short return typed straight into a form: it becomes our own CSV template, filled in, and goes any file's way."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import StringIO

from quarterday.adapters.arrivals import clean
from quarterday.adapters.reading.columns import Column
from quarterday.adapters.template import build_csv_template
from quarterday.adapters.template.lines import Line, lines
from quarterday.domain.facts import UploadKept
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import Form
from quarterday.web.words import Words

MOST_BOXES = 30
_ANSWERS = (Column.NUMERATOR, Column.DENOMINATOR, Column.VALUE, Column.COMMENT)


def boxes_asked(framework: Framework, indicator: Indicator, period: Period) -> int:
    """How many values an indicator asks for in a collection: a fraction's top and bottom are two."""
    split = sum(len(framework.breakdown[code].categories) for code in indicator.breakdowns)
    each_area = split + (1 if indicator.ask_total or not indicator.breakdowns else 0)
    values = each_area * len(framework.areas(indicator.area)) * len(framework.periods_asked(indicator, period))
    return values * (2 if indicator.has_parts else 1)


def can_be_typed(visit: Visit) -> bool:
    """Whether a request is short enough for a form."""
    return 0 < sum(boxes_asked(visit.framework, each, visit.period) for each in visit.asked) <= MOST_BOXES


@dataclass(frozen=True)
class Box:
    """One box of the form: which line of the template it fills, in which column."""

    name: str
    label: str
    row: int
    column: str


@dataclass(frozen=True)
class Group:
    """The boxes of one indicator."""

    indicator: Indicator
    definition: str
    boxes: tuple[Box, ...]
    comment: Box


def groups(words: Words, visit: Visit) -> list[Group]:
    """The form's boxes, indicator by indicator, in the template's own order."""
    made = list(enumerate(lines(visit.framework, visit.request, visit.period, ())))
    found = []
    for indicator in visit.asked:
        own = [(row, line) for row, line in made if line.indicator.code == indicator.code]
        boxes = tuple(box for row, line in own for box in _boxes(words, visit, row, line, alone=len(own) == 1))
        comment = Box(f"comment-{own[0][0]}", words.say("form.comment"), own[0][0], Column.COMMENT)
        found.append(Group(indicator, indicator.definition_on(visit.period.end).text, boxes, comment))
    return found


def _boxes(words: Words, visit: Visit, row: int, line: Line, alone: bool) -> list[Box]:
    asked = line.asked
    parts = [] if alone else [asked.category_title or (asked.area_name if line.indicator.area == "ward" else "")]
    if asked.period != visit.period:
        parts.append(words.period(asked.period))
    where = ", ".join(each for each in parts if each)
    if not line.indicator.has_parts:
        return [Box(f"value-{row}", where or words.say("form.value"), row, Column.VALUE)]
    above = line.indicator.numerator or words.say("form.numerator_plain")
    below = line.indicator.denominator or words.say("form.denominator_plain")
    before = f"{where}: " if where else ""
    return [
        Box(f"numerator-{row}", before + words.say("form.numerator", name=above), row, Column.NUMERATOR),
        Box(f"denominator-{row}", before + words.say("form.denominator", name=below), row, Column.DENOMINATOR),
    ]


def filled_in(words: Words, visit: Visit, form: Form) -> bytes | None:
    """The CSV template with what was typed; None, with the errors noted, where it is no number or nothing at all."""
    answers: dict[tuple[int, str], str] = {}
    for group in groups(words, visit):
        for box in group.boxes:
            if said := form.text(box.name, 40, label=box.label):
                if (number := _number(said)) is None:
                    form.errors[box.name] = words.say(
                        "form.not_a_number", field=f"{group.indicator.title}, {box.label}"
                    )
                else:
                    answers[box.row, box.column] = number
        if said := form.text(group.comment.name, 500, label=group.comment.label):
            answers[group.comment.row, group.comment.column] = said
    if not form.errors and not any(column != Column.COMMENT for _, column in answers):
        form.errors[groups(words, visit)[0].boxes[0].name] = words.say("form.empty")
    return None if form.errors else _csv(visit, answers)


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
    return found


def was_typed(words: Words, kept: UploadKept) -> bool:
    """Whether a kept file came from the form."""
    return kept.said_name == words.say("form.typed_name") and kept.suffix == ".csv"
