"""Activities over a year, from what was released of each quarter: how each stood, and what was delivered."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from quarterday.domain.facts import Rag
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.charts.timeline import rag_words
from quarterday.publishing.pack.boards import boards_below
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.words import LEAD_LEFT_OUT
from quarterday.publishing.yearly.figures import NOTHING, unbroken
from quarterday.publishing.yearly.released import ReleasedYear

_LEFT_OUT = LEAD_LEFT_OUT.partition(",")[0]  # however a release went on to say why
Row = Mapping[str, str]


@dataclass(frozen=True)
class YearsActivity:
    """One activity: its row of each quarter, None where it was not told of."""

    quarters: tuple[Row | None, ...]

    @property
    def last(self) -> Row:
        """How it stood when it was told of last."""
        return [each for each in self.quarters if each][-1]

    @property
    def delivered(self) -> bool:
        """Whether it was done by then."""
        return self.last["rag"] == Rag.DONE

    @property
    def cells(self) -> tuple[str, ...]:
        """Each quarter by shape and word."""
        return tuple(unbroken(rag_words(each["rag"])) if each else NOTHING for each in self.quarters)

    @property
    def words(self) -> str:
        """What its lead said was done, quarter by quarter, each once; without what may not be told."""
        told = dict.fromkeys(each["done"] for each in self.quarters if each and each["done"])
        return " ".join(each for each in told if not each.startswith(_LEFT_OUT))

    @property
    def ends(self) -> str:
        """The day on which it was to end."""
        return unbroken(say_date(date.fromisoformat(self.last["ends"])))


def activities_of(released: ReleasedYear, board: Board) -> tuple[YearsActivity, ...]:
    """The activities of the year that a board reads of, in the order of the last quarter's table."""
    wanted = priorities_read(released.framework, board)
    by_quarter = [_own_rows(each.activities, each.quarter.period.end) for each in released.quarters]
    codes = dict.fromkeys(code for rows in reversed(by_quarter) for code in rows)
    found = (YearsActivity(tuple(rows.get(code) for rows in by_quarter)) for code in codes)
    return tuple(each for each in found if each.last["priority"] in wanted)


def _own_rows(rows: Sequence[Row], end: date) -> dict[str, Row]:
    """A release's rows of its own quarter: it repeats those of earlier ones."""
    return {each["activity"]: each for each in rows if each["period_end"] == end.isoformat()}


def priorities_read(framework: Framework, board: Board) -> Collection[str]:
    """The priorities that a board reads of: its own, those of the boards below, and those of the figures it is given.

    An outside reader has none of its own; it reads of what its figures are to show.
    """
    boards = {each.code for each in (board, *boards_below(framework, board))}
    own = {each.code for each in framework.priorities if each.board in boards}
    if board.kind != "external":
        return own
    read = (each for each in framework.indicators if board in framework.boards_using(each))
    return own | {code for each in read for code in each.priorities}


def worst_first(activities: Sequence[YearsActivity]) -> list[YearsActivity]:
    """Those that stood worst when they were told of last before all others."""
    order = (Rag.RED, Rag.AMBER, Rag.STOPPED, Rag.GREEN, Rag.DONE)
    return sorted(activities, key=lambda each: order.index(Rag(each.last["rag"])))


def tally_of(activities: Sequence[YearsActivity]) -> str:
    """How many were delivered, and how the others stood last; empty where there is none."""
    if not activities:
        return ""
    return f"Of {say_number(len(activities))} activities: {', '.join(_counted(activities))}."


def _counted(activities: Sequence[YearsActivity]) -> Iterator[str]:
    words = {Rag.DONE: "delivered", Rag.GREEN: "on course", Rag.AMBER: "amber", Rag.RED: "red", Rag.STOPPED: "stopped"}
    for rag, word in words.items():
        if count := sum(each.last["rag"] == rag for each in activities):
            yield f"{say_number(count)} {word}"
