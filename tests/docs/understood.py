"""Whether a line that a page has its reader type is understood: asked of the very parsers that would run it."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import click
import typer

from quarterday.__main__ import app

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
_OURS = re.compile(r"^(\.venv/bin/)?(quarterday|make|pytest|python3?)$")
_ENDS = {"|", "||", "&&", ";", "&", "(", ")"}
_HERE = re.compile(r"<<'(\w+)'\n.*?^\1$", re.DOTALL | re.MULTILINE)

# What is not ours, with the options that its manual (Debian 12's, where it has one) gives it and our pages name.
OTHERS = {
    "adduser": set(),
    "age": {"--decrypt", "-i", "-r"},
    "age-keygen": {"-o", "-y"},
    "apt": set(),
    "apt-get": {"--yes"},
    "clamdscan": {"--version"},
    "clamscan": {"-r"},
    "curl": {"-H", "-F", "-d", "-u", "--data-binary"},
    "debsecan": set(),
    "docker": {"--file", "--tag"},
    "git": set(),
    "grype": set(),
    "journalctl": {"-u", "--follow"},
    "osv-scanner": {"--sbom"},
    "pg_dump": {"--format", "--no-owner", "--file"},
    "pg_restore": {"--no-owner", "--dbname"},
    "pip": {"--no-deps", "--requirement", "--force-reinstall"},
    "podman": {"--read-only", "--tmpfs", "--volume", "--publish", "--format", "--tag"},
    "prefect": {"--pool", "--type", "-y"},
    "sudo": {"-u", "-s"},
    "systemctl": {"--now"},
    "tar": {"-xz"},
    "useradd": {"--system", "--home-dir", "--create-home", "--shell"},
    "uv": {"--locked", "--extra", "--upgrade"},
}


def commands_in(said: str) -> Iterator[list[str]]:
    """The commands of some lines of shell, each with its words: settings before it and its output left out."""
    for line in _HERE.sub("", said).replace("\\\n", " ").splitlines():
        words: list[str] = []
        lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;()<>")
        lexer.whitespace_split = True
        rest = iter(lexer)
        for word in rest:
            if word in _ENDS:
                yield from _if_any(words)
                words = []
            elif set(word) <= set("<>"):
                next(rest, None)
            elif words or not re.match(r"[A-Z_]+=", word):
                words.append(word)
        yield from _if_any(words)


def _if_any(words: list[str]) -> Iterator[list[str]]:
    if words:
        yield words


def is_typed(code: str) -> bool:
    """Whether code within a sentence is a command, and no file, setting or word."""
    first = code.split(" ")[0]
    return bool(_OURS.match(first)) or (first in OTHERS and " " in code)


def not_understood(words: list[str]) -> Iterator[str]:
    """What is wrong with a command; nothing where it would be understood, or is neither ours nor known."""
    program, *rest = words
    name = Path(program).name
    if name in OTHERS:
        yield from (each for each in _options(rest) if each not in OTHERS[name])
    elif _OURS.match(program) or name == "python":
        yield from {"quarterday": _quarterday, "make": _make, "pytest": _there}.get(name, _python)(rest)


def _options(words: list[str]) -> list[str]:
    return [each.partition("=")[0] for each in words if re.match(r"--?[a-z]", each)]


def _there(words: list[str]) -> Iterator[str]:
    """Tests that are named are there, or are in a folder that is: a page may have its reader write one."""
    yield from (f"{each} is not there" for each in words if "/" in each and not (ROOT / each).parent.exists())


@cache
def _typed(command: str) -> click.Command | None:
    assert isinstance(app, click.Group)
    found = app.get_command(click.Context(app), command)
    return found and typer.main.get_command(found._typer_app)


def _quarterday(words: list[str]) -> Iterator[str]:
    """A command that is named needs to be one; one that is written out is parsed as it would be."""
    if not words or words[0] == "COMMAND":
        return
    command, *rest = words
    if (typed := _typed(command)) is None:
        yield f"quarterday {command} is no command"
    elif rest:
        try:
            typed.make_context(command, rest)
        except Exception as refused:
            yield f"quarterday {shlex.join(words)}: {getattr(refused, 'message', refused)!s}"


def _make(words: list[str]) -> Iterator[str]:
    """A target is one; where something is handed to it, what it would then run is understood in its turn."""
    targets = set(re.findall(r"^([a-z0-9-]+):", MAKEFILE, re.MULTILINE))
    handed = [each for each in words if "=" in each]
    yield from (f"make {each} is no target" for each in words if each not in handed and each not in targets)
    yield from (f"make takes no {each}" for each in handed if f"$({each.partition('=')[0]})" not in MAKEFILE)
    if handed and set(words) - set(handed) <= targets:
        said = subprocess.run(
            ["make", "--dry-run", "--no-print-directory", *words], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for line in said.splitlines():
            if line.startswith((".venv/bin/", "TEST_")):
                yield from (each for command in commands_in(line) for each in not_understood(command))


def _python(words: list[str]) -> Iterator[str]:
    """A module or a file of ours has the options that it is given."""
    if not words or (words[0].startswith("-") and words[0] != "-m"):
        return
    name, *rest = words[1:] if words[0] == "-m" else words
    if name in ("rehearsal", "pytest"):
        yield from _quarterday(["rehearse", *rest]) if name == "rehearsal" else _there(rest)
        return
    file = ROOT / name if name.endswith(".py") else _file_of(name)
    if file is None or not file.is_file():
        yield f"there is no {name}"
        return
    text = file.read_text(encoding="utf-8")
    for option in _options(rest):
        if f'"{option}"' not in text and f" {option.strip('-').replace('-', '_')}: Annotated[" not in text:
            yield f"{name} has no {option}"


def _file_of(module: str) -> Path | None:
    for name in (f"{module}.__main__", module):
        try:
            found = find_spec(name)
        except ModuleNotFoundError:
            continue
        if found and found.origin:
            return Path(found.origin)
    return None
