"""What people wrote, on an officer's page: shown as they wrote it."""

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from flows.showing.markdown import blocks, escaped
from quarterday.adapters.arrivals import clean

BLNS = Path(__file__).parents[2].parent / "shared" / "data" / "blns" / "blns.json"
NAUGHTY: list[str] = json.loads(BLNS.read_text()) if BLNS.exists() else []


@pytest.mark.skipif(not NAUGHTY, reason=f"the big list of naughty strings is not at {BLNS}")
def test_words_stay_words() -> None:
    """No naughty string becomes a tag, a link, a picture, a heading or another line."""
    read = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for naughty in NAUGHTY:
        words = escaped(f"They said: {clean(naughty, 1000)}")
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
