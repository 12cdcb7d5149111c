"""A byte that the disk flipped is found: by the hour's share, by the doctor who looks deep, and by a backup."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from quarterday.adapters.archives import BackupError
from quarterday.adapters.backups import back_up
from quarterday.adapters.damage import SHARES, DamageFoundError, damage, look_at_share
from quarterday.adapters.doctor.deep import look_at_every_file
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.store.contract import sha256_of
from quarterday.domain.facts import Facts, FileDeleted, UploadKept
from tests.adapters.register.examples import WHO

AT = datetime(2025, 7, 22, 17, 0, tzinfo=UTC)
FILE = "uploads/somewhere.2025-26-q1.fire/u1.csv"
KEPT = UploadKept(
    request="somewhere.2025-26-q1.fire",
    upload="u1",
    sha256=sha256_of(b"12 fires"),
    size=8,
    suffix=".csv",
    stored_as=FILE,
    said_name="q1.csv",
    **WHO,
)


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """An installation that keeps one file, whole."""
    settings = Settings(home=tmp_path / "home")
    open_stores(settings).raw.put(FILE, b"12 fires")
    with open_register(settings) as register:
        register.append(KEPT)
    return settings


def flip(settings: Settings) -> None:
    """What a bad disk does: other bytes under the same name."""
    (settings.home / "store" / "raw" / FILE).write_bytes(b"13 fires")


def test_a_whole_file_is_no_damage(home: Settings) -> None:
    """Nothing is said of what is as it was kept."""
    assert [] == list(damage(open_stores(home), Facts([KEPT])))


def test_a_flipped_byte_is_found_within_a_week_of_hourly_looks(home: Settings) -> None:
    """Each hour holds its share of the files to the SHA-256 that the register knows."""
    flip(home)
    stores, facts, found = open_stores(home), Facts([KEPT]), 0
    for hour in range(SHARES):
        try:
            look_at_share(stores, facts, AT + timedelta(hours=hour))
        except DamageFoundError as problem:
            assert FILE in str(problem)
            found += 1

    assert 1 == found


def test_the_doctor_who_looks_deep_names_it(home: Settings) -> None:
    """With what to do about it."""
    flip(home)

    assert [FILE in each.sentence for each in look_at_every_file(home)] == [True]


def test_a_backup_does_not_launder_damaged_bytes(home: Settings, tmp_path: Path) -> None:
    """Archived under its new SHA-256 the damage would look like the file: there is no archive instead."""
    flip(home)
    with pytest.raises(BackupError, match="not what was kept"):
        back_up(home, tmp_path / "backup.tar.gz", AT)

    assert not (tmp_path / "backup.tar.gz").exists()


def test_what_retention_deleted_is_not_missed(home: Settings) -> None:
    """A file that may no longer be kept is gone on purpose."""
    deleted = FileDeleted(stored_as=FILE, sha256=KEPT.sha256, **WHO)
    open_stores(home).raw.delete(FILE)

    assert [f"{FILE} is missing."] == list(damage(open_stores(home), Facts([KEPT])))
    assert [] == list(damage(open_stores(home), Facts([KEPT, deleted])))
