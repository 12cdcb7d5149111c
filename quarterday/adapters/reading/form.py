"""Our template as people leave it: what each row says."""

from dataclasses import dataclass, field

from quarterday.adapters.parsing.tables import Cell, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import ENTRIES, FILLED_IN, Column
from quarterday.adapters.reading.form_tables import Header, body
from quarterday.adapters.reading.merged_cells import Merged, merged_cells
from quarterday.adapters.reading.naming import Names, Vocabulary
from quarterday.adapters.reading.values import Day, read_day, read_marker, read_number, read_text, shown
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import Marker, ReturnRow, Tidied
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.periods import Period

_NOT_COVERED: Cell = "not covered by a merged cell"
_MAY_BE_MERGED = (
    Column.INDICATOR,
    Column.INDICATOR_CODE,
    Column.AREA,
    Column.AREA_CODE,
    Column.BREAKDOWN,
    Column.BREAKDOWN_CODE,
    Column.PERIOD_FROM,
    Column.PERIOD_TO,
    Column.PARTNER,
    Column.COLLECTION,
)


@dataclass
class FormRead:
    """What a filled-in template said."""

    rows: list[ReturnRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)
    partners: set[str] = field(default_factory=set)
    collections: set[str] = field(default_factory=set)


def read_form(table: Table, found_headers: list[Header], vocabulary: Vocabulary) -> FormRead:
    """Every row of one table that is our template."""
    form = FormRead()
    for header in found_headers:
        for where in header.repeated:
            title = read_text(_at(table, where))
            form.findings.append(found("repeated-column", table.sheet, title, (where,), title=title))
    merged = merged_cells(table)
    for row, header in body(table, found_headers):
        _Row(table, row, header, vocabulary, merged, form).read()
    return form


def _at(table: Table, where: str) -> Cell:
    return next(cell for r, row in enumerate(table.rows) for c, cell in enumerate(row) if address(r, c) == where)


