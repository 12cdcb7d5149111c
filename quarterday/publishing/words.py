"""A supplier's words as they may be published: without the numbers that give a hidden count away, and about nobody."""

import re

from quarterday.adapters.personal_data import OwnWords, kind_of

LEFT_OUT = "What the supplier wrote is left out, as it may tell of a person."
UNREAD = (
    "What the supplier wrote beside it is left out until an officer has read it: a figure of it is hidden, and words "
    "such as “doubled” may tell it."
)
LEAD_LEFT_OUT = "What its lead wrote is left out, as it may tell of a person."
LEAD_UNREAD = (
    "What its lead wrote is left out until an officer has read it: a figure that it should move is hidden, and words "
    "such as “doubled” may tell it."
)
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred single sole nobody none once "
    "twice thrice zero nil couple pair both dozen half third fourth fifth sixth seventh eighth ninth tenth twins trio"
)
_NUMBERS = re.compile(
    r"[-+]?\d+(?:[.,]\d+)*|[¹²³¼½¾⅐-⅞①-⑳]|\b(" + "|".join(_NUMBER_WORDS.split()) + r")\b", re.IGNORECASE
)


def without_numbers(text: str) -> str:
    """Words with every number taken out, for an indicator some of whose values are hidden."""
    return _NUMBERS.sub("[c]", text)


def tells_of_a_person(text: str, known: OwnWords) -> bool:
    """Whether words seem to name a person: what was typed into a page has been checked by nobody."""
    return bool(text) and kind_of(text, known) is not None
