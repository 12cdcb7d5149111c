"""Proposes a mapping for a partner's own export from a sample of it, for a person to look over."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from quarterday.adapters.parsing.tables import Cell, FileTables, Table
from quarterday.adapters.reading.naming import Names, Vocabulary, key
from quarterday.adapters.reading.outlines import Outline, kind, outlines
from quarterday.adapters.reading.values import read_text, shown
from quarterday.domain.framework.exports import When, slug
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period

_MONTH_STYLES = (
    "%Y%m", "%Y-%m", "%b-%y", "%b %y", "%B %Y", "%b %Y", "%B-%y", "%m/%Y", "%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S",
)  # fmt: skip
_KNOWN_SHARE = 0.5  # of a breakdown's categories, or of a level's areas, that a column must name to be the one
_NAMED_LIKE_A_VALUE = ("count", "value", "number", "total", "figure", "offences", "incidents")


@dataclass(frozen=True)
class Proposal:
    """A mapping as `config/exports/` would hold it, without its partner's code, and what to look at before use."""

    sheet: str
    figures: dict[str, Any] | None
    periods: tuple[Period, ...]
    remarks: tuple[str, ...]


def propose(reading: FileTables, framework: Framework, asked: tuple[Indicator, ...]) -> Proposal:
    """The best mapping that a sample gives for one of the indicators; `figures` is None where it gives none."""
    vocabulary = Vocabulary(framework, (each.code for each in asked))
    sheets = [
        _Sample(table, outline, framework, vocabulary)
        for table in reading.tables
        if not table.hidden
        for outline in outlines(table)[:1]
        if outline.header and outline.body
    ]
    proposals = [sample.propose(asked) for sample in sheets]
    whole = [each for each in proposals if each.figures]
    if whole:
        return whole[0]
    remarks = tuple(remark for each in proposals for remark in each.remarks)
    return Proposal("", None, (), remarks or ("No sheet has a row of titles with values below it.",))


