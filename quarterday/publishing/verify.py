"""Proves a release whole: every byte as the manifest says, every table as described, all tables of one mind."""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from quarterday.domain.figures.returns import Marker
from quarterday.publishing import manifest
from quarterday.publishing.columns import OBSERVATION_KEY
from quarterday.publishing.csv_cells import STARTS_A_FORMULA, read_csv, unguarded
from quarterday.publishing.rows import read_observation
from quarterday.publishing.tables import Observation
from quarterday.publishing.yearly.verifying import is_review

NEEDED = ("datapackage.json", "observations.csv", "history.csv", "gaps.csv", "observations.parquet", "history.parquet")
_WITHOUT_VALUE = (Marker.NOT_AVAILABLE, Marker.CONFIDENTIAL, Marker.NOT_APPLICABLE)


def problems(folder: Path) -> list[str]:
    """What is wrong with a release in a folder, each in a sentence; nothing where it is whole."""
    listing = folder / manifest.NAME
    if not listing.is_file():
        return [f"There is no {manifest.NAME} in {folder}: the release was never finished, or this is no release."]
    try:
        listed = manifest.listed(listing.read_bytes())
    except ValueError as broken:
        return [f"{broken}: restore it from a backup."]
    found = list(_file_problems(folder, listed))
    if found or is_review(folder):
        return found  # tables of damaged files are not worth reading, and a yearly review holds none
    files = {each.path: (folder / each.path).read_bytes() for each in listed}
    found = [f"{name} is not among the release's files." for name in NEEDED if name not in files]
    if found:
        return found
    for check in _OF_CONTENT:
        try:
            found += list(check(files))
        except (ValueError, KeyError, TypeError, AttributeError, csv.Error, pa.ArrowException) as unreadable:
            name = check.__name__.strip("_").split("_")[0]
            found.append(f"A file is not what a release holds ({name}: {type(unreadable).__name__} {unreadable}).")
    return found


def _file_problems(folder: Path, listed: list[manifest.Listed]) -> Iterator[str]:
    for each in listed:
        path = folder / each.path
        if not path.resolve().is_relative_to(folder.resolve()):
            yield f"The manifest names {each.path}, which lies outside the release."
        elif not path.is_file():
            yield f"{each.path} is missing."
        elif path.stat().st_size != each.size or sha256(path.read_bytes()).hexdigest() != each.sha256:
            yield f"{each.path} is not what was published: its SHA-256 differs from the manifest's."
    known = {each.path for each in listed} | {manifest.NAME}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and str(path.relative_to(folder)) not in known:
            yield f"{path.relative_to(folder)} is in the folder but not in the manifest."


def _package_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    for resource in json.loads(files["datapackage.json"])["resources"]:
        path, fields = resource["path"], resource["schema"]["fields"]
        if path not in files:
            yield f"datapackage.json describes {path}, which is not among the release's files."
            continue
        rows = list(read_csv(files[path]))
        names = [field["name"] for field in fields]
        header = files[path].decode().split("\n", 1)[0].split(",")
        if header != names:
            yield f"{path}: its columns are not those that datapackage.json describes."
            continue
        for field in fields:
            reads = _READS[field["type"]]
            bad = [
                line for line, row in enumerate(rows, start=2) if row[field["name"]] and not reads(row[field["name"]])
            ]
            if bad:
                yield f"{path}, line {bad[0]}: {field['name']} is not a {field['type']}."


def _is(kind: Callable[[str], object]) -> Callable[[str], bool]:
    def reads(text: str) -> bool:
        try:
            kind(text)
        except ValueError:
            return False
        return True

    return reads


_READS: dict[str, Callable[[str], bool]] = {
    "string": lambda text: True,
    "integer": _is(int),
    "number": _is(float),
    "date": _is(date.fromisoformat),
    "boolean": lambda text: text in ("true", "false"),
}


def _parquet_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted(files):
        if not path.endswith(".parquet"):
            continue
        table = pq.read_table(io.BytesIO(files[path])).to_pylist()
        rows = list(read_csv(files[path.replace(".parquet", ".csv")]))
        if len(table) != len(rows) or any(
            not _same(text, row[name]) for row, line in zip(table, rows, strict=True) for name, text in line.items()
        ):
            yield f"{path} does not hold what its CSV holds."


def _same(text: str, value: object) -> bool:
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    if isinstance(value, int | float):
        return text != "" and float(text) == value
    return text == (unguarded(value) if isinstance(value, str) else str(value))


def _formula_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted(files):
        if path.endswith(".csv"):
            for number, row in enumerate(csv.reader(io.StringIO(files[path].decode())), start=1):
                for cell in row:
                    if cell.lstrip(" ").startswith(STARTS_A_FORMULA) and not _READS["number"](cell):
                        yield f"{path}, line {number}: a cell begins as a formula does."


