"""The worked example, and a small new partnership that each test may spoil in its own way."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from quarterday.adapters.config_files import Problem, check_configuration, load_framework
from quarterday.adapters.config_files.starting import start_partnership
from quarterday.domain.framework.framework import Framework

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "config"

Told = Callable[..., tuple[Problem, ...]]


@pytest.fixture(scope="session")
def example() -> Framework:
    """The Safer Lewisham Partnership as `config/` has it."""
    return load_framework(EXAMPLE)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new partnership, made in June 2025, that nobody has touched."""
    folder = tmp_path_factory.mktemp("new") / "config"
    start_partnership(folder, "Safer Somewhere Partnership", date(2025, 6, 2), EXAMPLE / "emails")
    return folder


@pytest.fixture
def folder(pristine: Path, tmp_path: Path) -> Path:
    """A copy of the new partnership to spoil."""
    return Path(shutil.copytree(pristine, tmp_path / "config"))


@pytest.fixture
def spoil(folder: Path) -> Told:
    """Replace a text in a file of the new partnership, and hear all that is wrong then."""

    def _spoil(file: str, old: str, new: str) -> tuple[Problem, ...]:
        path = folder / file
        text = path.read_text()
        assert old in text, f"{file} does not hold {old!r}"
        path.write_text(text.replace(old, new, 1))
        return check_configuration(folder).problems

    return _spoil


def line_of(path: Path, text: str, occurrence: int = 1) -> int:
    """The line on which a text stands."""
    lines = [number for number, line in enumerate(path.read_text().splitlines(), start=1) if text in line]
    return lines[occurrence - 1]
