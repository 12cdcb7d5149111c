"""Proposes a mapping for a partner's own export from a sample of it, for a person to look over.

A sample need not show every category. Where one thing is not clear, the mapping is written all the same, with the
question beside it.
"""

import re
from typing import Any

from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.naming import Vocabulary
from quarterday.adapters.reading.outlines import outlines
from quarterday.adapters.reading.proposed_entries import Entries, entry_of, named_in, times_of_rows, unit_column
from quarterday.adapters.reading.proposed_measures import rows_that_count, times_of_words
from quarterday.adapters.reading.proposed_places import Classes, Places, classes_of, places_of
from quarterday.adapters.reading.proposed_sheets import Proposal, TableProposal, joined
from quarterday.adapters.reading.proposed_times import times_of
from quarterday.adapters.reading.quarters import quarter_of, year_in
from quarterday.adapters.reading.said_around import doubts_around
from quarterday.adapters.reading.sample import Sample
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator

_UNTIMED = {"period_in": "file"}


def propose(reading: FileTables, framework: Framework, asked: tuple[Indicator, ...]) -> Proposal:
    """The best mapping that a sample gives for the indicators."""
    vocabulary = Vocabulary(framework, (each.code for each in asked))
    samples = [
        Sample(table, outline, framework, vocabulary, reading.name)
        for table in reading.tables
        if not table.hidden
        for outline in outlines(table)[:1]
        if outline.header and outline.body
    ]
    proposals = [_Table(sample, reading, asked).propose() for sample in samples]
    return joined(proposals)


