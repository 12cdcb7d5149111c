"""The performance framework: what is asked, of whom, for which board, and how a figure may be read (paper 3.2)."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from pydantic import Field

from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.agreements import Agreement, Gate, gate
from quarterday.domain.framework.boundaries import Boundary
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.dhis2 import Dhis2
from quarterday.domain.framework.indicators import (
    Breakdown,
    Frequency,
    Indicator,
)
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Area, Board, Configured, Partner, Partnership
from quarterday.domain.framework.periods import Period, financial_year, rolling_year
from quarterday.domain.framework.populations import Population
from quarterday.domain.framework.risks import Bid, Risk
from quarterday.domain.framework.submissions import Submission


class Priority(Configured):
    """A priority of the plan, with the subgroup that leads on it (paper 3.5)."""

    code: Code
    title: str = Field(min_length=1)
    plan: Code
    board: Code
    about: str = ""


class Plan(Configured):
    """A plan that the framework serves; several plans may share an indicator (paper 8.3)."""

    code: Code
    title: str = Field(min_length=1)


T = TypeVar("T", bound=Partner | Indicator)


class Named(dict[str, T]):
    """Entries by code, in their order. A code that was succeeded finds its successor, and is not among the entries."""

    def __init__(self, entries: dict[str, T], succeeded: dict[str, T]) -> None:
        super().__init__(entries)
        self._succeeded = succeeded

    def __missing__(self, code: str) -> T:
        return self._succeeded[code]

    def __contains__(self, code: object) -> bool:
        return super().__contains__(code) or code in self._succeeded

    def get(self, code: str, default: Any = None) -> Any:
        """The entry of a code, or of what it went on in."""
        return super().get(code, self._succeeded.get(code, default))


def successors(entries: Iterable[T]) -> dict[str, T]:
    """By each code that went on in another entry, that entry; of several, the first (a partner that was split)."""
    known = {each.code: each for each in entries}
    found: dict[str, T] = {}
    for each in known.values():
        for before in each.succeeds:
            if before.code not in known:
                found.setdefault(before.code, each)
    return found


class Framework(Configured):
    """Everything that `config/` says, read and joined: the first argument of the decision."""

    partnership: Partnership
    partners: tuple[Partner, ...]
    agreements: tuple[Agreement, ...]
    ladders: Ladders
    plans: tuple[Plan, ...]
    priorities: tuple[Priority, ...]
    breakdowns: tuple[Breakdown, ...]
    indicators: tuple[Indicator, ...]
    activities: tuple[Activity, ...] = ()
    risks: tuple[Risk, ...] = ()  # today’s, whatever a collection binds, as bids are
    bids: tuple[Bid, ...] = ()
    submissions: tuple[Submission, ...] = ()
    populations: tuple[Population, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    dhis2: tuple[Dhis2, ...] = ()  # systems for which figures are written; none where nobody takes them so
    boundaries: tuple[Boundary, ...] = ()  # of wards; none where no map is drawn
    calendar: WorkingDays

    @cached_property
    def bound(self) -> "dict[str, Framework]":
        """The frameworks in force for collections, by SHA-256, with this one's people: as far as they were read."""
        return {}

    @cached_property
    def today(self) -> "Framework":
        """The framework of `config/`, whose people this one has: itself, unless it was bound (`bound.in_force`)."""
        return self

    @cached_property
    def partner(self) -> dict[str, Partner]:
        """Partners by code; by the code of one that went on in another, that other."""
        return Named({each.code: each for each in self.partners}, successors(self.partners))

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by code; by the code of one whose series goes on in another, that other."""
        return Named({each.code: each for each in self.indicators}, successors(self.indicators))

    def series_of(self, code: str) -> Indicator | None:
        """The indicator in which a code's figures go on: itself, or its one heir.

        None for figures that were put together with others, or taken apart: what was counted then is nothing that is
        counted now, and the sum of a hidden figure and one that was told would tell the hidden one.
        """
        heirs = [each for each in self.indicators if code in {before.code for before in each.succeeds}]
        if code in (each.code for each in self.indicators) or len(heirs) != 1:
            return next((each for each in self.indicators if each.code == code), None)
        (on,) = {before.on for before in heirs[0].succeeds if before.code == code}
        together = sum(before.on == on for before in heirs[0].succeeds) > 1
        return None if together else heirs[0]

    def known_now(self, partner: str) -> tuple[str, date | None]:
        """The code under which a partner is known today, and since when where that is another than it had."""
        now = self.today.partner.get(partner)
        if now is None or now.code == partner:
            return partner, None
        return now.code, max(each.on for each in now.succeeds if each.code == partner)

    def predecessors(self, partner: str) -> tuple[str, ...]:
        """The codes under which a partner was known before."""
        return tuple(each.code for each in self.partner[partner].succeeds) if partner in self.partner else ()

    @cached_property
    def board(self) -> dict[str, Board]:
        """Boards by code."""
        return {each.code: each for each in self.partnership.boards}

    @cached_property
    def priority(self) -> dict[str, Priority]:
        """Priorities by code."""
        return {each.code: each for each in self.priorities}

    @cached_property
    def breakdown(self) -> dict[str, Breakdown]:
        """Breakdowns by code."""
        return {each.code: each for each in self.breakdowns}

    @cached_property
    def population(self) -> dict[str, Population]:
        """Populations by code."""
        return {each.code: each for each in self.populations}

    @cached_property
    def comparison(self) -> dict[str, Comparison]:
        """Tables of reference figures by code."""
        return {each.code: each for each in self.comparisons}

    @cached_property
    def activity(self) -> dict[str, Activity]:
        """Activities by code."""
        return {each.code: each for each in self.activities}

    def activities_of(self, partner: str, collection_period: Period) -> tuple[Activity, ...]:
        """The activities that a partner leads and may be asked about in a collection."""
        return tuple(each for each in self.activities if each.lead == partner and each.asked_in(collection_period))

    def board_of(self, activity: Activity) -> Board:
        """The board that reads how an activity goes: that of its priority."""
        return self.board[self.priority[activity.priority].board]

    def takes_part(self, partner: str, collection_period: Period) -> bool:
        """Whether a partner has anything to answer in a collection: figures, or how its activities go."""
        return bool(self.asked_of(partner, collection_period) or self.activities_of(partner, collection_period))

    @cached_property
    def _supplied(self) -> dict[str, tuple[Indicator, ...]]:
        return {
            partner.code: tuple(each for each in self.indicators if each.supplier == partner.code)
            for partner in self.partners
        }

    def supplied_by(self, partner: str) -> tuple[Indicator, ...]:
        """The indicators that a partner supplies."""
        return self._supplied.get(partner, ())

    @cached_property
    def _areas(self) -> dict[str, tuple[Area, ...]]:
        areas = self.partnership.areas
        return {each.level: tuple(area for area in areas if area.level == each.level) for each in areas}

    def areas(self, level: str) -> tuple[Area, ...]:
        """The areas of a level: `borough` or `ward`."""
        return self._areas.get(level, ())

    def gate(self, indicator: Indicator, day: date) -> Gate:
        """Whether the indicator may be asked of its supplier on that day."""
        return gate(self.agreements, indicator.supplier, indicator.code, indicator.purpose, day)

    def periods_asked(self, indicator: Indicator, collection_period: Period) -> tuple[Period, ...]:
        """The periods for which an indicator is asked in a collection; none where it is not its turn."""
        match indicator.frequency:
            case Frequency.QUARTER:
                return (collection_period,)
            case Frequency.MONTH:
                return tuple(collection_period.months())
            case Frequency.ROLLING_YEAR:
                return (rolling_year(collection_period.end),)
            case Frequency.FINANCIAL_YEAR:
                year = financial_year(collection_period.end.year - 1)
                return (year,) if collection_period.start <= year.end <= collection_period.end else ()
            case Frequency.SCHOOL_TERM:
                terms = (term.dates for term in self.partnership.school_terms)
                return tuple(term for term in terms if collection_period.start <= term.end <= collection_period.end)

    def asked_of(self, partner: str, collection_period: Period) -> tuple[Indicator, ...]:
        """The indicators whose turn it is for a partner in a collection, before any agreement is looked at."""
        return tuple(each for each in self.supplied_by(partner) if self.periods_asked(each, collection_period))

    def boards_using(self, indicator: Indicator) -> tuple[Board, ...]:
        """The boards whose pack shows the indicator: those it names and those of its priorities."""
        named = set(indicator.boards) | {self.priority[code].board for code in indicator.priorities}
        return tuple(board for board in self.partnership.boards if board.code in named)
