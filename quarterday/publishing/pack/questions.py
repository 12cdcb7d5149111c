"""Questions to ask: what the figures themselves leave open, and whom a board may ask about it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quarterday.domain.framework.periods import describe
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.model import Block, Bullet, Bullets, Paragraph, Section


def questions(card: Card) -> Iterator[tuple[str, str]]:
    """Whom to ask about an indicator, and what."""
    change, now = card.change_said.change, card.reading.now
    if change is Change.REAL and not card.commentary:
        yield card.supplier, "What lies behind this change?"
    if len(card.readings) > 1:
        yield card.supplier, "Which of its readings fits best, and what would show it?"
    if card.gap and not _may_be_asked(card):
        yield card.gap.owner, "When will an agreement let it be asked for, and what stands in the way?"
    elif card.gap:
        yield card.supplier, "What would help you to send it, and is there a part that you can send now?"
    if now and now.stale:
        yield card.supplier, "When will a newer figure be there?"
    elif now and now.value is not None and change is Change.NOT_COMPARED and not card.gap:
        yield card.supplier, f"Can it be had for {describe(card.series.tables.period)} next time?"


def questions_section(cards: Sequence[Card]) -> Section:
    """The questions, by whom they go to; one that several indicators raise stands once, with all of them."""
    asked: dict[str, dict[str, list[Card]]] = defaultdict(lambda: defaultdict(list))
    for card in cards:
        for whom, question in questions(card):
            asked[whom][question].append(card)
    blocks: list[Block] = []
    for whom, of_whom in sorted(asked.items()):
        blocks.append(Paragraph(whom, "heading"))
        blocks.append(Bullets(tuple(about(question, raising) for question, raising in of_whom.items())))
    return Section("questions", "Questions to ask", tuple(blocks) or (Paragraph("The figures raise none this time."),))


def about(text: str, cards: Sequence[Card]) -> Bullet:
    """A line that one indicator leads to, or that names several."""
    if len(cards) == 1:
        return Bullet(text, cards[0].anchor, cards[0].indicator.title)
    return Bullet(f"{text} ({'; '.join(card.indicator.title for card in cards)})")


def _may_be_asked(card: Card) -> bool:
    """Whether an agreement lets the supplier be asked: where none does, nobody chases the supplier."""
    return card.framework.gate(card.indicator, card.series.tables.made_on).open
