"""Every decision that the pages offer is taken by some test of the pages: one that is new brings its own."""

import re
from pathlib import Path

from quarterday.web.officers.decisions import DECISIONS

# How a test takes a decision: its form is sent, its page opened to be filled in, or the matter's button pressed.
_TAKEN = re.compile(r'(?:\.send\(\s*f?"/|/decide/|\bAction\(\w+, "|\bdecided\(\w+, ")([a-z-]+)(?=[/"])')


def test_every_decision_is_taken_by_a_test_of_the_pages() -> None:
    """By its name; what a test only says of a link does not count, nor do tests that go through all decisions alike."""
    tests = Path(__file__).parent.glob("test_*.py")
    lines = (line for each in tests for line in each.read_text().splitlines() if "assert " not in line)
    assert set() == set(DECISIONS) - set(_TAKEN.findall("\n".join(lines)))