def _observation_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    for path in ("observations.csv", "history.csv"):
        rows = list(read_csv(files[path]))
        keys = Counter(tuple(row[name] for name in OBSERVATION_KEY) for row in rows)
        for key, count in keys.items():
            if count > 1:
                yield f"{path}: {', '.join(key)} stands {count} times."
        try:
            observations = [read_observation(row) for row in rows]
        except ValueError as unreadable:
            yield f"{path}: {unreadable}."
            continue
        for each in observations:
            yield from (f"{path}: {_named(each)} {wrong}." for wrong in _contradictions(each))
        yield from (f"{path}: {wrong}" for wrong in _sums_that_fail(observations))


def _contradictions(each: Observation) -> Iterator[str]:
    if each.value is None and each.marker not in _WITHOUT_VALUE:
        yield "has no value and no marker that says why"
    if each.value is not None and each.marker in _WITHOUT_VALUE:
        yield f"has a value although it is marked {each.marker}"
    if not each.comparable and not each.comparable_why:
        yield "does not compare, and nothing says why"
    if each.stale and each.comparable:
        yield "stands in for another period and yet compares"
    if each.value is not None and each.unit in ("rate", "percentage") and None in (each.numerator, each.denominator):
        yield "is a share without its parts"
    if each.value is not None and not each.source_return:
        yield "names no return that it came from"


def _sums_that_fail(observations: list[Observation]) -> Iterator[str]:
    """Totals that we added up ourselves and that are not the sum of their parts, all of them shown and exact."""
    parts: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for each in observations:
        if each.breakdown:
            parts[each.indicator, each.area_code, each.period].append(each)
    for each in observations:
        added_up = any(caveat.startswith("Added up") for caveat in each.caveats)
        rounded = any(caveat.startswith("Rounded") for caveat in each.caveats)
        of_it = parts.get((each.indicator, each.area_code, each.period), [])
        breakdowns = {part.breakdown for part in of_it}
        if not added_up or rounded or each.breakdown or each.unit != "count" or each.value is None:
            continue
        if len(breakdowns) == 1 and all(part.value is not None for part in of_it):
            total = sum(part.value for part in of_it if part.value is not None)
            if total != each.value:
                yield f"{_named(each)} is not the sum of its parts."


def _gap_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    told = {row["indicator"] for row in read_csv(files["gaps.csv"])}
    for code in sorted(
        {
            row["indicator"]
            for row in read_csv(files["observations.csv"])
            if row["marker"] == Marker.NOT_AVAILABLE and row["indicator"] not in told
        }
    ):
        yield f"gaps.csv does not say why {code} is missing."


def _activity_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Whether each activity stands once a quarter, with why, and names the word that it was told by."""
    rows = list(read_csv(files["activities.csv"])) if "activities.csv" in files else []
    counted = Counter((row["activity"], row["period_start"], row["period_end"]) for row in rows)
    yield from (f"activities.csv: {', '.join(key)} stands {n} times." for key, n in counted.items() if n > 1)
    for row in rows:
        if not row["why"]:
            yield f"activities.csv does not say why {row['activity']} is {row['rag']}."
        if bool(row["told_on"]) != bool(row["source"]):
            yield f"activities.csv tells of {row['activity']} without the word that it came from."


def _risk_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Whether each risk stands once a quarter, and names the review that it was told by."""
    rows = list(read_csv(files["risks.csv"])) if "risks.csv" in files else []
    counted = Counter((row["risk"], row["period_start"], row["period_end"]) for row in rows)
    yield from (f"risks.csv: {', '.join(key)} stands {n} times." for key, n in counted.items() if n > 1)
    for row in rows:
        if bool(row["reviewed_on"]) != bool(row["source"]):
            yield f"risks.csv tells of {row['risk']} without the review that it came from."


def _ask_problems(files: Mapping[str, bytes]) -> Iterator[str]:
    """Whether each ask stands once, answered, and each action once, of an ask that is told too."""
    asks = list(read_csv(files["asks.csv"])) if "asks.csv" in files else []
    actions = list(read_csv(files["actions.csv"])) if "actions.csv" in files else []
    for name, rows, key in (("asks.csv", asks, "ask"), ("actions.csv", actions, "action")):
        counted = Counter(row[key] for row in rows)
        yield from (f"{name}: {code} stands {n} times." for code, n in counted.items() if n > 1)
    for row in asks:
        if not (row["answers"] and row["answered_on"]):
            yield f"asks.csv tells of {row['ask']}, which no board has answered yet."
    for row in actions:
        if bool(row["told_on"]) == (row["state"] == "nothing told"):
            yield f"actions.csv says that {row['action']} is {row['state']}, and not when that was told."


def _named(each: Observation) -> str:
    return ", ".join(part for part in (each.indicator, each.area_code, each.category, str(each.period)) if part)


_OF_CONTENT = (
    _package_problems,
    _parquet_problems,
    _formula_problems,
    _observation_problems,
    _gap_problems,
    _activity_problems,
    _risk_problems,
    _ask_problems,
)
