"""Facts about the published files themselves: real ward figures, and what no file may hold."""

import csv
import io
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from quarterday.adapters.config_files import load_exports, load_framework
from quarterday.adapters.reading import FileTables, as_return, read_tables
from quarterday.domain.facts import GapRecorded, RequestMade
from quarterday.domain.framework.periods import parse_quarter
from quarterday.publishing.candidate import prepare
from quarterday.publishing.csv_cells import guarded, unguarded, written
from quarterday.publishing.release import make_release, release_files
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.publishing.workbook import NAME as WORKBOOK
from tests.publishing.dataset_example import DETECTED, FIRES, THEFTS, framework
from tests.publishing.dataset_example import indicator as _indicator
from tests.publishing.installation_example import COLLECTION as INSTALLED
from tests.publishing.installation_example import office, publish, row, ward_rows

PROJECT = Path(__file__).parents[2]
EXPORT = PROJECT / "../shared/data/lewisham_ward_crime/mps_ward_crime_202307-202506.csv"
MONTHS = ("202504", "202505", "202506")
COLLECTION = "safer-lewisham.2025-26-q1"


def _slug(text: str) -> str:
    return "-".join("".join(each if each.isalnum() else " " for each in text.lower()).split())


@pytest.fixture(scope="module")
def real_release(tmp_path_factory):
    """The observations of a release made from the police's own export, as published."""
    if not EXPORT.exists():
        pytest.skip(f"{EXPORT} is not at hand")
    house = load_framework(PROJECT / "config")
    found = office(tmp_path_factory.mktemp("real"), house)
    partner = next(each.code for each in house.partners if each.export)
    quarter = parse_quarter("2025-26 Q1")
    found.opened(COLLECTION, quarter)
    (request,) = (each for each in found.installation.facts().of(RequestMade) if each.partner == partner)
    reading = read_tables(EXPORT.read_bytes(), EXPORT.name)
    assert isinstance(reading, FileTables)
    read = as_return(reading, house, request, quarter, load_exports(PROJECT / "config"))
    found.returned(partner, read.partner_return.rows, collection=COLLECTION)
    tables = prepare(found.installation, publish(1, COLLECTION)).tables
    return house, list(csv.DictReader(io.StringIO(to_csv(tables_of(house, tables)[0]).decode())))


def test_each_ward_and_offence_is_the_sum_of_its_three_months(real_release):
    """Every published ward and offence value is the sum of the three months in the police's file, added up here."""
    house, rows = real_release
    expected: Counter[tuple[str, str]] = Counter()
    with EXPORT.open(encoding="utf-8-sig") as lines:
        for line in csv.DictReader(lines):
            if line["LookUp_BoroughName"] == "Lewisham":
                expected[line["WardCode"], _slug(line["MinorText"])] += sum(int(line[month]) for month in MONTHS)
    (indicator,) = (each.code for each in house.indicators if each.area == "ward")
    published = {
        (row["area_code"], row["category"]): float(row["value"])
        for row in rows
        if row["indicator"] == indicator and row["breakdown"] and row["area_code"].startswith("E05")
    }
    titles = {_slug(each.title): each.code for each in house.breakdown["offence"].categories}

    assert 19 == len({area for area, _ in published})
    assert 500 < len(expected)
    assert {} == {
        key: (value, published.get((key[0], titles.get(key[1], key[1]))))
        for key, value in expected.items()
        if published.get((key[0], titles.get(key[1], key[1]))) != value
    }
    assert sum(expected.values()) == sum(published.values())


TELLING = 6841  # a count that stands nowhere else, so that finding its digits means finding it


def _texts(name: str, data: bytes) -> str:
    """All that a file says, its parts unpacked."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return " ".join(parts.read(each).decode(errors="replace") for each in parts.namelist())
    if data[:4] == b"%PDF":
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data[:4] == b"PAR1":
        import pyarrow.parquet as pq

        return str(pq.read_table(io.BytesIO(data)).to_pylist())
    return data.decode(errors="replace")


FORMULA = '=HYPERLINK("http://x","y")'
WORDS = ("=1+1", "+44", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1+1", "\r=1+1", FORMULA, "<b onclick=a()>")
PERSONS = ("Unwin", "7946 0018", "SE13 5JH")


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A release in every format: a hidden count, partners' nasty words, words about people, a number below 0."""
    house = framework(
        THEFTS, FIRES, DETECTED, *(_indicator(f"said-{number}", "fire", at_least=-9) for number in range(len(WORDS)))
    )
    found = office(tmp_path_factory.mktemp("scanned"), house)
    found.opened()
    # the second kind's only other counts are great: one of them must be hidden to protect the three
    found.returned("police", ward_rows(((TELLING, 3, 0), (0, 0, 0), (0, 7000, 0))))
    about = row(value=31, comment="Mr Unwin, 020 7946 0018, of SE13 5JH told us.")
    said = [row(f"said-{number}", -7, comment=words) for number, words in enumerate(WORDS)]
    found.returned("fire", [about, *said], explanations=f"{TELLING} is what Mr Unwin counted.")
    found.record(
        GapRecorded(
            at=found.now(),
            by="jo",
            reason=FORMULA,
            partnership="somewhere",
            collection=INSTALLED,
            request="",
            partner="police",
            indicator="detected",
            owner="+Somebody",
            expected=None,
        )
    )
    tables = prepare(found.installation, publish()).tables
    return house, tables, release_files(house, tables)


