"""Texts that are alike, told as one: what all share stands once, with a tag wherever each has words of its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import reduce
from itertools import zip_longest

Pieces = list[str]


@dataclass(frozen=True)
class Shared:
    """`pattern` is what the texts share; `values[n]` says what stands for each tag in the n-th of them."""

    pattern: str
    values: tuple[dict[str, str], ...]


def tag(number: int) -> str:
    """What stands in a pattern for words that differ. No text may hold one of its own: whoever calls sees to that."""
    return f"-part{number}-"


def filled_in(pattern: str, values: dict[str, str]) -> str:
    """The text that a pattern and its values make."""
    return reduce(lambda text, each: text.replace(*each), values.items(), pattern)


def shared_words(texts: Sequence[str], parted_by: str, first_tag: int = 1) -> Shared:
    """The texts as one pattern; a text alone is its own. A value is whole pieces and at least one, so never empty."""
    in_pieces = [text.split(parted_by) for text in texts]
    common = reduce(_common, in_pieces)
    gaps = [_between(common, pieces) for pieces in in_pieces]
    while _only_some(gap[-1] for gap in gaps):
        common = common[:-1]
        gaps = [_between(common, pieces) for pieces in in_pieces]
    return _told(common, gaps, parted_by, first_tag)


def _common(these: Pieces, those: Pieces) -> Pieces:
    """Pieces that stand in both, in the same order."""
    matching = SequenceMatcher(None, these, those, autojunk=False).get_matching_blocks()
    return [piece for block in matching for piece in these[block.a : block.a + block.size]]


def _between(common: Pieces, pieces: Pieces) -> list[Pieces]:
    """The pieces before, between and after the common ones."""
    gaps: list[Pieces] = [[]]
    for piece in pieces:
        if len(gaps) <= len(common) and piece == common[len(gaps) - 1]:
            gaps.append([])
        else:
            gaps[-1].append(piece)
    return gaps


def _told(common: Pieces, gaps: list[list[Pieces]], parted_by: str, first_tag: int) -> Shared:
    """The pattern, its tags numbered. Where only some texts have words before a common piece, it is each one's own."""
    pattern: Pieces = []
    values: list[dict[str, str]] = [{} for _ in gaps]
    own: list[Pieces] = [[] for _ in gaps]
    for number, piece in zip_longest(range(len(common) + 1), common):
        own = [words + gap[number] for words, gap in zip(own, gaps, strict=True)]
        if _only_some(own):
            own = [[*words, piece] for words in own]
            continue
        if all(own):
            name = tag(first_tag + len(values[0]))
            pattern.append(name)
            for value, words in zip(values, own, strict=True):
                value[name] = parted_by.join(words)
        own = [[] for _ in gaps]
        pattern += [] if piece is None else [piece]
    return Shared(parted_by.join(pattern), tuple(values))


def _only_some(own: Iterable[Pieces]) -> bool:
    """Whether some texts have words here and others have none."""
    return len({bool(words) for words in own}) > 1
