"""The pages of docs/reference, made from the code: settings, commands, files of `config/`, facts."""

import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click
import typer

from quarterday import commands
from quarterday.adapters.config_files.schemas import schemas
from quarterday.adapters.settings_page import page as settings
from quarterday.domain.facts import FACT_KINDS, Fact

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
_MADE = "This page is made from the code by `make reference`, and held to it by a test."


@cache
def pages() -> dict[str, str]:
    """Each page by its name, as the code has it now."""
    return {
        "settings.md": settings(),
        "commands.md": _page("Commands", "`quarterday COMMAND`.", _commands()),
        "config-files.md": _page("The files of `config/`", "What each may hold.", _config_files()),
        "facts.md": _page("Facts", "What the register may hold, append-only; all else follows from it.", _facts()),
    }


def _page(title: str, about: str, lines: Iterator[str]) -> str:
    return "\n".join((f"# {title}", "", f"{about} {_MADE}", *lines)) + "\n"


def _commands() -> Iterator[str]:
    for module in sorted(iter_modules(commands.__path__), key=lambda each: each.name):
        name = module.name.replace("_", "-")
        alone = typer.Typer(add_completion=False)
        alone.command(name=name)(import_module(f"{commands.__name__}.{module.name}").run)
        command = typer.main.get_command(alone)
        taken = [each for each in command.params if each.name != "help"]
        arguments = [each.human_readable_name for each in taken if isinstance(each, click.Argument)]
        yield from ("", f"## quarterday {' '.join([name, *arguments])}", "", _one_line(command.help))
        yield from _table(("", ""), [(_spelt(each), _one_line(getattr(each, "help", ""))) for each in taken])


def _spelt(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return f"`{parameter.human_readable_name}`"
    return ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))


def _config_files() -> Iterator[str]:
    for name, text in schemas().items():
        schema = json.loads(text)
        yield from ("", f"## {name.removesuffix('.schema.json')}", "", _one_line(schema.get("description")))
        yield from _fields_of(schema)
        for title, part in schema.get("$defs", {}).items():
            if "properties" in part:
                yield from ("", f"### {title}", "", _one_line(part.get("description")))
                yield from _fields_of(part)


def _fields_of(schema: Mapping[str, Any]) -> Iterator[str]:
    needed = schema.get("required", ())
    rows = [
        (f"`{name}`", _kind(field), "needed" if name in needed else _default(field))
        for name, field in schema.get("properties", {}).items()
    ]
    return _table(("field", "is", "left out"), rows)


def _kind(field: Mapping[str, Any]) -> str:
    """What may stand in a field, in a few words."""
    if "$ref" in field:
        return field["$ref"].rpartition("/")[2]
    if either := field.get("anyOf") or field.get("oneOf"):
        return " or ".join(dict.fromkeys(_kind(each) for each in either if each.get("type") != "null"))
    if "enum" in field:
        return ", ".join(f"`{each}`" for each in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"a list of {_kind(field.get('items', {}))}"
    if field.get("type") == "object":
        return "entries"
    return str(field.get("format") or field.get("type") or "any value")


def _default(field: Mapping[str, Any]) -> str:
    value = field.get("default")
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value not in (None, "", [], {}) else ""


def _facts() -> Iterator[str]:
    for module, kinds in groupby(
        sorted(FACT_KINDS, key=lambda kind: kind.__module__), key=lambda kind: kind.__module__
    ):
        yield from ("", f"## {_one_line(inspect.getdoc(import_module(module))).rstrip('.')}")
        for kind in kinds:
            own = [each for each in fields(kind) if each.name not in {one.name for one in fields(Fact)}]
            needed = [each.name for each in own if each.default is each.default_factory is MISSING]
            others = [each.name for each in own if each.name not in needed]
            yield from ("", f"**{kind.__name__}**: {_one_line(inspect.getdoc(kind))}  ")
            yield ", ".join([*(f"`{each}`" for each in needed), *(f"`{each}`?" for each in others)])


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield ""
        for row in (heads, ("---",) * len(heads), *rows):
            yield f"| {' | '.join(each.replace('|', '/') for each in row)} |"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text)
