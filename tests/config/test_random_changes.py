"""Whatever happens to a configuration, it loads or tells problems that name file and line: never a traceback."""

import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterday.adapters.config_files import ConfigurationProblems, check_configuration, load_framework
from quarterday.adapters.config_files.yaml_file import read_yaml
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import Facts
from quarterday.domain.figures.returns import grid

from .conftest import EXAMPLE

JUNK = st.sampled_from(
    [
        *("", "no", "x" * 5000, "police", "2025-26 Q9", "1900-01-01", "nan", "é\u200b“”", "{{ name }}"),
        *(None, True, False, 0, -1, 10**17, 0.5, 1e300),
        *([], [[]], [None], {}, {"code": "x"}, [{"code": "x"}], {"a": {"b": []}}),
    ]
)
CHANGE = st.tuples(st.integers(0, 10**6), st.sampled_from(["delete", "replace", "duplicate", "rename"]), JUNK)
FILES = ["partnership.yaml", "partners.yaml", "agreements.yaml", "escalation.yaml", "framework/plan.yaml"]
EXAMPLE_FILES = [*FILES[:4], "framework/drugs.yaml", "framework/breakdowns.yaml", "exports/met-police.yaml"]
QUICK = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def workplace() -> Iterator[Path]:
    """Where configurations are spoiled, again and again."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


@QUICK
@given(file=st.sampled_from(FILES), changes=st.lists(CHANGE, min_size=1, max_size=3))
def test_a_changed_value_is_told_or_harmless(
    pristine: Path, workplace: Path, file: str, changes: list[tuple[int, str, Any]]
) -> None:
    """A key deleted, a value replaced by junk, an entry duplicated: in any file of a new partnership."""
    folder = fresh(pristine, workplace)
    spoil_values(folder / file, changes)

    assert_told_or_usable(folder)


@settings(QUICK, max_examples=15)
@given(file=st.sampled_from(EXAMPLE_FILES), changes=st.lists(CHANGE, min_size=1, max_size=2))
def test_the_example_too(workplace: Path, file: str, changes: list[tuple[int, str, Any]]) -> None:
    """The same, done to the worked example."""
    folder = fresh(EXAMPLE, workplace)
    spoil_values(folder / file, changes)

    assert_told_or_usable(folder)


@QUICK
@given(
    file=st.sampled_from(FILES),
    where=st.floats(0, 1),
    length=st.integers(0, 40),
    typed=st.one_of(
        st.sampled_from(
            [b"\t", b"- ", b": ", b"{", b"[", b"'", b'"', b"#", b"&a ", b"*a ", b"\xff", b"\x00", b"\r", b"---\n"]
        ),
        st.binary(max_size=8),
        st.text(max_size=8).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
)
def test_any_slip_of_the_keyboard_is_told_or_harmless(
    pristine: Path, workplace: Path, file: str, where: float, length: int, typed: bytes
) -> None:
    """Anything typed over anything."""
    folder = fresh(pristine, workplace)
    data = (folder / file).read_bytes()
    start = int(where * len(data))
    (folder / file).write_bytes(data[:start] + typed + data[start + length :])

    assert_told_or_usable(folder)


def fresh(source: Path, workplace: Path) -> Path:
    """A clean copy, without what is not changed here."""
    folder = workplace / "config"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("schemas"))
    return folder


def spoil_values(path: Path, changes: list[tuple[int, str, Any]]) -> None:
    """Change values at places chosen by number. JSON is YAML, so the changed content is written as that."""
    content = json.loads(json.dumps(read_yaml(path, path.name).content, default=str))
    for number, change, junk in changes:
        around = containers(content)
        if around:
            container, key = around[number % len(around)]
            spoil_one(container, key, change, junk)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False))


def containers(content: Any) -> list[tuple[Any, Any]]:
    """Every place of the content: what holds it, and under which name or number."""
    if not isinstance(content, (dict, list)):
        return []
    keys: list[Any] = list(content) if isinstance(content, dict) else list(range(len(content)))
    return [(content, key) for key in keys] + [place for key in keys for place in containers(content[key])]


def spoil_one(container: Any, key: Any, change: str, junk: Any) -> None:
    """Do one harm."""
    match change:
        case "delete":
            del container[key]
        case "duplicate" if isinstance(container, list):
            container.insert(key, deepcopy(container[key]))
        case "rename" if isinstance(container, dict):
            container[f"{key}s"] = container.pop(key)
        case _:
            container[key] = deepcopy(junk)  # hypothesis hands out the same object again


def assert_told_or_usable(folder: Path) -> None:
    """Problems that an officer can act on, or a framework with which everything works."""
    read = check_configuration(folder)
    for problem in (*read.problems, *read.notices):
        assert problem.file
        assert problem.line >= 1
        assert problem.sentence.strip()
        assert problem.remedy.endswith(".")
        assert not [word for word in ("Traceback", "Input should", "pydantic", "NoneType") if word in str(problem)]
    if read.problems:
        with pytest.raises(ConfigurationProblems):
            load_framework(folder)
        return
    framework = load_framework(folder)
    what_is_due(framework, Facts(()), date(2025, 7, 1))
    for plan in timetables(framework):
        grid(framework, framework.indicators, plan.period)
        for indicator in framework.indicators:
            framework.boards_using(indicator)
            framework.gate(indicator, plan.due)
