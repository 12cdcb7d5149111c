"""A partner's own export, read through its mapping in `config/exports/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from quarterday.adapters.parsing.tables import Cell, Reading, Table, address
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.columns import plain_title
from quarterday.adapters.reading.naming import Vocabulary, key
from quarterday.adapters.reading.values import read_day, read_number, read_text, shown
from quarterday.exports import (
    AbsentRows,
    AreaFrom,
    CategoryFrom,
    Export,
    ExportedFigures,
    RepeatedRows,
    WrittenAs,
    slug,
)
from quarterday.findings import Finding
from quarterday.framework import Framework, Indicator
from quarterday.periods import Period, calendar_month, describe
from quarterday.returns import Marker, ReturnRow, Tidied

_HEADER_WITHIN = 60  # rows


@dataclass(frozen=True)
class _Sheet:
    """A table that has the export's columns: where its header stands and which column is which."""

    table: Table
    header: int
    column: dict[str, int]
    months: dict[int, Period]

    def written(self, row: int, title: str) -> Cell:
        return self.table.cell(row, self.column[title])

    def at(self, row: int, title: str) -> str:
        return address(row, self.column[title])


@dataclass(frozen=True)
class _Count:
    """One number of the export and what it counts."""

    area: str
    category: str
    period: Period
    value: float | None
    marker: Marker | None
    cell: str
    row: int


@dataclass
class _Found:
    """What one entry of the mapping gave."""

    counts: list[_Count] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)


def fits(reading: Reading, export: Export) -> bool:
    """Whether the file has the columns of every entry of the mapping."""
    return all(_sheets(reading, each) for each in export.figures)


def missing_columns(reading: Reading, export: Export) -> tuple[str, ...]:
    """The titles of the mapping that no sheet has, to say why a file is not this export."""
    titles = {plain_title(cell) for table in reading.tables for row in table.rows[:_HEADER_WITHIN] for cell in row}
    return tuple(dict.fromkeys(t for each in export.figures for t in each.columns if plain_title(t) not in titles))


def rows_of_export(
    reading: Reading, export: Export, framework: Framework, vocabulary: Vocabulary, period: Period
) -> tuple[list[ReturnRow], list[Finding], list[Tidied]]:
    """The rows that an export gives for the indicators asked for, what is wrong, and what was tidied."""
    rows: dict[tuple[object, ...], ReturnRow] = {}
    findings: list[Finding] = []
    tidied: list[Tidied] = []
    for figures in export.figures:
        indicator = vocabulary.asked_for(figures.indicator)
        if indicator is None:
            continue
        for sheet in _sheets(reading, figures)[:1]:
            got = _counts(sheet, figures, indicator, vocabulary)
            findings += got.findings
            tidied += got.tidied
            for asked in framework.periods_asked(indicator, period):
                made, wrong = _rows_for(sheet, figures, indicator, framework, asked, got)
                findings += wrong
                for row in made:
                    same = (row.indicator, row.area_code, row.breakdown, row.category, row.period)
                    rows[same] = _joined(rows[same], row) if same in rows else row
    return list(rows.values()), findings, tidied


def _joined(one: ReturnRow, other: ReturnRow) -> ReturnRow:
    """Two parts of one figure, a numerator and a denominator, as one row."""
    return replace(
        one,
        value=one.value if one.value is not None else other.value,
        numerator=one.numerator if one.numerator is not None else other.numerator,
        denominator=one.denominator if one.denominator is not None else other.denominator,
        marker=one.marker or other.marker,
        cells=one.cells + other.cells,
    )


def _sheets(reading: Reading, figures: ExportedFigures) -> list[_Sheet]:
    tables = (table for table in reading.tables if figures.sheet in ("", table.sheet))
    return [sheet for table in tables if (sheet := _as_sheet(table, figures))]


def _as_sheet(table: Table, figures: ExportedFigures) -> _Sheet | None:
    wanted = {plain_title(title): title for title in figures.columns}
    for header, row in enumerate(table.rows[:_HEADER_WITHIN]):
        column: dict[str, int] = {}
        for position, cell in enumerate(row):
            if (title := wanted.get(plain_title(cell))) and title not in column:
                column[title] = position
        months = _months(row, figures)
        if len(column) == len(wanted) and (months or not figures.when.months_across):
            return _Sheet(table, header, column, months)
    return None


def _months(row: Iterable[Cell], figures: ExportedFigures) -> dict[int, Period]:
    if not figures.when.months_across:
        return {}
    named = ((position, figures.when.month(shown(cell))) for position, cell in enumerate(row) if cell is not None)
    return {position: month for position, month in named if month}