def test_no_published_file_holds_a_hidden_value(scanned):
    """A great count hidden for another's sake is in no file of the release: no table, pack, chart or property."""
    _, tables, files = scanned
    hidden = {(each.area_code, each.category) for each in tables.observations if each.marker == "[c]"}
    shown = {each.value for each in tables.observations}

    assert ("E05000001", "bicycle") in hidden
    assert TELLING not in shown
    for name, data in files.items():
        assert f"{TELLING}" not in _texts(name, data).replace(",", ""), name


def test_no_published_file_tells_of_a_person(scanned):
    """Neither whom a partner's words name, nor who sends and receives returns, is in any file."""
    house, _, files = scanned
    people = [each for partner in house.partners for each in (partner.contact, partner.deputy, partner.manager) if each]
    for name, data in files.items():
        text = _texts(name, data)

        assert [] == [each for each in (*PERSONS, *(person.email for person in people)) if each in text], name


def test_no_cell_of_a_published_table_runs(scanned):
    """In CSV and workbook, partners' words stay words, whatever they begin with; a number below 0 stays a number."""
    _, _, files = scanned
    for name, data in files.items():
        if name.endswith(".csv"):
            cells = [cell for line in csv.reader(io.StringIO(data.decode(), newline="")) for cell in line]
            assert [] == [each for each in cells if each[:1] in set("=+-@\t\r") and not _is_number(each)], name
    book = load_workbook(io.BytesIO(files[WORKBOOK]))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]

    assert "f" not in {cell.data_type for cell in cells}
    assert len(WORDS) == sum(cell.value == -7 and cell.data_type == "n" for cell in cells)
    assert [] == [cell.value for cell in cells if str(cell.value)[:1] in set("=+-@\t\r") and cell.data_type != "n"]
    assert b",-7,," in files["observations.csv"]


def test_partners_words_are_no_markup_in_a_page(scanned):
    """Words with angle brackets are shown as they were written, in the pages and in the office formats."""
    _, _, files = scanned

    assert [] == [name for name, data in files.items() if "<b onclick" in _texts(name, data) and name.endswith("html")]
    for name, data in files.items():
        if name.endswith((".docx", ".pptx")):
            assert "<b onclick" not in _texts(name, data)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_same_figures_give_the_same_bytes(tmp_path):
    """Made again of the same facts, every file of a release is the same to the byte, packs included."""
    found = office(tmp_path)
    found.opened()
    found.returned("police", ward_rows(((12, 3, 20), (9, 15, 30), (25, 18, 40))))
    once, again = (
        release_files(found.installation.framework, prepare(found.installation, publish()).tables) for _ in range(2)
    )

    assert [] == [name for name in once if once[name] != again[name]]


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-cmd", "@SUM(A1)", "\t=1", " =1", "'=1", "plain", "a=b", ""])
def test_guarded_text_is_harmless_and_comes_back(text):
    """Text that begins as a formula is guarded by an apostrophe, and read back as it was."""
    safe = guarded(text)

    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
    assert text == unguarded(safe)


def test_numbers_stay_numbers():
    """A negative number is written as a number; a whole one without a point; nothing is never nought."""
    assert ["-3", "12", "0.5", "", "0", "true", "2025-04-01"] == [
        written(each) for each in (-3, 12.0, 0.5, None, 0, True, date(2025, 4, 1))
    ]


def test_release_names_every_file_it_needs(tmp_path, monkeypatch):
    """A release has its tables in CSV, its figures in Parquet, a workbook, a description and packs."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/x.html": b"x"})
    found = office(tmp_path)
    found.opened()
    fact = make_release(found.installation, publish())
    folder = found.folder(fact.folder)

    assert {
        "observations.csv", "observations.parquet", "history.csv", "history.parquet", "indicators.csv", "coverage.csv",
        "rates.csv", "gaps.csv", "revisions.csv", "versions.csv", "datapackage.json", "figures.xlsx", "manifest.json",
        "packs/x.html", "areas.csv", "categories.csv", "definitions.csv", "markers.csv", "csv-metadata.json",
        "figures.csv",
    } == {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}  # fmt: skip
