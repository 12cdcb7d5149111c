"""Quarters that change while they run, as `make stories` plays them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rehearsal.staging import book
from tests.conftest import begin_with

PROJECT = Path(__file__).parents[2]
PLAYED = ("moved-later", "cancelled")  # the others are played by `make stories`: each takes some fifteen seconds


def test_every_story_says_in_a_sentence_what_happens() -> None:
    """The listing is what an officer chooses from."""
    sentences = {name: book.sentence(name) for name in book.names()}

    assert {} == {name: each for name, each in sentences.items() if not each.endswith(".") or len(each) < 30}
    assert len(set(sentences.values())) == len(sentences)


def test_an_unknown_story_lists_those_there_are() -> None:
    """A misspelt name is no traceback."""
    with pytest.raises(LookupError, match=r"no story “moved-sideways”. There are:\n(.*\n)*  moved-later +The boards"):
        book.known("moved-sideways")


@pytest.mark.proof
@pytest.mark.prefect
@pytest.mark.timeout(900)
def test_stories_end_with_what_was_expected(tmp_path: Path, prefect_template: Path) -> None:
    """Real flows, pages, emails and releases; whole quarters, so it takes more than ten seconds."""
    begin_with(tmp_path, prefect_template)
    played = subprocess.run(
        [sys.executable, "-m", "rehearsal.stories", *PLAYED, "--home", str(tmp_path), "--lanes", "1"],
        cwd=PROJECT,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == played.returncode, played.stdout + played.stderr[-2000:]
