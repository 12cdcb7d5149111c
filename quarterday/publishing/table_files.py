"""Tables as files: CSV that a spreadsheet cannot be tricked by, and Parquet with the same values."""

import csv
import io
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from quarterday.publishing.columns import Table, Value
from quarterday.publishing.csv_cells import guarded, unguarded, written

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


def read_parquet(data: bytes) -> Iterator[dict[str, str]]:
    """The rows of a table written by `to_parquet`, each value as `read_csv` gives it."""
    for row in pq.read_table(io.BytesIO(data)).to_pylist():
        yield {name: unguarded(value) if isinstance(value, str) else written(value) for name, value in row.items()}


def _typed(value: Value, kind: str) -> Value:
    if kind == "string":
        return guarded(str(value)) if value else None  # as an empty CSV cell is read
    return float(value) if kind == "number" and isinstance(value, int | float) else value