def _counts(sheet: _Sheet, figures: ExportedFigures, indicator: Indicator, vocabulary: Vocabulary) -> _Found:
    got = _Found()
    kept = {title: {key(value) for value in values} for title, values in figures.where.items()}
    rows = range(sheet.header + 1, len(sheet.table.rows))
    chosen = [r for r in rows if all(key(shown(sheet.written(r, t))) in values for t, values in kept.items())]
    for row in chosen:
        if not sheet.table.rows[row]:
            continue
        area = _area(sheet, row, figures.area, indicator, vocabulary, got)
        categories = _categories(sheet, row, figures.category, vocabulary, got, indicator)
        if area is None:
            continue
        for category, column in categories:
            for when, position in _positions(sheet, row, figures, column, got, indicator):
                _count(sheet, row, position, area, category, when, got, indicator)
    if not chosen:
        where = " and ".join(f"{title} is {' or '.join(values)}" for title, values in figures.where.items())
        got.findings.append(
            found("export-no-rows", sheet.table.sheet, indicator=indicator.code, where=where or "figures stand")
        )
    return got


def _area(
    sheet: _Sheet, row: int, area: AreaFrom, indicator: Indicator, vocabulary: Vocabulary, got: _Found
) -> str | None:
    if area.always:
        return area.always
    written = sheet.written(row, area.column)
    if _listed(written, area.leave_out):
        return None
    meant = _meant(written, area.means)
    names = vocabulary.areas[indicator.area]
    code = meant if meant in names.name else names.code(written)
    if code is None:
        cells = (sheet.at(row, area.column),)
        got.findings.append(found("export-unknown-area", sheet.table.sheet, area.column, cells, indicator.code))
    return code


def _categories(
    sheet: _Sheet, row: int, category: CategoryFrom | None, vocabulary: Vocabulary, got: _Found, indicator: Indicator
) -> list[tuple[str, int | None]]:
    if category is None:
        return [("", None)]
    if category.across:
        return [(code, sheet.column[title]) for title, code in category.across.items()]
    written = sheet.written(row, category.column)
    if _listed(written, category.leave_out):
        return []
    names = vocabulary.categories(category.breakdown)
    meant = _meant(written, category.means) or (slug(shown(written)) if category.written_as is WrittenAs.SLUG else "")
    code = meant if meant in names.name else None
    if category.written_as is not WrittenAs.SLUG:
        code = code or names.code(written)
    if code is None:
        cells = (sheet.at(row, category.column),)
        got.findings.append(found("export-unknown-category", sheet.table.sheet, category.column, cells, indicator.code))
        return []
    return [(code, None)]


def _listed(written: Cell, values: tuple[str, ...]) -> bool:
    return key(shown(written)) in {key(value) for value in values}


def _meant(written: Cell, means: dict[str, str]) -> str:
    return {key(said): code for said, code in means.items()}.get(key(shown(written)), "")


def _positions(
    sheet: _Sheet, row: int, figures: ExportedFigures, column: int | None, got: _Found, indicator: Indicator
) -> Iterator[tuple[Period, int]]:
    """Each period of a row with the column in which its number stands."""
    when = figures.when
    if when.months_across:
        yield from ((month, position) for position, month in sheet.months.items())
        return
    position = column if column is not None else sheet.column[figures.value_column]
    period = _row_month(sheet, row, figures) if when.month_column else _row_period(sheet, row, figures)
    if period is None:
        title = when.month_column or when.from_column
        got.findings.append(
            found("not-a-date", sheet.table.sheet, title, (sheet.at(row, title),), indicator.code),
        )
        return
    yield period, position


def _row_month(sheet: _Sheet, row: int, figures: ExportedFigures) -> Period | None:
    written = sheet.written(row, figures.when.month_column)
    if isinstance(written, str | int):
        return figures.when.month(str(written))
    day = read_day(written).day
    return calendar_month(day.year, day.month) if day else None


def _row_period(sheet: _Sheet, row: int, figures: ExportedFigures) -> Period | None:
    start = read_day(sheet.written(row, figures.when.from_column)).day
    end = read_day(sheet.written(row, figures.when.to_column), end=True).day
    return Period(start, end) if start and end and start <= end else None


def _count(
    sheet: _Sheet, row: int, position: int, area: str, category: str, when: Period, got: _Found, indicator: Indicator
) -> None:
    where, written = address(row, position), sheet.table.cell(row, position)
    title = read_text(sheet.table.cell(sheet.header, position))
    number = read_number(written, text_file=not sheet.table.sheet)
    problem = sheet.table.doubts.get(where) or number.problem or ("percent-for-count" if number.percent else "")
    if problem:
        got.findings.append(found(problem, sheet.table.sheet, title, (where,), indicator.code))
    elif number.tidied:
        read_as = number.marker or shown(number.value)
        got.tidied.append(Tidied(sheet.table.sheet, where, title, shown(written), str(read_as)))
    value = None if problem else number.value
    got.counts.append(_Count(area, category, when, value, number.marker, where, row))


