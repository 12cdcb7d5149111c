"""The scorecard: every indicator of a board in one line, beside what it may be read against."""

from collections.abc import Iterable, Iterator, Sequence

from quarterday.domain.framework.framework import Framework, Priority
from quarterday.domain.framework.indicators import Direction
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change
from quarterday.publishing.pack.comparing import Compared, compared
from quarterday.publishing.pack.model import Paragraph, Scorecard, ScoreLine, Section, Sign
from quarterday.publishing.pack.targets import Aim

COLUMNS = ("This time", "Last time", "A year before", "Year so far", "Beside others", "Target")
NOTHING = "–"
NOTES = (
    "A figure of other days than the quarter’s says which. Where a cell holds a dash, nothing compares. The line of a "
    "trend is straight at its mean. The year so far runs from 1 April and is made from published figures alone.",
    "▲ ▼ a sign of possible change: a high figure or a rise, a low one or a fall; in blue as the plan hopes, in orange "
    "not, in black where neither is good or bad by itself. ○ no such sign. … too soon to tell, or too few. ≠ covers "
    "other days. × no figure. ■ hidden to protect persons. – not due.",
)
_SIGNS = {
    Change.NONE: Sign("○", "No sign", "steady"),
    Change.TOO_SOON: Sign("…", "Cannot tell yet", "unread"),
    Change.NOT_COMPARED: Sign("≠", "Not compared", "absent"),
    Change.MISSING: Sign("×", "No figure", "absent"),
    Change.HIDDEN: Sign("■", "Hidden", "unread"),
    Change.NOT_DUE: Sign("–", "Not due", "unread"),
}


def by_priority(framework: Framework, cards: Sequence[Card]) -> Iterator[tuple[Priority, list[Card]]]:
    """The cards under their first priority, in the order of the plan: an indicator of several stands once."""
    for priority in framework.priorities:
        under = [card for card in cards if card.indicator.priorities[0] == priority.code]
        if under:
            yield priority, under


def scorecard_section(framework: Framework, cards: Sequence[Card]) -> Section:
    """The indicators of a board on a page or two, priority by priority."""
    groups = [(priority.title, under) for priority, under in by_priority(framework, cards)]
    card = scorecard("Scorecard: each indicator in one line", groups)
    return Section("scorecard", "Scorecard", (*(Paragraph(each, "note") for each in NOTES), card), kind="scorecard")


def from_below(cards: Sequence[Card]) -> Section | None:
    """One line for each indicator that only the boards below look at; None where there is none."""
    if not cards:
        return None
    note = Paragraph(
        "The boards that report here look at these too; the cards that are not here are in their packs.", "note"
    )
    lines = scorecard("Indicators of the boards that report here", [("", cards)])
    return Section("below", "From the boards that report here", (note, lines))


def scorecard(caption: str, groups: Sequence[tuple[str, Sequence[Card]]]) -> Scorecard:
    """Cards as lines, without the columns in which nothing compares."""
    every = [card for _, cards in groups for card in cards]
    cells = {card.indicator.code: _cells(card) for card in every}
    shown = [index for index in range(len(COLUMNS)) if any(each[index] for each in cells.values())]
    by_sign, by_name = _places(sorted(every, key=_strongest)), _places(sorted(every, key=_name))

    def line(card: Card) -> ScoreLine:
        code = card.indicator.code
        return ScoreLine(
            title=card.indicator.title,
            cells=tuple(cells[code][index] or NOTHING for index in shown),
            sign=sign_of(card),
            trend=card.trend,
            anchor=card.anchor,
            unmet=card.aim is not None and card.aim.met is False,
            by_sign=by_sign[code],
            by_name=by_name[code],
        )

    lines = tuple((title, tuple(line(card) for card in cards)) for title, cards in groups)
    return Scorecard(caption, tuple(COLUMNS[index] for index in shown), lines)


def sign_of(card: Card) -> Sign:
    """What an indicator shows, as a shape with words."""
    said = card.change_said
    if said.change is not Change.REAL:
        return _SIGNS[said.change]
    if not said.side:
        return Sign("◊", "Signs both ways", "open")
    shape, words = ("▲", "High or rising") if said.side > 0 else ("▼", "Low or falling")
    if card.indicator.direction is Direction.DEPENDS:
        return Sign(shape, words, "open")
    hoped = (card.indicator.direction is Direction.HIGHER) == (said.side > 0)
    return Sign(shape, f"{words}, {'as' if hoped else 'not'} hoped", "hoped" if hoped else "unhoped")


def _cells(card: Card) -> tuple[str, ...]:
    found: Compared = compared(card.framework, card.reading, card.series.tables.period)
    others = card.beside_others.cell if card.beside_others else ""
    return found.latest, found.before, found.year_before, found.year_so_far, others, _target(card.aim)


def _target(aim: Aim | None) -> str:
    if aim is None:
        return ""
    return aim.value if aim.met is None else f"{aim.value}: {'met' if aim.met else 'not met'}"


def _places(cards: Iterable[Card]) -> dict[str, int]:
    return {card.indicator.code: place for place, card in enumerate(cards, start=1)}


def _strongest(card: Card) -> tuple[float, bool]:
    """Signs first, the strongest before others; then what is missing."""
    return -card.change_said.strength, sign_of(card).kind != "absent"


def _name(card: Card) -> str:
    return card.indicator.title.casefold()
