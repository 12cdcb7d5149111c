"""An earlier quarter's file that cannot be read back keeps no later quarter from readers, and is not passed over."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from quarterday.adapters.backups import back_up, restore
from quarterday.adapters.store import Damaged, NotStored, open_stores
from quarterday.domain.facts import FiguresBackfilled, ReleaseMade
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period
from quarterday.publishing import release
from quarterday.publishing.candidate import Candidate, prepare
from quarterday.publishing.disclosure.risk import TruthLostError
from quarterday.publishing.past import past_releases
from quarterday.publishing.retold import AGAIN
from quarterday.publishing.tables import Observation
from tests.publishing.dataset_example import Q4, WARDS
from tests.publishing.installation_example import COLLECTION, Office, office, publish, row, ward_rows

BEFORE = "somewhere.2024-25-q4"
THEN, NOW = ((12, 3, 20), (9, 15, 30), (25, 18, 40)), ((11, 6, 21), (8, 14, 33), (26, 17, 38))
A_YEAR = Period(date(2024, 7, 1), date(2025, 6, 30))


@pytest.fixture
def quarters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two quarters for which both partners answered; the first is not released yet."""
    monkeypatch.setattr(release, "build_packs", lambda *_: {})
    monkeypatch.setattr(release, "workbook", lambda *_: b"x")
    found = office(tmp_path)
    for collection, period, thefts, fires in ((BEFORE, Q4, THEN, 31), (COLLECTION, None, NOW, 33)):
        found.opened(collection, period) if period else found.opened(collection)
        found.returned("police", ward_rows(thefts), collection=collection)
        found.returned("fire", [row(value=fires)], collection=collection)
    return found


def spoil(found: Office, pattern: str, text: bytes = b"half a fi") -> None:
    """What a bad disk does to one stored file; what this process knew of it is forgotten."""
    (file,) = (found.installation.settings.home / "store").rglob(pattern)
    file.chmod(0o644)
    file.write_bytes(text)
    found.installation = replace(found.installation, stores=open_stores(found.installation.settings))


def history(candidate: Candidate, code: str) -> dict[object, Observation]:
    """What a release says of an indicator's earlier figures."""
    return {each.key: each for each in candidate.tables.history if each.indicator == code}


def current(candidate: Candidate, code: str) -> list[Observation]:
    """What it says of the quarter's own."""
    return [each for each in candidate.tables.observations if each.indicator == code]


def test_what_was_published_is_repeated_and_nothing_else(quarters):
    """Every figure of the lost return as readers have it, hidden ones hidden, each saying so; the others as ever."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    whole = prepare(quarters.installation, publish())
    (before,) = past_releases(quarters.installation.stores, quarters.installation.facts())
    spoil(quarters, "R-police-1/rows-*.json")
    made = prepare(quarters.installation, publish())
    again = history(made, "thefts")

    assert {each.key for each in before.observations if each.indicator == "thefts"} == set(again)
    assert any(Marker.CONFIDENTIAL is each.marker for each in again.values())
    for key, each in again.items():
        said = before.by_key()[key]
        assert (said.value, said.marker is Marker.CONFIDENTIAL) == (each.value, each.marker is Marker.CONFIDENTIAL)
        assert AGAIN in each.caveats
    assert history(whole, "fires") == history(made, "fires")
    assert current(whole, "fires") == current(made, "fires")


def test_readers_and_officers_are_told(quarters):
    """The quarter's own figures say it once, by their totals; an officer reads which return, and what to do."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    spoil(quarters, "R-police-1/rows-*.json")
    made = prepare(quarters.installation, publish())
    told = "January to March 2025: repeated as last published; the file behind it can no longer be read."

    assert {True} == {told in each.caveats for each in current(made, "thefts") if not each.breakdown}
    assert {False} == {told in each.caveats for each in current(made, "thefts") if each.breakdown}
    assert "Return R-police-1 (January to March 2025) cannot be read back" in made.to_look_at[0]
    assert "Put the file back from a backup." in made.to_look_at[0]


def test_what_was_never_published_is_left_out_and_told(quarters):
    """Nobody knows it, so there is nothing to repeat: the release goes out without, and says so."""
    spoil(quarters, "R-police-1/rows-*.json")
    made = release.make_release(quarters.installation, publish())
    candidate = prepare(quarters.installation, publish())
    told = "January to March 2025: left out; the file behind it can no longer be read."

    assert (made,) == quarters.installation.facts().of(ReleaseMade)
    assert {} == history(candidate, "thefts")
    assert 1 == len(history(candidate, "fires"))
    assert all(told in each.caveats for each in current(candidate, "thefts") if not each.breakdown)
    assert "It is left out." in candidate.to_look_at[0]


