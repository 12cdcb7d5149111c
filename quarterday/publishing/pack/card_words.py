"""Sentences of a card that stand elsewhere too, or are the same for every card."""

from quarterday.domain.framework.indicators import Direction, Indicator
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.tables import Gap, Observation

SEASONS = (
    "Its seasons are strong: each figure is held against the same part of other years, and the limits follow them."
)


def gap_words(gap: Gap) -> str:
    """A gap as one sentence: why, who owns it, when to expect it."""
    expected = f"It is expected by {say_date(gap.expected)}" if gap.expected else "No date has been given for it yet"
    return f"Missing: {gap.why}. {expected}; its owner is {gap.owner}."


def direction_told(indicator: Indicator) -> str:
    """What a rise of it means."""
    if indicator.direction is Direction.DEPENDS:
        return "Neither a rise nor a fall is good or bad by itself: it depends on why."
    meant = indicator.direction.value
    return f"{meant[:1].upper()}{meant[1:]}."


def says_other_days(row: Observation, caveat: str) -> bool:
    """Whether a check's caveat says of the period what `comparable_why` says too."""
    return bool(row.comparable_why) and caveat.startswith(f"Covers {describe(row.period)}, ")


def lowered(sentence: str) -> str:
    """A sentence as it goes on after a colon."""
    second = sentence[1:2]
    return sentence if second.isupper() else sentence[:1].lower() + sentence[1:]
