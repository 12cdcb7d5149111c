"""The architecture as `ls` shows it: what the contracts list is all that there is."""

import ast
from pathlib import Path

PROJECT = Path(__file__).parents[1]
FOLDERS = ("quarterday", "flows", "expectations", "rehearsal")


def test_nothing_of_the_example_is_named_in_code():
    """No partner, board, ward or indicator of `config/` stands in the product's code: `config/` alone changes them."""
    from quarterday.adapters.config_files import load_framework

    framework = load_framework(PROJECT / "config")
    names = {each.code for each in (*framework.partners, *framework.indicators, *framework.partnership.boards)}
    names |= {area.name for area in framework.partnership.areas} | {area.code for area in framework.partnership.areas}
    names |= {framework.partnership.name, framework.partnership.code}
    found = {
        (file.relative_to(PROJECT).as_posix(), text)
        for folder in FOLDERS
        for file in (PROJECT / folder).rglob("*.py")
        for text in _strings(file)
        if text in names
    }

    assert set() == {each for each in found if each[1] not in {"housing"}}


def test_readme_tells_every_room():
    """`ls` of flows/ and quarterday/, room by room, is what README says is where: a new room is named there."""
    tree = (PROJECT / "README.md").read_text().partition("## What is where\n\n```text\n")[2].partition("```")[0]
    told, above = set[str](), list[str]()
    for line in tree.splitlines():
        name = line.split()[0]
        above[(len(line) - len(line.lstrip())) // 2 :] = [name.rstrip("/")]
        told.add("/".join(above))
    packages = (file.parent for top in ("flows", "quarterday") for file in (PROJECT / top).rglob("__init__.py"))
    rooms = {each.relative_to(PROJECT).as_posix() for each in packages}

    assert rooms - told == {each for each in rooms if "/migrations" in each}
    assert [] == [each for each in sorted(told) if not (PROJECT / each).is_dir()]


def _strings(file: Path) -> set[str]:
    """The texts of a file that are no docstrings."""
    tree = ast.parse(file.read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, documented)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return texts - docstrings


def test_only_the_settings_read_the_environment_of_quarterday():
    """`QUARTERDAY_…` is read in one place; elsewhere it is only passed on to processes that we start."""
    readers = {
        file.relative_to(PROJECT).as_posix()
        for folder in ("quarterday", "expectations")
        for file in (PROJECT / folder).rglob("*.py")
        if "os.environ.get(" in file.read_text() or "os.getenv(" in file.read_text()
    }

    assert readers <= {"quarterday/adapters/settings.py"}
