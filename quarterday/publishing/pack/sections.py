"""The parts of a pack that speak of the whole: what matters, gaps, completeness and caveats."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.publishing.pack.by_chance import expected_by_chance
from quarterday.publishing.pack.card_words import gap_words
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.figures_said import say_expected, say_number, say_share
from quarterday.publishing.pack.model import Block, Bullet, Bullets, Paragraph, Section, Table
from quarterday.publishing.pack.questions import about
from quarterday.publishing.pack.targets import tally_of_targets
from quarterday.publishing.tables import Coverage, ReleaseTables

SIGNS = "Signs of possible change"
TOLD_FIRST = 5  # of each kind on the first page; the rest stand in their own part

RATES = (
    ("expected", "Expected", "of the returns wanted, those that an agreement lets us ask for"),
    ("received", "Received", "of the returns expected, those that came, checked or not"),
    ("on_time", "On time", "of the returns expected, those that came by their due date"),
    ("accepted", "Accepted", "of the returns expected, those of which something passed the checks"),
    ("complete", "Complete", "of the indicators wanted, those accepted: what was never asked for is missing too"),
)


Headed = tuple[str, Sequence[Bullet], str]  # a heading, what stands under it, and where the rest is


def matters(board: Board, cards: Sequence[Card], asks: Sequence[Bullet], beside: Sequence[Headed] = ()) -> Section:
    """The first page: what may have changed, what is missing, what else is to be heard, what is asked of the board."""
    parts = (
        (SIGNS, changed(cards), "the cards below", "No indicator shows a sign of possible change."),
        ("What is missing", _missing(cards), "“Gaps” below", "Nothing that was wanted for this pack is missing."),
        (
            asked_heading(board),
            asked_of_board(cards, asks),
            "“What is asked of you now” and “Questions to ask”",
            "Nothing has been raised for it.",
        ),
    )
    blocks: list[Block] = [Paragraph(tally(cards), "inset")]
    for heading, items, where, none in parts:
        if items is parts[-1][1]:
            blocks += (block for each in beside if each[1] for block in _headed(*each))
        blocks += [Paragraph(heading, "heading"), _listed(items, where) if items else Paragraph(none)]
        if heading == SIGNS and (chance := by_chance(cards)):
            blocks.append(Paragraph(chance, "note"))
    return Section("what-matters", "What matters", tuple(blocks), kind="matters")


def _headed(heading: str, items: Sequence[Bullet], where: str) -> tuple[Block, ...]:
    return Paragraph(heading, "heading"), _listed(items, where)


def tally(cards: Sequence[Card]) -> str:
    """How many indicators changed, are missing and so on, and how many targets are met."""
    targets = tally_of_targets(card.aim for card in cards if card.aim)
    return f"{_tally(cards)} {targets}".strip()


def changed(cards: Sequence[Card]) -> list[Bullet]:
    """The indicators that show a sign of possible change, each with what it says; the strongest sign first."""
    shown = [card for card in cards if card.change_said.change is Change.REAL]
    return [
        Bullet(f"{card.change_said.sentence} {card.change_said.direction}".strip(), card.anchor, card.indicator.title)
        for card in sorted(shown, key=lambda card: card.change_said.strength, reverse=True)
    ]


def by_chance(cards: Sequence[Card]) -> str:
    """How many signs these cards would show though nothing had changed; empty where none has limits."""
    return expected_by_chance(card.chance_of_sign for card in cards)


def _missing(cards: Sequence[Card]) -> list[Bullet]:
    return [
        Bullet(f"{card.gap.why}. Expected: {say_expected(card.gap.expected)}.", card.anchor, card.indicator.title)
        for card in cards
        if card.gap
    ]


def asked_heading(board: Board) -> str:
    """An outside reader is asked nothing: it may ask."""
    return "What this reader may ask" if board.kind == "external" else "What is asked of this board"


def asked_of_board(cards: Sequence[Card], asks: Sequence[Bullet]) -> list[Bullet]:
    """What lies before the board, then what the figures leave for the board to ask."""
    return [*asks, *_asked_by_figures(cards)]


def _tally(cards: Sequence[Card]) -> str:
    counted = {change: sum(card.change_said.change is change for card in cards) for change in Change}
    words = {
        Change.REAL: ("shows a sign of possible change", "show a sign of possible change"),
        Change.NONE: ("shows no sign of it", "show no sign of it"),
        Change.TOO_SOON: ("cannot be read for change yet", "cannot be read for change yet"),
        Change.NOT_COMPARED: ("cannot be compared", "cannot be compared"),
        Change.MISSING: ("has no figure", "have no figure"),
        Change.HIDDEN: ("is hidden to protect persons", "are hidden to protect persons"),
        Change.NOT_DUE: ("was not due", "were not due"),
    }
    if not counted[Change.REAL]:  # then "it" would have nothing to stand for
        words[Change.NONE] = ("shows no sign of possible change", "show no sign of possible change")
    said = [f"{say_number(count)} {words[change][count != 1]}" for change, count in counted.items() if count]
    if not said:
        return "No indicator is reported to this board."
    noun = "indicator" if len(cards) == 1 else "indicators"
    return f"Of {say_number(len(cards))} {noun}: {', '.join(said)}."


def _asked_by_figures(cards: Sequence[Card]) -> Iterator[Bullet]:
    unexplained: dict[str, list[str]] = defaultdict(list)
    for card in cards:
        if card.change_said.change is Change.REAL and not card.commentary:
            unexplained[card.supplier].append(f"“{card.indicator.title}”")
    for supplier, titles in unexplained.items():
        yield Bullet(f"ask {supplier} what lies behind the change in {'; '.join(titles)}.", "questions", "Questions")
    undated = [card for card in cards if card.gap and card.gap.expected is None]
    if undated:
        names = "; ".join(f"“{card.indicator.title}”" for card in undated[:TOLD_FIRST])
        yield Bullet(f"agree with the owners when these may be expected: {names}.", "gaps", "Gaps without a date")


def _listed(items: Sequence[Bullet], where: str) -> Bullets:
    left = len(items) - TOLD_FIRST
    if left <= 0:
        return Bullets(tuple(items))
    return Bullets((*items[:TOLD_FIRST], Bullet(f"And {say_number(left)} more: see {where}.")))


def gaps_section(cards: Sequence[Card]) -> Section:
    """Every gap with its reason, owner and date."""
    gaps = [(card, card.gap) for card in cards if card.gap]
    if not gaps:
        return Section("gaps", "Gaps", (Paragraph("There are none: everything wanted for this pack has come."),))
    rows = tuple(
        (
            card.indicator.title,
            card.supplier,
            f"{gap.why[:1].upper()}{gap.why[1:]}.",
            gap.owner,
            say_expected(gap.expected),
        )
        for card, gap in gaps
    )
    columns = ("Indicator", "Supplier", "Why it is missing", "Owner", "Expected")
    note = Paragraph("A missing figure is never a nought, and a late partner may be constrained, not negligent.")
    return Section("gaps", "Gaps", (note, Table("What is missing, why, and who owns it", columns, rows)))


def quality_section(framework: Framework, tables: ReleaseTables, cards: Sequence[Card]) -> Section:
    """The five rates of the collection, and each supplier's answer."""
    rates = tuple((title, say_share(tables.rates[key]), about) for key, title, about in RATES if key in tables.rates)
    suppliers = {card.indicator.supplier for card in cards}
    shown = [each for each in tables.coverage if each.partner in suppliers] or list(tables.coverage)
    shown.sort(key=lambda each: _name(framework, each))
    blocks: list[Block] = [
        Paragraph("The rates are of the whole collection; the table below is of this pack’s suppliers.")
    ]
    if rates:
        blocks.append(
            Table("Completeness of the collection", ("Rate", "This time", "What it says"), rates, (False, True))
        )
    if shown:
        columns = ("Supplier", "Figures asked for", "Received", "Accepted", "By its due date", "Where it stands")
        rows = tuple(_coverage(framework, each) for each in shown)
        blocks.append(
            Table("Suppliers’ answers, in the order of their names", columns, rows, (False, True, True, True))
        )
    return Section("quality", "Data quality and completeness", tuple(blocks))


