"""Where a sample of an export says which area and which class its rows are of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.likeness import likeness
from quarterday.adapters.reading.naming import Names
from quarterday.adapters.reading.sample import Sample
from quarterday.adapters.reading.values import read_text, shown

_KNOWN = 0.6  # of what a column says, for it to be the one that names areas or classes
_ALIKE = 0.5  # of the words of a column's title, for it to be named like a breakdown
_MOST_LISTED = 40
_BEHIND_A_CLASS = frozenset(("by", ",", ":", "-", "–", "in", "recorded", "offences", "per"))


@dataclass
class Places:
    """What a mapping says of areas: what it keeps, and the level of the areas; `column` is None where none names them.

    `of_sheet` says that the sheet's name is the area's, so that another sheet may be another's.
    """

    level: str
    said: dict[str, Any]
    column: int | None = None
    where: dict[str, list[str]] = field(default_factory=dict)
    of_sheet: bool = False


def places_of(sample: Sample) -> Places:
    """The areas of a sample. Rows of areas that are not ours are taken out of it."""
    column, level = _area_column(sample)
    where = _filter(sample, column)
    of_sheet = ""
    if column is None:
        of_sheet = sample.vocabulary.areas["ward"].code(sample.table.sheet) or ""
        said: dict[str, Any] = {"always": of_sheet or sample.framework.areas("borough")[0].code}
        if not of_sheet:
            sample.remarks.append("No column names a ward: the whole file is taken for the borough.")
    else:
        said = _area_said(sample, column, level)
    return Places("ward" if of_sheet else level, said, column, where, bool(of_sheet))


def _area_column(sample: Sample) -> tuple[int | None, str]:
    names = sample.vocabulary.areas["ward"]
    for code in (names.own_code, names.code):  # a column of codes before one of names
        counts = {at: len({c for cell in set(sample.cells(at)) if (c := code(cell))}) for at in sample.titles}
        best = max(counts, key=lambda at: counts[at], default=None)
        if best is not None and counts[best]:
            return best, "ward"
    return None, "borough"


def _filter(sample: Sample, area: int | None) -> dict[str, list[str]]:
    """Keep our own rows where the export holds others too."""
    borough = sample.vocabulary.areas["borough"]
    for at, title in sample.titles.items():
        values = [said for said in sample.said(at) if borough.code(said)]
        if values and at != area:
            sample.body = [row for row in sample.body if borough.code(sample.at(row, at))]
            return {title: values}
    return {}


def _area_said(sample: Sample, column: int, level: str) -> dict[str, Any]:
    names = sample.vocabulary.areas[level]
    codes = {area.code for area in sample.framework.areas(level)}
    by_code = any(said in codes for said in sample.said(column))
    said: dict[str, Any] = {"column": sample.titles[column], "written_as": "code" if by_code else "name"}
    others = [each for each in sample.said(column) if not names.code(each)]
    if not others:
        return said
    rows = sum(not names.code(cell) for cell in sample.cells(column))
    sample.body = [row for row in sample.body if names.code(sample.at(row, column))]
    if len(others) <= _MOST_LISTED:
        said["leave_out"] = others
        sample.remarks.append(
            f"{rows} rows name areas that are not ours ({', '.join(others[:4])}): they stand under `leave_out`. Move "
            "those to `means` that are ours under another name."
        )
    else:
        sample.remarks.append(
            f"{rows} rows name areas that are not ours, and no other column tells them apart: list them under "
            "`leave_out`, or put right the areas of the configuration."
        )
    return said


@dataclass
class Classes:
    """What a mapping says of classes: nothing where a sample has none. `columns` are those that say it."""

    said: dict[str, Any] = field(default_factory=dict)
    columns: frozenset[int] = frozenset()
    of_sheet: bool = False

    @property
    def breakdown(self) -> str:
        """The breakdown that the classes are of."""
        return str(self.said.get("breakdown", ""))

    @property
    def are_across(self) -> bool:
        """Whether classes are titles of columns."""
        return "across" in self.said


def classes_of(sample: Sample, breakdowns: Iterable[str], taken: set[int | None], timed: set[int]) -> Classes:
    """Where a row's class stands: in a column, across as titles, or in the name of the sheet or the title."""
    every = tuple(breakdowns)
    found = [*_in_columns(sample, every, taken), *_across(sample, every, taken, timed)]
    if found:
        return max(found, key=lambda each: each[0])[1]
    return _of_the_whole(sample, every)


