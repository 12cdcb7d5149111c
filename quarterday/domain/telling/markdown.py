"""Markdown for pages of the Prefect UI: blocks kept apart, and what people wrote shown as they wrote it."""

import re
from collections.abc import Iterable

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_LIST_WITHIN = re.compile(r"^([-+]|\d+(?=[.)]))")  # begins a list where a line begins


def escaped(text: str) -> str:
    """Words from outside in one line, in which nothing is taken for a link, a picture, a heading or a list."""
    marked = _MARKS.sub(r"\\\1", " ".join(text.split()))
    return _LIST_WITHIN.sub(_apart, marked)


def _apart(found: re.Match[str]) -> str:
    return f"\\{found[1]}" if found[1] in "-+" else f"{found[1]}\\"


def blocks(lines: Iterable[str]) -> str:
    """Lines as Markdown: a list, a table and a paragraph each begin after an empty line."""
    text, before = "", ""
    for line in lines:
        kind = line[:1] if line[:1] in ("-", "|") else ""
        text += ("\n" if kind and kind == before else "\n\n" if text else "") + line
        before = kind
    return text + "\n"
