"""What a partner sends back, laid against the grid that was asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quarterday.domain.activities.answering import AnswerRow
from quarterday.domain.figures.keys import InASeries, OfDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period
from quarterday.domain.risks.reviewed import ReviewRow


class Marker(StrEnum):
    """Why a figure is not plain, one to a bracket (Government Analysis Function, symbols in tables)."""

    NOT_AVAILABLE = "[x]"
    CONFIDENTIAL = "[c]"
    PROVISIONAL = "[p]"
    REVISED = "[r]"
    ESTIMATED = "[e]"
    NOT_APPLICABLE = "[z]"
    BREAK = "[b]"
    LOW_RELIABILITY = "[u]"


@dataclass(frozen=True)
class GridRow(OfDays):
    """One figure that is asked for. `breakdown` and `category` are empty for a total."""

    indicator: str
    area_code: str
    area_name: str
    period: Period
    breakdown: str = ""
    category: str = ""
    category_title: str = ""


@dataclass(frozen=True)
class ReturnRow(InASeries):
    """One figure as it was sent. Missing is None, never zero; `cells` says where each part stood in the file."""

    indicator: str
    area_code: str
    breakdown: str
    category: str
    period: Period | None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    marker: Marker | None = None
    comment: str = ""
    sheet: str = ""
    cells: tuple[tuple[str, str], ...] = ()  # (column title, cell address)

    @property
    def tells(self) -> bool:
        """Whether it has a word: a figure, or a marker that says why there is none."""
        parts = self.value, self.numerator, self.denominator
        return self.marker is not None or any(part is not None for part in parts)

    def cell(self, column: str) -> tuple[str, ...]:
        """The addresses at which a column of this row stood."""
        return tuple(address for title, address in self.cells if title == column)


@dataclass(frozen=True)
class Tidied:
    """A value that was read as something else than it was written, for the sender to confirm."""

    sheet: str
    cell: str
    column: str
    written: str
    read_as: str


@dataclass(frozen=True)
class NewClass:
    """A class that a supplier's export names and the breakdown does not: how many rows, and what they add up to."""

    written: str
    rows: int
    value: float


@dataclass(frozen=True)
class ClassChange:
    """That a supplier changed its classes: what is new, counted apart until an officer places it, and what is gone."""

    indicator: str
    breakdown: str
    new: tuple[NewClass, ...]
    gone: tuple[str, ...]  # category codes of which the export has no row at all

    @property
    def sentence(self) -> str:
        """`new: 61 rows in 2 classes; gone: 2`."""
        rows = sum(each.rows for each in self.new)
        count = len(self.new)
        return f"new: {rows} row{'s' * (rows != 1)} in {count} class{'es' * (count != 1)}; gone: {len(self.gone)}"


@dataclass(frozen=True)
class PartnerReturn:
    """A return as read: its rows, what was tidied, and what it says of itself."""

    partner: str | None
    collection: str | None
    period: Period | None  # the period the sender says the figures cover
    rows: tuple[ReturnRow, ...]
    layout: str  # "template" or the name of an export mapping
    tidied: tuple[Tidied, ...] = ()
    comment: str = ""
    class_changes: tuple[ClassChange, ...] = ()
    activities: tuple[AnswerRow, ...] = ()  # what its sender tells of the activities that it leads
    reviews: tuple[ReviewRow, ...] = ()  # how its sender looks at the risks that it owns

    @property
    def tells(self) -> bool:
        """Whether it tells of activities or risks, beside figures or without any."""
        return bool(self.activities or self.reviews)


def grid(framework: Framework, indicators: tuple[Indicator, ...], period: Period) -> list[GridRow]:
    """The figures that a request asks for: indicator x period x area x (total, then each breakdown's categories)."""
    return [row for indicator in indicators for row in _rows_of(framework, indicator, period)]


def _rows_of(framework: Framework, indicator: Indicator, period: Period) -> Iterator[GridRow]:
    for asked in framework.periods_asked(indicator, period):
        classes = [(code, each) for code in indicator.breakdowns for each in framework.breakdown[code].asked(asked)]
        for area in framework.areas(indicator.area):
            if indicator.ask_total or not indicator.breakdowns:
                yield GridRow(indicator.code, area.code, area.name, asked)
            for code, category in classes:
                yield GridRow(indicator.code, area.code, area.name, asked, code, category.code, category.title)