def _coverage(framework: Framework, each: Coverage) -> tuple[str, ...]:
    on_time = {None: "nothing has come", True: "yes", False: "no"}[each.on_time] if each.expected else "was not asked"
    counts = (say_number(each.expected), say_number(each.received), say_number(each.accepted))
    return _name(framework, each), *counts, on_time, f"{each.state[:1].upper()}{each.state[1:]}"


def _name(framework: Framework, each: Coverage) -> str:
    partner = framework.partner.get(each.partner)
    return partner.name if partner else each.partner


def caveats_section(cards: Sequence[Card]) -> Section:
    """Every caveat, those of cards too; one that holds for several indicators stands once, with all of them."""
    bound: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        for caveat in card.caveats:
            bound[caveat].append(card)
    blocks: tuple[Block, ...] = (
        (Bullets(tuple(about(caveat, of_caveat) for caveat, of_caveat in bound.items())),)
        if bound
        else (Paragraph("No caveat is bound to these figures."),)
    )
    return Section("caveats", "Annex: every caveat", blocks, kind="annex")


def gap_lines(cards: Sequence[Card]) -> tuple[str, ...]:
    """The gaps as short lines for a slide."""
    return tuple(f"{card.indicator.title}. {gap_words(card.gap)}" for card in cards if card.gap)
