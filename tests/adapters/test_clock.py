"""The clock: the machine's, or a file's in a rehearsal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.installation import running
from quarterday.adapters import clock
from quarterday.adapters.breakage import sentence_of
from quarterday.adapters.settings import Settings
from rehearsal.stage import MARK, NotAStageError, stage_in


def at(file: Path) -> Settings:
    """Settings whose clock is a file."""
    return Settings(home=file.parent, clock_file=file, _env_file=None)


def test_a_file_tells_the_time(tmp_path: Path) -> None:
    """Its moment is read with its offset."""
    (tmp_path / "clock").write_text("2025-07-22T09:00:00+01:00\n")

    assert clock.now(at(tmp_path / "clock")) == datetime(2025, 7, 22, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "held", [b"", b"2025-07-2", b"2025-07-22T09:00:00", b"\xff\x00\x17", b"9999-12-31T23:00:00-05:00", None]
)
def test_a_file_that_tells_no_time(tmp_path: Path, held: bytes | None) -> None:
    """Whatever it holds, or where it is gone, a sentence names the file and says what belongs there."""
    if held is not None:
        (tmp_path / "clock").write_bytes(held)
    with pytest.raises(clock.ClockError) as raised:
        clock.now(at(tmp_path / "clock"))

    assert f"{tmp_path / 'clock'} does not tell the time." in sentence_of(raised.value)
    assert "2025-07-22T09:00:00+01:00" in sentence_of(raised.value)


def test_nothing_is_started_on_a_clock_that_tells_no_time(tmp_path: Path) -> None:
    """Pages would answer each visit with a fault: whoever starts them reads it at once."""
    (tmp_path / "clock").write_text("noon")
    with pytest.raises(clock.ClockError):
        running.run(at(tmp_path / "clock"), [], print, deployed=False)


@pytest.mark.parametrize("held", ["", "{", "[]", '{"portal": 1}'])
def test_a_rehearsal_whose_mark_is_damaged(tmp_path: Path, held: str) -> None:
    """The sentence says what to delete."""
    (tmp_path / MARK).write_text(held)
    with pytest.raises(NotAStageError, match="is damaged"):
        stage_in(tmp_path)
