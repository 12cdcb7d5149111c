"""Which cards a reader is shown first."""

from collections.abc import Iterable, Sequence

from quarterday.publishing.pack.cards import Card

CARDS_IN_BODY = 8


def most_notable_first(cards: Iterable[Card]) -> list[Card]:
    """The cards that a board needs before it: the strongest signs first, then what is missing, then all others."""
    notable = [card for card in cards if card.notable]
    return sorted(notable, key=lambda card: (-card.change_said.strength, card.gap is None))


def in_body(cards: Sequence[Card]) -> list[Card]:
    """The cards printed in a pack's body, in the order of the plan: no more than a chair reads in ten minutes."""
    chosen = {card.indicator.code for card in most_notable_first(cards)[:CARDS_IN_BODY]}
    return [card for card in cards if card.indicator.code in chosen]
