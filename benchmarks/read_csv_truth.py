"""How often CSV files, as they really arrive, are read exactly, refused, or silently misread.

Compares quarterday and a plain `pandas.read_csv` with hand-cleaned truths: the polluted files and the United Kingdom
government's of the Pollock benchmark, and csv-spectrum. A file is

- *exact* where the rows taken for values are the truth's rows of values and no others,
- *whole* where every value stands in its row, cell for cell and in order, among titles, headers or notes that were
  taken for rows of values as well,
- *refused* where it is not read at all, and the sender is told,
- *silently wrong* where a value is changed, moved or lost.

`broken_quoting` are tables of our own in each of which one quotation is broken.

White space around a cell does not count, nor does a word for a missing value that the truth leaves blank.

    python benchmarks/read_csv_truth.py [FOLDER OF DATA] [--each]
"""

import csv
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd

from quarterday.adapters.reading import Refusal, read_tables
from quarterday.adapters.reading.outlines import outlines

Rows = list[list[str]]
MISSING_WORDS = {"missing", "nan", "n/a", "na"}


def tidy(rows: list[list[object]]) -> Rows:
    """Rows as text, without blank rows and without the empty cells at their ends."""
    kept = []
    for row in rows:
        cells = [" ".join(str(cell if cell is not None else "").split()) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            kept.append(cells)
    return kept


def same(truth: list[str], read: list[str]) -> bool:
    """Whether two rows hold the same values."""
    width = max(len(truth), len(read))
    pairs = zip(truth + [""] * (width - len(truth)), read + [""] * (width - len(read)), strict=True)
    return all(a == b or (not a and b.lower() in MISSING_WORDS) for a, b in pairs)


def holds(read: Rows, values: Rows) -> bool:
    """Whether the values stand in what was read, row after row; other rows may stand between."""
    remaining = iter(read)
    return all(any(same(row, candidate) for candidate in remaining) for row in values)


def ours(path: Path) -> tuple[Rows, Rows] | None:
    """The rows that quarterday takes for values, and all that it reads; None where it refuses."""
    result = read_tables(path.read_bytes(), path.name)
    if isinstance(result, Refusal):
        return None
    table = result.tables[0]
    first = outlines(table)[:1]
    body = [list(table.rows[row]) for outline in first for row in outline.body]
    return tidy(body), tidy([list(row) for row in table.rows])


def plain(path: Path) -> tuple[Rows, Rows] | None:
    """What `read_csv` gives as it comes, its first line being the header; None where it raises."""
    try:
        frame = pd.read_csv(path)
    except Exception:  # whatever it raises, it did not read
        return None
    body = frame.astype(object).where(frame.notna(), None).to_numpy().tolist()
    rows = tidy([[_as_written(cell) for cell in row] for row in body])
    return rows, rows


def _as_written(cell: object) -> object:
    """A whole number that pandas made a float because its column has blanks: the same value."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def pollock(folder: Path) -> list[tuple[Path, Rows]]:
    """The files of one Pollock set with the rows of values that are true."""
    cases = []
    for path in sorted((folder / "csv").iterdir()):
        about = json.loads((folder / "parameters" / f"{path.name}_parameters.json").read_text())
        with (folder / "clean" / path.name).open(newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
        header = 1 if str(about.get("header_lines", 1)) != "0" or _invented(rows) else 0
        # A table that stands in several parts has its header in each of them: no values.
        values = [row for row in rows[header:] if not header or row[:2] != rows[0][:2]]
        cases.append((path, tidy(values)))
    return cases


def _invented(rows: Rows) -> bool:
    return bool(rows) and rows[0][:1] == ["col_0"]


def spectrum(folder: Path) -> list[tuple[Path, Rows]]:
    """The files of csv-spectrum with their rows of values."""
    cases = []
    for path in sorted((folder / "csvs").iterdir()):
        records = json.loads((folder / "json" / f"{path.stem}.json").read_text())
        cases.append((path, tidy([list(record.values()) for record in records])))
    return cases


_GOOD = (
    ["Ward", "Offence", "Note", "Count"],
    ["Bellingham", "Theft, other", "", "5"],
    ["Blackheath", "Arson", "the 5” file", "6"],
    ["Brockley", "Burglary", 'said "no", twice', "7"],
    ["Downham", "Robbery", "", "8"],
    ["Evelyn", "Drugs; all", "", "9"],
)
# How quoting breaks: what is put in the place of a cell that was quoted rightly. Its row has no truth any more.
BROKEN = (
    '"{}" of all', '"{}"x', '"{}" ', ' "{}"', '"{}', '{}"', '"{} "other" kind"', '""{}""', '"{}"" and', "'{}\"",
    '"{}" "{}"', '"{}\\"', '"{}";', '"{}\t', '"{}"\t"',
)  # fmt: skip


def broken_quoting(folder: Path) -> list[tuple[Path, Rows]]:
    """Good tables with one cell whose quoting is broken, written into `folder`, and what their other rows hold.

    The one that is broken may be read as its characters stand, or the file is refused: no other row may change, and
    no two cells become one.
    """
    cases = []
    for delimiter, name in ((",", "comma"), (";", "semicolon"), ("\t", "tab"), (", ", "comma-and-space")):
        for number, pattern in enumerate(BROKEN):
            for broken in (1, 3, 5):
                lines = [_line(row, delimiter, pattern if at == broken else "") for at, row in enumerate(_GOOD)]
                path = folder / f"{name}-{number}-{broken}.csv"
                path.write_text("\n".join(lines) + "\n", encoding="utf-8")
                cases.append(
                    (path, [row for at, row in enumerate(tidy([list(r) for r in _GOOD])) if at not in (0, broken)])
                )
    return cases


def _line(row: list[str], delimiter: str, broken: str) -> str:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in row]
    if broken:
        quoted[1] = broken.format(row[1], row[1])
    return delimiter.join(quoted)


def judge_broken(read: tuple[Rows, Rows] | None, others: Rows) -> str:
    """Refused, whole, or silently wrong: the rows that are not broken stand as they were, and no row is lost."""
    if read is None:
        return "refused"
    return "whole" if holds(read[1], others) and len(read[1]) == len(_GOOD) else "silently wrong"


def judge(read: tuple[Rows, Rows] | None, values: Rows) -> str:
    """Exact, whole, refused or silently wrong."""
    if read is None:
        return "refused"
    body, everything, truth = _numbers(read[0]), _numbers(read[1]), _numbers(values)
    if len(body) == len(truth) and all(map(same, truth, body)):
        return "exact"
    return "whole" if holds(everything, truth) else "silently wrong"


def _numbers(rows: Rows) -> Rows:
    """Cells that are plain numbers in one way of writing, so that `0.0` and `0` are the same value."""
    return [[_number(cell) for cell in row] for row in rows]


def _number(cell: str) -> str:
    try:
        return f"{float(cell):.10g}" if cell[:1] not in "0" or cell in ("0", "0.0") or cell[:2] == "0." else cell
    except ValueError:
        return cell


def main() -> None:
    """Print a line a set and reader."""
    arguments = [each for each in sys.argv[1:] if each != "--each"]
    data = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "../shared/data"
    sets = {
        "pollock_polluted": pollock(data / "pollock_polluted"),
        "pollock_uk_gov_csv": pollock(data / "pollock_uk_gov_csv"),
        "csv_spectrum": spectrum(data / "csv_spectrum"),
        "broken_quoting": broken_quoting(Path(tempfile.mkdtemp(prefix="quarterday-"))),
    }
    titles = ("exact", "whole", "refused", "silently wrong")
    print(f"{'set':<20} {'reader':<12} {'files':>5} " + " ".join(f"{title:>8}" for title in titles))
    for name, cases in sets.items():
        for reader, read in (("quarterday", ours), ("read_csv", plain)):
            decide = judge_broken if name == "broken_quoting" else judge
            verdicts = {path.name: decide(read(path), values) for path, values in cases}
            counts = Counter(verdicts.values())
            print(f"{name:<20} {reader:<12} {len(cases):>5} " + " ".join(f"{counts[title]:>8}" for title in titles))
            if "--each" in sys.argv:
                for file, verdict in verdicts.items():
                    print(f"    {verdict:<16} {file}")


if __name__ == "__main__":
    main()
