"""One board's pack, put together from cards that all boards share."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.pack.activities import BoardActivities
from quarterday.publishing.pack.boards import (
    coming_section,
    indicators_below,
    own_indicators,
)
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.choosing import in_body
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.following import BoardFollowing
from quarterday.publishing.pack.model import Bullet, Pack, Paragraph, Section
from quarterday.publishing.pack.questions import questions_section
from quarterday.publishing.pack.reading_help import how_to_read
from quarterday.publishing.pack.revisions_told import changes_since, revisions_section
from quarterday.publishing.pack.risks import BoardRisks
from quarterday.publishing.pack.scorecard import from_below, scorecard_section
from quarterday.publishing.pack.sections import (
    by_chance,
    caveats_section,
    changed,
    gaps_section,
    matters,
    quality_section,
)
from quarterday.publishing.pack.slides import slides_of
from quarterday.publishing.tables import ReleaseTables

SYNTHETIC = "These figures are synthetic: made up to show how this pack works."


def board_pack(framework: Framework, tables: ReleaseTables, board: Board, cards: Mapping[str, Card]) -> Pack:
    """The pack of one board."""
    own = _cards(cards, own_indicators(framework, board))
    below = [_from_below(card) for card in _cards(cards, indicators_below(framework, board))]
    activities = BoardActivities(framework, tables, board, cards)
    risks = BoardRisks(framework, tables, board)
    warning = SYNTHETIC if tables.synthetic else ""
    quality = quality_section(framework, tables, [*own, *below])
    following = BoardFollowing(framework, tables, board)
    sections = tuple(_sections(framework, tables, board, own, below, quality, activities, risks, following))
    beside = [*risks.slides, *activities.slides]  # where room is short the pack has the plans
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
        slides=tuple(slides_of(framework, board, own, below, following.as_bullets, quality, beside, following.slides)),
        signs=tuple(bullet.lead for bullet in changed([*own, *below])),
        missing=tuple(card.indicator.title for card in (*own, *below) if card.gap),
        by_chance=by_chance([*own, *below]),
        changes=changes_since(framework, tables, [*own, *below]),
    )


def _cards(cards: Mapping[str, Card], indicators: Sequence[Indicator]) -> list[Card]:
    return [cards[indicator.code] for indicator in indicators]


def _from_below(card: Card) -> Card:
    """A card of a board below: left in that board's pack, but for one that shows a sign, which this board sees too."""
    return card if card.change_said.change is Change.REAL else replace(card, elsewhere=True)


def _subtitle(tables: ReleaseTables, board: Board) -> str:
    said = f"Figures for {describe(tables.period)}"
    days = sorted(meeting.on for meeting in board.meetings if meeting.considers == tables.period)
    kind = "submission" if board.kind == "external" else "meeting"
    return f"{said}, for the {kind} of {say_date(days[0])}" if days else said


def _edition(tables: ReleaseTables) -> str:
    kind = f"{tables.kind[:1].upper()}{tables.kind[1:]}"
    return f"{kind} figures, version {say_number(tables.version)}, made on {say_date(tables.made_on)}"


def _sections(
    framework: Framework,
    tables: ReleaseTables,
    board: Board,
    own: list[Card],
    below: list[Card],
    quality: Section,
    activities: BoardActivities,
    risks: BoardRisks,
    following: BoardFollowing,
) -> Iterator[Section]:
    every = [*own, *below]
    here = [card for card in every if not card.elsewhere]
    yield from following.sections()
    yield matters(board, every, following.as_bullets, _beside_figures(activities, risks))
    if own:
        yield scorecard_section(framework, own)
    yield from activities.sections()
    yield from risks.sections()
    if here:
        yield from _cards_of("cards", "Cards: what may have changed, is missing or cannot be compared", in_body(here))
    if section := from_below(below):
        yield section
    yield gaps_section(every)
    yield questions_section(every)
    yield quality
    if revised := revisions_section(framework, tables, every):
        yield revised
    yield coming_section(framework, board, tables.made_on, tables.sent)
    yield how_to_read()
    if here:
        shown = in_body(here)
        yield from _cards_of("annex-cards", "Annex A: all other cards", [card for card in here if card not in shown])
        yield from _annex(here)
        yield from activities.annex()
        yield caveats_section(here)


def _beside_figures(activities: BoardActivities, risks: BoardRisks) -> list[tuple[str, list[Bullet], str]]:
    """What the first page tells beside figures: a heading, what stands under it, and where the rest is."""
    return [
        ("Activities that are not on course", activities.late, "“Activities” below"),
        ("The most serious risks", risks.top, "“Risks” below"),
        ("Funding and bids", risks.money, "“Funding and bids” below"),
    ]


def _cards_of(anchor: str, title: str, cards: Sequence[Card]) -> Iterator[Section]:
    """Cards in the order of the plan, under a heading of their own."""
    kind = "annex" if anchor == "annex-cards" else "plain"
    about = (Paragraph("There are none this time."),) if not cards else ()
    yield Section(anchor, title, about, kind=kind)
    yield from (card.section for card in cards)


def _annex(own: Sequence[Card]) -> Iterator[Section]:
    """The tables behind the charts, out of the way of whoever reads the pack for its messages."""
    about = "For each indicator every period in the chart, its breakdowns, and where the figures come from."
    yield Section("annex", "Annex B: the figures behind the charts", (Paragraph(about, "note"),), kind="annex")
    yield from (card.annex for card in own)
