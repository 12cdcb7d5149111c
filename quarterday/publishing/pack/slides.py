"""Slides: what matters, one matter a slide, from the same words as the pack; the rest is in the pack itself."""

from collections.abc import Iterable, Iterator, Sequence

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.choosing import worth_showing
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import Bullet, Section, Slide, Table
from quarterday.publishing.pack.scorecard import by_priority
from quarterday.publishing.pack.sections import (
    SIGNS,
    asked_heading,
    asked_of_board,
    by_chance,
    changed,
    gap_lines,
    tally,
)
from quarterday.publishing.pack.slide_lines import first_lines
from quarterday.publishing.pack.tables import table_words

MOST_SLIDES = 15  # the first, with the board's name, is one of them


def slides_of(
    framework: Framework,
    board: Board,
    cards: Sequence[Card],
    below: Sequence[Card],
    asks: Sequence[Bullet],
    quality: Section,
    activities: Iterable[Slide] = (),
    following: Iterable[Slide] = (),
) -> Iterator[Slide]:
    """What matters first, a slide for each matter, then what is steady, and completeness: fifteen at most."""
    closing = list(_closing(framework, cards, quality))
    room = MOST_SLIDES - 1 - len(closing)
    opening = [*following, *_opening(board, [*cards, *below], asks), *activities][:room]
    yield from opening
    here = [card for card in (*cards, *below) if not card.elsewhere]
    yield from (card.slide for card in worth_showing(here)[: room - len(opening)])
    yield from closing


def _opening(board: Board, every: Sequence[Card], asks: Sequence[Bullet]) -> Iterator[Slide]:
    yield Slide(tally(every))
    signs = [item.words for item in changed(every)]
    chance = [said] if (said := by_chance(every)) else []
    yield _together(SIGNS, signs, "No sign of possible change anywhere", chance)
    yield _together("What is missing, and who owns it", gap_lines(every), "Nothing that was wanted is missing")
    wanted = [item.words for item in asked_of_board(every, ())]
    if wanted or not asks:  # each ask has a slide of its own
        yield _together(asked_heading(board), wanted, "Nothing has been raised")


def _closing(framework: Framework, cards: Sequence[Card], quality: Section) -> Iterator[Slide]:
    others = [card for card in cards if not card.notable]
    if others:
        yield Slide("No sign of possible change", tuple(_steady(framework, others)))
    rates = next((block for block in quality.blocks if isinstance(block, Table)), None)
    if rates:
        yield Slide("How complete this collection is", tuple(table_words(rates)))


def _steady(framework: Framework, cards: Sequence[Card]) -> Iterator[str]:
    """How many indicators of each priority are steady, and how many cannot be read for change."""
    for priority, under in by_priority(framework, cards):
        steady = sum(card.change_said.change is Change.NONE for card in under)
        yield f"{priority.title}: {say_number(steady)} of {say_number(len(under))} indicators"
    yield "The others cannot be read for change, were not due, or are hidden. The pack’s scorecard has each in a line."


def _together(message: str, lines: Sequence[str], none: str, always: Sequence[str] = ()) -> Slide:
    """The first lines on one slide, and how many more there are; where there are none, a slide that says so."""
    if not lines:
        return Slide(none, tuple(always))
    return Slide(message, (*first_lines(lines), *always))
