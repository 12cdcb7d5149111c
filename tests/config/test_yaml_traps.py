"""YAML's traps: what an officer writes is what is read, or is told."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.config_files.yaml_file import Document, read_yaml


def read(tmp_path: Path, data: str | bytes) -> Document:
    """A file with that content, read."""
    path = tmp_path / "file.yaml"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_yaml(path, "file.yaml")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("NO", "NO"),
        ("true", True),
        ("0012", "0012"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("12", 12),
        ("-3", -3),
        ("0.5", 0.5),
        ("'12'", "12"),
        ('"2025-04-01"', "2025-04-01"),
        ("2025-04-01", date(2025, 4, 1)),
        ("2025-02-30", "2025-02-30"),
        ("~", None),
        ("", None),
        ("2025-26 Q1", "2025-26 Q1"),
    ],
)
def test_a_value_is_what_was_written(tmp_path: Path, written: str, meant: Any) -> None:
    """Norway stays Norway, zeros stay, only whole dates are dates."""
    assert {"value": meant} == read(tmp_path, f"value: {written}\n").content


def test_on_stays_a_name(tmp_path: Path) -> None:
    """`on:` is the day of a meeting, not true."""
    assert {"on": date(2025, 8, 14)} == read(tmp_path, "on: 2025-08-14\n").content


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a” stands here a second time (first in line 1)."),
        ("a:\n\t- b\n", 2, "There is a tab in this line."),
        ("a: b\nc: d: e\n", 2, "There is a colon here that YAML does not expect."),
        ("a: b\n---\nc: d\n", 2, "A second document starts here (“---”)."),
        ("", 1, "The file is empty."),
        ("# only a comment\n", 1, "The file is empty."),
        ("a: 'b\n", 2, "The file stops making sense as YAML here."),
        (b"a: b\nc: caf\xe9\n", 2, "This line is not UTF-8 text."),
        ("a: b\nc: \x00\n", 2, "There is a character here that no YAML file may hold."),
        ("a: &b c\n", 1, "“&” and “*” are not used here."),
        ("a: b\nc: *b\n", 2, "“&” and “*” are not used here."),
        ("a: !!python/object:os.system x\n", 1, "“!” is not used here."),
        ("? [a]\n: b\n", 1, "A name is to be plain text."),
        ("a: " + "[" * 100_000, 1, "Lists and names are nested too deeply here."),
        ("a:\n  " + "{b: " * 200, 2, "Lists and names are nested too deeply here."),
        (b"a: b\n" * 500_000, 1, "The file is larger than 2 MB."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_line(tmp_path: Path, data: str | bytes, line: int, sentence: str) -> None:
    """One sentence, at the line where an editor should go."""
    problem = read(tmp_path, data).problems[0]

    assert (line, sentence) == (problem.line, problem.sentence)


def test_a_byte_order_mark_is_no_trouble(tmp_path: Path) -> None:
    """Notepad writes one."""
    assert {"a": "b"} == read(tmp_path, b"\xef\xbb\xbfa: b\r\n").content


def test_a_folder_in_a_files_place_is_told(tmp_path: Path) -> None:
    """No traceback for a folder called partners.yaml."""
    (tmp_path / "partners.yaml").mkdir()

    assert 1 == len(read_yaml(tmp_path / "partners.yaml", "partners.yaml").problems)
