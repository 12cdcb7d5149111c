"""A simulated year: the same seed tells the same story, and whatever breaks, promises hold."""

import os
from pathlib import Path

import pytest

from simulation.__main__ import said
from simulation.many import many
from simulation.year import Story, play, short

YEARS = int(os.environ.get("YEARS", "2"))  # `make siege` plays as many as one likes
SHORT = int(os.environ.get("SHORT", "200"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which years are played, with what they keep for one another."""
    return tmp_path_factory.mktemp("simulation")


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
@pytest.mark.timeout(3600)
def test_promises_hold_through_years_of_faults(home: Path) -> None:
    """Every side effect fails now and then, before and after, year after year; see `python -m simulation`.

    A year costs several seconds: its pages, checks and emails are real.
    """
    assert [] == _failed([Story(seed) for seed in range(1, YEARS + 1)], home)


def _failed(stories: list[Story], home: Path) -> list[str]:
    return [said(told) for told in many(stories, home, 2) if told.broken]
