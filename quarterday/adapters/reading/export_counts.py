"""The numbers of a partner's own export, each with what it counts. Nothing that is kept is dropped silently."""

from collections.abc import Iterator

from quarterday.adapters.parsing.appearances import ASKED_ABOUT, PERCENT, STRUCK_OUT, UNSEEN
from quarterday.adapters.parsing.tables import Cell, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.counts import Count, Counts
from quarterday.adapters.reading.export_asides import RowsApart
from quarterday.adapters.reading.export_filters import kept_rows, nearly_kept
from quarterday.adapters.reading.export_sheets import ExportSheet
from quarterday.adapters.reading.export_times import TimeOfRow
from quarterday.adapters.reading.naming import Names, Vocabulary, key, meant_by
from quarterday.adapters.reading.values import Number, read_number, read_text, shown, without_footnote_signs
from quarterday.domain.figures.findings import Severity
from quarterday.domain.figures.returns import Tidied
from quarterday.domain.framework.codes import as_code
from quarterday.domain.framework.exports import AreaFrom, CategoryFrom, ExportedFigures, Gives, RepeatedRows, WrittenAs
from quarterday.domain.framework.indicators import Breakdown, Indicator, Unit
from quarterday.domain.framework.periods import Period, describe

_NEAR = 1e-6


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
        self.around = vocabulary.areas["borough"] if indicator.area == "ward" else Names(())
        self.markers = vocabulary.markers
        self.categories: Names | None = None
        self.breakdown: Breakdown | None = None
        if figures.category:
            self.categories = vocabulary.categories(figures.category.breakdown)
            self.breakdown = vocabulary.breakdown(figures.category.breakdown)
            self.in_use = {each.code for each in self.breakdown.asked(span)}
        self.time = TimeOfRow(sheet, figures.when)
        self.apart = RowsApart(sheet, figures, self.areas, self.categories, self.markers, self._knows_category)
        self.counts = Counts(findings=list(sheet.findings))
        self._divided = False  # whether words stand above that may head another table
        self._seen: set[tuple[str, str, str, Period]] = set()

    def read(self) -> Counts:
        self._look_at_title()
        rows = kept_rows(self.sheet, self.figures)
        for row in rows:
            self._row(row)
        self._find_unfiltered()
        self._find_nearly_kept()
        only_asides = not self.counts.periods and not any(
            each.severity is Severity.CRITICAL for each in self.counts.findings
        )
        if not rows or only_asides:
            kept = (f"{title} is {' or '.join(values)}" for title, values in self.figures.where.items())
            where = " and ".join(kept) or "figures stand below the titles"
            self.counts.findings.append(
                found("export-no-rows", self.sheet.table.sheet, indicator=self.indicator.code, where=where)
            )
        return self.counts

    def _look_at_title(self) -> None:
        """A title that names a period must name one that has a day of the span asked for."""
        titled, agreed = self.sheet.titled, self.figures.value_column
        if titled and not titled.overlap_days(self.span):
            title = read_text(self.sheet.table.cell(self.sheet.header, self.sheet.column[agreed]))
            where = (address(self.sheet.header, self.sheet.column[agreed]),)
            words = {"title": title, "ours": agreed}
            told = found("title-of-another", self.sheet.table.sheet, title, where, self.indicator.code, **words)
            self.counts.findings.append(told)

    def _find_nearly_kept(self) -> None:
        """Rows that are left out for a value that may be the one we keep, written otherwise or with a slip."""
        for title, written, wanted, cell in nearly_kept(self.sheet, self.figures):
            self._find("export-filter-near", title, (cell,), written=written, wanted=wanted)

    def _find_unfiltered(self) -> None:
        """Rows that look like the others and are empty where it should say whether they are ours: none is dropped."""
        kept = [(title, {key(value) for value in values}) for title, values in self.figures.where.items()]
        for row in self.sheet.body if kept else ():
            written = [(title, self.sheet.written(row, title), values) for title, values in kept]
            empty = [title for title, cell, _ in written if cell is None]
            if not empty:
                continue
            others_fit = all(key(shown(cell)) in values for _, cell, values in written if cell is not None)
            if others_fit and self.apart.is_like_the_rest(row):
                self._find("export-filter-blank", empty[0], (self.sheet.at(row, empty[0]),))

    def _row(self, row: int) -> None:
        if aside := self.apart.why(row):
            self._find_row(aside, row)
            self._divided = self._divided or (bool(self.counts.inside) and self.apart.may_head_a_table(row))
            return
        area = self._area(row, self.figures.area)
        if area is None:
            return
        self._find_struck_labels(row)
        for category, written, position in self._values(row):
            for period, at in self._positions(row, position):
                self.counts.periods.add(period)
                self.counts.classes.add(category)
                if self.span.contains(period):
                    self._count(row, at, area, category, period, written)
                else:
                    self._note_outside(row, at, period)

    def _find_struck_labels(self, row: int) -> None:
        """A label that is struck out may take its whole row back."""
        labels = (self.figures.area.column, *self.figures.when.columns)
        category = self.figures.category.column if self.figures.category else ""
        for title in filter(None, (*labels, category)):
            where = self.sheet.at(row, title)
            if self.sheet.table.shown_as.get(where) == STRUCK_OUT:
                self._find("struck-out", title, (where,))

    def _note_outside(self, row: int, at: int, period: Period) -> None:
        """A row, or a column, for another time than was asked; one that lies astride the ends of it is asked about."""
        titles = self.figures.when.columns
        where = self.sheet.at(row, titles[0]) if titles else address(self.sheet.header, at)
        self.counts.outside[self.sheet.table.sheet, where] = period
        if period.overlap_days(self.span) and not period.contains(self.span):
            said = {"period": describe(period), "asked": describe(self.span)}
            self._find("export-astride", titles[0] if titles else "", (where,), **said)

    def _knows_category(self, row: int) -> bool:
        category = self.figures.category
        if category is None or self.categories is None or not category.column:
            return True
        return bool(self._code_of(self.sheet.written(row, category.column), category, self.categories))

    def _find(self, rule: str, title: str, cells: tuple[str, ...], **words: str | int) -> None:
        where = self.sheet.table.sheet
        self.counts.findings.append(found(rule, where, title, cells, self.indicator.code, **words))

    def _find_row(self, rule: str, row: int) -> None:
        cells = self.sheet.table.rows[row]
        first = next((at for at, cell in enumerate(cells) if cell is not None), 0)
        self.counts.findings.append(found(rule, self.sheet.table.sheet, "", (address(row, first),)))

    def _area(self, row: int, area: AreaFrom) -> str | None:
        if area.always:
            return area.always
        written = self.sheet.written(row, area.column)
        if _listed(written, area.leave_out):
            return None
        meant = meant_by(written, area.means)
        code = meant if meant in self.areas.name else self.areas.code(written)
        if code is None and self.around.code(written):
            self._find_row("export-total", row)
        elif code is None:
            now = self.areas.now(written)
            rule, words = ("earlier-edition", {"now": now}) if now else ("export-unknown-area", {})
            self._find(rule, area.column, (self.sheet.at(row, area.column),), **words)
        return code

    def _values(self, row: int) -> list[tuple[str, str, int | None]]:
        """The categories of a row, how a new one is written, and the column of each where they lie across."""
        category = self.figures.category
        if category is None or self.categories is None or category.always:
            return [(category.always if category else "", "", None)]
        if category.across:
            return [(code, "", position) for position, (code, _) in self.sheet.across.items()]
        written = self.sheet.written(row, category.column)
        if _listed(written, category.leave_out):
            return []
        code = self._code_of(written, category, self.categories)
        if code in self.in_use:
            return [(code, "", None)]
        if self.breakdown and self.breakdown.for_new and read_text(written):
            return [(self.breakdown.for_new.code, read_text(written), None)]
        self._find("export-unknown-category", category.column, (self.sheet.at(row, category.column),))
        return []

    def _code_of(self, written: Cell, category: CategoryFrom, names: Names) -> str:
        """The category that a cell means, and into which it is counted; empty where it means none of ours."""
        meant = meant_by(written, category.means)
        if not meant and category.written_as is WrittenAs.SLUG:
            meant = as_code(without_footnote_signs(shown(written)))
        code = meant if meant in names.name else names.code(written)
        return self.breakdown.counted_as(code) if code and self.breakdown else ""

    def _positions(self, row: int, position: int | None) -> Iterator[tuple[Period, int]]:
        """Each period of a row with the column in which its number stands."""
        if self.figures.when.is_across:
            columns = self.sheet.across if position is None else {position: self.sheet.across[position]}
            yield from ((period, at) for at, (_, period) in columns.items() if period)
            return
        period, problem = self.time.of(row)
        if period is None:
            title = next(iter(self.figures.when.columns), "")
            if title:
                self._find(problem, title, (self.sheet.at(row, title),))
            return
        if self.figures.records:
            position = self.sheet.column[self.figures.when.columns[0]] if self.figures.when.columns else 0
        yield period, position if position is not None else self.sheet.column[self.figures.value_column]

    def _find_table_below(self, where: str, counted: tuple[str, str, str, Period]) -> None:
        """Where rows are added up, those below a heading may belong to another table."""
        adds_up = self.figures.records or self.figures.repeated_rows is RepeatedRows.SUM
        if self._divided and adds_up and counted in self._seen:
            self._find("export-tables-below", "", (where,))
        elif not self._divided:
            self._seen.add(counted)

    def _count(self, row: int, position: int, area: str, category: str, period: Period, written: str) -> None:
        table = self.sheet.table
        where = address(row, position)
        self._find_table_below(where, (area, category, written, period))
        if self.figures.records:
            self.counts.inside.append(Count(area, category, period, 1, None, where, table.sheet, written))
            return
        cell, title = table.cell(row, position), read_text(table.cell(self.sheet.header, position))
        number = read_number(cell, text_file=not table.sheet, markers=self.markers, words_for_nought=False)
        problem = self._problem(where, cell, number) or (
            UNSEEN if position in table.hidden_columns and cell is not None else ""
        )
        value = None
        if not problem and number.value is not None:
            value = _as_whole(number.value * self.figures.times * self._share(where, cell))
        if problem:
            self._find(problem, title, (where,))
        elif number.tidied:
            said = (f"{number.value:g}" if number.value is not None else "", number.marker or "")
            read_as = " ".join(each for each in said if each)
            self.counts.tidied.append(Tidied(table.sheet, where, title, shown(cell), read_as))
        marker = number.marker
        if marker is None and value is not None:
            marker = self.sheet.marked.get(position) or self.time.marker(row)
        self.counts.inside.append(Count(area, category, period, value, marker, where, table.sheet, written))

    def _share(self, where: str, cell: Cell) -> float:
        """100 where a cell that is shown with % holds a share of a percentage."""
        is_share = self.sheet.table.shown_as.get(where) == PERCENT and isinstance(cell, int | float)
        return 100.0 if is_share and self.indicator.unit is Unit.PERCENTAGE else 1.0

    def _problem(self, where: str, cell: Cell, number: Number) -> str:
        """Why a number of the export cannot be taken as it is."""
        table = self.sheet.table
        problem = table.doubts.get(where) or number.problem
        look = table.shown_as.get(where, "")
        if not problem and look in ASKED_ABOUT:
            problem = look
        percent = number.percent or (look == PERCENT and isinstance(cell, int | float))
        if not problem and percent and self.indicator.unit is not Unit.PERCENTAGE:
            problem = "percent-for-count"
        if not problem and number.value is not None:
            problem = self._problem_of_count(number, number.value)
        if not problem and number.value is None and number.marker is None:
            problem = "export-blank"
        return problem

    def _problem_of_count(self, number: Number, value: float) -> str:
        """Why a number is no count: noughts behind a point, below zero, no whole number, which a sum would hide."""
        if value < 0 <= self.indicator.at_least:
            return "negative-number"
        if self.indicator.has_parts and self.figures.gives is Gives.VALUE:
            return ""
        if number.may_be_thousands:
            return "point-for-thousands"
        counted = value * self.figures.times
        return "export-not-whole" if abs(counted - round(counted)) > _NEAR else ""


def _as_whole(value: float) -> float:
    """A number without the trace that reckoning left behind its point: 2.0000000001 is two."""
    return float(round(value)) if abs(value - round(value)) <= _NEAR else value


def _listed(written: Cell, values: tuple[str, ...]) -> bool:
    return bool(values) and key(shown(written)) in {key(value) for value in values}
