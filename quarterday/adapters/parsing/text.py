import csv
from io import StringIO

from quarterday.adapters.parsing.tables import Reading, Table, trimmed


def parse_csv(data: bytes) -> Reading:
    rows = [[c if c else None for c in row] for row in csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))]
    return Reading((Table("", False, trimmed(rows)),))
