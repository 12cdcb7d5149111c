"""Slides: one message each, from the same words as the pack."""

from collections.abc import Iterator, Sequence

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.glance import by_priority
from quarterday.publishing.pack.model import Section, Slide, Table
from quarterday.publishing.pack.sections import (
    SIGNS,
    asked_heading,
    asked_of_board,
    by_chance,
    changed,
    gap_lines,
    tally,
)
from quarterday.publishing.pack.tables import table_words

LINES_TOGETHER = 4  # of running text on one slide
GLANCES_TOGETHER = 12  # short lines, an indicator each


def slides_of(
    framework: Framework,
    board: Board,
    cards: Sequence[Card],
    below: Sequence[Card],
    asks: Sequence[str],
    quality: Section,
) -> Iterator[Slide]:
    """What matters first, then the charts of what changed or is missing, what is steady, and completeness.

    The charts of all other indicators follow, for whoever is asked about one.
    """
    every = [*cards, *below]
    yield Slide(tally(every))
    signs = [item.words for item in changed(every)]
    chance = [said] if (said := by_chance(every)) else []
    yield from _paged(SIGNS, [*signs, *chance] if signs else [], "No sign of possible change anywhere")
    yield from _paged("What is missing, and who owns it", gap_lines(every), "Nothing that was wanted is missing")
    wanted = [item.words for item in asked_of_board(every, asks)]
    yield from _paged(asked_heading(board), wanted, "Nothing has been raised")
    yield from (card.slide for card in cards if card.notable)
    others = [card for card in cards if not card.notable]
    yield from _steady(framework, others)
    rates = next((block for block in quality.blocks if isinstance(block, Table)), None)
    if rates:
        yield Slide("How complete this collection is", tuple(table_words(rates)))
    if others:
        yield Slide("Annex: the charts of all other indicators")
        yield from (card.slide for card in others)


def _steady(framework: Framework, cards: Sequence[Card]) -> Iterator[Slide]:
    """One message for all that shows no change, and one for what cannot be read for it; by priority where many."""
    for unchanged, said in ((True, "No sign of possible change"), (False, "Not to be read for change")):
        of_kind = [card for card in cards if (card.change_said.change is Change.NONE) is unchanged]
        if len(of_kind) <= GLANCES_TOGETHER:
            yield from _paged(said, _lines(of_kind), together=GLANCES_TOGETHER)
            continue
        for priority, under in by_priority(framework, of_kind):
            yield from _paged(f"{said}: {priority.title}", _lines(under), together=GLANCES_TOGETHER)


def _lines(cards: Sequence[Card]) -> list[str]:
    return [f"{card.glance.title}: {card.glance.figure}" for card in cards]


def _paged(message: str, lines: Sequence[str], none: str = "", together: int = LINES_TOGETHER) -> Iterator[Slide]:
    """The lines, so many on a slide; where there are none, a slide that says so, or no slide."""
    if none and not lines:
        yield Slide(none)
    for start in range(0, len(lines), together):
        more = " (continued)" if start else ""
        yield Slide(f"{message}{more}", tuple(lines[start : start + together]))
