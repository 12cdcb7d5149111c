"""Facts about verification: what is altered is found, and a value leads back to its cell."""

import csv
import io
from hashlib import sha256

import pytest
from click.testing import CliRunner

from quarterday.cli import app
from quarterday.publishing import manifest
from quarterday.publishing.release import make_release
from quarterday.publishing.tracing import Wanted, trace
from quarterday.publishing.verify import problems
from tests.publishing.dataset_example import BOROUGH, WARDS
from tests.publishing.installation_example import Office, office, publish, row, ward_rows

TABLE = ((12, 3, 20), (9, 15, 30), (25, 18, 40))
FILE = b",bicycle,shop,vehicle\nWard 1,12,3,20\nWard 2,9,15,30\nWard 3,25,18,40\n"


@pytest.fixture
def released(tmp_path, monkeypatch):
    """A release and its folder; the police's file is kept."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/x.html": b"x"})
    found = office(tmp_path)
    found.opened()
    stored = found.installation.stores.raw.put("uploads/police.csv", FILE)
    rows = [each.__class__(**{**each.__dict__, "sheet": ""}) for each in ward_rows(TABLE)]
    found.returned("police", rows, stored_as=stored.name, sha256=stored.sha256, suffix=".csv")
    found.returned("fire", [row(value=31)])
    fact = make_release(found.installation, publish())
    return found, found.folder(fact.folder)


def _change(folder, name, change):
    """Alter a file and make the manifest agree, as somebody would who wants to hide it."""
    path = folder / name
    data = change(path.read_bytes())
    listing = (folder / manifest.NAME).read_text()
    listing = listing.replace(sha256(path.read_bytes()).hexdigest(), sha256(data).hexdigest())
    listing = listing.replace(f'"size": {path.stat().st_size},', f'"size": {len(data)},')
    path.chmod(0o600)
    (folder / manifest.NAME).chmod(0o600)
    path.write_bytes(data)
    (folder / manifest.NAME).write_text(listing)


def _with_cell(data: bytes, wanted: dict[str, str], **changes: str) -> bytes:
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    for line in rows:
        if all(line[name] == value for name, value in wanted.items()):
            line.update(changes)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_whole_release_has_no_problems(released):
    """A release as it was published is whole."""
    assert [] == problems(released[1])


def test_folder_without_manifest_is_no_release(tmp_path):
    """A folder whose manifest was never written is no release, and is said to be none."""
    assert "never finished" in problems(tmp_path)[0]


def test_one_changed_byte_is_found(released):
    """A changed byte anywhere is found by its hash."""
    path = released[1] / "observations.parquet"
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")

    assert ["observations.parquet is not what was published: its SHA-256 differs from the manifest's."] == problems(
        released[1]
    )


def test_missing_and_foreign_files_are_found(released):
    """A file that went and a file that came are both told."""
    (released[1] / "gaps.csv").unlink()
    (released[1] / "notes.txt").write_text("x")

    assert ["gaps.csv is missing.", "notes.txt is in the folder but not in the manifest."] == problems(released[1])


def test_changed_value_is_found_although_the_manifest_was_changed_with_it(released):
    """A figure changed in the CSV no longer is what the Parquet and the totals say."""
    where = {"indicator": "thefts", "area_code": WARDS[2], "category": "vehicle"}
    _change(released[1], "observations.csv", lambda data: _with_cell(data, where, value="41"))
    found = problems(released[1])

    assert "observations.parquet does not hold what its CSV holds." in found
    assert any("is not the sum of its parts" in each for each in found)


def test_hidden_value_that_shows_is_found(released):
    """A value beside the marker [c] contradicts it."""
    where = {"indicator": "thefts", "area_code": WARDS[0], "category": "shop"}
    _change(released[1], "observations.csv", lambda data: _with_cell(data, where, value="3"))

    assert any("has a value although it is marked [c]" in each for each in problems(released[1]))


def test_value_is_traced_to_its_cell(released):
    """A value leads to its return, to the file with its SHA-256, and to what the cell holds."""
    found, folder = released
    lines = trace(folder, Wanted.parse(f"thefts,{WARDS[2]},Vehicle"), found.installation.facts(), _stores(found))

    assert "thefts, Ward 3, Vehicle, April to June 2025: 40 [p]" == lines[0]
    assert "  from return R-police-1" in lines[1]
    assert "    D4 holds '40'" in lines


def _stores(found: Office):
    return found.installation.stores


def test_total_is_traced_to_its_parts(released):
    """A total of ours leads to the figures it was added up from, hidden ones without their value."""
    lines = trace(released[1], Wanted.parse(f"thefts,{WARDS[0]},"))

    assert any("added up from 3 figures" in line for line in lines)
    assert any("[c]" in line and "C2" in line for line in lines)


def test_trace_of_a_hidden_value_does_not_tell_it(released):
    """Tracing a hidden value names its cell and does not read it out."""
    found, folder = released
    lines = trace(folder, Wanted.parse(f"thefts,{WARDS[0]},shop"), found.installation.facts(), _stores(found))

    assert any("not read out" in line for line in lines)
    assert not any("holds" in line for line in lines)


def test_unknown_value_is_told(released):
    """A value that the release does not have is told as such."""
    with pytest.raises(LookupError, match=f"no figure of arsons for {BOROUGH}"):
        trace(released[1], Wanted.parse(f"arsons,{BOROUGH},"))


def test_command_ends_with_one_where_a_release_is_not_whole(tmp_path):
    """`quarterday verify` of a folder that is no release exits with 1."""

    assert 1 == CliRunner().invoke(app, ["verify", str(tmp_path)]).exit_code
