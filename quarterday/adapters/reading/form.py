"""Our template as people leave it: what each row says."""

from datetime import date

from quarterday.adapters.parsing.appearances import STRUCK_OUT
from quarterday.adapters.parsing.tables import Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import ENTRIES, FILLED_IN, Column
from quarterday.adapters.reading.days import Day, read_day
from quarterday.adapters.reading.form_cells import FormRead
from quarterday.adapters.reading.form_figures import RowFigures
from quarterday.adapters.reading.form_tables import Header, body
from quarterday.adapters.reading.merged_cells import merged_cells
from quarterday.adapters.reading.naming import Names, Vocabulary
from quarterday.adapters.reading.values import read_text
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period


def read_form(
    table: Table, found_headers: list[Header], vocabulary: Vocabulary, notes: dict[str, str] | None = None
) -> FormRead:
    """Every row of one table that is our template. `notes` are the notes on its cells, by address."""
    form = FormRead()
    for header in found_headers:
        for where, column in header.repeated:
            form.findings.append(found("repeated-column", table.sheet, column.value, (where,), title=column.value))
    merged = merged_cells(table)
    for row, header in body(table, found_headers):
        _Row(table, row, header, vocabulary, merged, form, notes or {}).read()
    return form


class _Row(RowFigures):
    """One row under a header of the template."""

    def read(self) -> None:
        """Add the row's figure, its findings and what was tidied to the form."""
        indicator = self._indicator()
        if indicator is None:
            return
        self.indicator = indicator.code
        self._identity()
        area = self._area(indicator)
        split = self._split(indicator)
        if area is None or split is None:
            return
        self._find_struck_labels()
        value, numerator, denominator, marker = self.figures(indicator)
        period = self._period()
        self.find_stray_figure()
        self.find_other_period(period)
        self.form.rows.append(
            ReturnRow(
                indicator=indicator.code,
                area_code=area,
                breakdown=split[0],
                category=split[1],
                period=period,
                value=value,
                numerator=numerator,
                denominator=denominator,
                marker=marker,
                comment=self.comment(),
                sheet=self.table.sheet,
                cells=tuple((column.value, self.at(column)) for column in self.header.position),
            )
        )

    def _identity(self) -> None:
        if partner := read_text(self.cell(Column.PARTNER)):
            self.form.partners.add(partner)
        if collection := read_text(self.cell(Column.COLLECTION)):
            self.form.collections.add(collection)

    def _indicator(self) -> Indicator | None:
        before = len(self.form.findings)
        code = self._named(Column.INDICATOR_CODE, Column.INDICATOR, self.vocabulary.indicators, "unknown-indicator")
        if code and self.vocabulary.asked_no_more(code):
            self.find("asked-no-more", self._first(Column.INDICATOR_CODE, Column.INDICATOR))
            return None
        if code:
            return self.vocabulary.asked_for(code)
        if len(self.form.findings) > before:
            return None
        if self._says_an_indicator():
            self.find("unknown-indicator", Column.INDICATOR)
        elif any(self.cell(column) is not None for column in ENTRIES) and not self._is_a_total():
            self.find("figures-outside", next(c for c in ENTRIES if self.cell(c) is not None))
        else:
            self._note()
        return None

    def _says_an_indicator(self) -> bool:
        """Words under Indicator make a row of figures only where the row also has some."""
        has_figure = any(self.cell(column) is not None for column in (*FILLED_IN, Column.AREA, Column.AREA_CODE))
        return self.cell(Column.INDICATOR) is not None and has_figure and not self._is_a_total()

    def _is_a_total(self) -> bool:
        return any("total" in read_text(cell).lower() for cell in self.table.rows[self.row] if isinstance(cell, str))

    def _note(self) -> None:
        first = next(at for at, cell in enumerate(self.table.rows[self.row]) if cell is not None)
        cells = (address(self.row, first),)
        self.form.findings.append(found("text-below", self.table.sheet, "", cells))

    def _find_struck_labels(self) -> None:
        """A label that is struck out may take its whole row back."""
        for column in (Column.INDICATOR, Column.AREA, Column.CATEGORY):
            if column in self.header.position and self.shown_as(column) == STRUCK_OUT:
                self.find("struck-out", column)

    def _first(self, *columns: Column) -> Column:
        return next((c for c in columns if c in self.header.position and self.cell(c) is not None), columns[0])

    def _named(self, code_column: Column, name_column: Column, names: Names, unknown: str) -> str | None:
        """The code that the two columns mean together; None, with a finding, where they name something else or two."""
        by_code, by_name = names.code(self.cell(code_column)), names.code(self.cell(name_column))
        if by_code and by_name and by_code != by_name:
            self.find("code-mismatch", name_column)
            return None
        if not by_code and self.cell(code_column) is not None:  # the name beside it does not heal a wrong code
            now = names.now(self.cell(code_column))
            self.find("earlier-edition" if now else unknown, code_column, **({"now": now} if now else {}))
            return None
        if by_code and names.asks_names and not by_name and read_text(self.cell(name_column)):
            self._find_unknown_name(names, name_column)
            return None
        if by_code and self.cell(code_column) != by_code:
            self.tidied(code_column, by_code)
        return by_code or by_name

    def _find_unknown_name(self, names: Names, column: Column) -> None:
        """The name beside a known code is none of ours: whose figure is it?"""
        now = names.now(self.cell(column))
        self.find("name-not-known", column, now=f" It was part of an earlier edition: {now}." if now else "")

    def _area(self, indicator: Indicator) -> str | None:
        names = self.vocabulary.areas[indicator.area]
        before = len(self.form.findings)
        code = self._named(Column.AREA_CODE, Column.AREA, names, "unknown-area")
        if code:
            return code
        if self.cell(Column.AREA_CODE) is None and self.cell(Column.AREA) is None and len(names.name) == 1:
            return next(iter(names.name))
        if len(self.form.findings) == before:
            self.find("unknown-area", self._first(Column.AREA_CODE, Column.AREA))
        return None

    def _split(self, indicator: Indicator) -> tuple[str, str] | None:
        """The breakdown and category of the row, both empty for a total; None where they are not known."""
        said = [c for c in (Column.CATEGORY, Column.CATEGORY_CODE) if read_text(self.cell(c))]
        if not said or all(read_text(self.cell(c)).lower() in ("total", "all") for c in said):
            return "", ""
        breakdowns = self.vocabulary.breakdowns(indicator)
        before = len(self.form.findings)
        breakdown = self._named(Column.BREAKDOWN_CODE, Column.BREAKDOWN, breakdowns, "unknown-category")
        if len(self.form.findings) > before:
            return None
        if breakdown is None:  # its columns are gone: the category's name tells it, where only one breakdown has it
            holding = [each for each in indicator.breakdowns if self._is_in(self.vocabulary.categories(each))]
            breakdown = holding[0] if len(holding) == 1 else None
        if breakdown is None:
            self.find("unknown-category", said[0])
            return None
        names = self.vocabulary.categories(breakdown)
        category = self._named(Column.CATEGORY_CODE, Column.CATEGORY, names, "unknown-category")
        if category is None and len(self.form.findings) == before:
            self.find("unknown-category", said[0])
        return (breakdown, category) if category else None

    def _is_in(self, names: Names) -> bool:
        return any(names.code(self.cell(column)) for column in (Column.CATEGORY_CODE, Column.CATEGORY))

    def _period(self) -> Period | None:
        start, end = self._day(Column.PERIOD_FROM, end=False), self._day(Column.PERIOD_TO, end=True)
        if (start is None) != (end is None):
            wanting = Column.PERIOD_FROM if start is None else Column.PERIOD_TO
            if self.cell(wanting) is None:
                self.find("half-a-period", wanting)
            return None
        if start is None or end is None:
            return None
        if end < start:
            self.find("backward-period", Column.PERIOD_TO)
            return None
        return Period(start, end)

    def _day(self, column: Column, *, end: bool) -> date | None:
        read: Day = read_day(self.cell(column), end=end, text_file=not self.table.sheet)
        problem = self.doubt(column) or read.problem
        if problem:
            self.find(problem, column)
        elif read.tidied and read.day:
            self.tidied(column, read.day.isoformat())
        return None if problem else read.day
