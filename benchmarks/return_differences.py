"""Reads the returns that departments test with, and names the cells in which valid and invalid ones differ.

Shows that nothing a sender planted is lost in reading: a changed, missing or moved cell is still there to be found.

    python benchmarks/return_differences.py [FOLDER OF DATA]
"""

import sys
from itertools import zip_longest
from pathlib import Path

from quarterday.adapters.parsing.tables import address
from quarterday.adapters.reading import FileTables, Refusal, Table, read_tables

PAIRS = (
    ("dluhc_returns/PF_Round_1_Success.xlsx", "dluhc_returns/PF_Round_1_General_Validation_Failures.xlsx"),
    ("dluhc_returns/PF_Round_1_Success.xlsx", "dluhc_returns/PF_Round_1_Initial_Validation_Failures.xlsx"),
    ("dluhc_returns/PF_Round_1_Success.xlsx", "dluhc_returns/PF_Round_1_Success_Different_Postcodes.xlsx"),
    ("dluhc_returns/TF_Round_4_Success.xlsx", "dluhc_returns/TF_Round_4_Project_Outcome_Failure.xlsx"),
    ("dluhc_returns/TF_Round_4_Success.xlsx", "dluhc_returns/TF_Round_4_Round_Agnostic_Failures.xlsx"),
    (
        "mhclg_bulk_upload/2023_24_lettings_bulk_upload.csv",
        "mhclg_bulk_upload/2023_24_lettings_bulk_upload_invalid.csv",
    ),
    ("mhclg_bulk_upload/2023_24_sales_bulk_upload.csv", "mhclg_bulk_upload/2023_24_sales_bulk_upload_invalid.csv"),
    ("dfe_ees/dataset_names.csv", "dfe_ees/dataset_names_duplicate-records.csv"),
    ("dfe_ees/dataset_names.csv", "dfe_ees/dataset_names_invalid-headers.csv"),
)
SHOWN = 6


def differences(one: FileTables, other: FileTables) -> list[str]:
    """The cells in which two files differ, as `Sheet!B14`; sheets are matched by name."""
    sheets = dict.fromkeys([table.sheet for table in (*one.tables, *other.tables)])
    return [where for name in sheets for where in _cells(name, _sheet(one, name), _sheet(other, name))]


def _sheet(reading: FileTables, name: str) -> Table:
    return next((table for table in reading.tables if table.sheet == name), Table(name, False, ()))


def _cells(name: str, one: Table, other: Table) -> list[str]:
    before = f"{name}!" if name else ""
    return [
        before + address(row, column)
        for row, (left, right) in enumerate(zip_longest(one.rows, other.rows, fillvalue=()))
        for column, (a, b) in enumerate(zip_longest(left, right))
        if a != b
    ]


def main() -> None:
    """Print a line a pair."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "../shared/data"
    for valid, invalid in PAIRS:
        one, other = (read_tables((data / name).read_bytes(), name) for name in (valid, invalid))
        refusals = [each.sentence for each in (one, other) if isinstance(each, Refusal)]
        if isinstance(one, FileTables) and isinstance(other, FileTables):
            found = differences(one, other)
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            refusals = [f"{len(found)} cells differ: {', '.join(found[:SHOWN])}{more}"]
        print(f"{invalid}\n    against {Path(valid).name}: {' '.join(refusals)}")


if __name__ == "__main__":
    main()
