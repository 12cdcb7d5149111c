"""From the numbers of a partner's own export to the rows of a return: months added up, absences told apart."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quarterday.adapters.parsing.tables import FileTables, Table
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.class_totals import Split, classes_that_are_totals, totals_of
from quarterday.adapters.reading.counts import Count, Counts, tiling
from quarterday.adapters.reading.export_counts import read_counts
from quarterday.adapters.reading.export_sheets import ExportSheet, belong_together, sheets_of
from quarterday.adapters.reading.joined_rows import JoinedRows
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.new_classes import class_change, say_change
from quarterday.adapters.reading.said_around import doubts_around
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import ClassChange, Marker, ReturnRow, Tidied
from quarterday.domain.framework.exports import AbsentRows, Export, ExportedFigures, Gives, RepeatedRows
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe

Groups = Mapping[tuple[str, str], list[Count]]  # by area and category
_NEAR = 1e-6
_GONE = "The supplier’s export no longer has this class."


@dataclass
class ExportRead:
    """What an export gave: rows, what is wrong, what was tidied, and how the supplier changed its classes."""

    rows: list[ReturnRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tidied: list[Tidied] = field(default_factory=list)
    changes: list[ClassChange] = field(default_factory=list)
    periods: set[Period] = field(default_factory=set)  # every period that the file covers
    outside: dict[tuple[str, str], Period] = field(default_factory=dict)  # where it speaks of other times than asked


def rows_of_export(
    reading: FileTables,
    export: Export,
    framework: Framework,
    vocabulary: Vocabulary,
    period: Period,
    absent_before: Collection[tuple[str, str]] = (),
) -> ExportRead:
    """The rows that an export gives for the indicators asked for.

    `absent_before` are indicators and classes of which there was nothing last time either: nobody is asked again.
    """
    read = ExportRead()
    rows = JoinedRows()
    looked_at: dict[tuple[str, int], Table] = {}
    splits: dict[Split, set[str]] = {}
    for figures in export.figures:
        indicator = vocabulary.asked_for(figures.indicator)
        sheets = sheets_of(reading, figures)
        if indicator is None or not sheets:
            continue
        if len(sheets) > 1 and not belong_together(figures):
            names = ", ".join(f"“{each.table.sheet}”" for each in sheets)
            read.findings.append(found("several-tables", sheets=names))
            continue
        read.findings += [found("hidden-figures", each.table.sheet) for each in sheets if each.table.hidden]
        if figures.times == 1:
            looked_at |= {(sheet.table.sheet, sheet.header): sheet.table for sheet in sheets}
        for asked in framework.periods_asked(indicator, period):
            quiet = {code for of, code in absent_before if of == indicator.code}
            entry = _Entry(sheets, figures, indicator, framework, asked, vocabulary, quiet)
            for row in entry.rows():
                if twice := rows.add(row):
                    entry.find_twice(twice, row)
            if figures.category and indicator.ask_total and figures.gives is Gives.VALUE:
                splits.setdefault((indicator.code, figures.category.breakdown, asked), set()).update(entry.gone)
            read.findings += entry.findings
            read.tidied += entry.counts.tidied
            read.changes += entry.changes
            read.periods |= entry.counts.periods
            read.outside |= entry.counts.outside
    for (_, header), table in looked_at.items():
        read.findings += doubts_around(reading, table, header)
    rows.add_missing(totals_of(rows.rows, splits, framework))
    read.rows = rows.rows
    return read


class _Entry:
    """One entry of the mapping for one period that was asked for."""

    def __init__(
        self,
        sheets: list[ExportSheet],
        figures: ExportedFigures,
        indicator: Indicator,
        framework: Framework,
        asked: Period,
        vocabulary: Vocabulary,
        quiet: Collection[str],
    ) -> None:
        self._quiet = {*quiet, *(figures.category.may_be_absent if figures.category else ())}
        self.figures, self.indicator = figures, indicator
        self.framework, self.asked = framework, asked
        self.sheet = sheets[0].table.sheet
        self.counts = Counts()
        for sheet in sheets:
            self.counts.add(read_counts(sheet, figures, indicator, vocabulary, asked))
        self.findings = list(self.counts.findings)
        self.changes: list[ClassChange] = []
        self.gone: tuple[str, ...] = ()

    def rows(self) -> list[ReturnRow]:
        """The rows, where the file covers the whole period; each is the sum of its months."""
        if not self.counts.periods:
            return []
        covered = self._covered()
        if not covered:
            self._say_what_is_missing()
            return []
        self._leave_totals_out()
        groups: dict[tuple[str, str], list[Count]] = defaultdict(list)
        for count in self.counts.inside:
            if count.period in covered:
                groups[count.area, count.category].append(count)
        self._look_for_changes()
        if covered == {self.asked}:
            self._compare_with_months(groups)
        if self.figures.repeated_rows is RepeatedRows.REFUSE and not self.figures.records:
            self._find_repeats(groups)
        rows = [self._row(area, category, counts, len(covered)) for (area, category), counts in groups.items()]
        self._find_unheard_areas(groups)
        return rows + self._absent(groups)

    def _leave_totals_out(self) -> None:
        """A new class that is everywhere the sum of others would count everything twice."""
        totals = classes_that_are_totals(self.counts.inside)
        for written in totals:
            cells = tuple(count.cell for count in self.counts.inside if count.written == written)
            self._find("export-class-total", cells, written=written)
        self.counts.inside = [count for count in self.counts.inside if count.written not in totals]

    def _covered(self) -> set[Period]:
        """The periods that make up the one asked. Of records, a month without any is quiet where that is agreed."""
        if self.figures.records and self.figures.absent_rows is AbsentRows.ZERO and self.counts.inside:
            return {*self.asked.months(), self.asked}
        return tiling(self.counts.periods, self.asked)

    def _compare_with_months(self, quarters: Groups) -> None:
        """Where the file has the quarter and all of its months, they must say the same."""
        months = tiling(self.counts.periods - {self.asked}, self.asked)
        sums: dict[tuple[str, str], list[Count]] = defaultdict(list)
        for count in self.counts.inside:
            if count.period in months:
                sums[count.area, count.category].append(count)
        for place, parts in sums.items():
            whole = [count.value for count in quarters.get(place, ())]
            values = [count.value for count in parts]
            if len(values) == len(months) and len(whole) == 1 and whole[0] is not None and None not in values:
                added = sum(value for value in values if value is not None)
                if abs(added - whole[0]) > _NEAR:
                    cells = tuple(count.cell for count in (*quarters[place], *parts))
                    self._find("export-months-off", cells, months=added, quarter=whole[0])

    def _find(self, rule: str, cells: tuple[str, ...] = (), **words: str | float) -> None:
        self.findings.append(found(rule, self.sheet, "", cells, self.indicator.code, **words))

    def find_twice(self, one: ReturnRow, other: ReturnRow) -> None:
        """That two entries of the mapping give one figure."""
        self._find("export-repeated-row", tuple(cell for _, cell in (*one.cells, *other.cells)))

    def _look_for_changes(self) -> None:
        """Whether the supplier changed its classes: what is new counts apart, what is gone is no nought."""
        if not self.figures.category or self.figures.category.always:
            return
        breakdown = self.framework.breakdown[self.figures.category.breakdown]
        change = class_change(self.indicator, breakdown, self.counts, self.asked)
        if change:
            self.changes.append(change)
            self.gone = change.gone
            new = [count for count in self.counts.inside if count.written]
            self.findings.append(say_change(change, breakdown, self.sheet, new))

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
            stood = [(count.period, count.written) for count in counts]
            classes = {count.written for count in counts}
            parts = self.figures.category and self.figures.category.column and len(classes) == 1
            if parts and self._has_parts(counts[0].category):
                continue  # several of the supplier's classes are counted into this one
            if len(stood) != len(set(stood)):
                self._find("export-repeated-row", tuple(count.cell for count in counts))

    def _has_parts(self, category: str) -> bool:
        assert self.figures.category
        breakdown = self.framework.breakdown[self.figures.category.breakdown]
        means = [code for code in self.figures.category.means.values() if code == category]
        return len(means) > 1 or any(each.part_of == category for each in breakdown.categories)

    def _row(self, area: str, category: str, counts: list[Count], periods: int) -> ReturnRow:
        """One figure; missing where any of its parts is, since a sum of some months is not the quarter's."""
        values = [count.value for count in counts]
        known = [value for value in values if value is not None]
        heard = {count.period for count in counts}
        whole = len(known) == len(values) and (len(heard) == periods or self._may_be_quiet(counts))
        gives = self.figures.gives.value
        sheets = {count.sheet for count in counts} or {self.sheet}
        row = ReturnRow(
            indicator=self.indicator.code,
            area_code=area,
            breakdown=self.figures.category.breakdown if self.figures.category else "",
            category=category,
            period=self.asked,
            marker=next((count.marker for count in counts if count.marker), None),
            sheet=next(iter(sheets)) if len(sheets) == 1 else "",
            cells=tuple((gives.capitalize(), _place(count, len(sheets) > 1)) for count in counts),
        )
        return self._giving(row, sum(known) if whole else None)

    def _giving(self, row: ReturnRow, number: float | None) -> ReturnRow:
        """The row with what the export gives of its figure."""
        given: dict[str, Any] = {self.figures.gives.value: number}
        return replace(row, **given)

    def _may_be_quiet(self, counts: list[Count]) -> bool:
        """Whether a month without a row is a month of none: of records, and of what is new to us."""
        return self.figures.records or any(count.written for count in counts)

    def _find_unheard_areas(self, groups: Groups) -> None:
        if self.figures.area.always or (self.figures.records and self.figures.absent_rows is AbsentRows.ZERO):
            return
        heard = {area for area, _ in groups}
        unheard = [area.name for area in self.framework.areas(self.indicator.area) if area.code not in heard]
        if unheard:
            self._find("export-area-absent", areas=_listing(unheard))

    def _absent(self, groups: Groups) -> list[ReturnRow]:
        """Rows for pairs without a row: of classes that are gone, and of zero where the mapping says it means that."""
        heard = list(dict.fromkeys(area for area, _ in groups))
        if self.figures.records and self.figures.absent_rows is AbsentRows.ZERO:
            heard = [each.code for each in self.framework.areas(self.indicator.area)]
        gone = [self._gone_row(area, code) for area in heard for code in self.gone if (area, code) not in groups]
        return [*self._noughts(groups, heard), *gone]

    def _noughts(self, groups: Groups, heard: list[str]) -> list[ReturnRow]:
        if self.figures.absent_rows is not AbsentRows.ZERO or not (self.figures.category or self.figures.records):
            return []
        categories = [""]
        if self.figures.category:
            breakdown = self.framework.breakdown[self.figures.category.breakdown]
            categories = [each.code for each in breakdown.asked(self.asked)]
            if self.figures.category.always:
                categories = [self.figures.category.always]
            if self.changes and breakdown.for_new:  # an area without any of what is new has none of it
                categories.append(breakdown.for_new.code)
        noughts = [(area, code) for area in heard for code in categories if (area, code) not in groups]
        noughts = [(area, code) for area, code in noughts if code not in self.gone]
        self._find_absent_classes(categories)
        if noughts and self.figures.category:
            self._find("export-absent-is-zero", count=len(noughts))
        return [self._giving(self._row(area, code, [], 0), 0.0) for area, code in noughts]

    def _find_absent_classes(self, codes: list[str]) -> None:
        """Classes of which no row speaks, of whatever area and period: none anywhere, or no longer exported?"""
        known = {*self.counts.classes, *self.gone}
        absent = [code for code in codes if code and code not in known]
        if not self.figures.category or self.figures.records or len(absent) == len(codes):
            return
        if absent := [code for code in absent if code not in self._quiet]:
            breakdown = self.framework.breakdown[self.figures.category.breakdown]
            titles = {each.code: each.title for each in breakdown.categories}
            self._find("export-class-absent", classes=_listing([f"“{titles[code]}”" for code in absent]))

    def _gone_row(self, area: str, category: str) -> ReturnRow:
        """A class of which the export has no row any more: not nought, and nothing to ask the sender for."""
        row = replace(self._row(area, category, [], 0), marker=Marker.NOT_APPLICABLE, comment=_GONE)
        return self._giving(row, None)


def _place(count: Count, with_sheet: bool) -> str:
    return f"{count.sheet}!{count.cell}" if with_sheet else count.cell


def _listing(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
