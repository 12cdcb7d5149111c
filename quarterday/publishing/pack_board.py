"""One board's pack, put together from cards that all boards share."""

from collections.abc import Iterator, Mapping, Sequence

from quarterday.framework import Framework, Indicator
from quarterday.partners import Board
from quarterday.periods import describe, say_date
from quarterday.publishing.pack_boards import (
    asks_from_below,
    asks_section,
    coming_section,
    indicators_below,
    own_indicators,
)
from quarterday.publishing.pack_cards import Card
from quarterday.publishing.pack_figures import say_number
from quarterday.publishing.pack_model import Pack, Paragraph, Section
from quarterday.publishing.pack_reading_help import how_to_read
from quarterday.publishing.pack_sections import (
    caveats_section,
    from_below,
    gaps_section,
    matters,
    quality_section,
    questions_section,
    revisions_section,
)
from quarterday.publishing.pack_slides import slides_of
from quarterday.publishing.tables import ReleaseTables

SYNTHETIC = "These figures are synthetic: made up to show how this pack works."


def board_pack(framework: Framework, tables: ReleaseTables, board: Board, cards: Mapping[str, Card]) -> Pack:
    """The pack of one board."""
    own = _cards(cards, own_indicators(framework, board))
    below = _cards(cards, indicators_below(framework, board))
    warning = SYNTHETIC if tables.synthetic else ""
    sections = tuple(_sections(framework, tables, board, own, below))
    title = f"{tables.label}: board pack" if board.kind != "external" else f"{tables.label}: pack"
    return Pack(
        board=board.code,
        board_name=board.name,
        partnership=framework.partnership.name,
        title=title,
        subtitle=_subtitle(tables, board),
        edition=_edition(tables),
        warning=warning,
        made_on=tables.made_on.isoformat(),
        sections=sections,
        slides=tuple(slides_of(tables, own, asks_from_below(framework, board), sections)),
    )


def _cards(cards: Mapping[str, Card], indicators: Sequence[Indicator]) -> list[Card]:
    return [cards[indicator.code] for indicator in indicators]


def _subtitle(tables: ReleaseTables, board: Board) -> str:
    said = f"Figures for {describe(tables.period)}"
    days = sorted(meeting.on for meeting in board.meetings if meeting.considers == tables.period)
    kind = "submission" if board.kind == "external" else "meeting"
    return f"{said}, for the {kind} of {say_date(days[0])}" if days else said


def _edition(tables: ReleaseTables) -> str:
    kind = f"{tables.kind[:1].upper()}{tables.kind[1:]}"
    return f"{kind} figures, version {say_number(tables.version)}, made on {say_date(tables.made_on)}"


def _sections(
    framework: Framework, tables: ReleaseTables, board: Board, own: list[Card], below: list[Card]
) -> Iterator[Section]:
    every = [*own, *below]
    yield matters(every, asks_from_below(framework, board))
    yield from _card_sections(framework, own)
    if section := from_below(below):
        yield section
    yield gaps_section(every)
    yield quality_section(framework, tables, every)
    if revised := revisions_section(framework, tables, every):
        yield revised
    yield caveats_section(own)
    yield questions_section(own)
    yield asks_section(framework, board)
    yield coming_section(framework, board, tables.made_on)
    yield how_to_read()
    yield from _annex(own)


def _card_sections(framework: Framework, own: Sequence[Card]) -> Iterator[Section]:
    """The cards under their first priority, in the order of the plan: an indicator of several stands once."""
    for priority in framework.priorities:
        under = [card for card in own if card.indicator.priorities[0] == priority.code]
        if under:
            about = (Paragraph(priority.about),) if priority.about else ()
            yield Section(f"priority-{priority.code}", priority.title, about)
            yield from (card.section for card in under)


def _annex(own: Sequence[Card]) -> Iterator[Section]:
    """The tables behind the charts, out of the way of whoever reads the pack for its messages."""
    if own:
        about = "For each indicator every period in the chart, its breakdowns, and where the figures come from."
        yield Section("annex", "Annex: the figures behind the charts", (Paragraph(about),), kind="annex")
        yield from (card.annex for card in own)
