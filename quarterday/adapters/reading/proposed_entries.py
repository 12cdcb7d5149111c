"""The entries that a mapping of one sample would have: an indicator, or one for each label or column that names one."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.columns import SCALE, doubt_of
from quarterday.adapters.reading.likeness import likeness, most_like
from quarterday.adapters.reading.naming import key
from quarterday.adapters.reading.proposed_measures import (
    label_and_measure,
    measure_column,
    measure_of,
    own_where,
    parts_named,
    times_of_words,
)
from quarterday.adapters.reading.sample import TOTAL, Sample
from quarterday.adapters.reading.values import shown
from quarterday.domain.framework.indicators import Indicator

_NAMED_LIKE_A_VALUE = ("count", "value", "number", "figure", "offences", "incidents", "attendances", "total")
_NAMED_LIKE_A_LABEL = "kpi indicator measure metric data element name description performance"
Different = dict[str, Any]  # what an entry says that others of the sample do not


class Entries:
    """What the entries of one sample say. `fitting` are the indicators that they may be of."""

    def __init__(self, sample: Sample, fitting: list[Indicator], taken: set[int | None], *, across: bool) -> None:
        self.sample, self.fitting, self.taken, self.across = sample, fitting, taken, across
        self.numbers = [at for at in sample.titles if at not in taken and sample.is_all_numbers(at)]

    def by_label(self) -> list[Different]:
        """Rows each of which names its indicator, as reports of key figures and DHIS2's data elements do."""
        for at, title in self.sample.titles.items():
            if at in self.taken:
                continue
            labels = [shown(cell) for cell in dict.fromkeys(self.sample.cells(at)) if isinstance(cell, str)]
            if self._are_measures(labels):
                continue
            split = {label: label_and_measure(label, tuple(self.fitting)) for label in labels}
            found = {label: most_like(split[label][0], self.fitting) for label in labels}
            known = {label: each for label, (each, _) in found.items() if each}
            named_so = likeness(title, _NAMED_LIKE_A_LABEL) > 0
            enough = known if named_so else len(known) >= 0.5 * len(labels)
            if labels and enough and (named_so or len({each.code for each in known.values()}) >= min(2, len(labels))):
                self._ask_of_labels(found)
                return [each for label in known for each in self._labelled(at, title, label, known, split)]
        return []

    def _are_measures(self, labels: list[str]) -> bool:
        """Whether labels are the parts of one indicator, and so name none."""
        return any(
            parts_named(labels, each) and all(measure_of(label, each) for label in labels)
            for each in self.fitting
            if each.has_parts
        )

    def _ask_of_labels(self, found: dict[str, tuple[Indicator | None, bool]]) -> None:
        for label, (each, unclear) in found.items():
            if each is None:
                self.sample.remarks.append(f"“{label}” is like no indicator asked for, and is left out.")
            elif unclear:
                self.sample.remarks.append(
                    f"Which indicator is “{label}”? It may be {each.code}, or another as like it."
                )

    def _labelled(
        self, at: int, title: str, label: str, known: dict[str, Indicator], split: dict[str, tuple[str, str]]
    ) -> Iterable[Different]:
        """The entries of one label; a label that says a measure gives that part alone."""
        indicator, (bare, measure) = known[label], split[label]
        own: Different = {"indicator": indicator.code, "where": {title: [label]}}
        if not measure:
            yield from self.parts(indicator, own, at, label)
            return
        alike = [said for other, (base, said) in split.items() if said and base == bare and other in known]
        parts = parts_named(alike, indicator)
        yield from ({**own, "gives": part} for part, said in parts.items() if said == measure)

    def parts(self, indicator: Indicator, own: Different, label_at: int | None, label: str = "") -> list[Different]:
        """An indicator's entries: of one value, or a part each where rows or columns tell its parts."""
        rows = [row for row in self.sample.body if label_at is None or shown(self.sample.at(row, label_at)) == label]
        taken = self.taken | {label_at}
        if (at := measure_column(self.sample, self.fitting, taken)) is not None:
            said = list(dict.fromkeys(shown(cell) for row in rows if (cell := self.sample.at(row, at)) is not None))
            if found := parts_named(said, indicator):
                title = self.sample.titles[at]
                return [own_where({**own, "gives": part}, {title: [named]}) for part, named in found.items()]
        titles = [self.sample.titles[each] for each in self.numbers if each != label_at]
        if not self.across and indicator.has_parts and (found := parts_named(titles, indicator)):
            return [{**own, "gives": part, "value_column": title} for part, title in found.items()]
        if indicator.has_parts:
            name = label or indicator.code
            self.sample.remarks.append(
                f"“{name}” gives {indicator.code} as a rate alone: ask for its numerator and denominator."
            )
        return [own]

    def by_column(self) -> list[Different]:
        """Columns each of which is an indicator of its own."""
        if self.across or len(self.numbers) < 2 or self._are_parts():
            return []
        entries: dict[str, Different] = {}
        for at in self.numbers:
            title = self.sample.titles[at]
            indicator, unclear = most_like(title, self.fitting)
            if indicator and indicator.code not in entries and not TOTAL.search(title):
                entries[indicator.code] = {"indicator": indicator.code, "value_column": title}
                if unclear:
                    self.sample.remarks.append(f"Is “{title}” {indicator.code}? Another is as like it.")
        named = {each["value_column"] for each in entries.values()}
        others = [self.sample.titles[at] for at in self.numbers if self.sample.titles[at] not in named]
        if entries and (left := [f"“{title}”" for title in others if not TOTAL.search(title)]):
            self.sample.remarks.append(f"Columns like no indicator asked for are left out: {', '.join(left)}.")
        return list(entries.values())

    def _are_parts(self) -> bool:
        """Whether the columns of numbers are the parts of one indicator."""
        titles = [self.sample.titles[at] for at in self.numbers]
        return any(each.has_parts and parts_named(titles, each) for each in self.fitting)

    def of_one(self) -> list[Different]:
        """The one indicator that a whole sample seems to be of."""
        by_title = [self.sample.titles[at] for at in self.numbers]
        column = measure_column(self.sample, self.fitting, self.taken)
        by_row = self.sample.said(column) if column is not None else []
        parted = [each for each in self.fitting if any(parts_named(said, each) for said in (by_title, by_row))]
        indicator = self._named_around([each for each in parted if each.has_parts] or self.fitting)
        return self.parts(indicator, {"indicator": indicator.code}, None)

    def _named_around(self, fitting: list[Indicator]) -> Indicator:
        """The indicator of which titles and names speak, else the first, with a question."""
        sample = self.sample
        sure, perhaps = named_in(sample, fitting)
        indicator = sure or perhaps
        if len(fitting) > 1 and not sure:
            others = ", ".join(each.code for each in fitting if each is not (indicator or fitting[0]))
            code = (indicator or fitting[0]).code
            sample.remarks.append(f"Is it {code}? It may be another indicator as well: {others}.")
        return indicator or fitting[0]

    def value(self, different: Different) -> dict[str, Any]:
        """The column in which an entry's number stands, and by what it is multiplied."""
        if self.across:
            return {}
        title = different.get("value_column") or self._value_title(different)
        times = times_of_words(title) if doubt_of(title) == SCALE else 1
        if times > 1:
            self.sample.remarks.append(f"The numbers under “{title}” are taken {times:,} times: is that right?")
        return {"value_column": title, **({"times": times} if times > 1 else {})}

    def _value_title(self, different: Different) -> str:
        titles = self.sample.titles
        used = set(different.get("where", {}))
        numbers = [at for at in self.numbers if titles[at] not in used]
        named = [at for at in numbers if any(word in key(titles[at]) for word in _NAMED_LIKE_A_VALUE)]
        plain = [at for at in named if not TOTAL.search(titles[at])] or named
        if len(plain) != 1 and len(numbers) != 1:
            listed = ", ".join(f"“{titles[at]}”" for at in numbers) or "none is all numbers"
            self.sample.remarks.append(f"Which column holds the values? The first that may was taken ({listed}).")
        return titles[(plain or numbers or [max(titles)])[0]]


