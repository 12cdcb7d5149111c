"""A release as a dataset that others load: its codes lead somewhere, its descriptions hold, and one file has it all."""

import csv
import io
import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import csvw
import duckdb
import frictionless
import pandas as pd
import pytest
from openpyxl import load_workbook

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Licence
from quarterday.publishing.csv_cells import read_csv
from quarterday.publishing.release import release_files
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.workbook import FIGURE_COLUMNS

IN_R = """
described <- jsonlite::fromJSON("datapackage.json", simplifyVector = FALSE)
kinds <- c(integer = "integer", number = "numeric", date = "Date", boolean = "logical", string = "character")
read_described <- function(name) {
  resource <- Filter(function(each) each$path == paste0(name, ".csv"), described$resources)[[1]]
  classes <- vapply(resource$schema$fields, function(each) kinds[[each$type]], "")
  table <- read.csv(paste0(name, ".csv"), colClasses = ifelse(classes == "logical", "character", classes),
                    na.strings = "", encoding = "UTF-8")
  stopifnot(identical(names(table), vapply(resource$schema$fields, function(each) each$name, "")))
  table
}
told <- lapply(c("observations", "history"), read_described)
one <- read.csv("figures.csv", fileEncoding = "UTF-8-BOM", check.names = FALSE)
numbers <- suppressWarnings(as.numeric(one$Value))
cat(jsonlite::toJSON(list(
  rows = vapply(told, nrow, 1L),
  sums = vapply(told, function(each) sum(each$value, na.rm = TRUE), 1),
  hidden = vapply(told, function(each) sum(is.na(each$value)), 1L),
  first = vapply(told, function(each) format(min(each$period_start)), ""),
  one_rows = nrow(one), one_sum = sum(numbers, na.rm = TRUE),
  one_marked = sum(is.na(numbers)),
  one_first = format(min(as.Date(one$From)))
), digits = NA))
"""


@pytest.fixture(scope="module")
def files(streets: Framework, release: ReleaseTables) -> dict[str, bytes]:
    """A release with a class that `config/` has no more, a hidden figure and one with two markers."""
    first, second, *others = release.observations
    odd = (
        replace(first, marker=Marker.BREAK, also=Marker.PROVISIONAL),
        replace(second, breakdown="gone", category="gone-too", category_title="Gone", value=None, marker=Marker("[c]")),
    )
    return release_files(_licensed(streets), replace(release, observations=(*odd, *others)), [])


def _licensed(house: Framework) -> Framework:
    licence = Licence(code="OGL-UK-3.0", title="Open Government Licence v3.0", url="https://licence.example/")
    return house.model_copy(update={"partnership": house.partnership.model_copy(update={"licence": licence})})


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


def test_descriptions_tell_licence_contact_days_and_places(files: dict[str, bytes]) -> None:
    """The days reach back to the earliest figure, a rolling year's; questions go to the partnership's own address."""
    package, group = json.loads(files["datapackage.json"]), json.loads(files["csv-metadata.json"])

    assert ("OGL-UK-3.0", "https://licence.example/") == (
        package["licenses"][0]["name"],
        group["dc:license"]["@id"],
    )
    assert {"start": "2020-07-01", "end": "2025-06-30"} == package["temporal"]
    assert "2020-07-01/2025-06-30" == group["dc:temporal"]
    assert f"mailto:{package['contributors'][0]['email']}" == group["dcat:contactPoint"]["vcard:hasEmail"]["@id"]
    assert group["dc:spatial"] == [each["code"] for each in package["spatial"] if each["level"] == "borough"]


def test_without_a_licence_none_is_told(streets: Framework, release: ReleaseTables) -> None:
    """Nobody is given a right that the partnership did not give."""
    files = release_files(streets, replace(release, history=()), [])

    assert "licenses" not in json.loads(files["datapackage.json"])
    assert "dc:license" not in json.loads(files["csv-metadata.json"])


def test_the_workbook_has_dates_headings_that_stay_and_filters(files: dict[str, bytes]) -> None:
    """On every sheet that has a table of the release's; a date can be sorted, and is shown as 2025-04-01."""
    book = load_workbook(io.BytesIO(files["figures.xlsx"]))
    for sheet in book.worksheets[2:]:
        (table,) = sheet.tables.values()

        assert "A5" == sheet.freeze_panes
        assert table.ref == table.autoFilter.ref
    names = [cell.value for cell in book["History"][4]]
    first = book["History"][5][names.index("From")]

    assert ("2021-04-01T00:00:00", "yyyy-mm-dd") == (first.value.isoformat(), first.number_format)
    assert {"Indicator code", "Area code", "Breakdown code", "Category code"} <= set(names)
    assert len(_rows(files, "definitions")) == book["Definitions"].max_row - 4


def test_frictionless_reads_the_values_that_pandas_and_the_workbook_have(folder: Path) -> None:
    """The package is valid, and the sum of all figures is one."""
    package = frictionless.Package(str(folder / "datapackage.json"))
    told = [row["value"] for row in package.get_resource("history").read_rows() if row["value"] is not None]
    sheet = pd.read_excel(folder / "figures.xlsx", sheet_name="History", header=3, engine="openpyxl")
    in_sheet = pd.to_numeric(sheet["Value"], errors="coerce").sum()

    assert package.validate().valid
    assert float(sum(told)) == pytest.approx(pd.read_csv(folder / "history.csv")["value"].sum())
    assert float(sum(told)) == pytest.approx(in_sheet)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed (r-base-core, r-cran-jsonlite)")
def test_r_reads_the_values_that_stand_in_the_files(files: dict[str, bytes], folder: Path) -> None:
    """Each column by the type that the description gives it: numbers, dates, and nothing where a figure is hidden."""
    ran = subprocess.run(["Rscript", "--vanilla", "-e", IN_R], cwd=folder, capture_output=True, timeout=60)
    if b"no package called" in ran.stderr:
        pytest.skip("R has no jsonlite (r-cran-jsonlite)")
    assert 0 == ran.returncode, ran.stderr.decode()
    read = json.loads(ran.stdout)

    tables = [list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode()))) for name in ("observations", "history")]
    one = list(csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8-sig"))))
    assert [len(rows) for rows in tables] == read["rows"]
    assert [sum(float(row["value"] or 0) for row in rows) for rows in tables] == pytest.approx(read["sums"])
    assert [sum(not row["value"] for row in rows) for rows in tables] == read["hidden"]
    assert [min(row["period_start"] for row in rows) for rows in tables] == read["first"]
    numbers = [row["Value"] for row in one if not row["Value"].startswith("[")]
    assert [len(one)] == read["one_rows"]
    assert [len(one) - len(numbers)] == read["one_marked"]
    assert sum(map(float, numbers)) == pytest.approx(read["one_sum"][0])
    assert [min(row["From"] for row in one)] == read["one_first"]
