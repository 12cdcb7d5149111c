"""Markdown for artifacts: blocks kept apart, and what people wrote shown as they wrote it."""

import re
from collections.abc import Iterable

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def escaped(text: str) -> str:
    """Words from outside in one line, in which nothing is taken for a link, a picture or a heading."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def blocks(lines: Iterable[str]) -> str:
    """Lines as Markdown: a list, a table and a paragraph each begin after an empty line."""
    text, before = "", ""
    for line in lines:
        kind = line[:1] if line[:1] in ("-", "|") else ""
        text += ("\n" if kind and kind == before else "\n\n" if text else "") + line
        before = kind
    return text + "\n"
