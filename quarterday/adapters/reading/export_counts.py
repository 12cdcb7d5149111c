"""The numbers of a partner's own export, each with what it counts. Nothing that is kept is dropped silently."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from quarterday.adapters.parsing.tables import Cell, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.export_sheets import ExportSheet
from quarterday.adapters.reading.naming import Vocabulary, key
from quarterday.adapters.reading.values import read_day, read_number, read_text, shown
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker, Tidied
from quarterday.domain.framework.exports import AreaFrom, CategoryFrom, ExportedFigures, WrittenAs, slug
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, calendar_month


@dataclass(frozen=True)
class Count:
    """One number of the export and what it counts."""

    area: str
    category: str
    period: Period
    value: float | None
    marker: Marker | None
    cell: str


@dataclass
class Counts:
    """What one entry of the mapping gave: numbers of the span asked for, and every period that the file covers."""

    inside: list[Count] = field(default_factory=list)
    periods: set[Period] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)


def read_counts(
    sheet: ExportSheet, figures: ExportedFigures, indicator: Indicator, vocabulary: Vocabulary, span: Period
) -> Counts:
    """The numbers of the kept rows for periods inside `span`."""
    return _Reader(sheet, figures, indicator, vocabulary, span).read()


class _Reader:
    def __init__(
        self,
        sheet: ExportSheet,
        figures: ExportedFigures,
        indicator: Indicator,
        vocabulary: Vocabulary,
        span: Period,
    ) -> None:
        self.sheet, self.figures, self.indicator, self.span = sheet, figures, indicator, span
        self.areas = vocabulary.areas[indicator.area]
        self.categories = vocabulary.categories(figures.category.breakdown) if figures.category else None
        self.counts = Counts()

    def read(self) -> Counts:
        rows = self._kept_rows()
        for row in rows:
            self._row(row)
        if not rows:
            kept = (f"{title} is {' or '.join(values)}" for title, values in self.figures.where.items())
            where = " and ".join(kept) or "figures stand below the titles"
            self.counts.findings.append(
                found("export-no-rows", self.sheet.table.sheet, indicator=self.indicator.code, where=where)
            )
        return self.counts

    def _kept_rows(self) -> list[int]:
        kept = [
            (self.sheet.column[title], {key(value) for value in values}) for title, values in self.figures.where.items()
        ]
        table = self.sheet.table
        return [
            row
            for row in range(self.sheet.header + 1, len(table.rows))
            if table.rows[row] and all(key(shown(table.cell(row, column))) in values for column, values in kept)
        ]

    def _row(self, row: int) -> None:
        area = self._area(row, self.figures.area)
        if area is None:
            return
        for category, column in self._categories(row, self.figures.category):
            for period, position in self._positions(row, column):
                self.counts.periods.add(period)
                if self.span.start <= period.start and period.end <= self.span.end:
                    self._count(row, position, area, category, period)

    def _find(self, rule: str, title: str, cells: tuple[str, ...]) -> None:
        self.counts.findings.append(found(rule, self.sheet.table.sheet, title, cells, self.indicator.code))

    def _area(self, row: int, area: AreaFrom) -> str | None:
        if area.always:
            return area.always
        written = self.sheet.written(row, area.column)
        if _listed(written, area.leave_out):
            return None
        meant = _meant(written, area.means)
        code = meant if meant in self.areas.name else self.areas.code(written)
        if code is None:
            self._find("export-unknown-area", area.column, (self.sheet.at(row, area.column),))
        return code

    def _categories(self, row: int, category: CategoryFrom | None) -> list[tuple[str, int | None]]:
        """The categories of a row, each with its column where they lie across."""
        if category is None or self.categories is None:
            return [("", None)]
        if category.across:
            return [(code, self.sheet.column[title]) for title, code in category.across.items()]
        written = self.sheet.written(row, category.column)
        if _listed(written, category.leave_out):
            return []
        meant = _meant(written, category.means)
        if not meant and category.written_as is WrittenAs.SLUG:
            meant = slug(shown(written))
        code = meant if meant in self.categories.name else self.categories.code(written)
        if code is None:
            self._find("export-unknown-category", category.column, (self.sheet.at(row, category.column),))
            return []
        return [(code, None)]

    def _positions(self, row: int, column: int | None) -> Iterator[tuple[Period, int]]:
        """Each period of a row with the column in which its number stands."""
        when = self.figures.when
        if when.months_across:
            yield from ((month, position) for position, month in self.sheet.months.items())
            return
        period = self._month(row) if when.month_column else self._from_to(row)
        if period is None:
            title = when.month_column or when.from_column
            self._find("not-a-date", title, (self.sheet.at(row, title),))
            return
        yield period, column if column is not None else self.sheet.column[self.figures.value_column]

    def _month(self, row: int) -> Period | None:
        written = self.sheet.written(row, self.figures.when.month_column)
        if isinstance(written, str | int) and (month := self.figures.when.month(str(written))):
            return month
        day = None if isinstance(written, str) else read_day(written).day
        return calendar_month(day.year, day.month) if day else None

    def _from_to(self, row: int) -> Period | None:
        start = read_day(self.sheet.written(row, self.figures.when.from_column)).day
        end = read_day(self.sheet.written(row, self.figures.when.to_column), end=True).day
        return Period(start, end) if start and end and start <= end else None

    def _count(self, row: int, position: int, area: str, category: str, period: Period) -> None:
        table = self.sheet.table
        where, written = address(row, position), table.cell(row, position)
        title = read_text(table.cell(self.sheet.header, position))
        number = read_number(written, text_file=not table.sheet)
        problem = table.doubts.get(where) or number.problem or ("percent-for-count" if number.percent else "")
        if not problem and number.value is None and number.marker is None:
            problem = "export-blank"
        if problem:
            self._find(problem, title, (where,))
        elif number.tidied:
            said = (f"{number.value:g}" if number.value is not None else "", number.marker or "")
            read_as = " ".join(each for each in said if each)
            self.counts.tidied.append(Tidied(table.sheet, where, title, shown(written), read_as))
        value = None if problem else number.value
        self.counts.inside.append(Count(area, category, period, value, number.marker, where))


def _listed(written: Cell, values: tuple[str, ...]) -> bool:
    return bool(values) and key(shown(written)) in {key(value) for value in values}


def _meant(written: Cell, means: dict[str, str]) -> str:
    if not means:
        return ""
    return {key(said): code for said, code in means.items()}.get(key(shown(written)), "")
