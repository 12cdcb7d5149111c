"""Every indicator of a board in one line: what a board reads between its first page and the cards."""

from collections.abc import Iterable, Iterator, Sequence

from quarterday.domain.framework.framework import Framework, Priority
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Block, Glances, Paragraph, Section

ABOUT = (
    "Each line is an indicator: its latest figure, its trend with the mean as a straight line, and what may be read "
    "into it. Cards of what may have changed, is missing or cannot be compared come next; all others are in annex A of "
    "the web page."
)


def by_priority(framework: Framework, cards: Sequence[Card]) -> Iterator[tuple[Priority, list[Card]]]:
    """The cards under their first priority, in the order of the plan: an indicator of several stands once."""
    for priority in framework.priorities:
        under = [card for card in cards if card.indicator.priorities[0] == priority.code]
        if under:
            yield priority, under


def glance_section(framework: Framework, cards: Sequence[Card]) -> Section:
    """The indicators of a board, priority by priority."""
    blocks: list[Block] = [Paragraph(ABOUT, "note")]
    for priority, under in by_priority(framework, cards):
        blocks.append(Paragraph(priority.title, "heading"))
        if priority.about:
            blocks.append(Paragraph(priority.about))
        blocks.append(Glances(priority.title, tuple(card.glance for card in under)))
    return Section("glance", "All indicators at a glance", tuple(blocks))


def from_below(cards: Iterable[Card]) -> Section | None:
    """One line for each indicator that only the boards below look at; None where there is none."""
    rows = tuple(card.glance for card in cards)
    if not rows:
        return None
    note = Paragraph("The boards that report here look at these too; their own packs hold the cards.", "note")
    glances = Glances("Indicators of the boards that report here", rows)
    return Section("below", "From the boards that report here", (note, glances))
