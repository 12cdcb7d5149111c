"""Every command that a page names is one, with the options that it names; every block of commands is run by a test."""

import re
from pathlib import Path
from textwrap import dedent

import click
import pytest
import typer

from quarterday.__main__ import app
from tests.docs.as_written import DOCS, blocks

ROOT = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
_NAMED = re.compile(
    r"(?:^|[;&|(\"] ?|=\S+ |uv run )(?:\.venv/bin/)?quarterday ([a-z][a-z-]+)((?: [^`\n|;]*)?)", re.MULTILINE
)
_FENCED = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_INDENTED = re.compile(r"^ {4,}(.+)$", re.MULTILINE)
_MAKE = re.compile(r"`make ([a-z0-9-]+)")
RUN_AS_WRITTEN = (DOCS.parent / "tests" / "docs" / "test_pages_as_written.py").read_text(encoding="utf-8")


def named(page: Path) -> set[tuple[str, str]]:
    """The commands in a page's code, inline or indented, and what follows each."""
    text = page.read_text(encoding="utf-8")
    said = [each for kind in (_FENCED, _INLINE, _INDENTED) for each in kind.findall(text)]
    return {(command, rest) for each in said for command, rest in _NAMED.findall(dedent(each))}


def options_of(command: str) -> set[str]:
    """The options that a command takes; none where there is no such command."""
    assert isinstance(app, click.Group)
    found = app.get_command(click.Context(app), command)
    if found is None:
        return set()
    typed = typer.main.get_command(found._typer_app)  # type: ignore[attr-defined]
    return {name for each in typed.params for name in (*each.opts, *each.secondary_opts)} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    """No command, option or target of make that is none: what a reader types from a page is understood."""
    for command, rest in named(page):
        there = options_of(command)
        assert there, f"quarterday {command} is no command"
        assert set() == set(re.findall(r"(?<!\S)--[a-z][a-z-]*", rest.partition("#")[0])) - there, f"{command}{rest}"
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set() == set(_MAKE.findall(page.read_text(encoding="utf-8"))) - targets


def test_every_page_with_commands_to_follow_is_followed() -> None:
    """A page whose blocks are marked as commands is run as written, in order, by `make proof`."""
    pages = {str(each.relative_to(DOCS)) for each in DOCS.rglob("*.md") if blocks(str(each.relative_to(DOCS)))}

    assert len(pages) > 5
    assert set() == {each for each in pages if f'blocks("{each}")' not in RUN_AS_WRITTEN}
