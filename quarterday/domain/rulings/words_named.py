"""Words that may wait for an officer's reading, found by the names that a reading gives them."""

from dataclasses import dataclass

from quarterday.domain.activities.told import word_named
from quarterday.domain.asks.wording import texts_of, worded
from quarterday.domain.facts import Facts, ReplyKind, ReplyReceived, RiskReviewed


@dataclass(frozen=True)
class WordsNamed:
    """What somebody wrote that stands in no return: a lead, a board, an owner, a supplier of why not."""

    texts: tuple[str, ...]
    collection: str = ""  # with whose request they came; empty where with none
    request: str = ""


def words_named(facts: Facts, reference: str, on: str) -> WordsNamed | None:
    """The words on an activity or a risk, of an ask, an action, a board, or a reply that says why a figure is missing.

    None where there are none of that name: a return's own words stand in the return.
    """
    if (word := word_named(facts, reference)) and word.activity == on:
        texts = (word.done, word.in_the_way, word.asks, word.next_milestone)
        return WordsNamed(tuple(filter(None, texts)), word.collection, word.request)
    if fact := worded(facts, reference, on):
        return WordsNamed(texts_of(fact))
    reviews = (each for each in facts.of(RiskReviewed) if (each.reviewed, each.risk) == (reference, on))
    if review := next(reviews, None):
        return WordsNamed((review.mitigation,) if review.mitigation else ())
    said = (each for each in facts.of(ReplyReceived) if each.reply == reference)
    reply = next((each for each in said if each.kind is ReplyKind.NOT_AVAILABLE), None)
    request = facts.request(reply.request) if reply else None
    if reply and request and on in (reply.indicators or request.asked):
        return WordsNamed((reply.reason,) if reply.reason else (), request.collection, request.request)
    return None
