"""What people wrote, on an officer's page: shown as they wrote it."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from quarterday.adapters.arrivals import clean
from quarterday.domain.telling.markdown import blocks, escaped

BLNS = Path(__file__).parents[2].parent / "shared" / "data" / "blns" / "blns.json"
NAUGHTY: list[str] = json.loads(BLNS.read_text()) if BLNS.exists() else []


@pytest.mark.skipif(not NAUGHTY, reason=f"the big list of naughty strings is not at {BLNS}")
def test_words_stay_words() -> None:
    """No naughty string becomes a tag, a link, a picture, a heading or another line."""
    read = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for naughty in NAUGHTY:
        words = escaped(clean(naughty, 1000)) or "nothing"
        tokens = read.parse(blocks([f"- {words}", f"- {words}", "| Why |", "| --- |", f"| {words} |"]))
        kinds = {part.type for each in tokens for part in (each, *(each.children or ()))}

        assert kinds <= {*_PLAIN, "inline", "text", "text_special"}, naughty
        assert 2 == sum(each.type == "list_item_open" for each in tokens), naughty
        assert 1 == sum(each.type == "td_open" for each in tokens), naughty


_PLAIN = {
    f"{each}_{end}"
    for each in ("bullet_list", "list_item", "paragraph", "table", "thead", "tbody", "tr", "th", "td")
    for end in ("open", "close")
}


@pytest.mark.parametrize(
    "said",
    ["- a list", "1. first", "2) second", "+ more", "# big", "AT&amp;T", "[a](https://b.example)", "2025-26 Q1 (June)"],
)
def test_what_begins_like_a_list_is_words(said: str) -> None:
    """A finding stands in a list of its own, and reads as it was written."""
    tokens = MarkdownIt("commonmark").parse(f"- {escaped(said)}")
    shown = "".join(part.content for each in tokens for part in each.children or ())

    assert 1 == sum(each.type == "list_item_open" for each in tokens)
    assert said == shown