class _Table:
    """What a mapping of one table would say, and what it is not sure of."""

    def __init__(self, sample: Sample, reading: FileTables, asked: tuple[Indicator, ...]) -> None:
        self.sample, self.reading, self.asked = sample, reading, asked
        titles = {at: sample.title_of_time(at) for at in sample.titles}
        columns = {at: sample.cells(at) for at in sample.titles}
        self.when, self.periods, self.timed = times_of(titles, columns, sample.above, sample.table.sheet, reading.name)

    def propose(self) -> TableProposal:
        """A mapping from this table."""
        sample = self.sample
        places = places_of(sample)
        shared: dict[str, Any] = {"where": dict(places.where)}
        filters = {at for at, title in sample.titles.items() if title in places.where}
        apart = rows_that_count(sample, {*self.timed, places.column})
        shared["where"].update(apart.get("where", {}))
        shared.update({name: each for name, each in apart.items() if name != "where"})
        told_apart = {title for each in apart.values() for title in each}
        filters |= {at for at, title in sample.titles.items() if title in told_apart}
        classes = self._classes(places, {*self.timed, places.column, *filters})
        self._say_shape(shared, places, classes)
        taken: set[int | None] = {*self.timed, places.column, *filters} | (
            set() if classes.are_across else set(classes.columns)
        )
        entries = self._entries(places, classes, taken, shared)
        if not self.when:
            sample.remarks.append(
                "No column, title or name says the time: it is looked for in the file's name, as “crime 2025-26 Q1”. "
                "Say under `when` where it stands."
            )
        if self._names_quarters_of_bare_years():
            sample.remarks.append(
                "Is “Q1 2025” April to June, or January to March? `quarters: calendar` says January to March."
            )
        if "month_numbers" in self.when:
            sample.remarks.append("Is month 1 April, or January? `month_numbers: financial` says April.")
        if entries:
            sample.remarks.append("Ask the partner what it means where an area has no row: `absent_rows` says missing.")
        return TableProposal(
            sample.table.sheet,
            tuple(entries),
            tuple(sorted(self.periods)),
            tuple(sample.remarks),
            timed=bool(self.when),
            area_of_sheet=places.of_sheet,
            class_of_sheet=classes.of_sheet,
        )

    def _names_quarters_of_bare_years(self) -> bool:
        """Whether quarters stand beside a year alone, which may be the calendar's."""
        title = self.when.get("quarter_column")
        at = next((each for each, said in self.sample.titles.items() if title and said == title), None)
        said = self.sample.said(at) if at is not None and "quarters" not in self.when else []
        return any(year_in(each) is None and re.search(r"20\d\d", each) for each in said if quarter_of(each))

    def _classes(self, places: Places, taken: set[int | None]) -> Classes:
        """The classes of the rows, of breakdowns that are asked for at the level of the areas."""
        split = [code for each in self.asked if each.area == places.level for code in each.breakdowns]
        others = [code for each in self.asked for code in each.breakdowns]
        for codes in (dict.fromkeys(split), dict.fromkeys(others)):
            classes = classes_of(self.sample, codes, taken, self.timed)
            if classes.said:
                return classes
        return Classes()

    def _say_shape(self, shared: dict[str, Any], places: Places, classes: Classes) -> None:
        sample = self.sample
        if not shared["where"]:
            del shared["where"]
        if sample.rows > 1:
            shared["header_rows"] = sample.rows
        if sample.fill_down:
            shared["fill_down"] = titles = [sample.titles[at] for at in sample.fill_down]
            named = " and ".join(f"“{title}”" for title in titles)
            sample.remarks.append(f"Empty cells under {named} are taken for the label above: is that right?")
        shared["area"] = places.said
        if classes.said:
            shared["category"] = classes.said
        shared["when"] = self.when or _UNTIMED

    def _fitting(self, places: Places, classes: Classes, shared: dict[str, Any]) -> tuple[list[Indicator], bool]:
        """The indicators that the table may be of, and whether its rows are finer than what is asked."""
        code = classes.breakdown
        fitting = [each for each in self.asked if each.area == places.level and (not code or code in each.breakdowns)]
        borough = [each for each in self.asked if each.area == "borough" and (not code or code in each.breakdowns)]
        of_borough = named_in(self.sample, borough)[0] and not named_in(self.sample, fitting)[0]
        if fitting and (places.level == "borough" or not of_borough):
            return fitting, False
        if places.level != "borough" and borough:
            shared["area"] = {"always": self.sample.framework.areas("borough")[0].code}
            self.sample.remarks.append(
                "Rows name wards, and what is asked for is of the borough: they are added up. Are totals among them?"
            )
            return borough, True
        split = f" split by {code}" if code else ""
        self.sample.remarks.append(f"No indicator asked for is counted by {places.level}{split}.")
        return [], False

    def _entries(
        self, places: Places, classes: Classes, taken: set[int | None], shared: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The entries of the mapping: one indicator, or one for each label or column that names one."""
        fitting, finer = self._fitting(places, classes, shared)
        if not fitting:
            return []
        ending: dict[str, Any] = {"absent_rows": "missing", "repeated_rows": "sum" if finer else "refuse"}
        is_records = "date_column" in self.when
        if is_records:
            ending = {"records": True, "absent_rows": "zero", "repeated_rows": "sum"}
            self.sample.remarks.append("Each row seems to be one case: rows are counted, and none is read as 0.")
        across = "months_across" in self.when or "periods_across" in self.when or classes.are_across
        entries = Entries(self.sample, fitting, taken, across=across or is_records)
        whole = fitting if classes.said else [each for each in fitting if not each.breakdowns] or fitting
        one = Entries(self.sample, whole, taken, across=across or is_records)
        found = [] if classes.said and not is_records else entries.by_label()
        found = found or ([] if classes.said else entries.by_column())
        if not found and not self.when and not classes.said and places.column is None:
            return []  # nothing in it is ours
        found = found or one.of_one()
        return [entry_of(shared, each, {**entries.value(each), **self._times(each, taken)}, ending) for each in found]

    def _times(self, different: dict[str, Any], taken: set[int | None]) -> dict[str, Any]:
        """By what the numbers are multiplied, where rows or the words around the table say so."""
        sample = self.sample
        unit = unit_column(sample, taken)
        if unit is not None:
            rows = [row for row in sample.body if self._is_kept(row, different.get("where", {}))]
            many = times_of_rows(sample.at(row, unit) for row in rows)
        else:
            doubts = doubts_around(self.reading, sample.table, sample.first)
            said = any(each.rule == "scale-around" for each in doubts)
            words = [*sample.above, sample.table.sheet, sample.file.rpartition(".")[0]]
            many = max((times_of_words(text) for text in words), default=1) if said else 1
        if many == 1:
            return {}
        sample.remarks.append(f"The numbers are taken {many:,} times, as the file says of them: is that right?")
        return {"times": many}

    def _is_kept(self, row: int, where: dict[str, list[str]]) -> bool:
        by_title = {title: at for at, title in self.sample.titles.items()}
        return all(str(self.sample.at(row, by_title[title])) in values for title, values in where.items())


__all__ = ["Proposal", "propose"]
