"""Where a sample of an export says which time its counts are for."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.quarters import ends_of_month, month_of, quarter_of, year_in
from quarterday.adapters.reading.spans import from_to, period_in
from quarterday.adapters.reading.values import read_text, shown
from quarterday.domain.framework.exports import When
from quarterday.domain.framework.periods import Period, calendar_month, financial_quarter, month_number

_STYLES = ("%Y%m", "%Y-%m", "%b-%y", "%b %y", "%B %Y", "%b %Y", "%B-%y", "%m/%Y", "%Y-%m-%d", "%d/%m/%Y")
_BARE = re.compile(r"^(?:q|qtr|quarter)\s*\.?([1-4])$", re.IGNORECASE)
_COUNTS_MONTHS = re.compile(r"\b(?:month|period|mth)", re.IGNORECASE)
_CALENDAR = re.compile(r"^20\d\dQ[1-4]$")
Said = tuple[dict[str, Any], set[Period], set[int]]  # `when`, the periods seen, the columns that say it


def times_of(
    titles: Mapping[int, Cell], columns: Mapping[int, list[Cell]], above: list[str], sheet: str, file: str
) -> Said:
    """The way in which a sample says its time; empty where it says none."""
    return (
        _across(titles, above, sheet, file)
        or _in_columns(titles, columns)
        or _of_the_whole(above, sheet, file)
        or ({}, set(), set())
    )


def _across(titles: Mapping[int, Cell], above: list[str], sheet: str, file: str) -> Said | None:
    months = {at: month for at, cell in titles.items() if (month := _month(cell))}
    if len(months) > 1:
        style = next((s for s in _STYLES if all(_in_style(titles[at], s) for at in months)), "any")
        return {"months_across": style}, set(months.values()), set(months)
    year = next((found for text in (*above, sheet, file) if (found := year_in(text))), None)
    bare = {at: number for at, cell in titles.items() if (number := month_number(read_text(cell)))}
    if year is not None and len(bare) > 1:
        seen = {calendar_month(year + (number < 4), number) for number in bare.values()}
        return {"periods_across": True}, seen, set(bare)
    quarters = {at: quarter for at, cell in titles.items() if (quarter := _quarter(cell, year))}
    return ({"periods_across": True}, set(quarters.values()), set(quarters)) if len(quarters) > 1 else None


def _month(cell: Cell) -> Period | None:
    if isinstance(cell, date):
        return ends_of_month(cell.date() if isinstance(cell, datetime) else cell)
    return month_of(read_text(cell))


def _in_style(cell: Cell, style: str) -> bool:
    return isinstance(cell, str | int) and When(months_across=style).month(shown(cell)) is not None


def _quarter(cell: Cell, year: int | None) -> Period | None:
    text = read_text(cell)
    bare = _BARE.match(text)
    return financial_quarter(year, int(bare[1])) if bare and year is not None else quarter_of(text) or from_to(text)


def _in_columns(titles: Mapping[int, Cell], columns: Mapping[int, list[Cell]]) -> Said | None:
    name = {at: read_text(cell) for at, cell in titles.items()}
    filled: dict[int, list[Cell]] = {at: [cell for cell in cells if cell is not None] for at, cells in columns.items()}
    if ends := _from_to(name, filled):
        return ends
    for at, cells in filled.items():
        if cells and all(quarter_of(read_text(cell)) for cell in cells):
            calendar = all(_CALENDAR.match(read_text(cell)) for cell in cells)
            periods = {period for cell in cells if (period := quarter_of(read_text(cell), calendar=calendar))}
            when = {"quarter_column": name[at], **({"quarters": "calendar"} if calendar else {})}
            return when, periods, {at}
    for at, cells in filled.items():
        months = [_month(cell) for cell in cells if not isinstance(cell, float)]
        if cells and len(months) == len(cells) and all(months):
            style = next((s for s in _STYLES if all(_in_style(cell, s) for cell in cells)), "any")
            return {"month_column": name[at], "month_written": style}, {each for each in months if each}, {at}
    return _year_and_month(name, filled) or _dates(name, filled)


def _year_and_month(name: dict[int, str], filled: dict[int, list[Cell]]) -> Said | None:
    years = [at for at, cells in filled.items() if cells and all(_is_year(cell) for cell in cells)]
    months = [at for at, cells in filled.items() if cells and all(_bare_month(cell) for cell in cells)]
    counting = (at for at, cells in filled.items() if cells and _COUNTS_MONTHS.search(name[at]))
    numbered = [at for at in counting if all(map(_1_to_12, filled[at]))]
    if years and not months and numbered:
        return _numbered(name, filled, years[0], numbered[0])
    if not years or not months:
        return None
    at_year, at_month = years[0], next((at for at in months if "month" in name[at].lower()), months[0])
    periods = set()
    for year, month in zip(filled[at_year], filled[at_month], strict=False):
        number, text = _bare_month(month), read_text(year)
        if number:
            starts = year_in(text)
            first = starts + (number < 4) if starts else int(text[:4])
            periods.add(calendar_month(first, number))
    return {"month_column": name[at_month], "year_column": name[at_year]}, periods, {at_year, at_month}


def _numbered(name: dict[int, str], filled: dict[int, list[Cell]], at_year: int, at_month: int) -> Said:
    """Months by their numbers: of a financial year, month 1 is taken for April, and that is asked."""
    periods, is_financial = set(), False
    for year, month in zip(filled[at_year], filled[at_month], strict=False):
        starts, number = year_in(read_text(year)), _1_to_12(month)
        is_financial = is_financial or starts is not None
        calendar = (number + 2) % 12 + 1 if starts else number
        periods.add(calendar_month(starts + (calendar < 4) if starts else int(read_text(year)[:4]), calendar))
    when = {"month_column": name[at_month], "year_column": name[at_year]}
    return {**when, **({"month_numbers": "financial"} if is_financial else {})}, periods, {at_year, at_month}


def _1_to_12(cell: Cell) -> int:
    """The number of a month; 0 where a cell holds none."""
    text = read_text(cell).removesuffix(".0")
    return int(text) if text.isdecimal() and 1 <= int(text) <= 12 else 0


def _is_year(cell: Cell) -> bool:
    text = read_text(cell)
    return bool(re.fullmatch(r"20\d\d", text)) or (year_in(text) is not None and len(text) <= 9)


def _bare_month(cell: Cell) -> int | None:
    return month_number(read_text(cell))


def _days(filled: dict[int, list[Cell]]) -> dict[int, list[date]]:
    """The columns that hold days alone."""
    days = {at: [read_day(cell).day for cell in cells if not isinstance(cell, float)] for at, cells in filled.items()}
    return {
        at: [day for day in found if day]
        for at, found in days.items()
        if found and len(found) == len(filled[at]) and all(found)
    }


def _from_to(name: dict[int, str], filled: dict[int, list[Cell]]) -> Said | None:
    """Two columns of days, of which one begins and one ends a period."""
    days = _days(filled)
    ends = [at for at in days if re.search(r"\b(to|end|until)\b", name[at].lower())]
    begins = [at for at in days if re.search(r"\b(from|start|begin)", name[at].lower())]
    if not begins or not ends:
        return None
    pairs = zip(days[begins[0]], days[ends[0]], strict=False)
    periods = {Period(first, last) for first, last in pairs if first <= last}
    return {"from_column": name[begins[0]], "to_column": name[ends[0]]}, periods, {begins[0], ends[0]}


def _dates(name: dict[int, str], filled: dict[int, list[Cell]]) -> Said | None:
    """A column of days, where every row is a case."""
    days = _days(filled)
    if not days:
        return None
    at = next(iter(days))
    return {"date_column": name[at]}, {calendar_month(day.year, day.month) for day in days[at]}, {at}


def _of_the_whole(above: list[str], sheet: str, file: str) -> Said | None:
    for where, texts in (("title", above), ("sheet", [sheet]), ("file", [file.rpartition(".")[0]])):
        found = {period for text in texts if (period := period_in(text))}
        if len(found) == 1:
            return {"period_in": where}, found, set()
    return None
