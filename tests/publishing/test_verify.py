"""Facts about verification: what is altered is found, and a value leads back to its cell."""

import csv
import io
import json
from datetime import UTC, date, datetime
from hashlib import sha256
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from quarterday.__main__ import app
from quarterday.domain.facts import CollectionBound, Facts, FrameworkKept, ReleaseMade, ReleaseWithdrawn
from quarterday.publishing import manifest
from quarterday.publishing.fetching import at_hand
from quarterday.publishing.release import make_release
from quarterday.publishing.tracing import Wanted, trace
from quarterday.publishing.verify import NEEDED, problems
from quarterday.publishing.verify_on_record import promise_problems, register_problems, withdrawal_told
from tests.publishing.dataset_example import BOROUGH, Q1, Q4, WARDS
from tests.publishing.installation_example import COLLECTION, Office, office, publish, row, ward_rows

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


def _withdrawn():
    return ReleaseWithdrawn(
        at=datetime(2025, 8, 6, 9, tzinfo=UTC),
        by="jo",
        reason="a slip of ours",
        partnership="somewhere",
        collection=COLLECTION,
        version=1,
        for_readers="Two wards were mixed up.",
    )


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


def test_release_changed_in_every_file_and_its_manifest_is_found_by_the_register(released):
    """Who writes CSV, Parquet and manifest anew makes a folder that is whole in itself; the register knows better."""
    found, folder = released
    facts = found.installation.facts()
    listing = (folder / manifest.NAME).read_bytes()

    assert [] == register_problems(folder, facts)
    assert "knows no version 1" in register_problems(folder, Facts(()))[0]
    _change(folder, "packs/x.html", lambda data: b"<p>forged</p>")
    assert [] == problems(folder)
    assert ["manifest.json is not what was published: its SHA-256 differs from the register's."] == register_problems(
        folder, facts
    )
    assert listing != (folder / manifest.NAME).read_bytes()


