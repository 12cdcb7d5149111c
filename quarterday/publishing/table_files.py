"""Tables as files: CSV that a spreadsheet cannot be tricked by, and Parquet with the same values."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from quarterday.publishing.columns import Table, Value

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def to_csv(table: Table) -> bytes:
    """The table as UTF-8 CSV (RFC 4180, lines ended by LF)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows([written(value) for value in row] for row in table.rows)
    return text.getvalue().encode()


def to_parquet(table: Table) -> bytes:
    """The table as Parquet; text holds what the CSV holds, so that both read to the same values."""
    schema = pa.schema([pa.field(column.name, _ARROW[column.kind]) for column in table.columns])
    columns = [
        pa.array([_typed(row[index], column.kind) for row in table.rows], type=_ARROW[column.kind])
        for index, column in enumerate(table.columns)
    ]
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


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
    return {name: unguarded(value) for name, value in zip(columns, row, strict=True)}


def read_parquet(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table written by `to_parquet`, each value as `read_csv` gives it."""
    for row in pq.read_table(io.BytesIO(data)).to_pylist():
        yield {name: unguarded(value) if isinstance(value, str) else written(value) for name, value in row.items()}


def written(value: Value) -> str:
    """A value as it stands in a CSV cell: numbers stay numbers, text that a spreadsheet would run is guarded."""
    match value:
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
        case _:
            return guarded(value)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before = + - @ and control characters."""
    clean = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    return f"'{clean}" if clean.lstrip(" ").startswith(STARTS_A_FORMULA) or clean.startswith("'") else clean


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") else text


def _typed(value: Value, kind: str) -> Value:
    if kind == "string":
        return guarded(str(value)) if value else None  # as an empty CSV cell is read
    return float(value) if kind == "number" and isinstance(value, int | float) else value
