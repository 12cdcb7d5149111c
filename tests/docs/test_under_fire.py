"""The page of what breaks names tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_test_that_the_page_names_exists() -> None:
    """Each name is that of a test in tests/."""
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/assurance/under-fire.md").read_text()))
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }

    assert named
    assert set() == named - defined
