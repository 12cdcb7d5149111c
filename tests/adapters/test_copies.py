"""A copy of each night's backup in another place: made again until it is there, rotated with the backups."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterday.adapters import copies
from quarterday.adapters.copies import CopyFailedError, copy_elsewhere, unlike, without_copy
from quarterday.adapters.doctor.deep import look_at_every_file
from quarterday.adapters.doctor.keeping import look_at_backups
from quarterday.adapters.nightly import back_up_tonight
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.store.contract import sha256_of
from quarterday.domain.facts import UploadKept
from tests.adapters.register.examples import OPENED, WHO
from tests.adapters.store.conftest import buckets, credentials, moto, s3  # noqa: F401 - fixtures
from tests.adapters.test_sealing import OURS


def night(day: int) -> datetime:
    """Three in the morning, when housekeeping makes the backup."""
    return datetime(2025, 7, day, 2, tzinfo=UTC)


def named(*days: int) -> list[str]:
    """The backups of these days."""
    return [f"quarterday-2025-07-{day:02}.tar.gz" for day in days]


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    """An installation that copies its backups into a folder."""
    (tmp_path / "far").mkdir()
    made = Settings(
        home=tmp_path / "home", backups=tmp_path / "near", backups_copy=str(tmp_path / "far"), backups_kept=2
    )
    with open_register(made) as register:
        register.append(OPENED)
    return made


def said(found: Any) -> str:
    """What the doctor found, as one text."""
    return " ".join(f"{each.sentence} {each.remedy}" for each in found)


def test_copied_once_and_rotated(there: Settings, tmp_path: Path) -> None:
    """Each night's backup lies there byte by byte, for us alone, as many nights as here; others' files stay."""
    (tmp_path / "far" / "notes.txt").write_text("somebody's")
    made = []
    for day in (10, 11, 12):
        back_up_tonight(there, night(day))
        made.append(copy_elsewhere(there))
    again = copy_elsewhere(there)
    copied = tmp_path / "far" / "quarterday-2025-07-12.tar.gz"

    assert [*[[each] for each in named(10, 11, 12)], []] == [*made, again]
    assert ["notes.txt", *named(11, 12)] == sorted(each.name for each in (tmp_path / "far").iterdir())
    assert (tmp_path / "near" / copied.name).read_bytes() == copied.read_bytes()
    assert 0o600 == copied.stat().st_mode & 0o777
    assert [] == without_copy(there) == unlike(there)


def test_a_folder_that_is_not_mounted(there: Settings, tmp_path: Path) -> None:
    """Nothing is made in its stead, and doctor tells it; once it is back what was missed is copied, newest first."""
    (tmp_path / "far").rmdir()
    for day in (10, 11):
        back_up_tonight(there, night(day))
    with pytest.raises(CopyFailedError, match=r"there is no such folder: make it, or mount .* next run copies"):
        copy_elsewhere(there)
    missing = said(look_at_backups(there))
    left_out = not (tmp_path / "far").exists()
    (tmp_path / "far").mkdir()
    waiting = said(look_at_backups(there))

    assert left_out
    assert "Backups cannot be copied to" in missing
    assert "2 backup(s) have no copy" in waiting
    assert named(11, 10) == copy_elsewhere(there)


def test_a_copy_that_is_not_what_was_written(there: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that gives back other bytes fails the copy, which gets no name, and the next run makes it again."""
    back_up_tonight(there, night(10))
    with monkeypatch.context() as broken:
        broken.setattr(copies.shutil, "copyfileobj", lambda _source, target, _size: target.write(b"other"))
        with pytest.raises(CopyFailedError, match="is not what was written there"):
            copy_elsewhere(there)
    nothing = without_copy(there)

    assert named(10) == nothing == copy_elsewhere(there)
    assert named(10) == [each.name for each in (tmp_path / "far").iterdir()]


def test_a_copy_that_was_changed_is_found_by_a_deep_look(there: Settings, tmp_path: Path) -> None:
    """Doctor reads them all when it is told to look deep."""
    back_up_tonight(there, night(10))
    copy_elsewhere(there)
    sound = said(look_at_every_file(there))
    (tmp_path / "far" / named(10)[0]).write_bytes(b"other")

    assert "is not what the backup is" not in sound
    assert "The copy of quarterday-2025-07-10.tar.gz" in said(look_at_every_file(there))


def test_what_is_said_of_encryption(there: Settings) -> None:
    """Copies in the clear are told; so are backups of before encryption, which is not asked of the same day twice."""
    back_up_tonight(there, night(10))
    clear = said(look_at_backups(there))
    sealed = there.model_copy(update={"backups_for": str(OURS.to_public())})
    again = back_up_tonight(sealed, night(10))
    mixed = said(look_at_backups(sealed))
    made = [back_up_tonight(sealed, night(day)) for day in (11, 12)]
    copy_elsewhere(sealed)

    assert "Set QUARTERDAY_BACKUPS_FOR" in clear
    assert again is None
    assert "1 backup(s)" in mixed
    assert "made before backups were encrypted" in mixed
    assert [f"{each}.age" for each in named(11, 12)] == [each.name for each in made if each]
    assert "" == said(look_at_backups(sealed))
    assert "its head was not compared" in said(look_at_every_file(sealed))


