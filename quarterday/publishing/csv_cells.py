"""Cells of a CSV table: numbers stay numbers, and text that a spreadsheet would run is guarded and unguarded again."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from quarterday.publishing.columns import Value

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def read_csv(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table written by `to_csv`, with the guards taken off again."""
    columns, rows = lines_of(data)
    return (named(columns, row) for row in rows)


def lines_of(data: bytes) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    """The columns of a table written by `to_csv`, and its rows as they stand there: for those who know most of them."""
    rows = map(tuple, csv.reader(io.StringIO(data.decode(), newline="")))
    return next(rows, ()), rows


def named(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """A row of `lines_of` by its columns, with the guards taken off again."""
    return dict(zip(columns, without_guards(row), strict=True))


def without_guards(row: Sequence[str]) -> Sequence[str]:
    """The cells of a row with the guards taken off again: few rows have any, and every release ever made comes by."""
    return tuple(map(unguarded, row)) if "'" in "".join(row) else row


def whole_lines(text: str) -> list[str]:
    """The lines of such a table, each with all of its cells: those with breaks in them go on until their quotes end."""
    lines = text.removesuffix("\n").split("\n")
    if not any(line.count('"') % 2 for line in lines):
        return lines  # as nearly always: no cell has a break in it
    whole: list[str] = []
    begun = ""
    for line in lines:
        begun = f"{begun}\n{line}" if begun else line
        if begun.count('"') % 2 == 0:
            whole.append(begun)
            begun = ""
    return whole


def written(value: Value) -> str:
    """A value as it stands in a CSV cell: numbers stay numbers, text that a spreadsheet would run is guarded."""
    match value:
        case str():
            return guarded(value)
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value == int(value) else repr(value)
        case date():
            return value.isoformat()


@lru_cache(maxsize=1 << 14)  # a column says the same few things over and over
def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @ and control characters."""
    clean = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return f"'{clean}" if clean.lstrip(" ").startswith(STARTS_A_FORMULA) or clean.startswith("'") else clean


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") else text
