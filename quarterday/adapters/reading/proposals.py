"""Proposes a mapping for a partner's own export from a sample of it, for a person to look over.

A sample need not show every category. Where one thing is not clear, the mapping is written all the same, with the
question beside it.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from quarterday.adapters.parsing.tables import Cell, FileTables
from quarterday.adapters.reading.likeness import most_like
from quarterday.adapters.reading.naming import Names, Vocabulary, key
from quarterday.adapters.reading.outlines import kind, outlines
from quarterday.adapters.reading.proposed_times import times_of
from quarterday.adapters.reading.sample import TOTAL, Sample
from quarterday.adapters.reading.values import read_text, shown
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period

_KNOWN = 0.6  # of what a column says, for it to be the one that names areas, categories or indicators
_NAMED_LIKE_A_VALUE = ("count", "value", "number", "figure", "offences", "incidents", "attendances", "total")
_MEASURES = {"numerator": "numerator", "denominator": "denominator", "number": "numerator", "out of": "denominator"}


@dataclass(frozen=True)
class Proposal:
    """A mapping as `config/exports/` would hold it, without its partner's code, and what to look at before use.

    `figures` is empty where nothing can be proposed.
    """

    sheet: str
    figures: tuple[dict[str, Any], ...]
    periods: tuple[Period, ...]
    remarks: tuple[str, ...]


def propose(reading: FileTables, framework: Framework, asked: tuple[Indicator, ...]) -> Proposal:
    """The best mapping that a sample gives for the indicators."""
    vocabulary = Vocabulary(framework, (each.code for each in asked))
    samples = [
        _Sample(table, outline, framework, vocabulary, reading.name)
        for table in reading.tables
        if not table.hidden
        for outline in outlines(table)[:1]
        if outline.header and outline.body
    ]
    proposals = [sample.propose(asked) for sample in samples]
    whole = [each for each in proposals if each.figures]
    if whole:
        return _joined(whole)
    remarks = tuple(dict.fromkeys(remark for each in proposals for remark in each.remarks))
    return Proposal("", (), (), remarks or ("No sheet has a row of titles with values below it.",))


def _joined(proposals: list[Proposal]) -> Proposal:
    """The first, and the periods of all where each sheet is for one of its own."""
    first = proposals[0]
    if len(proposals) > 1 and all(each.figures[0]["when"] == {"period_in": "sheet"} for each in proposals):
        periods = tuple(sorted({period for each in proposals for period in each.periods}))
        return Proposal(first.sheet, first.figures, periods, first.remarks)
    return first


class _Sample(Sample):
    """What a mapping of one table would say, and what it is not sure of."""

    def propose(self, asked: tuple[Indicator, ...]) -> Proposal:
        """A mapping from this table."""
        above = [read_text(cell) for row in self.table.rows[: self.first] for cell in row if cell is not None]
        columns = {at: self.cells(at) for at in self.titles}
        titles = {at: self.title_of_time(at) for at in self.titles}
        when, periods, timed = times_of(titles, columns, above, self.table.sheet, self.file)
        shared: dict[str, Any] = {}
        area, level = self._area()
        self._filter(area, level, shared)
        category = self._category({*timed, area})
        if self.rows > 1:
            shared["header_rows"] = self.rows
        if self.fill_down:
            shared["fill_down"] = [self.titles[at] for at in self.fill_down]
        shared["area"] = self._area_said(area, level)
        if category:
            shared["category"] = category
        shared["when"] = when
        taken: set[int | None] = {*timed, area} | {
            at for at, title in self.titles.items() if title == (category or {}).get("column")
        }
        entries = self._entries(asked, level, category, when, taken, shared)
        if not when:
            self.remarks.append("No column or title names months or dates: say under `when` where the time stands.")
        if "month_numbers" in when:
            self.remarks.append("Is month 1 April, or January? `month_numbers: financial` says April.")
        if not when or not entries:
            return Proposal(self.table.sheet, (), (), tuple(self.remarks))
        self.remarks.append("Ask the partner what it means where an area has no row: `absent_rows` says missing.")
        return Proposal(self.table.sheet, tuple(entries), tuple(sorted(periods)), tuple(self.remarks))

    def _names_most(self, column: int, code: Callable[[Cell], str | None]) -> int:
        """How many different things a column names; 0 where most of what it says is something else."""
        said = {shown(cell): cell for cell in self.cells(column) if cell is not None}
        named = {name for cell in said.values() if (name := code(cell))}
        known = sum(code(cell) is not None for cell in said.values())
        return len(named) if said and known >= _KNOWN * len(said) else 0

    def _area(self) -> tuple[int | None, str]:
        names = self.vocabulary.areas["ward"]
        for code in (names.own_code, names.code):  # a column of codes before one of names
            counts = {at: len({c for cell in set(self.cells(at)) if (c := code(cell))}) for at in self.titles}
            best = max(counts, key=lambda at: counts[at], default=None)
            if best is not None and counts[best]:
                return best, "ward"
        return None, "borough"

    def _filter(self, area: int | None, level: str, shared: dict[str, Any]) -> None:
        """Keep our own rows where the export holds others too."""
        borough = self.vocabulary.areas["borough"]
        for at, title in self.titles.items():
            values = list(dict.fromkeys(shown(cell) for cell in self.cells(at) if borough.code(cell)))
            if values and at != area:
                shared["where"] = {title: values}
                kept = [row for row in self.body if borough.code(self.at(row, at))]
                self.body = kept
                return
        if area is not None and any(not self.vocabulary.areas[level].code(cell) for cell in self.cells(area)):
            others = sum(not self.vocabulary.areas[level].code(cell) for cell in self.cells(area))
            self.body = [row for row in self.body if self.vocabulary.areas[level].code(self.at(row, area))]
            self.remarks.append(
                f"{others} rows name areas that are not ours, and no other column tells them apart: list them under "
                "`leave_out`, or put right the areas of the configuration."
            )

    def _area_said(self, column: int | None, level: str) -> dict[str, str]:
        if column is None:
            self.remarks.append("No column names a ward: the whole file is taken for the borough.")
            return {"always": self.framework.areas("borough")[0].code}
        codes = {area.code for area in self.framework.areas(level)}
        by_code = any(shown(cell) in codes for cell in self.cells(column))
        return {"column": self.titles[column], "written_as": "code" if by_code else "name"}

    def _category(self, taken: set[int | None]) -> dict[str, Any]:
        """Where a row's category stands: in a column, or across as titles."""
        best: tuple[int, dict[str, Any]] = (1, {})
        for code in self.framework.breakdown:
            names = self.vocabulary.categories(code)
            for at in self.titles:
                count = 0 if at in taken else self._names_most(at, names.code_or_made)
                if count > best[0]:
                    best = (count, self._category_column(at, code, names))
            across = {
                whole: found
                for parts in self.titles_of.parts
                for part in parts
                if (found := names.code_or_made(part)) and (whole := read_text(part))
            }
            if len(set(across.values())) > best[0]:
                best = (len(across), {"breakdown": code, "across": across})
        return best[1]

    def _category_column(self, column: int, breakdown: str, names: Names) -> dict[str, Any]:
        written = {shown(cell): cell for cell in self.cells(column) if cell is not None}
        unknown = sorted(text for text, cell in written.items() if not names.code_or_made(cell))
        said: dict[str, Any] = {"breakdown": breakdown, "column": self.titles[column]}
        by_name = all(names.code(cell) for text, cell in written.items() if text not in unknown)
        said["written_as"] = "name" if by_name else "slug"
        if unknown:
            said["leave_out"] = unknown
            self.remarks.append(
                f"{len(unknown)} categories of the sample are none of ours and stand under `leave_out`: move those to "
                "`means` that belong to one of ours."
            )
        return said

    def _entries(
        self,
        asked: tuple[Indicator, ...],
        level: str,
        category: dict[str, Any],
        when: dict[str, Any],
        taken: set[int | None],
        shared: dict[str, Any],
    ) -> list[dict[str, Any]]:
        """The entries of the mapping: one indicator, or one for each label or column that names one."""
        breakdown = category.get("breakdown", "")
        fitting = [
            each for each in asked if each.area == level and (breakdown in each.breakdowns if breakdown else True)
        ]
        ending: dict[str, Any] = {"absent_rows": "missing", "repeated_rows": "refuse"}
        across = "months_across" in when or "periods_across" in when or "across" in category
        if "date_column" in when:
            ending = {"records": True, "absent_rows": "zero", "repeated_rows": "sum"}
            self.remarks.append("Each row seems to be one case: rows are counted, and none is read as 0.")
        if not breakdown and (labelled := self._by_label(fitting, taken)):
            value = {} if across or "records" in ending else self._value(taken | {labelled[0]})
            return [self._entry(shared, different, value, ending) for different in labelled[1]]
        if not breakdown and not across and "records" not in ending and (columns := self._by_column(fitting, taken)):
            return [self._entry(shared, different, {}, ending) for different in columns]
        whole = [each for each in fitting if breakdown or not each.breakdowns]
        indicator = self._indicator(whole or fitting, level, breakdown)
        value = {} if across or "records" in ending else self._value(taken)
        return [self._entry(shared, {"indicator": indicator.code}, value, ending)] if indicator else []

    @staticmethod
    def _entry(
        shared: dict[str, Any], different: dict[str, Any], value: dict[str, Any], ending: dict[str, Any]
    ) -> dict[str, Any]:
        """One entry, in the order in which people read one."""
        where = {**shared.get("where", {}), **different.get("where", {})}
        entry = {"indicator": different["indicator"], "gives": different.get("gives", "value")}
        if where:
            entry["where"] = where
        rest = {key_: each for key_, each in shared.items() if key_ != "where"}
        own = {key_: each for key_, each in different.items() if key_ not in ("indicator", "gives", "where")}
        return deepcopy({**entry, **rest, **value, **own, **ending})  # no entry points to another's parts

    def _by_label(self, fitting: list[Indicator], taken: set[int | None]) -> tuple[int, list[dict[str, Any]]] | None:
        """A column whose cells name indicators, a row each, as reports of key figures and DHIS2's data elements do."""
        for at, title in self.titles.items():
            labels = list(dict.fromkeys(shown(cell) for cell in self.cells(at) if isinstance(cell, str)))
            found = {label: most_like(label, fitting) for label in labels}
            known = {label: each for label, (each, _) in found.items() if each}
            if (
                not labels
                or at in taken
                or len(set(known.values())) < min(2, len(labels))
                or len(known) < 0.5 * len(labels)
            ):
                continue
            for label, (each, unclear) in found.items():
                if each is None:
                    self.remarks.append(f"“{label}” is like no indicator asked for, and is left out.")
                elif unclear:
                    self.remarks.append(f"Which indicator is “{label}”? It may be {each.code}, or another as like it.")
            return at, self._labelled(at, title, known)
        return None

    def _labelled(self, at: int, title: str, known: dict[str, Indicator]) -> list[dict[str, Any]]:
        measure = next((m for m in self.titles if m != at and self._says_measures(m)), None)
        entries: list[dict[str, Any]] = []
        for label, indicator in known.items():
            if measure is None:
                if indicator.has_parts:
                    self.remarks.append(
                        f"“{label}” gives {indicator.code} as a rate alone: ask for its numerator and denominator."
                    )
                entries.append({"indicator": indicator.code, "where": {title: [label]}})
                continue
            for said in dict.fromkeys(shown(cell) for cell in self.cells(measure) if cell is not None):
                if (part := _MEASURES.get(key(said))) and indicator.has_parts:
                    where = {title: [label], self.titles[measure]: [said]}
                    entries.append({"indicator": indicator.code, "gives": part, "where": where})
        return entries

    def _says_measures(self, column: int) -> bool:
        said = {key(shown(cell)) for cell in self.cells(column) if cell is not None}
        return {"numerator", "denominator"} <= said

    def _by_column(self, fitting: list[Indicator], taken: set[int | None]) -> list[dict[str, Any]]:
        """Columns each of which is an indicator of its own."""
        entries: dict[str, dict[str, Any]] = {}
        numbers = [at for at in self.titles if at not in taken and self._is_all_numbers(at)]
        for at in numbers:
            indicator, unclear = most_like(self.titles[at], fitting)
            if indicator and indicator.code not in entries and not TOTAL.search(self.titles[at]):
                entries[indicator.code] = {"indicator": indicator.code, "value_column": self.titles[at]}
                if unclear:
                    self.remarks.append(f"Is “{self.titles[at]}” {indicator.code}? Another is as like it.")
        return list(entries.values()) if len(entries) > 1 else []

    def _is_all_numbers(self, column: int) -> bool:
        kinds = [kind(cell) for cell in self.cells(column) if cell is not None]
        return bool(kinds) and kinds.count("number") >= 0.9 * len(kinds)

    def _value(self, taken: set[int | None]) -> dict[str, str]:
        numbers = [at for at in self.titles if at not in taken and self._is_all_numbers(at)]
        named = [at for at in numbers if any(word in key(self.titles[at]) for word in _NAMED_LIKE_A_VALUE)]
        if len(named) != 1 and len(numbers) != 1:
            listed = ", ".join(f"“{self.titles[at]}”" for at in numbers) or "none is all numbers"
            self.remarks.append(f"Which column holds the values? The first that may was taken ({listed}).")
        best = (named or numbers or [max(self.titles)])[0]
        return {"value_column": self.titles[best]}

    def _indicator(self, fitting: list[Indicator], level: str, breakdown: str) -> Indicator | None:
        if not fitting:
            split = f" split by {breakdown}" if breakdown else ""
            self.remarks.append(f"No indicator asked for is counted by {level}{split}.")
            return None
        words = " ".join([self.table.sheet, self.file.rpartition(".")[0], *self.titles.values()])
        indicator, _ = most_like(words, fitting)
        indicator = indicator or fitting[0]
        if len(fitting) > 1:
            others = ", ".join(each.code for each in fitting if each is not indicator)
            self.remarks.append(f"Is it {indicator.code}? It may be another indicator as well: {others}.")
        return indicator
