"""One sentence for each kind of fact: the kinds register theirs in the files beside this one."""

from functools import singledispatch
from textwrap import shorten

from quarterday.domain.facts import Fact
from quarterday.domain.telling.sentences.names import Names


@singledispatch
def sentence(fact: Fact, _names: Names) -> str:
    """What happened, in a sentence. Raises `NotImplementedError` for a fact that has none."""
    raise NotImplementedError(f"{type(fact).__name__} has no sentence")


def said(words: str, whom: str) -> str:
    """The words that went out with a decision, where there were any."""
    return f" {whom}: “{shorten(words, 200, placeholder=' …')}”." if words else ""


def ordinal(number: int) -> str:
    """`third`, as a sentence says it."""
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")


def size(size: int) -> str:
    """Bytes as people say them."""
    return f"{size} bytes" if size < 1000 else f"{size / 1000:,.0f} kB"
