"""Quarters that change while they run, as `make stories` plays them."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from rehearsal.staging import book
from rehearsal.stories.__main__ import app
from tests.conftest import begin_with

PROJECT = Path(__file__).parents[2]
PLAYED = ("moved-later", "cancelled", "answered-though-let-off")  # `make stories` plays all: some fifteen seconds each


def test_every_story_says_in_a_sentence_what_happens() -> None:
    """The listing is what an officer chooses from."""
    sentences = {name: book.sentence(name) for name in book.names()}

    assert {} == {name: each for name, each in sentences.items() if not each.endswith(".") or len(each) < 30}
    assert len(set(sentences.values())) == len(sentences)


def test_an_unknown_story_lists_those_there_are() -> None:
    """A misspelt name is no traceback."""
    with pytest.raises(LookupError, match=r"no story “moved-sideways”. There are:\n(.*\n)*  moved-later +The boards"):
        book.known("moved-sideways")


def test_a_story_that_ends_otherwise_is_told_and_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each sentence stands below its story, and the exit code says so."""
    ended = [
        (SimpleNamespace(name="moved-later", unmet=(), emails=64, releases=1), 14.2),
        (SimpleNamespace(name="cancelled", unmet=("nobody is chased: there is one",), emails=30, releases=0), 9.0),
    ]
    monkeypatch.setattr("rehearsal.stories.__main__.prefect_server", lambda _home: nullcontext())
    monkeypatch.setattr("rehearsal.stories.__main__.side_by_side", lambda *_: iter(ended))
    played = CliRunner().invoke(app, ["moved-later", "cancelled", "--home", str(tmp_path)])

    assert 1 == played.exit_code
    assert [
        "as expected      moved-later                    64 emails, 1 version(s), 14 s",
        "not as expected  cancelled                      30 emails, 0 version(s), 9 s",
        "    nobody is chased: there is one",
        "1 of 2 stories ended with what was expected.",
    ] == played.output.splitlines()


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
