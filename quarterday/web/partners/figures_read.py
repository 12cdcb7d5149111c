"""What was read of a file, figure by figure, in the order of the template: for its sender to look over before sending.

Beside each figure stands what was written, where that was tidied, and what was sent last time, for a visitor who has
shown who they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from quarterday.adapters.reading.columns import Column
from quarterday.adapters.template.lines import LAST_COVERED, Line, lines
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.brought import Answers
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import ReturnRow
from quarterday.web.door.visits import Visit
from quarterday.web.partners.previews import Preview
from quarterday.web.words import Words

AT_ONCE = 30  # figures that a page shows open; a longer return is shown by indicator, closed where all is well


@dataclass(frozen=True)
class FigureRead:
    """One figure that was asked for, as it was read. `read` is empty where nothing was."""

    where: str
    read: str
    written: str
    comment: str
    last: str


@dataclass(frozen=True)
class IndicatorRead:
    """What was read of one indicator."""

    title: str
    figures: tuple[FigureRead, ...]
    open: bool  # where it is one of many: something is to be put right or explained

    @property
    def answered(self) -> int:
        """How many of its figures have an answer: a figure, or a marker that says why there is none."""
        return sum(bool(each.read) for each in self.figures)


@dataclass(frozen=True)
class FiguresRead:
    """What was read of a file, against what was wanted of it."""

    indicators: tuple[IndicatorRead, ...]

    @property
    def few(self) -> bool:
        """Whether all of it is shown in one table."""
        return sum(len(each.figures) for each in self.indicators) <= AT_ONCE


def figures_read(
    words: Words, visit: Visit, wanted: RequestMade, preview: Preview, earlier: Sequence[Figure] = ()
) -> FiguresRead:
    """What was read of a file, against what was wanted: a request, or what is shown of it."""
    known = tuple(code for code in wanted.asked if code in visit.framework.indicator)
    asked = lines(visit.framework, replace(wanted, asked=known), visit.period, earlier)
    found = _Found(preview, asked)
    troubled = {each.indicator for each in preview.findings if each.severity is not Severity.INFORMATION}
    return FiguresRead(
        tuple(
            IndicatorRead(
                visit.title(code),
                tuple(_figure(words, line, found, differing) for line in of),
                code in troubled,
            )
            for code in known
            if (of := [line for line in asked if line.asked.indicator == code])
            for differing in [_differing(of)]
        )
    )


class _Found:
    """The rows of a file, by what they answer, and what was tidied in each."""

    def __init__(self, preview: Preview, asked: Sequence[Line]) -> None:
        self._answers = Answers([line.asked for line in asked], preview.answers)
        self._tidied = {(each.sheet, each.cell): each.written for each in preview.tidied}

    def row(self, line: Line) -> ReturnRow | None:
        """The row that answers a line; None where none does."""
        return self._answers.to(line.asked)

    def written(self, row: ReturnRow) -> str:
        """How the figure was written, where it was read as something else."""
        of_figure = {str(each) for each in (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.MARKER)}
        told = [self._tidied.get((row.sheet, cell)) for title, cell in row.cells if title in of_figure]
        return "; ".join(each for each in told if each)


def _differing(lines: Sequence[Line]) -> tuple[bool, bool, bool]:
    """Whether the figures of an indicator are of several areas, categories and periods."""
    told = [each.asked for each in lines]
    of = {each.area_code for each in told}, {each.category for each in told}, {each.period for each in told}
    areas, categories, periods = (len(each) > 1 for each in of)
    return areas, categories, periods


def _figure(words: Words, line: Line, found: _Found, differing: tuple[bool, bool, bool]) -> FigureRead:
    row = found.row(line)
    last, covered = line.known[Column.LAST], line.known[LAST_COVERED]
    return FigureRead(
        where=_where(words, line, differing),
        read=_read(words, row) if row else "",
        written=found.written(row) if row else "",
        comment=row.comment if row else "",
        last=words.say("check.last_line", value=_number(last), covers=covered) if last != "" else "",
    )


def _where(words: Words, line: Line, differing: tuple[bool, bool, bool]) -> str:
    """What tells a figure from the others of its indicator: area, category, period."""
    asked = line.asked
    names = asked.area_name, asked.category_title or words.say("check.total"), words.period(asked.period)
    return ", ".join(compress(names, differing)) or asked.area_name


def _read(words: Words, row: ReturnRow) -> str:
    """The figure as it was read, with its marker; a rate by its parts, as it was sent."""
    marker = f" {row.marker}" if row.marker else ""
    if row.numerator is not None and row.denominator is not None:
        parts = words.say("check.parts", numerator=_number(row.numerator), denominator=_number(row.denominator))
        return f"{parts}{marker}"
    one = next((each for each in (row.value, row.numerator, row.denominator) if each is not None), None)
    return f"{'' if one is None else _number(one)}{marker}".strip()


def _number(value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