DAMAGES = {
    "cut short": lambda data: data[: len(data) // 2],
    "emptied": lambda data: b"",
    "of other bytes": lambda data: bytes(range(256)) * 4,
    "of other words": lambda data: b"a,b\n1,2\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_table_is_told_in_a_sentence_although_the_manifest_agrees(released, damage):
    """Each table in turn is damaged and the manifest made to agree: it is told, and nothing is raised."""
    folder = released[1]
    for name in NEEDED:
        whole, listing = (folder / name).read_bytes(), (folder / manifest.NAME).read_bytes()
        _change(folder, name, DAMAGES[damage])

        assert problems(folder), name
        (folder / name).write_bytes(whole)
        (folder / manifest.NAME).write_bytes(listing)

    assert [] == problems(folder)


def test_table_left_out_of_folder_and_manifest_is_found(released):
    """Every release has its tables: a manifest that names none of them is no release's."""
    folder = released[1]
    listing = json.loads((folder / manifest.NAME).read_bytes())
    listing["files"] = [each for each in listing["files"] if each["path"] != "gaps.csv"]
    (folder / "gaps.csv").unlink()
    (folder / manifest.NAME).chmod(0o600)
    (folder / manifest.NAME).write_text(json.dumps(listing))

    assert ["gaps.csv is not among the release's files."] == problems(folder)


def test_every_value_leads_to_the_cells_that_it_was_made_from(tmp_path, monkeypatch):
    """Totals, the sum of three months, a rate and an earlier quarter: each leads to the cells of a return."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/x.html": b"x"})
    found = office(tmp_path)
    found.opened("somewhere.2024-25-q4", Q4)
    found.returned("fire", [row(value=21)], collection="somewhere.2024-25-q4")
    found.opened()
    share = row("detected", None, numerator=40, denominator=160, cells=(("Numerator", "I9"), ("Denominator", "J9")))
    found.returned("police", [*ward_rows(((12, 13, 20), (9, 15, 30), (25, 18, 40))), share])
    months = zip(Q1.months(), (11, 12, 13), ("H2", "H3", "H4"), strict=True)
    found.returned("fire", [row(value=value, period=month, cells=(("Value", at),)) for month, value, at in months])
    folder = found.folder(make_release(found.installation, publish()).folder)
    rows = list(csv.DictReader((folder / "observations.csv").open()))
    traced = {
        (each["indicator"], each["area_name"], each["category"]): "\n".join(
            trace(folder, Wanted(each["indicator"], each["area_code"], each["category"]))
        )
        for each in rows
    }

    assert 18 == len(traced)
    assert all("cells " in lines or "added up from" in lines for lines in traced.values())
    assert "cells Figures!H2, Figures!H3, Figures!H4" in traced["fires", "Somewhere", ""]
    assert "cells Figures!I9, Figures!J9" in traced["detected", "Somewhere", ""]
    assert "added up from 9 figures" in traced["thefts", "Somewhere", ""]
    assert "added up from 3 figures" in traced["thefts", "Somewhere", "shop"]
    assert "R-fire-1" in "\n".join(trace(folder, Wanted.parse("fires,Somewhere,,2024-25 Q4")))


def test_command_says_by_its_exit_code_what_it_found(released, tmp_path, monkeypatch):
    """0 for a whole release, 1 for a damaged or forged one, 2 for a value that it does not have."""
    found, folder = released
    monkeypatch.setattr("quarterday.commands.verify.get_settings", lambda: found.installation.settings)
    small = found.installation.framework
    monkeypatch.setattr("quarterday.commands.verify.load_framework", lambda _: small)

    def ends(*said: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["verify", *said])
        return result.exit_code, result.output

    assert 0 == ends(str(folder))[0]
    assert "the one that the register names" in ends(str(folder))[1]
    assert "No register was asked" in ends(str(folder), "--alone")[1]
    assert "D4 holds '40'" in ends(str(folder), "--trace", f"thefts,{WARDS[2]},vehicle")[1]
    assert 2 == ends(str(folder), "--trace", "arsons,Somewhere,")[0]
    assert 2 == ends(str(folder), "--trace", "thefts,Somewhere,,2024")[0]
    assert 1 == ends(str(tmp_path / "none"))[0]
    _change(folder, "packs/x.html", lambda data: b"<p>forged</p>")
    assert (1, 0) == (ends(str(folder))[0], ends(str(folder), "--alone")[0])


def test_a_quarter_is_named_instead_of_a_folder(released, monkeypatch):
    """Its latest release that stands is proved; a quarter without one is told with those that have one."""
    found, folder = released
    monkeypatch.setattr("quarterday.commands.verify.get_settings", lambda: found.installation.settings)
    small = found.installation.framework
    monkeypatch.setattr("quarterday.commands.verify.load_framework", lambda _: small)

    def ends(*said: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["verify", *said])
        return result.exit_code, " ".join(result.output.split())

    code, told = ends("2025-26Q1", "--trace", f"thefts,{WARDS[2]},vehicle")
    assert (0, True) == (code, told.startswith("2025-26 Q1, version 1, of"))
    assert "the one that the register names" in told
    assert "D4 holds '40'" in told
    assert (1, True) == (
        (code := ends("2025-26Q2"))[0],
        "None was published. Releases stand of: 2025-26 Q1." in code[1],
    )
    assert "nor is it a quarter: that is written as 2025-26Q1" in ends("2025Q1")[1]
    assert 2 == ends("2025-26Q1", "--alone")[0]
    found.record(_withdrawn())
    assert "Every release of it was withdrawn. Releases stand of: no quarter yet." in ends("2025-26 Q1")[1]
    assert folder.is_dir()


def test_a_release_in_a_bucket_is_fetched_for_the_while(released):
    """A copy of every file, which is gone again afterwards."""
    found, folder = released
    published = found.installation.stores.published
    (made,) = found.installation.facts().of(ReleaseMade)
    bucket = SimpleNamespace(names=published.names, get=published.get)  # what FilesStore is not

    with at_hand(bucket, made) as copied:
        assert folder != copied
        assert [] == problems(copied)
    assert not copied.exists()


def test_a_framework_that_was_tampered_with_is_told() -> None:
    """The register's own copy of what a quarter promised is held to its SHA-256."""
    who = {"at": datetime(2025, 8, 5, 9, tzinfo=UTC), "by": "quarterday", "partnership": "somewhere"}
    day = date(2025, 8, 1)
    bound = CollectionBound(
        collection="somewhere.2025-26-q1",
        number=0,
        framework="0" * 64,
        due=day,
        closes=day,
        publish_on=day,
        request_on=(),
        due_on=(),
        papers_on=(),
        **who,
    )
    kept = FrameworkKept(sha256="0" * 64, content="{}", **who)

    (told,) = promise_problems(Facts([bound, kept]), "somewhere.2025-26-q1")

    assert "quarterday restore" in told


def test_a_withdrawn_release_is_told_with_what_stands(released):
    """It is whole and yet not to be used: verification says who took it back, the words for readers, what stands."""
    found, folder = released
    assert "" == withdrawal_told(folder, found.installation.facts())
    found.record(_withdrawn())

    assert (
        "Version 1 was withdrawn on 6 August 2025 by jo. Readers are told: “Two wards were mixed up.” "
        "No version stands in its place."
    ) == withdrawal_told(folder, found.installation.facts())
    assert [] == register_problems(folder, found.installation.facts())
