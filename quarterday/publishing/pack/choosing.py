"""Which cards a reader is shown first."""

from collections.abc import Iterable, Sequence

from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change

CARDS_IN_BODY = 8
WITHOUT_FIGURE = 2  # at most, of these, fewer beside signs: the part on gaps tells of each why and until when


def most_notable_first(cards: Iterable[Card]) -> list[Card]:
    """The cards that a board needs before it: the strongest signs first, then what is missing, then all others."""
    notable = [card for card in cards if card.notable]
    return sorted(notable, key=lambda card: (-card.change_said.strength, card.gap is None))


def worth_showing(cards: Sequence[Card]) -> list[Card]:
    """The notable cards, the strongest first, with few of those that could only say that there is no figure."""
    notable = most_notable_first(cards)
    without = [card for card in notable if card.change_said.change is Change.MISSING]
    signs = sum(card.change_said.change is Change.REAL for card in notable)
    return [card for card in notable if card not in without[max(0, WITHOUT_FIGURE - signs) :]]


def in_body(cards: Sequence[Card]) -> list[Card]:
    """The cards printed in a pack's body, in the order of the plan: no more than a chair reads in ten minutes."""
    chosen = {card.indicator.code for card in worth_showing(cards)[:CARDS_IN_BODY]}
    return [card for card in cards if card.indicator.code in chosen]
