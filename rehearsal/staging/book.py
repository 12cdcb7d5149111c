"""The stories that there are, by name: the files of `rehearsal/stories`."""

import ast
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rehearsal import stories

if TYPE_CHECKING:  # imports Prefect, which takes its server from the environment: only once it is up
    from rehearsal.staging.quarter import Quarter

FOLDER = Path(stories.__path__[0])


def names() -> list[str]:
    """The names of all stories, such as `moved-later`."""
    return sorted(file.stem.replace("_", "-") for file in FOLDER.glob("[a-z]*.py"))


def sentence(name: str) -> str:
    """What a story is about: the first line of its file, read without playing it."""
    return (ast.get_docstring(ast.parse(_file(name).read_text(encoding="utf-8"))) or "").partition("\n")[0]


def happens(name: str) -> "Callable[[Quarter], None]":
    """What happens in a story. Raises `LookupError` where there is none of that name."""
    found: Callable[[Quarter], None] = import_module(f"{stories.__name__}.{_file(name).stem}").happens
    return found


def known(name: str) -> str:
    """The name, where there is such a story. Raises `LookupError` with all that there are."""
    if name not in names():
        raise LookupError(f"There is no story “{name}”. There are:\n{listing()}")
    return name


def listing() -> str:
    """Every story in a line."""
    widest = max(map(len, names()))
    return "\n".join(f"  {name:{widest}}  {sentence(name)}" for name in names())


def _file(name: str) -> Path:
    return FOLDER / f"{known(name).replace('-', '_')}.py"
