"""Words as they may be published: without the sentences that give a hidden count away, and about nobody."""

import re
import unicodedata

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
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred fours sixes tens nobody none once "
    "twice thrice zero nil nought naught nowt zilch zip couples? pairs? brace both dozens? score handful several few "
    "half third fourth fifth sixth seventh eighth ninth tenth twins triplets? duos? trios? quartets? quintets? "
    "hat-tricks? unity"
)
_ALONE = "single singly singleton sole solely solitary lone lonely loner isolated another "
_KIN = "brothers? sisters? siblings? twins? mother father daughter son cousins?"
_DEGREES = (
    "fewer fewest lowest highest peak peaked majority minority same unchanged unaltered unvaried steady stable "
    "constant static identical equal equals equalled likewise match matches matched mirrors mirrored repeats repeated "
    "stayed remained rose risen fell fallen dropped increased decreased declined grew grown shrank climbed soared "
    "plummeted multiplied"
)
_SOMEBODY = r"(?:case|incident|victim|famil(?:y|ies)|boy|girl|child(?:ren)?|man|woman|person|death|offence|referral)"
_COUNTS = re.compile(
    rf"\b(?:{'|'.join(f'{_NUMBERS} {_ALONE} {_KIN} {_DEGREES}'.split())})\b"
    r"|\b(?:doubl|trebl|tripl|quadrupl|halv)\w*|\w+fold\b|\bas (?:many|few|often|much) as\b"
    r"|\b(?:more|less|lower|higher|greater|smaller|other) than\b|\b(?:most|all|some|any|quarter) of\b"
    r"|\b(?:almost|nearly|not) (?:all|any|a|every)\b|\b(?:up|down) (?:by|on|from)\b|\brecord (?:low|high)\b"
    r"|\bas (?:before|ever|usual|in (?:the )?(?:last|previous|spring|summer|autumn|winter))\b"
    r"|\bon a par\b|\bin line with (?:last|the last|the previous)\b|\bno change\b|\bnot change|\bflat\b"
    rf"|\b(?:a|the|no|this|that|first|second|last|next|repeat|only) {_SOMEBODY}s?\b"
    r"|\bfirst (?:ever|since)\b|\ba first\b"
    r"|(?-i:\b(?:[IVX]{2,}|[VX])\b)",
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
        if not _counts(spared.sub("", sentence) if spared else sentence):
            kept.append(sentence)
        elif kept[-1:] != [_UNCOUNTED]:
            kept.append(_UNCOUNTED)
    return " ".join(kept)


def _counts(sentence: str) -> bool:
    """Whether a sentence counts or compares, in numerals of any script or in words, whatever is hidden between."""
    seen = "".join(each for each in sentence if unicodedata.category(each) != "Cf")
    return any(each.isnumeric() for each in seen) or bool(_COUNTS.search(seen))


def tells_of_a_person(text: str, known: OwnWords) -> bool:
    """Whether words seem to name a person: what was typed into a page has been checked by nobody."""
    return bool(text) and kind_of(text, known) is not None
