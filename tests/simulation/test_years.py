"""A simulated year: the same seed tells the same story, and whatever breaks, promises hold."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import __main__ as command
from simulation import many as several
from simulation.__main__ import said
from simulation.faults import KilledError
from simulation.many import many
from simulation.year import Story, Told, play, short

ROOT = Path(__file__).parents[2]
YEARS = int(os.environ.get("YEARS", "2"))  # `make siege` plays as many as one likes
SHORT = int(os.environ.get("SHORT", "200"))


def test_the_same_seed_gives_the_same_log(home: Path) -> None:
    """A story told twice, of a few partners and many faults, is the same to the last line."""
    log = play(short(7), home).log

    assert log == play(short(7), home).log
    assert len(log) > 50


@pytest.mark.proof
def test_a_quarter_without_faults_keeps_every_promise(home: Path) -> None:
    """Nothing goes wrong but people, and a mail server that is away now and then. A real quarter: over ten seconds."""
    told = play(Story(1, rate=0, quarters=1), home)

    assert () == told.broken
    assert told.emails > 80


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_promises_hold_through_quarters_of_a_few_partners(home: Path) -> None:
    """Two hundred quarters of four partners each, others with every seed, in which one side effect in 25 goes wrong.

    A whole year costs twenty times as much, and its length adds least: nearly all that broke years broke quarters too.
    """
    assert [] == _failed([short(seed) for seed in range(1, SHORT + 1)], home)


@pytest.mark.proof
@pytest.mark.timeout(1000)
def test_the_command_plays_two_seeds_on_two_processes_and_says_so(home: Path) -> None:
    """As `make siege` begins it: a process that could not begin, or never ended, would show here. Imports take long."""
    words = [*("--seeds", "1-2", "--short", "--processes", "2"), *("--home", str(home))]

    ended = subprocess.run(
        [sys.executable, "-m", "simulation", *words], cwd=ROOT, capture_output=True, text=True, timeout=900, check=False
    )

    assert 0 == ended.returncode, ended.stderr
    last = ended.stdout.splitlines()[-1]
    assert last.startswith("2 quarters, ")
    assert last.endswith(" quarters a minute on 2 processes; 0 seeds failed.")


def test_a_seed_that_ends_in_an_exception_is_named(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what was raised and where; the others are played, and the command fails."""
    _play_but(monkeypatch, {7: ZeroDivisionError("by a seed"), 8: KilledError("read a manifest")})
    words = [*("--seeds", "6-8", "--short", "--processes", "1"), *("--home", str(home), "--shrink", "1")]
    monkeypatch.setattr(sys, "argv", ["simulation", *words])

    failed = command.main()

    lines = capsys.readouterr().out.splitlines()
    assert failed
    assert lines[0].startswith("Story(seed=7, ")
    assert lines[1].startswith("  a year is played to its end: ZeroDivisionError: by a seed (test_years.py, line ")
    assert lines[2].startswith("Story(seed=8, ")
    assert lines[3].startswith("  a year is played to its end: KilledError: read a manifest (test_years.py, line ")
    assert lines[4].endswith("; 2 seeds failed.")
    assert lines[5].startswith("Shrunk: Story(seed=7, ")


def _play_but(monkeypatch: pytest.MonkeyPatch, raising: dict[int, BaseException]) -> None:
    """Nothing is played; some seeds raise."""

    def playing(story: Story, _home: Path) -> Told:
        if story.seed in raising:
            raise raising[story.seed]
        return Told(story, (), (), 0, 0, {}, {})

    monkeypatch.setattr(several, "play", playing)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_promises_hold_through_years_of_faults(home: Path) -> None:
    """Every side effect fails now and then, before and after, year after year; see `python -m simulation`.

    A year costs several seconds: its pages, checks and emails are real.
    """
    assert [] == _failed([Story(seed) for seed in range(1, YEARS + 1)], home)


def _failed(stories: list[Story], home: Path) -> list[str]:
    return [said(told) for told in many(stories, home, 2) if told.broken]
