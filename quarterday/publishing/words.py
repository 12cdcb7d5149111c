"""Words as they may be published: without the sentences that give a hidden count away, and about nobody."""

import re

from quarterday.adapters.personal_data import OwnWords, kind_of

LEFT_OUT = "What the supplier wrote is left out, as it may tell of a person."
UNREAD = (
    "What the supplier wrote beside it is left out until an officer has read it: a figure of it is hidden, and words "
    "such as “doubled” may tell it."
)
LEAD_LEFT_OUT = "What its lead wrote is left out, as it may tell of a person."
LEAD_UNREAD = (
    "What its lead wrote is left out until an officer has read it: a figure that it bears on is hidden, and words "
    "such as “doubled” may tell it."
)
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred single sole lone nobody none once "
    "twice thrice zero nil couples? pairs? both dozens? half third fourth fifth sixth seventh eighth ninth tenth twins "
    "trios? same unchanged"
)
_COUNTS = re.compile(
    rf"\d|[¹²³¼½¾⅐-⅞①-⑳]|\b(?:{'|'.join(_NUMBER_WORDS.split())})\b"
    r"|\b(?:doubl|trebl|tripl|quadrupl|halv)\w*|\w+fold\b|\bas (?:many|few|often|much) as\b",
    re.IGNORECASE,
)
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?;])\s+|\n+")
_UNCOUNTED = "[c]"


def without_counts(text: str, spared: re.Pattern[str] | None = None) -> str:
    """Words without each sentence that counts or compares, for an indicator some of whose values are hidden.

    Its number alone is not enough: “there was [c] case” tells one, “it [c] since” that it did not stay the same. What
    matches `spared` counts nobody.
    """
    kept: list[str] = []
    for sentence in filter(None, _BETWEEN_SENTENCES.split(text.strip())):
        if not _COUNTS.search(spared.sub("", sentence) if spared else sentence):
            kept.append(sentence)
        elif kept[-1:] != [_UNCOUNTED]:
            kept.append(_UNCOUNTED)
    return " ".join(kept)


def tells_of_a_person(text: str, known: OwnWords) -> bool:
    """Whether words seem to name a person: what was typed into a page has been checked by nobody."""
    return bool(text) and kind_of(text, known) is not None
