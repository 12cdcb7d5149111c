"""The emails' words: one file each in `config/emails`, its first line the subject, the rest plain text with Jinja2."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quarterday.adapters.mail.layout import Paragraph, as_html, as_text, blocks

_SUBJECT = "Subject:"
_ONLY_TAGS = re.compile(r"\s*(\{%.*?%\}\s*)+")
_ENDS_IN_TAG = re.compile(r"(?<![-+])%\}$")
_LONGEST_SUBJECT = 180  # characters
SAID_ONCE = frozenset({"code", "officer-sign-in"})  # what these say is kept nowhere, so they cannot be composed again


class EmailTemplateError(Exception):
    """A template of `config/emails` is missing or cannot be filled in; the sentence says which and what to do."""


@dataclass(frozen=True)
class Words:
    """An email's words, ready to go. `subject` heads them; where they stand in a thread its subject is another."""

    subject: str
    text: str
    html: str


def render(folder: Path, name: str, context: Mapping[str, Any], our_addresses: tuple[str, ...] = ()) -> Words:
    """The words of one email. Raises `EmailTemplateError` with a sentence for whoever keeps `config/`."""
    return laid_out(fill(folder, name, context), our_addresses)


def laid_out(filled: "Filled", our_addresses: tuple[str, ...] = (), headed: bool = False) -> Words:
    """An email's words as text and as HTML. `headed`: the text begins with its heading, as its subject is another."""
    body = blocks(filled.body)
    text = as_text((Paragraph(filled.subject), *body) if headed else body)
    return Words(filled.subject, text, as_html(body, filled.subject, our_addresses))


@dataclass(frozen=True)
class Filled:
    """A template filled in: its first line, and what follows, not laid out yet."""

    subject: str
    body: str


def fill(folder: Path, name: str, context: Mapping[str, Any]) -> Filled:
    """A template filled in. Raises `EmailTemplateError` with a sentence for whoever keeps `config/`."""
    first, _, body = _filled(folder, name, context).partition("\n")
    if not first.startswith(_SUBJECT):
        raise EmailTemplateError(f"{folder / name}.txt must begin with “{_SUBJECT} …” on its first line.")
    return Filled(one_line(first.removeprefix(_SUBJECT), _LONGEST_SUBJECT), body)


def fill_line(folder: Path, name: str, context: Mapping[str, Any]) -> str:
    """A template of one line filled in. Raises `EmailTemplateError`."""
    return one_line(_filled(folder, name, context), _LONGEST_SUBJECT)


def _filled(folder: Path, name: str, context: Mapping[str, Any]) -> str:
    try:
        return _environment(folder).get_template(f"{name}.txt").render(context).lstrip()
    except TemplateNotFound as problem:
        raise EmailTemplateError(
            f"There is no email “{problem.name}” in {folder}: add the file, its first line “{_SUBJECT} …”."
        ) from problem
    except TemplateError as problem:
        line = getattr(problem, "lineno", None)
        where = f"{folder / name}.txt" + (f", line {line}" if line else "")
        raise EmailTemplateError(f"{where} cannot be filled in: {problem}. Correct the file.") from problem


def one_line(words: str, longest: int = 1000) -> str:
    """Words that came from outside, made safe to stand in a line: no line breaks, no control or direction marks."""
    seen = words if words.isprintable() else "".join(_in_a_line(each) for each in words)
    joined = " ".join(seen.split())
    return joined if len(joined) <= longest else joined[: longest - 1].rstrip() + "…"


def _in_a_line(character: str) -> str:
    """The character, a space for one that ends lines or controls, nothing for one that cannot be seen."""
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return " "
        case "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case _:
            return character


class _LinesStayLines(Extension):
    """A tag alone on its line leaves no line behind; one at the end of a sentence does not swallow the line's end."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Mark (`+%}`) the tags that end a line of words."""
        return "\n".join(
            line if _ONLY_TAGS.fullmatch(line) else _ENDS_IN_TAG.sub(r"+%}", line) for line in source.split("\n")
        )


SETTINGS: dict[str, Any] = {
    "undefined": StrictUndefined,
    "autoescape": False,  # what is filled in is plain text: layout.py escapes all of it
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "extensions": [_LinesStayLines],
}
"""How Jinja2 reads an email's words."""

FILTERS = {"one_line": one_line}
"""What an email's words may be passed through, beside Jinja2's own."""


@lru_cache
def _environment(folder: Path) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(loader=FileSystemLoader(folder), **SETTINGS)
    environment.filters |= FILTERS
    return environment
