"""Which of people's words an officer has read, and which are too old to wait for it."""

from datetime import date, timedelta

from quarterday.domain.facts.decisions import WordsRead
from quarterday.domain.facts.fact import Fact
from quarterday.domain.facts.many import Facts

NEWS = timedelta(days=100)  # a quarter and a little: older words have been in packs, or left out of them, already


def names_read(facts: Facts) -> frozenset[tuple[str, str]]:
    """What was read, by the names that a reading gives it, whether it was let through or not."""
    return frozenset((each.partner_return, each.indicator) for each in facts.of(WordsRead))


def may_still_wait(words: Fact, today: date) -> bool:
    """Whether words are new enough for somebody to read them before the next papers."""
    return words.at.date() >= today - NEWS
