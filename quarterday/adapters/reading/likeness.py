"""Which indicator a title or a label of an export may mean, by the words that they share."""

import re
from collections.abc import Iterable

from quarterday.adapters.reading.naming import key
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import MONTH_WORD

_SMALL = frozenset(
    "of the a an in to and or for by at where was were is no number count total with on their who all".split()
)
_YEARS = re.compile(r"\b20\d\d\s*[-/]\s*(?:20)?\d\d\b")
_OF_TIME = re.compile(rf"{MONTH_WORD}|20\d\d|q[1-4]|quarter|quarterly|monthly|month|year|fy", re.IGNORECASE)
_ENOUGH = 0.6  # of the words of the label


def most_like(label: str, indicators: Iterable[Indicator]) -> tuple[Indicator | None, bool]:
    """The indicator that a label seems to mean, and whether another would do as well; None where none comes near."""
    asked = tuple(indicators)
    exact = next((each for each in asked if key(label) in (key(each.code), key(each.title))), None)
    if exact:
        return exact, False
    words = _words(label)
    if not words:
        return None, False
    scored = sorted(
        ((_shared(words, each.title) / len(words), -_left_over(words, each.title), each) for each in asked),
        key=lambda scored_one: scored_one[:2],
        reverse=True,
    )
    if not scored or scored[0][0] < _ENOUGH:
        return None, False
    unclear = len(scored) > 1 and scored[1][:2] == scored[0][:2]
    return scored[0][2], unclear


def likeness(label: str, text: str) -> float:
    """The share of a label's words that stand in a text, 0 to 1."""
    words = _words(label)
    return _shared(words, text) / len(words) if words else 0.0


def _left_over(words: frozenset[str], title: str) -> int:
    """How many words of a title a label lacks; a title that denies what the label says lacks one more."""
    denied = re.search(r"\bnot (?:of |in |by )?(\w+)", key(title))
    denies = denied is not None and _stem(denied[1]) in words and "not" not in words
    return len(_words(title) - words) + denies


def _shared(words: frozenset[str], title: str) -> int:
    """How many of a label's words stand in a title, or are the initials of words in it, as MARAC."""
    initials = "".join(word[0] for word in key(title).split())
    return sum(word in _words(title) or (len(word) > 2 and word in initials) for word in words)


def _words(text: str) -> frozenset[str]:
    written = _YEARS.sub(" ", text).replace("%", " percentage ")
    said = (word for word in key(written).split() if word not in _SMALL)
    return frozenset(_stem(word) for word in said if not _OF_TIME.fullmatch(word))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