class _Sample:
    """One table of the sample, its columns by title."""

    def __init__(self, table: Table, outline: Outline, framework: Framework, vocabulary: Vocabulary) -> None:
        self.table, self.outline, self.framework, self.vocabulary = table, outline, framework, vocabulary
        header = table.rows[outline.header[-1]]
        self.titles = {column: read_text(cell) for column, cell in enumerate(header) if read_text(cell)}
        self.remarks: list[str] = []

    def cells(self, column: int, rows: tuple[int, ...] | None = None) -> list[Cell]:
        """The cells of a column in the body."""
        return [self.table.cell(row, column) for row in (rows if rows is not None else self.outline.body)]

    def propose(self, asked: tuple[Indicator, ...]) -> Proposal:
        """A mapping from this table."""
        when, periods, timed = self._when()
        area_column, level = self._area()
        kept, where = self._kept(area_column, level)
        category, breakdown = self._category(kept)
        taken = timed | {area_column, category}
        value = None if when.get("months_across") else self._value(kept, taken)
        indicator = self._indicator(asked, level, breakdown)
        if not when:
            self.remarks.append("No column or title names months or dates: say under `when` where the time stands.")
        if not when or indicator is None or (value is None and not when.get("months_across")):
            return Proposal(self.table.sheet, None, (), tuple(self.remarks))
        figures: dict[str, Any] = {"indicator": indicator.code, "gives": "value"}
        if where:
            figures["where"] = where
        figures["area"] = self._area_said(area_column, level)
        if category is not None and breakdown:
            figures["category"] = self._category_said(category, breakdown, kept)
        figures["when"] = when
        if value is not None:
            figures["value_column"] = self.titles[value]
        figures["absent_rows"], figures["repeated_rows"] = "missing", "refuse"
        self.remarks.append("Ask the partner what it means where an area has no row: `absent_rows` says missing.")
        return Proposal(self.table.sheet, figures, tuple(sorted(periods)), tuple(self.remarks))

    def _when(self) -> tuple[dict[str, str], set[Period], set[int | None]]:
        for style in _MONTH_STYLES:
            reader = When(months_across=style)
            across = {column: month for column, title in self.titles.items() if (month := reader.month(title))}
            if len(across) > 1 and len(set(across.values())) == len(across):
                return {"months_across": style}, set(across.values()), set(across)
        for column, title in self.titles.items():
            written = {shown(cell) for cell in self.cells(column) if cell is not None}
            for style in _MONTH_STYLES:
                reader = When(month_column=title, month_written=style)
                months = {reader.month(each) for each in written}
                if months and None not in months:
                    known = {month for month in months if month}
                    return {"month_column": title, "month_written": style}, known, {column}
        dates = [column for column in self.titles if self._is_all(column, "date")]
        if len(dates) == 2:
            said = {"from_column": self.titles[dates[0]], "to_column": self.titles[dates[1]]}
            return said, set(), set(dates)
        return {}, set(), set()

    def _is_all(self, column: int, wanted: str) -> bool:
        kinds = Counter(kind(cell) for cell in self.cells(column))
        filled = sum(kinds.values()) - kinds["empty"]
        return filled > 0 and kinds[wanted] >= 0.9 * filled

    def _best(self, name: Callable[[Cell], str | None], wanted: int, rows: tuple[int, ...]) -> tuple[int, int]:
        """The column that names most of the wanted codes, and how many; -1 where none names enough."""
        counts = {
            column: len({code for cell in set(self.cells(column, rows)) if (code := name(cell))})
            for column in self.titles
        }
        column = max(counts, key=lambda each: counts[each], default=-1)
        found = counts.get(column, 0)
        return (column, found) if found >= max(1, _KNOWN_SHARE * wanted) else (-1, 0)

    def _area(self) -> tuple[int | None, str]:
        for level in ("ward", "borough"):
            names = self.vocabulary.areas[level]
            if not names.name or (level == "borough" and len(names.name) == 1):
                continue
            for name in (partial(_own_code, names), names.code):  # a column of codes before one of names
                column, _ = self._best(name, len(names.name), self.outline.body)
                if column >= 0:
                    return column, level
        return None, "borough"

    def _kept(self, area: int | None, level: str) -> tuple[tuple[int, ...], dict[str, list[str]]]:
        """The rows of our areas, and the filter that keeps them where the export holds others too."""
        body = self.outline.body
        if area is None:
            return body, {}
        names = self.vocabulary.areas[level]
        ours = tuple(row for row in body if names.code(self.table.cell(row, area)))
        if len(ours) == len(body):
            return body, {}
        others = set(body) - set(ours)
        for column, title in self.titles.items():
            values = {key(shown(self.table.cell(row, column))) for row in ours}
            if column != area and len(values) == 1 and "" not in values:
                value = next(iter(values))
                if not any(key(shown(self.table.cell(row, column))) == value for row in others):
                    return ours, {title: [shown(self.table.cell(ours[0], column))]}
        self.remarks.append(
            f"{len(others)} rows name areas that are not ours, and no other column tells them apart: list them under "
            "`leave_out`, or put right the areas of the configuration."
        )
        return ours, {}

    def _category(self, kept: tuple[int, ...]) -> tuple[int | None, str]:
        best: tuple[int, int | None, str] = (0, None, "")
        for code, breakdown in self.framework.breakdown.items():
            names = self.vocabulary.categories(code)
            column, found = self._best(partial(_category, names), len(breakdown.categories), kept)
            if found > best[0]:
                best = (found, column, code)
        return best[1], best[2]

    def _value(self, kept: tuple[int, ...], taken: set[int | None]) -> int | None:
        numbers = [column for column in self.titles if column not in taken and self._is_all(column, "number")]
        named = [column for column in numbers if any(word in key(self.titles[column]) for word in _NAMED_LIKE_A_VALUE)]
        if len(named) == 1 or len(numbers) == 1:
            return (named or numbers)[0]
        self.remarks.append("Which column holds the values is not clear: name it under `value_column`.")
        return None

    def _indicator(self, asked: tuple[Indicator, ...], level: str, breakdown: str) -> Indicator | None:
        fitting = [
            each
            for each in asked
            if each.area == level and (breakdown in each.breakdowns if breakdown else not each.breakdowns)
        ]
        if not fitting:
            split = f" split by {breakdown}" if breakdown else ""
            self.remarks.append(f"No indicator asked for is counted by {level}{split}.")
            return None
        if len(fitting) > 1:
            others = ", ".join(each.code for each in fitting[1:])
            self.remarks.append(f"It may be another indicator as well: {others}.")
        return fitting[0]

    def _area_said(self, column: int | None, level: str) -> dict[str, str]:
        if column is None:
            borough = self.framework.areas("borough") or self.framework.areas(level)
            self.remarks.append("No column names an area: the whole file is taken for the borough.")
            return {"always": borough[0].code}
        codes = {area.code for area in self.framework.areas(level)}
        by_code = any(shown(cell) in codes for cell in self.cells(column))
        return {"column": self.titles[column], "written_as": "code" if by_code else "name"}

    def _category_said(self, column: int, breakdown: str, kept: tuple[int, ...]) -> dict[str, Any]:
        names = self.vocabulary.categories(breakdown)
        written = {shown(cell): cell for cell in self.cells(column, kept) if cell is not None}
        unknown = sorted(text for text, cell in written.items() if not _category(names, cell))
        said: dict[str, Any] = {"breakdown": breakdown, "column": self.titles[column]}
        said["written_as"] = "name" if all(names.code(cell) for cell in written.values()) else "slug"
        if unknown:
            said["leave_out"] = unknown
            self.remarks.append(
                f"{len(unknown)} categories of the sample are none of ours and stand under `leave_out`: move those to "
                "`means` that belong to one of ours."
            )
        return said


def _category(names: Names, cell: Cell) -> str | None:
    """The code that a cell means by code, by title, or by the code that its words would make."""
    code = names.code(cell)
    made = slug(shown(cell)) if isinstance(cell, str) else ""
    return code or (made if made in names.name else None)


def _own_code(names: Names, cell: Cell) -> str | None:
    """A cell that holds a code itself."""
    return cell if isinstance(cell, str) and cell in names.name else None