def _rows_for(
    sheet: _Sheet, figures: ExportedFigures, indicator: Indicator, framework: Framework, asked: Period, got: _Found
) -> tuple[list[ReturnRow], list[Finding]]:
    """The rows of one indicator for one period asked: its counts added up, where they cover it whole."""
    name = sheet.table.sheet
    if not got.counts:
        return [], []
    covered = _tiling({count.period for count in got.counts}, asked)
    if not covered:
        return _rows_of_another_period(figures, indicator, asked, got, sheet)
    groups: dict[tuple[str, str], list[_Count]] = defaultdict(list)
    for count in got.counts:
        if count.period in covered:
            groups[count.area, count.category].append(count)
    findings = _repeats(sheet, figures, indicator, groups)
    rows = [
        _row(figures, indicator, area, category, asked, counts, name) for (area, category), counts in groups.items()
    ]
    absent, said = _absent(figures, indicator, framework, asked, set(groups), name)
    return rows + absent, findings + said


def _tiling(periods: set[Period], asked: Period) -> set[Period]:
    """The periods that together make up the one asked, without gap or overlap; none where they do not."""
    if asked in periods:
        return {asked}
    inside = sorted(each for each in periods if asked.start <= each.start and each.end <= asked.end)
    joined = all(one.end.toordinal() + 1 == two.start.toordinal() for one, two in zip(inside, inside[1:], strict=False))
    whole = bool(inside) and joined and (inside[0].start, inside[-1].end) == (asked.start, asked.end)
    return set(inside) if whole else set()


def _rows_of_another_period(
    figures: ExportedFigures, indicator: Indicator, asked: Period, got: _Found, sheet: _Sheet
) -> tuple[list[ReturnRow], list[Finding]]:
    periods = {count.period for count in got.counts}
    missing = [month for month in asked.months() if month not in periods]
    words = {
        "missing": _listing(missing) if missing and figures.when.from_column == "" else describe(asked),
        "covered": _span(periods),
        "asked": describe(asked),
    }
    finding = found("export-month-missing", sheet.table.sheet, indicator=indicator.code, **words)
    return [], [finding]


def _listing(periods: list[Period]) -> str:
    said = [describe(each) for each in periods]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _span(periods: set[Period]) -> str:
    ordered = sorted(periods)
    return describe(Period(ordered[0].start, max(each.end for each in ordered)))


def _repeats(
    sheet: _Sheet, figures: ExportedFigures, indicator: Indicator, groups: dict[tuple[str, str], list[_Count]]
) -> list[Finding]:
    if figures.repeated_rows is RepeatedRows.SUM:
        return []
    findings = []
    for counts in groups.values():
        periods = [count.period for count in counts]
        if len(periods) != len(set(periods)):
            cells = tuple(count.cell for count in counts)
            findings.append(found("export-repeated-row", sheet.table.sheet, "", cells, indicator.code))
    return findings


def _row(
    figures: ExportedFigures,
    indicator: Indicator,
    area: str,
    category: str,
    asked: Period,
    counts: list[_Count],
    sheet: str,
) -> ReturnRow:
    whole = all(count.value is not None for count in counts)
    total = sum(count.value for count in counts if count.value is not None) if whole else None
    return ReturnRow(
        indicator=indicator.code,
        area_code=area,
        breakdown=figures.category.breakdown if figures.category else "",
        category=category,
        period=asked,
        marker=next((count.marker for count in counts if count.marker), None),
        sheet=sheet,
        cells=tuple((figures.gives.value.capitalize(), count.cell) for count in counts),
        **{figures.gives.value: total},  # type: ignore[arg-type]
    )


def _absent(
    figures: ExportedFigures,
    indicator: Indicator,
    framework: Framework,
    asked: Period,
    there: set[tuple[str, str]],
    sheet: str,
) -> tuple[list[ReturnRow], list[Finding]]:
    """Rows of zero for pairs without a row, where the mapping says that this is what it means."""
    if figures.area.always:
        return [], []
    areas = framework.areas(indicator.area)
    known = {area for area, _ in there}
    unheard = [area.name for area in areas if area.code not in known]
    findings = []
    if unheard:
        names = " and ".join([", ".join(unheard[:-1]), unheard[-1]] if len(unheard) > 1 else unheard)
        findings.append(found("export-area-absent", sheet, indicator=indicator.code, areas=names))
    if figures.absent_rows is not AbsentRows.ZERO or not figures.category:
        return [], findings
    categories = framework.breakdown[figures.category.breakdown].categories
    pairs = [(a.code, c.code) for a in areas if a.code in known for c in categories if (a.code, c.code) not in there]
    rows = [
        replace(_row(figures, indicator, area, category, asked, [], sheet), **{figures.gives.value: 0.0})  # type: ignore[arg-type]
        for area, category in pairs
    ]
    if rows:
        findings.append(found("export-absent-is-zero", sheet, indicator=indicator.code, count=len(rows)))
    return rows, findings