def test_in_a_bucket(there: Settings, moto: str, buckets: dict[str, str], s3: Any) -> None:  # noqa: F811
    """The same in a folder of a bucket, of which every version goes; one that is not there is told."""
    held = there.model_copy(update={"s3_endpoint": moto, "backups_copy": f"s3://{buckets['raw']}/night/copies"})
    s3.put_object(Bucket=buckets["raw"], Key="night/copies/notes.txt", Body=b"somebody's")
    for day in (10, 11, 12):
        back_up_tonight(held, night(day))
        copy_elsewhere(held)
    listed = [each["Key"] for each in s3.list_object_versions(Bucket=buckets["raw"])["Versions"]]
    lost = held.model_copy(update={"backups_copy": "s3://no-such-bucket"})

    assert [f"night/copies/{each}" for each in ("notes.txt", *named(11, 12))] == sorted(listed)
    assert [] == unlike(held)
    with pytest.raises(CopyFailedError, match="cannot be copied to s3://no-such-bucket"):
        copy_elsewhere(lost)


@given(here=st.sets(st.integers(1, 9), max_size=6), away=st.sets(st.integers(1, 9), max_size=6), kept=st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_whatever_lies_there_the_newest_are_kept_and_a_second_run_does_nothing(here, away, kept, tmp_path_factory):
    """Also after a move, where copies of another machine lie there already."""
    folder = tmp_path_factory.mktemp("copies")
    made = Settings(home=folder, backups=folder / "near", backups_copy=str(folder / "far"), backups_kept=kept)
    for place, days in (("near", here), ("far", away)):
        (folder / place).mkdir()
        for name in named(*days):
            (folder / place / name).write_bytes(name.encode())
    copy_elsewhere(made)

    assert sorted({*named(*here, *away)})[-kept:] == sorted(each.name for each in (folder / "far").iterdir())
    assert [] == copy_elsewhere(made) == without_copy(made)
    assert set(named(*here)) == {each.name for each in (folder / "near").iterdir()}


@pytest.mark.parametrize("encrypted", [False, True])
def test_the_last_backup_that_holds_what_is_missing_is_kept(there: Settings, tmp_path: Path, encrypted: bool) -> None:
    """A file is lost on the 12th: the backup of the 11th stays, here and elsewhere, until the file is put back.

    What is encrypted cannot be looked into here, so none of those goes.
    """
    there = there.model_copy(update={"backups_for": str(OURS.to_public()) if encrypted else ""})
    kept = {"request": "r", "upload": "u", "sha256": sha256_of(b"12 fires"), "size": 8, "suffix": ".csv"}
    stores = open_stores(there)
    stores.raw.put("uploads/r/u.csv", b"12 fires")
    with open_register(there) as register:
        register.append(UploadKept(stored_as="uploads/r/u.csv", said_name="f.csv", **kept, **WHO))

    def nights(*days: int) -> list[str]:
        for day in days:
            back_up_tonight(there, night(day))
            copy_elsewhere(there)
        lying = [
            sorted(each.name[19:21] for each in folder.iterdir()) for folder in (tmp_path / "near", tmp_path / "far")
        ]
        assert lying[0] == lying[1]
        assert [] == without_copy(there)
        return lying[0]

    assert ["10", "11"] == nights(10, 11)
    stores.raw.delete("uploads/r/u.csv")
    longer = ["10", "11", "12", "13"] if encrypted else ["11", "12", "13"]
    assert longer == nights(12, 13)
    longer = [*longer, "14"] if encrypted else ["11", "13", "14"]
    assert longer == nights(14)
    told = said(look_at_backups(there))
    assert "1 file(s) on record are missing, such as raw/uploads/r/u.csv" in told
    assert "is kept for longer than 2 nights, since no later backup is known to hold them. Restore it into" in told
    stores.raw.put("uploads/r/u.csv", b"12 fires")

    assert ["14", "15"] == nights(15)
    assert "missing" not in said(look_at_backups(there))


def test_what_a_killed_backup_left_goes(there: Settings, tmp_path: Path) -> None:
    """A copy of the register that lay aside when the power failed is gone by the backup after the next day."""
    left = there.home / ".quarterday-backup-killed"
    left.mkdir()
    (left / "register.db").write_bytes(b"all of it")
    back_up_tonight(there, night(10))
    fresh = left.exists()
    os.utime(left, (time.time() - 2 * 24 * 3600,) * 2)
    back_up_tonight(there, night(11))

    assert (True, False) == (fresh, left.exists())