class _Row:
    """One row under a header of the template."""

    def __init__(
        self, table: Table, row: int, header: Header, vocabulary: Vocabulary, merged: Merged, form: FormRead
    ) -> None:
        self.table, self.row, self.header = table, row, header
        self.vocabulary, self.merged, self.form = vocabulary, merged, form
        self.indicator = ""

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
        value, numerator, denominator, marker = self._figures(indicator)
        self.form.rows.append(
            ReturnRow(
                indicator=indicator.code,
                area_code=area,
                breakdown=split[0],
                category=split[1],
                period=self._period(),
                value=value,
                numerator=numerator,
                denominator=denominator,
                marker=marker,
                comment=shown(self.cell(Column.COMMENT)).strip(),
                sheet=self.table.sheet,
                cells=tuple((column.value, self.at(column)) for column in self.header.position),
            )
        )

    def cell(self, column: Column) -> Cell:
        """What stands in a column of this row; None where the table lacks the column."""
        position = self.header.position.get(column)
        if position is None:
            return None
        covered = self.merged.get((self.row, position), _NOT_COVERED)
        if covered is _NOT_COVERED:
            return self.table.cell(self.row, position)
        # One name, merged over the rows that it is for; what lies under a merged cell otherwise, nobody sees.
        return covered if column in _MAY_BE_MERGED else None

    def at(self, column: Column) -> str:
        """The address of a column in this row."""
        return address(self.row, self.header.position[column])

    def _find(self, rule: str, column: Column, **words: str | int) -> None:
        cells = (self.at(column),) if column in self.header.position else ()
        self.form.findings.append(found(rule, self.table.sheet, column.value, cells, self.indicator, **words))

    def _tidied(self, column: Column, read_as: object) -> None:
        written = shown(self.cell(column))
        self.form.tidied.append(Tidied(self.table.sheet, self.at(column), column.value, written, str(read_as)))

    def _identity(self) -> None:
        if partner := read_text(self.cell(Column.PARTNER)):
            self.form.partners.add(partner)
        if collection := read_text(self.cell(Column.COLLECTION)):
            self.form.collections.add(collection)

    def _indicator(self) -> Indicator | None:
        before = len(self.form.findings)
        code = self._named(Column.INDICATOR_CODE, Column.INDICATOR, self.vocabulary.indicators, "unknown-indicator")
        if code:
            return self.vocabulary.asked_for(code)
        if len(self.form.findings) > before:
            return None
        if self._says_an_indicator():
            self._find("unknown-indicator", Column.INDICATOR)
        elif any(self.cell(column) is not None for column in ENTRIES) and not self._is_a_total():
            self._find("figures-outside", next(c for c in ENTRIES if self.cell(c) is not None))
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

    def _first(self, *columns: Column) -> Column:
        return next((c for c in columns if c in self.header.position and self.cell(c) is not None), columns[0])

    def _named(self, code_column: Column, name_column: Column, names: Names, unknown: str) -> str | None:
        """The code that the two columns mean together; None, with a finding, where they name something else or two."""
        by_code, by_name = names.code(self.cell(code_column)), names.code(self.cell(name_column))
        if by_code and by_name and by_code != by_name:
            self._find("code-mismatch", name_column)
            return None
        if not by_code and self.cell(code_column) is not None:  # the name beside it does not heal a wrong code
            self._find(unknown, code_column)
            return None
        if by_code and self.cell(code_column) != by_code:
            self._tidied(code_column, by_code)
        return by_code or by_name

    def _area(self, indicator: Indicator) -> str | None:
        names = self.vocabulary.areas[indicator.area]
        before = len(self.form.findings)
        code = self._named(Column.AREA_CODE, Column.AREA, names, "unknown-area")
        if code:
            return code
        if self.cell(Column.AREA_CODE) is None and self.cell(Column.AREA) is None and len(names.name) == 1:
            return next(iter(names.name))
        if len(self.form.findings) == before:
            self._find("unknown-area", self._first(Column.AREA_CODE, Column.AREA))
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
            self._find("unknown-category", said[0])
            return None
        names = self.vocabulary.categories(breakdown)
        category = self._named(Column.CATEGORY_CODE, Column.CATEGORY, names, "unknown-category")
        if category is None and len(self.form.findings) == before:
            self._find("unknown-category", said[0])
        return (breakdown, category) if category else None

    def _is_in(self, names: Names) -> bool:
        return any(names.code(self.cell(column)) for column in (Column.CATEGORY_CODE, Column.CATEGORY))

    def _period(self) -> Period | None:
        start, end = self._day(Column.PERIOD_FROM, end=False), self._day(Column.PERIOD_TO, end=True)
        if (start is None) != (end is None):
            wanting = Column.PERIOD_FROM if start is None else Column.PERIOD_TO
            if self.cell(wanting) is None:
                self._find("half-a-period", wanting)
            return None
        if start is None or end is None:
            return None
        if end < start:
            self._find("backward-period", Column.PERIOD_TO)
            return None
        return Period(start, end)

    def _day(self, column: Column, *, end: bool):  # type: ignore[no-untyped-def]
        read: Day = read_day(self.cell(column), end=end, text_file=not self.table.sheet)
        problem = self._doubt(column) or read.problem
        if problem:
            self._find(problem, column)
        elif read.tidied and read.day:
            self._tidied(column, read.day.isoformat())
        return None if problem else read.day

    def _doubt(self, column: Column) -> str:
        return self.table.doubts.get(self.at(column), "") if column in self.header.position else ""

    def _figures(self, indicator: Indicator) -> tuple[float | None, float | None, float | None, Marker | None]:
        numerator, marker_above = self._number(Column.NUMERATOR)
        denominator, marker_below = self._number(Column.DENOMINATOR)
        parts = (numerator, denominator) if None not in (numerator, denominator) else None
        value, marker_beside = self._value(indicator, parts)  # type: ignore[arg-type]
        said = self._marker()
        markers = {each for each in (said, marker_beside, marker_above, marker_below) if each}
        if len(markers) > 1:
            self._find("several-markers", Column.MARKER)
        return value, numerator, denominator, said or marker_beside or marker_above or marker_below

    def _value(self, indicator: Indicator, parts: tuple[float, float] | None) -> tuple[float | None, Marker | None]:
        """The value column. Where it is worked out from its parts, only a number typed there can say something."""
        if indicator.has_parts and parts and self._doubt(Column.VALUE):
            return None, None
        if indicator.has_parts and not parts and (self._doubt(Column.VALUE) or self.cell(Column.VALUE) == 0):
            return None, None
        percentage = indicator.unit is Unit.PERCENTAGE
        value, marker = self._number(Column.VALUE, percent=percentage)
        if percentage and value is not None and 0 < value < 1:
            return self._share(value, parts), marker
        return value, marker

    def _share(self, value: float, parts: tuple[float, float] | None) -> float | None:
        """A number below one where a percentage is wanted: its parts tell whether it is a share."""
        worked_out = 100 * parts[0] / parts[1] if parts and parts[1] else None
        if worked_out is None or (isinstance(self.cell(Column.VALUE), str) and "%" in str(self.cell(Column.VALUE))):
            if isinstance(self.cell(Column.VALUE), str) and "%" in str(self.cell(Column.VALUE)):
                return value
            self._find("percent-or-share", Column.VALUE)
            return None
        if abs(100 * value - worked_out) < 0.6:
            self._tidied(Column.VALUE, f"{100 * value:g}%")
            return 100 * value
        return value

    def _number(self, column: Column, *, percent: bool = False) -> tuple[float | None, Marker | None]:
        number = read_number(self.cell(column), text_file=not self.table.sheet)
        problem = self._doubt(column) or number.problem
        if number.percent and not percent:
            problem = "percent-for-count"
        if problem:
            self._find(problem, column)
            return None, None
        if number.tidied:
            words = [f"{number.value:g}" if number.value is not None else "", number.marker or ""]
            self._tidied(column, " ".join(word for word in words if word))
        return number.value, number.marker

    def _marker(self) -> Marker | None:
        marker, tidied, problem = read_marker(self.cell(Column.MARKER))
        if problem:
            self._find(problem, Column.MARKER)
        elif tidied and marker and not read_text(self.cell(Column.MARKER)).lower().startswith(marker.value):
            self._tidied(Column.MARKER, marker.value)
        return marker