def _in_columns(sample: Sample, breakdowns: tuple[str, ...], taken: set[int | None]) -> Iterable[tuple[int, Classes]]:
    for code in breakdowns:
        names, title = sample.vocabulary.categories(code), sample.vocabulary.breakdown(code).title
        for at in sample.titles:
            if at in taken or sample.is_all_numbers(at):
                continue
            named_so = likeness(sample.titles[at], f"{title} {code}") >= _ALIKE
            if count := _names_most(sample, at, names.code_or_made, most=not named_so):
                yield count, Classes(_column_said(sample, at, code, names), frozenset({at}))


def _names_most(sample: Sample, column: int, code: Callable[[Cell], str | None], *, most: bool) -> int:
    """How many different things a column names; 0 where it names too few of what it says."""
    said = sample.said(column)
    named = {name for each in said if (name := code(each))}
    known = sum(code(each) is not None for each in said)
    return len(named) if said and known >= (_KNOWN * len(said) if most else 1) else 0


def _column_said(sample: Sample, column: int, breakdown: str, names: Names) -> dict[str, Any]:
    written = {shown(cell): cell for cell in sample.cells(column) if cell is not None}
    unknown = sorted(text for text, cell in written.items() if not names.code_or_made(cell))
    said: dict[str, Any] = {"breakdown": breakdown, "column": sample.titles[column]}
    by_name = all(names.code(cell) for text, cell in written.items() if text not in unknown)
    said["written_as"] = "name" if by_name else "slug"
    if unknown:
        said["leave_out"] = unknown
        sample.remarks.append(
            f"{len(unknown)} categories of the sample are none of ours and stand under `leave_out`: move those to "
            "`means` that belong to one of ours."
        )
    return said


def _across(
    sample: Sample, breakdowns: tuple[str, ...], taken: set[int | None], timed: set[int]
) -> Iterable[tuple[int, Classes]]:
    for code in breakdowns:
        names = sample.vocabulary.categories(code)
        titles: dict[str, str] = {}
        columns: set[int] = set()
        for at in sample.titles:
            if at in taken - timed or not sample.is_all_numbers(at):
                continue
            for title in _titles_of_classes(sample, at):
                if found := names.code_or_made(title):
                    titles[title] = found
                    columns.add(at)
        if titles:
            _say_what_lacks(sample, code, set(titles.values()))
            yield len(titles), Classes({"breakdown": code, "across": titles}, frozenset(columns))


def _titles_of_classes(sample: Sample, column: int) -> list[str]:
    parts = [read_text(part) for part in sample.titles_of.parts[column]]
    beside = [name for part in parts if (name := sample.class_and_time(part)[0])]
    return [*parts, *beside]


def _say_what_lacks(sample: Sample, breakdown: str, seen: set[str]) -> None:
    every = sample.vocabulary.breakdown(breakdown).categories
    lacking = [each.title for each in every if each.code not in seen and each.ends is None and not each.takes_new]
    if lacking:
        some = ", ".join(lacking[:4]) + (f" and {len(lacking) - 4} more" if len(lacking) > 4 else "")
        sample.remarks.append(f"The sample has no column for {some}: add those that come under `across`.")


def _of_the_whole(sample: Sample, breakdowns: tuple[str, ...]) -> Classes:
    """The one class of a whole sheet, which its name or the words above the table name."""
    for code in breakdowns:
        names = sample.vocabulary.categories(code)
        for text in (sample.table.sheet, *sample.above):
            if found := names.code_or_made(text) or _class_in(text, names):
                of_sheet = text == sample.table.sheet
                if not of_sheet:
                    sample.remarks.append(f"Is the whole file {found}? “{text}” says so.")
                return Classes({"breakdown": code, "always": found}, of_sheet=of_sheet)
    return Classes()


def _class_in(text: str, names: Names) -> str:
    """The class with which a title begins, as `Arson by ward, April to June 2025`."""
    words = text.replace(",", " ,").replace(":", " :").split()
    for at in range(len(words) - 1, 0, -1):
        ends = words[at].lower() in _BEHIND_A_CLASS
        if ends and (found := names.code_or_made(" ".join(words[:at]))):
            return found
    return ""
