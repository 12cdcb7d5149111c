"""Where years are played: all tests of a run share what was checked once, whichever lane they are in."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which years are played, with what they keep for one another."""
    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "simulation"
    folder.mkdir(exist_ok=True)
    return folder