def test_a_release_that_adds_to_what_is_lost_is_stopped(quarters):
    """A year that holds the lost quarter could give its hidden figures away by difference: nobody can prove it not."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    year = [row("thefts", 90, ward, breakdown="kind", category="shop") for ward in WARDS]
    quarters.returned("police", year, period_start=A_YEAR.start, period_end=A_YEAR.end)
    prepare(quarters.installation, publish())
    spoil(quarters, "R-police-1/rows-*.json")
    with pytest.raises(TruthLostError, match=r"adds to earlier figures of .*thefts.* Put the file back from a backup"):
        prepare(quarters.installation, publish())


def test_findings_that_bind_figures_are_as_dear(quarters):
    """A figure without the caveats that its findings gave it would say more than is known."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    spoil(quarters, "R-fire-2/findings-*.json")
    made = prepare(quarters.installation, publish())

    assert [31.0] == [each.value for each in history(made, "fires").values()]
    assert all(AGAIN in each.caveats for each in history(made, "fires").values())


def test_the_quarter_s_own_damage_stops_its_release(quarters):
    """A release is not made from half of what was accepted."""
    spoil(quarters, "R-police-3/rows-*.json")
    with pytest.raises(Damaged, match="R-police-3/rows-"):
        prepare(quarters.installation, publish())


def test_a_damaged_backfill_is_repeated_from_what_was_published(quarters):
    """Figures from before quarterday, too."""
    columns = b"indicator,area_code,breakdown,category,period_start,period_end,value"
    data = columns + b"\nfires,E09000099,,,2024-10-01,2024-12-31,29\n"
    kept = quarters.installation.stores.raw.put("backfill/fires.csv", data)
    stored = {"stored_as": kept.name, "sha256": kept.sha256, "rows": 1}
    quarters.record(FiguresBackfilled(at=quarters.now(), by="jo", partnership="somewhere", **stored))
    release.make_release(quarters.installation, publish(collection=BEFORE))
    spoil(quarters, "backfill/fires.csv", data.replace(b"29", b"92"))
    made = prepare(quarters.installation, publish())

    assert [29.0, 31.0] == [each.value for each in history(made, "fires").values()]
    assert "The earlier figures, backfill 1, cannot be read back" in made.to_look_at[0]


def test_a_damaged_publication_is_read_from_its_twin(quarters):
    """What readers have seen is read as the manifest knows it: the CSV, else the Parquet with the same values."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    facts = quarters.installation.facts()
    whole = past_releases(quarters.installation.stores, facts)
    spoil(quarters, "observations.csv", b"indicator\n")
    twin = past_releases(quarters.installation.stores, facts)
    spoil(quarters, "observations.parquet")

    assert whole == twin
    with pytest.raises((Damaged, NotStored)):
        past_releases(quarters.installation.stores, facts)


def test_a_release_that_is_lost_stops_those_after_it_until_it_is_put_back(quarters, tmp_path):
    """The sentence names the file and says how it comes back; done so from the night's backup, the next is made."""
    release.make_release(quarters.installation, publish(collection=BEFORE))
    back_up(quarters.installation.settings, tmp_path / "night.tar.gz", quarters.now())
    (listing,) = (quarters.installation.settings.home / "store").rglob("manifest.json")
    listing.unlink()
    quarters.installation = replace(quarters.installation, stores=open_stores(quarters.installation.settings))
    with pytest.raises(NotStored) as lost:
        release.make_release(quarters.installation, publish())
    told = str(lost.value)

    assert f"{BEFORE}/v1/manifest.json is missing, and no release is made until it is back" in told
    assert "Restore a backup made before into another folder and copy the file from its store/published" in told

    beside = quarters.installation.settings.model_copy(update={"home": tmp_path / "beside"})
    restore(beside, tmp_path / "night.tar.gz")
    shutil.copy(beside.home / "store" / "published" / BEFORE / "v1" / "manifest.json", listing)
    release.make_release(quarters.installation, publish())

    assert [BEFORE, COLLECTION] == [each.collection for each in quarters.installation.facts().of(ReleaseMade)]
