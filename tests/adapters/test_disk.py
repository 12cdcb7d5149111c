"""Room on the disk is watched."""

from pathlib import Path

import pytest

from quarterday.adapters.disk import DiskNearlyFullError, free_bytes, watch_room
from quarterday.adapters.settings import Settings


def test_a_disk_with_room_is_no_news(tmp_path: Path) -> None:
    """Nothing is said where enough is free."""
    watch_room(Settings(home=tmp_path / "new", least_disk_gb=0, _env_file=None))

    assert free_bytes(Settings(home=tmp_path, _env_file=None)) > 0


def test_a_disk_that_is_nearly_full(tmp_path: Path) -> None:
    """The sentence says how much is left and what to do."""
    with pytest.raises(DiskNearlyFullError, match=r"GB are free where .* Make room"):
        watch_room(Settings(home=tmp_path, least_disk_gb=10**9, _env_file=None))