def named_in(sample: Sample, indicators: list[Indicator]) -> tuple[Indicator | None, Indicator | None]:
    """The indicator of which the titles and names of a sample speak, and one of which they may speak."""
    texts = (*sample.above, sample.table.sheet, sample.file.rpartition(".")[0], *sample.titles.values())
    named = [found for text in texts for found in [most_like(text, indicators)] if found[0]]
    return next((each for each, unclear in named if not unclear), None), named[0][0] if named else None


def entry_of(
    shared: dict[str, Any], different: Different, value: dict[str, Any], ending: dict[str, Any]
) -> dict[str, Any]:
    """One entry, in the order in which people read one."""
    where = {**shared.get("where", {}), **different.get("where", {})}
    entry = {"indicator": different["indicator"], "gives": different.get("gives", "value")}
    if where:
        entry["where"] = where
    rest = {name: each for name, each in shared.items() if name != "where"}
    own = {name: each for name, each in different.items() if name not in ("indicator", "gives", "where")}
    return deepcopy({**entry, **rest, **own, **value, **ending})  # no entry points to another's parts


def unit_column(sample: Sample, taken: set[int | None]) -> int | None:
    """A column that says of each row in what its number is, as `count` or `thousands`; None where there is none."""
    for at, title in sample.titles.items():
        if at not in taken and key(title) in ("unit", "units", "scale", "uom", "unit of measure"):
            return at
    return None


def times_of_rows(cells: Iterable[Cell]) -> int:
    """By what the numbers of some rows are multiplied, where all say the same unit."""
    said = {times_of_words(shown(cell)) for cell in cells if cell is not None}
    return next(iter(said)) if len(said) == 1 else 1
