"""Texts that are alike, told as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quarterday.adapters.mail.shared_words import filled_in, shared_words

pieces = st.text("abc", max_size=2)
texts = st.lists(st.lists(pieces, min_size=1, max_size=8).map("\n".join), min_size=1, max_size=5)


@given(texts)
def test_each_text_comes_back_as_it_was(texts: list[str]) -> None:
    """Whatever the texts, the pattern with each one's own words is that text, letter by letter."""
    shared = shared_words(texts, "\n")

    assert texts == [filled_in(shared.pattern, own) for own in shared.values]


@given(texts)
def test_every_tag_stands_once_and_for_every_text(texts: list[str]) -> None:
    """No tag is left open for anybody."""
    shared = shared_words(texts, "\n")

    assert 1 == len({tuple(own) for own in shared.values})
    assert all(1 == shared.pattern.count(name) for name in shared.values[0])


@given(st.lists(st.lists(pieces.filter(bool), min_size=1, max_size=8).map("\n".join), min_size=1, max_size=5))
def test_no_value_is_empty_or_ends_in_a_line_break(texts: list[str]) -> None:
    """Nobody has promised what becomes of an empty value, or of a line break at its end."""
    values = [value for own in shared_words(texts, "\n").values for value in own.values()]

    assert values == [value.strip() for value in values if value]


def test_what_all_share_stands_once() -> None:
    """Two letters that differ in name and link."""
    shared = shared_words(["Dear Ann\n\nPlease.\n\nlink-a\n\nJo", "Dear Bob\n\nPlease.\n\nlink-b\n\nJo"], "\n\n")

    assert "-part1-\n\nPlease.\n\n-part2-\n\nJo" == shared.pattern
    assert {"-part1-": "Dear Bob", "-part2-": "link-b"} == shared.values[1]


def test_words_that_only_some_have_take_the_next_piece_along() -> None:
    """Whoever has nothing there gets the piece that follows, so that a value is never empty."""
    shared = shared_words(["Dear Ann\nWe know your process.\nJo", "Dear Ann\nJo"], "\n")

    assert "Dear Ann\n-part1-" == shared.pattern
    assert ["We know your process.\nJo", "Jo"] == [own["-part1-"] for own in shared.values]


@pytest.mark.parametrize("text", ["", "\n", "One", "One\n\nTwo\n"])
def test_a_text_alone_needs_no_tags(text: str) -> None:
    """One email is a call of its own, in its own words."""
    shared = shared_words([text], "\n\n")

    assert (text, ({},)) == (shared.pattern, shared.values)
