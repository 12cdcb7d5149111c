"""Room on the disk is watched."""

import errno
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from quarterday.adapters import disk
from quarterday.adapters.disk import DiskNearlyFullError, free_bytes, watch_room, why_nothing_is_kept
from quarterday.adapters.settings import Settings


def test_a_disk_with_room_is_no_news(tmp_path: Path) -> None:
    """Nothing is said where enough is free."""
    watch_room(Settings(home=tmp_path / "new", least_disk_gb=0, _env_file=None))

    assert free_bytes(Settings(home=tmp_path, _env_file=None)) > 0


def test_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    """The sentence says how much is left and what to do."""
    with pytest.raises(DiskNearlyFullError, match=r"GB are free where .* Make room"):
        watch_room(Settings(home=tmp_path, least_disk_gb=10**9, _env_file=None))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "The disk is full. Make room on it."),
        (errno.EROFS, "The disk can only be read."),
        (errno.EACCES, "Give the user who runs quarterday the right to."),
        (errno.ENOTDIR, "may not be written"),
    ],
)
def test_why_no_return_could_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str) -> None:
    """The folder of the home is tried, and whatever the disk answers becomes a sentence."""

    def refused(**_: object) -> None:
        raise OSError(number, "as the disk says it")

    here = Settings(home=tmp_path, _env_file=None)
    assert why_nothing_is_kept(here) == ""

    monkeypatch.setattr(disk.tempfile, "TemporaryFile", refused)

    assert said in why_nothing_is_kept(here)
    elsewhere = {"store": "s3", "database_url": "postgresql://somebody@there/register"}
    assert why_nothing_is_kept(Settings(home=tmp_path, _env_file=None, **elsewhere)) == ""


def test_no_room_for_one_more_return(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk on which the largest return finds no room is full, though a small file still fits."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    assert "The disk is full" in why_nothing_is_kept(Settings(home=tmp_path, _env_file=None))
