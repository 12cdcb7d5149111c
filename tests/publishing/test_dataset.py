"""A release as a dataset that others load: its codes lead somewhere, its descriptions hold, and one file has it all."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import csvw
import duckdb
import pandas as pd
import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.csv_cells import read_csv
from quarterday.publishing.release import release_files
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.workbook import FIGURE_COLUMNS


@pytest.fixture(scope="module")
def files(streets: Framework, release: ReleaseTables) -> dict[str, bytes]:
    """A release with a class that `config/` has no more, a hidden figure and one with two markers."""
    first, second, *others = release.observations
    odd = (
        replace(first, marker=Marker.BREAK, also=Marker.PROVISIONAL),
        replace(second, breakdown="gone", category="gone-too", category_title="Gone", value=None, marker=Marker("[c]")),
    )
    return release_files(streets, replace(release, observations=(*odd, *others)), [])


@pytest.fixture(scope="module")
def folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same on disk."""
    place = tmp_path_factory.mktemp("release")
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place


def _rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(read_csv(files[f"{name}.csv"]))


@pytest.mark.parametrize(
    ("leads_to", "columns"),
    [
        ("indicators", ("indicator",)),
        ("areas", ("area_code",)),
        ("definitions", ("indicator", "definition_version")),
        ("categories", ("breakdown", "category")),
        ("markers", ("marker",)),
    ],
)
def test_every_code_of_a_figure_is_in_its_table(
    files: dict[str, bytes], leads_to: str, columns: tuple[str, ...]
) -> None:
    """One that `config/` has dropped since too; a total has no class to look up."""
    known = {tuple(row[name] for name in columns) for row in _rows(files, leads_to)}
    told = {tuple(row[name] for name in columns) for row in _rows(files, "observations") + _rows(files, "history")}

    assert known >= {code for code in told if any(code)}


def test_the_description_is_valid_csv_on_the_web(folder: Path) -> None:
    """Every value is of its type, and every reference leads to a row."""
    group = csvw.TableGroup.from_file(folder / "csv-metadata.json")
    told = {table.url.string: len(list(table.iterdicts())) for table in group.tables}

    assert group.check_referential_integrity()
    assert told["observations.csv"] == len(pd.read_csv(folder / "observations.csv")) > 0
    assert set(told) == {each["path"] for each in json.loads((folder / "datapackage.json").read_text())["resources"]}


def test_a_period_has_its_label_and_a_figure_both_its_markers(files: dict[str, bytes]) -> None:
    """2025-26 Q1, each quarter, broken and provisional."""
    first = _rows(files, "observations")[0]

    assert ("2025-26 Q1", "quarter", "[b]", "[p]") == (
        first["period_label"],
        first["frequency"],
        first["marker"],
        first["also"],
    )


def test_one_file_holds_every_figure_as_the_tables_do(files: dict[str, bytes]) -> None:
    """With the mark by which Excel knows UTF-8; this collection's and all earlier ones, stand-ins once."""
    assert files["figures.csv"].startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8-sig"))))
    tables = [row for row in _rows(files, "history") + _rows(files, "observations") if row["stale"] != "true"]

    assert list(FIGURE_COLUMNS) == list(rows[0])
    assert sorted((row["indicator"], row["area_code"], row["period_start"], row["value"]) for row in tables) == sorted(
        (row["Indicator code"], row["Area code"], row["From"], "" if row["Value"].startswith("[") else row["Value"])
        for row in rows
    )
    assert "[b] [p]" in {row["Marker"] for row in rows}


def test_pandas_and_duckdb_load_the_same_values(folder: Path) -> None:
    """From CSV and from Parquet."""
    from_csv = pd.read_csv(folder / "observations.csv")["value"].sum()
    (from_parquet,) = duckdb.sql(f"select sum(value) from '{folder}/observations.parquet'").fetchall()
    (joined,) = duckdb.sql(
        f"select count(*) from '{folder}/observations.csv' join '{folder}/indicators.csv' using (indicator)"
    ).fetchall()

    assert from_csv == pytest.approx(from_parquet[0])
    assert len(pd.read_csv(folder / "observations.csv")) == joined[0]
