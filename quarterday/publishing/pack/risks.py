"""Risks and money in a pack: the most serious on the first page, then all of them with what is done about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.pack.boards import boards_below
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import Bullet, Paragraph, Section, Slide, Table
from quarterday.publishing.risk_tables import BidLine, RiskLine
from quarterday.publishing.tables import ReleaseTables

TOP = 5
RULE = (
    "How serious a risk is follows from how likely it is and what would follow, both in words. Its owner looks at it "
    "again by the day of its next review; where that day has passed, the line says so."
)
_SHAPES = {"low": "●", "medium": "▲", "high": "■", "very high": "◆"}
Line = TypeVar("Line", RiskLine, BidLine)


@dataclass(frozen=True)
class BoardRisks:
    """The risks and bids that a board reads of: its own, and those of the boards that report to it."""

    framework: Framework
    tables: ReleaseTables
    board: Board

    @property
    def risks(self) -> tuple[RiskLine, ...]:
        """The risks, the most serious first."""
        return self._read_by(self.tables.risks)

    @property
    def bids(self) -> tuple[BidLine, ...]:
        """The bids, in the order of `config/`."""
        return self._read_by(self.tables.bids)

    def _read_by(self, lines: Sequence[Line]) -> tuple[Line, ...]:
        codes = {each.code for each in (self.board, *boards_below(self.framework, self.board))}
        return tuple(each for each in lines if each.board in codes)

    @property
    def top(self) -> list[Bullet]:
        """The five most serious risks, and after them each whose review was missed: for the first page."""
        first = self.risks[:TOP]
        missed = [each for each in self.risks[TOP:] if each.missed]
        return [Bullet(_in_short(each), "risks", each.title) for each in (*first, *missed)]

    @property
    def money(self) -> list[Bullet]:
        """What should be heard of bids and of money that ends, deadlines that passed first: for the first page."""
        told = sorted((each for each in self.bids if each.news), key=lambda each: not each.urgent)
        return [Bullet(" ".join(each.news), "bids", each.title) for each in told]

    @property
    def slides(self) -> Iterator[Slide]:
        """The most serious risks on one slide, what is to be heard of money on another; none where there is nothing."""
        if self.risks:
            yield Slide("The most serious risks", tuple(each.words for each in self.top[:TOP]))
        if self.money:
            yield Slide("Funding and bids", tuple(each.words for each in self.money[:TOP]))

    def sections(self) -> Iterator[Section]:
        """All risks in a table, and all bids in another."""
        if self.risks:
            yield Section("risks", "Risks", (Paragraph(RULE, "note"), self._risks_table()))
        if self.bids:
            yield Section("bids", "Funding and bids", (self._bids_table(),))

    def _risks_table(self) -> Table:
        rows = tuple(
            (
                each.title,
                _serious(each),
                each.trend.capitalize() or "Not reviewed yet",
                self._partner(each.owner),
                each.mitigation,
                _review(each),
            )
            for each in self.risks
        )
        columns = ("Risk", "How serious", "Trend", "Owner", "What is done about it", "Next review")
        return Table("Each risk, the most serious first", columns, rows)

    def _bids_table(self) -> Table:
        rows = tuple(
            (
                each.title,
                each.source,
                _amount(each),
                each.state.capitalize(),
                _days(each),
                " ".join((*each.news, each.for_readers)).strip(),
            )
            for each in self.bids
        )
        columns = ("Bid", "Of whom", "Amount", "How it stands", "Days", "What to hear of it")
        return Table("Each bid, with its deadline and until when it pays", columns, rows)

    def _partner(self, code: str) -> str:
        known = self.framework.partner.get(code)
        return known.name if known else code


def _serious(line: RiskLine) -> str:
    return f"{_SHAPES[line.level]} {line.level.capitalize()}: {line.likelihood}, {line.impact}"


def _in_short(line: RiskLine) -> str:
    trend = f", {line.trend}" if line.trend else ""
    missed = f" Its review was due on {say_date(line.review)} and has not been made." if line.missed else ""
    return f"{_SHAPES[line.level]} {line.level.capitalize()}{trend}.{missed}"


def _review(line: RiskLine) -> str:
    said = say_date(line.review)
    return f"{said}: missed" if line.missed else said


def _amount(line: BidLine) -> str:
    return f"£{say_number(line.amount)}" if line.amount is not None else "not said"


def _days(line: BidLine) -> str:
    deadline = [f"Deadline {say_date(line.deadline)}."] if line.deadline else []
    pays = [f"Pays until {say_date(line.ends)}."] if line.ends else []
    return " ".join((*deadline, *pays)) or "None"
