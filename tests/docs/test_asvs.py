"""The table of ASVS 5.0: every requirement of its levels 1 and 2 has a line, and what a line names is there."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "assurance" / "asvs.md"
STANDARD = next((ROOT / "../shared/data/asvs5").glob("*_5.0.0_en.csv"), None)
_LINE = re.compile(r"^\| (V[\d.]+) \| ([^|]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)


class Line(NamedTuple):
    """A requirement: how it stands, in a few words, and what shows it."""

    number: str
    state: str
    words: str
    shown: str


LINES = [Line(*(each.strip() for each in found)) for found in _LINE.findall(PAGE.read_text(encoding="utf-8"))]


def test_each_requirement_of_level_two_has_its_line() -> None:
    """As many as the standard has, each once, in order; the chapters' counts are the standard's."""
    numbers = [tuple(map(int, line.number[1:].split("."))) for line in LINES]

    assert 253 == len(set(numbers)) == len(numbers)
    assert sorted(numbers) == numbers


@pytest.mark.skipif(STANDARD is None, reason="NOT RUN: needs ../shared/data/asvs5")
def test_the_lines_are_the_standards_own() -> None:
    """Number by number, where the standard is at hand."""
    assert STANDARD
    with STANDARD.open(encoding="utf-8-sig") as file:
        wanted = [each["req_id"] for each in csv.DictReader(file) if each["L"] in ("1", "2")]

    assert set(wanted) == {line.number for line in LINES}


def test_what_holds_is_shown_and_all_else_says_why() -> None:
    """A line holds by a test or a page, does not apply for a reason, or is open with what is missing."""
    assert {"holds", "does not apply", "open"} == {line.state for line in LINES}
    assert [] == [line for line in LINES if (line.state == "holds") != bool(line.shown)]
    assert [] == [line for line in LINES if len(line.words) < 3]


def test_the_counts_of_the_page_are_right() -> None:
    """The first sentences tell how many hold, do not apply and are open."""
    counted = [sum(line.state == state for line in LINES) for state in ("holds", "does not apply", "open")]

    assert "{} hold, {} do not apply and {} are open".format(*counted) in PAGE.read_text(encoding="utf-8")


def test_each_named_test_is_there() -> None:
    """A test is named by its file and function; neither may go without the line being looked at again."""
    named = {each for line in LINES for each in re.findall(r"`([^`]+)`", line.shown)}
    missing = [
        each
        for each, (file, _, function) in ((each, each.partition("::")) for each in named)
        if not (ROOT / "tests" / file).is_file()
        or not re.search(
            rf"^(async )?def {function}\(", (ROOT / "tests" / file).read_text(encoding="utf-8"), re.MULTILINE
        )
    ]

    assert len(named) > 80
    assert [] == missing


def test_each_named_page_is_there_with_its_heading() -> None:
    """A page that shows a line exists, and so does the part of it that is named."""
    for link in {each for line in LINES for each in re.findall(r"\]\(([^)]+)\)", line.shown)}:
        file, _, heading = link.partition("#")
        text = (PAGE.parent / file).read_text(encoding="utf-8")
        headings = {each.strip().lower().replace(" ", "-") for each in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
        assert not heading or heading in headings, link
