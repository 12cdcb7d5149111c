"""Fills in templates as a person would, and reads them back."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from types import MappingProxyType

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.parsing.files import parse
from quarterday.adapters.reading import ReadReturn, Refusal, as_return
from quarterday.adapters.template import build_template
from quarterday.domain.facts import RequestMade
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.risks.reviewing import RiskStands
from tests.reading.attacks import ods
from tests.reading.conftest import APRIL_TO_JUNE, framework

Change = Callable[[Worksheet], None]


def titles(sheet: Worksheet, row: int = 1) -> dict[str, int]:
    """The columns of a sheet by title."""
    return {str(cell.value): cell.column for cell in sheet[row] if cell.value is not None}


def filled(request: RequestMade, *changes: Change, of: Framework | None = None) -> bytes:
    """A template in which each value is its row's number, and each rate 11 of 21; then whatever was changed."""
    book = openpyxl.load_workbook(io.BytesIO(build_template(of or framework(), request, APRIL_TO_JUNE)))
    sheet = book["Figures"]
    at = titles(sheet)
    for row in range(2, sheet.max_row + 1):
        if str(sheet.cell(row, at["Value"]).value).startswith("="):
            sheet.cell(row, at["Numerator"]).value = 11
            sheet.cell(row, at["Denominator"]).value = 21
        else:
            sheet.cell(row, at["Value"]).value = row
    for change in changes:
        change(sheet)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def returned(
    data: bytes,
    request: RequestMade,
    name: str = "return.xlsx",
    of: Framework | None = None,
    exports: Mapping[str, Export] | None = None,
    no_more: tuple[str, ...] = (),
    owned: Mapping[str, RiskStands] = MappingProxyType({}),
) -> ReadReturn:
    """The return that a file makes. It is read in this process: the one apart has tests of its own."""
    reading = parse(data, name)
    assert not isinstance(reading, Refusal), reading.sentence
    house = of or framework()
    return as_return(replace(reading, name=name), house, request, APRIL_TO_JUNE, exports or {}, no_more, owned)


def first_row_filled_in(workbook: bytes, sheet: str, said: Mapping[str, object]) -> bytes:
    """A workbook with this written below the titles of one of its sheets."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    at = {cell.value: cell.column for cell in book[sheet][1]}
    for title, value in said.items():
        book[sheet].cell(2, at[title]).value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sheet_as_libreoffice(workbook: bytes, sheet: str) -> bytes:
    """One sheet of a workbook as LibreOffice saves it: dates by value, text in paragraphs."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    rows = "".join(
        f"<table:table-row>{''.join(_cell(each.value) for each in row)}</table:table-row>"
        for row in book[sheet].iter_rows()
    )
    return ods(rows)


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime):
        kind, words = f'office:value-type="date" office:date-value="{value:%Y-%m-%d}"', f"{value:%d/%m/%y}"
    else:
        kind, words = 'office:value-type="string"', escape(str(value))
    return f"<table:table-cell {kind}><text:p>{words}</text:p></table:table-cell>"


def put(title: str, row: int, value: object) -> Change:
    """Write a value into a column by its title."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(row, titles(sheet)[title]).value = value

    return change
