"""A template filled in by hand: well, or with mistakes."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.columns import FIGURES_SHEET, Column, column_named
from rehearsal.made_up import Key, MadeUp


def fill_in(blank: bytes, figures: Mapping[Key, MadeUp], *, wrong: bool = False) -> bytes:
    """Write the figures into a downloaded template.

    `wrong` makes mistakes that people make: a word for a number, a minus sign.
    """
    book = load_workbook(BytesIO(blank))
    sheet: Worksheet = book[FIGURES_SHEET]
    places = _places(sheet)
    header = places.pop("header")
    for number in range(header + 1, sheet.max_row + 1):
        _fill_line(sheet, number, places, figures)
    if wrong:
        entry = places.get(Column.NUMERATOR, places[Column.VALUE])
        sheet.cell(header + 1, places[Column.VALUE], "about a dozen")
        if sheet.max_row > header + 1:
            sheet.cell(header + 2, entry, -3)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _places(sheet: Worksheet) -> dict[str, int]:
    """Which column is where, and under `header` the row that says so."""
    for row in sheet.iter_rows(max_row=20):
        titles = [(cell.column, cell.value) for cell in row if isinstance(cell.value, str) and cell.column]
        found = {str(named): column for column, title in titles if (named := column_named(title))}
        if Column.INDICATOR_CODE in found and Column.VALUE in found:
            return {**found, "header": int(row[0].row or 1)}
    raise ValueError("the template has no row of titles")


def _fill_line(sheet: Worksheet, number: int, places: Mapping[str, int], figures: Mapping[Key, MadeUp]) -> None:
    def at(column: Column) -> Any:
        return sheet.cell(number, places[column]).value if column in places else None

    key = (
        at(Column.INDICATOR_CODE),
        at(Column.AREA_CODE),
        at(Column.BREAKDOWN_CODE) or "",
        at(Column.CATEGORY_CODE) or "",
        _day(at(Column.PERIOD_FROM)),
        _day(at(Column.PERIOD_TO)),
    )
    figure = figures.get(key)
    if figure is None:
        return
    if figure.denominator is not None:
        sheet.cell(number, places[Column.NUMERATOR], figure.numerator)
        sheet.cell(number, places[Column.DENOMINATOR], figure.denominator)
    else:
        sheet.cell(number, places[Column.VALUE], figure.value)


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
