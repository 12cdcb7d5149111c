"""`quarterday read FILE --as PARTNER`: the return it would make, and an exit code that says what would become of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from expectations import checking
from expectations.checking import Checked, Checker, Job
from expectations.warm import CheckFailedError
from quarterday.__main__ import app
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.timetable import collection_id
from tests.expectations.test_example import CONFIG, QUARTER, filled_in, request

PARTNER = "lewisham-hospital"


@pytest.fixture(scope="module")
def good() -> bytes:
    """A partner's form, filled in well."""
    framework = load_framework(CONFIG)
    asked = request(framework, PARTNER)
    return filled_in(framework, replace(asked, collection=collection_id(framework, QUARTER)))


@pytest.fixture(autouse=True)
def settings_anew() -> Iterator[None]:
    """Each test has settings of its own."""
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def warm(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command finds the checks warm."""

    @contextmanager
    def already_warm(**_: object) -> Iterator[Checker]:
        yield checker

    monkeypatch.setattr(checking, "Checker", already_warm)


def read_as(folder: Path, data: bytes, name: str = "a.xlsx", config: Path = CONFIG) -> Result:
    """Read a file as the partner's return."""
    (folder / name).write_bytes(data)
    arguments = ["read", str(folder / name), "--as", PARTNER, "--quarter", "2025-26Q1"]
    return CliRunner().invoke(app, arguments, env={"QUARTERDAY_CONFIG": str(config)})


@pytest.mark.usefixtures("warm")
def test_a_return_that_would_be_accepted_ends_with_0(tmp_path: Path, good: bytes) -> None:
    """The return is shown, and nothing went wrong."""
    done = read_as(tmp_path, good)

    assert (0, "") == (done.exit_code, done.stderr)
    assert "Verdict: accepted" in done.stdout


@pytest.mark.usefixtures("warm")
def test_a_return_that_would_be_sent_back_ends_with_1(tmp_path: Path) -> None:
    """What cannot be taken for a return is told with its findings."""
    done = read_as(tmp_path, b"Name,Colour\nApple,Red\n", "a.csv")

    assert (1, "") == (done.exit_code, done.stderr)
    assert "CRITICAL" in done.stdout


@pytest.mark.usefixtures("warm")
def test_a_file_that_is_refused_ends_with_2(tmp_path: Path) -> None:
    """A refusal is one sentence, and nothing else is said."""
    done = read_as(tmp_path, b"%PDF-1.7 and so on", "a.pdf")

    assert (2, "", 1) == (done.exit_code, done.stdout, len(done.stderr.splitlines()))


@pytest.mark.parametrize("config", ["none", "broken"])
def test_a_configuration_with_problems_is_no_verdict_on_the_file(tmp_path: Path, good: bytes, config: str) -> None:
    """Nobody takes trouble of ours for a return that would be sent back."""
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "partners.yaml").write_text("- code: [")
    done = read_as(tmp_path, good, config=tmp_path / config)

    assert (2, "", 1) == (done.exit_code, done.stdout, len(done.stderr.splitlines()))


@pytest.mark.usefixtures("warm")
def test_checks_that_fail_are_no_verdict_on_the_file(
    tmp_path: Path, good: bytes, checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure of the machinery is said as such."""

    def fails(_job: Job) -> Checked:
        raise CheckFailedError("the checks could not be loaded")

    monkeypatch.setattr(checker, "check", fails)
    done = read_as(tmp_path, good)

    assert 2 == done.exit_code
    assert "no fault of the file" in done.stderr


def test_a_file_without_an_end_is_too_large() -> None:
    """No more is read of a file than may be sent."""
    done = CliRunner().invoke(app, ["read", "/dev/zero"])

    assert 2 == done.exit_code
    assert "20 MB" in done.stderr
