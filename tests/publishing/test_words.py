"""Facts about the sentences that are left out of what boards, owners and partners write where a figure is hidden."""

import pytest

from quarterday.publishing.asks import _COUNTS_NOBODY
from quarterday.publishing.words import without_counts

TELLING = (
    "It has doubled.",
    "It was the same as last quarter.",
    "A lone case.",
    "Pairs of brothers.",
    "Threefold since May.",
    "A handful of families.",
    "It fell.",
    "It has risen since.",
    "More than in spring.",
    "Fewer came.",
    "No change.",
    "It stayed level.",
    "The only case moved away.",
    "The family moved out of London.",
    "A first.",
    "The majority.",
    "Not a single one.",
    "A brace of offences.",
    "Several came.",
    "A quartet.",
    "Down by a quarter of them.",
    "It mirrors May.",
    "On a par with May.",
    "As before.",
    "A record low.",
    "Another case.",
    "A quarter of them.",
    "Case Ⅳ.",
    "Case ❹.",
    "Case ४.",
    "T\u200bwo of them.",
    "IV of them.",
    "The brother and the sister.",
    "A repeat victim.",
    "None.",
    "Nobody came.",
)
HARMLESS = (
    "Please fund the night patrols.",
    "We cannot send it: the system is being replaced.",
    "The board agreed and will write to the council.",
    "Pay £12,500 within three months, by 30 June 2026.",
    "Staff are away for a quarter.",
)


@pytest.mark.parametrize("said", TELLING)
def test_a_sentence_that_counts_or_compares_is_left_out_whole(said):
    """In numerals of any script, in words, or by comparing: what is left says nothing of how many."""
    assert "We looked. [c]" == without_counts(f"We looked. {said}", spared=_COUNTS_NOBODY)


@pytest.mark.parametrize("said", HARMLESS)
def test_what_tells_of_no_count_stays(said):
    """Money, lengths of time and dates are what boards decide about."""
    assert said == without_counts(said, spared=_COUNTS_NOBODY)
