"""From the numbers of a partner's own export to the rows of a return: months added up, absences told apart."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from quarterday.adapters.parsing.tables import Reading
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.export_counts import Count, Counts, read_counts
from quarterday.adapters.reading.export_sheets import ExportSheet, sheet_of
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import ReturnRow, Tidied
from quarterday.domain.framework.exports import AbsentRows, Export, ExportedFigures, RepeatedRows
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe

Groups = dict[tuple[str, str], list[Count]]  # by area and category


def rows_of_export(
    reading: Reading, export: Export, framework: Framework, vocabulary: Vocabulary, period: Period
) -> tuple[list[ReturnRow], list[Finding], list[Tidied]]:
    """The rows that an export gives for the indicators asked for, what is wrong, and what was tidied."""
    rows: dict[tuple[object, ...], ReturnRow] = {}
    findings: list[Finding] = []
    tidied: list[Tidied] = []
    for figures in export.figures:
        indicator = vocabulary.asked_for(figures.indicator)
        sheet = sheet_of(reading, figures)
        if indicator is None or sheet is None:
            continue
        for asked in framework.periods_asked(indicator, period):
            counts = read_counts(sheet, figures, indicator, vocabulary, asked)
            entry = _Entry(sheet, figures, indicator, framework, asked, counts)
            for row in entry.rows():
                same = (row.indicator, row.area_code, row.breakdown, row.category, row.period)
                rows[same] = _joined(rows[same], row) if same in rows else row
            findings += entry.findings
            tidied += counts.tidied
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


class _Entry:
    """One entry of the mapping for one period that was asked for."""

    def __init__(
        self,
        sheet: ExportSheet,
        figures: ExportedFigures,
        indicator: Indicator,
        framework: Framework,
        asked: Period,
        counts: Counts,
    ) -> None:
        self.sheet, self.figures, self.indicator = sheet, figures, indicator
        self.framework, self.asked, self.counts = framework, asked, counts
        self.findings = list(counts.findings)

    def rows(self) -> list[ReturnRow]:
        """The rows, where the file covers the whole period; each is the sum of its months."""
        if not self.counts.periods:
            return []
        covered = tiling(self.counts.periods, self.asked)
        if not covered:
            self._say_what_is_missing()
            return []
        groups: Groups = defaultdict(list)
        for count in self.counts.inside:
            if count.period in covered:
                groups[count.area, count.category].append(count)
        if self.figures.repeated_rows is RepeatedRows.REFUSE:
            self._find_repeats(groups)
        rows = [self._row(area, category, counts, len(covered)) for (area, category), counts in groups.items()]
        self._find_unheard_areas(groups)
        return rows + self._absent(groups)

    def _find(self, rule: str, cells: tuple[str, ...] = (), **words: str | int) -> None:
        name = self.sheet.table.sheet
        self.findings.append(found(rule, name, "", cells, self.indicator.code, **words))

    def _say_what_is_missing(self) -> None:
        periods = sorted(self.counts.periods)
        missing = [month for month in self.asked.months() if month not in self.counts.periods]
        by_month = missing and not self.figures.when.from_column
        self._find(
            "export-month-missing",
            missing=_listing([describe(month) for month in missing]) if by_month else describe(self.asked),
            covered=describe(Period(periods[0].start, max(each.end for each in periods))),
            asked=describe(self.asked),
        )

    def _find_repeats(self, groups: Groups) -> None:
        for counts in groups.values():
            periods = [count.period for count in counts]
            if len(periods) != len(set(periods)):
                self._find("export-repeated-row", tuple(count.cell for count in counts))

    def _row(self, area: str, category: str, counts: list[Count], periods: int) -> ReturnRow:
        """One figure; missing where any of its parts is, since a sum of some months is not the quarter's."""
        values = [count.value for count in counts]
        known = [value for value in values if value is not None]
        whole = len(known) == len(values) and len({count.period for count in counts}) == periods
        gives = self.figures.gives.value
        row = ReturnRow(
            indicator=self.indicator.code,
            area_code=area,
            breakdown=self.figures.category.breakdown if self.figures.category else "",
            category=category,
            period=self.asked,
            marker=next((count.marker for count in counts if count.marker), None),
            sheet=self.sheet.table.sheet,
            cells=tuple((gives.capitalize(), count.cell) for count in counts),
        )
        return replace(row, **{gives: sum(known) if whole else None})  # type: ignore[arg-type]

    def _find_unheard_areas(self, groups: Groups) -> None:
        if self.figures.area.always:
            return
        heard = {area for area, _ in groups}
        unheard = [area.name for area in self.framework.areas(self.indicator.area) if area.code not in heard]
        if unheard:
            self._find("export-area-absent", areas=_listing(unheard))

    def _absent(self, groups: Groups) -> list[ReturnRow]:
        """Rows of zero for pairs without a row, where the mapping says that this is what it means."""
        if self.figures.absent_rows is not AbsentRows.ZERO or not self.figures.category:
            return []
        heard = list(dict.fromkeys(area for area, _ in groups))
        categories = self.framework.breakdown[self.figures.category.breakdown].categories
        pairs = [(area, each.code) for area in heard for each in categories if (area, each.code) not in groups]
        if pairs:
            self._find("export-absent-is-zero", count=len(pairs))
        zero = {self.figures.gives.value: 0.0}
        return [replace(self._row(area, category, [], 0), **zero) for area, category in pairs]  # type: ignore[arg-type]


def tiling(periods: set[Period], asked: Period) -> set[Period]:
    """The periods that together make up the one asked, without gap or overlap; none where they do not."""
    if asked in periods:
        return {asked}
    inside = sorted(each for each in periods if asked.start <= each.start and each.end <= asked.end)
    joined = all(one.end.toordinal() + 1 == two.start.toordinal() for one, two in pairwise(inside))
    whole = bool(inside) and joined and (inside[0].start, inside[-1].end) == (asked.start, asked.end)
    return set(inside) if whole else set()


def _listing(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
