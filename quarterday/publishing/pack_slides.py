"""Slides: one message each, from the same words as the pack."""

from collections.abc import Iterator, Sequence

from quarterday.publishing.pack_cards import Card
from quarterday.publishing.pack_model import Bullets, Paragraph, Section, Slide, Table
from quarterday.publishing.pack_sections import gap_lines
from quarterday.publishing.pack_tables import table_words
from quarterday.publishing.tables import ReleaseTables

LINES_TOGETHER = 4  # of running text on one slide


def slides_of(
    tables: ReleaseTables, cards: Sequence[Card], asks: Sequence[str], sections: Sequence[Section]
) -> Iterator[Slide]:
    """What matters first, then a slide for each indicator, then gaps, completeness and asks."""
    by_anchor = {section.anchor: section for section in sections}
    yield from _matters(by_anchor["what-matters"])
    yield from (card.slide for card in cards)
    yield from _paged("What is missing, and who owns it", gap_lines(cards))
    quality = [block for block in by_anchor["quality"].blocks if isinstance(block, Table)]
    if quality:
        yield Slide("How complete this collection is", tuple(table_words(quality[0])))
    yield from _paged("What the boards below ask", asks)


def _matters(section: Section) -> Iterator[Slide]:
    """Each heading of the first page with what stands under it."""
    heading = section.title
    for block in section.blocks:
        match block:
            case Paragraph(text, "heading"):
                heading = text
            case Paragraph(text):
                yield Slide(text)
            case Bullets(items):
                yield from _paged(heading, [item.words for item in items])


def _paged(message: str, lines: Sequence[str]) -> Iterator[Slide]:
    for start in range(0, len(lines), LINES_TOGETHER):
        more = " (continued)" if start else ""
        yield Slide(f"{message}{more}", tuple(lines[start : start + LINES_TOGETHER]))
