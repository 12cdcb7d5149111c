"""The performance framework: what is asked, of whom, for which board, and how a figure may be read (paper 3.2)."""

from datetime import date
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from quarterday.domain.framework.agreements import Agreement, Gate, gate
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Area, Board, Code, Partner, Partnership, Settled
from quarterday.domain.framework.periods import Period, financial_year, rolling_year


class Unit(StrEnum):
    """How a figure is made."""

    COUNT = "count"
    PERCENTAGE = "percentage"  # numerator and denominator are asked, never the percentage alone
    RATE = "rate"  # numerator per so many of the denominator
    OUT_OF = "out of"  # a count out of a known total, as 17 of 19 wards (paper 5.1)


class Direction(StrEnum):
    """What a rise means. Some rises are neither good nor bad (paper 4.6)."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    DEPENDS = "depends"


class Frequency(StrEnum):
    """For which periods an indicator is asked within a collection (paper 6.9: "quarterly or as appropriate")."""

    QUARTER = "quarter"  # the collection's own information period
    MONTH = "month"  # each calendar month of it
    FINANCIAL_YEAR = "financial year"  # once, in the collection that holds 31 March
    ROLLING_YEAR = "rolling year"  # the twelve months to the collection's end
    SCHOOL_TERM = "school term"  # each term that ends within it


class DisclosureRule(StrEnum):
    """What is done about small counts before anything is published."""

    NONE = "none"
    THRESHOLD = "threshold"
    THRESHOLD_WITH_ROUNDING = "threshold with rounding"


class Disclosure(Settled):
    """The disclosure rule of one indicator: counts below `threshold` are hidden, the rest rounded where it says so."""

    rule: DisclosureRule = DisclosureRule.THRESHOLD
    threshold: int = Field(default=5, ge=2)
    round_to: int = Field(default=5, ge=2)
    why: str = ""


class Category(Settled):
    """One class of a breakdown."""

    code: Code
    title: str


class Breakdown(Settled):
    """A way in which a count is split, as by offence or by reason for a search (paper 5.2, 5.5)."""

    code: Code
    title: str
    categories: tuple[Category, ...] = Field(min_length=1)


class Definition(Settled):
    """What an indicator counts from a date on. A new version breaks the series (paper 5.8)."""

    version: int = Field(ge=1)
    holds_from: date
    text: str = Field(min_length=1)


class Target(Settled):
    """What the plan hopes for, and where that comes from."""

    value: float
    source: str = ""


class Indicator(Settled):
    """One measurement of the framework, with everything needed to ask for it, check it and read it."""

    code: Code
    title: str = Field(min_length=1)
    definitions: tuple[Definition, ...] = Field(min_length=1)
    unit: Unit = Unit.COUNT
    numerator: str = ""
    denominator: str = ""
    per: int = Field(default=100, ge=1)
    out_of: int | None = Field(default=None, ge=1)
    supplier: Code
    priorities: tuple[Code, ...] = Field(min_length=1)
    boards: tuple[Code, ...] = ()
    purpose: Code
    frequency: Frequency = Frequency.QUARTER
    area: str = Field(default="borough", pattern="^(borough|ward)$")
    breakdowns: tuple[Code, ...] = ()
    ask_total: bool = True  # whether the total is asked beside its breakdowns
    direction: Direction = Direction.DEPENDS
    readings: tuple[str, ...] = ()  # rival readings of a change (paper 4.6, 6.10)
    disclosure: Disclosure = Disclosure()
    target: Target | None = None
    baseline: Target | None = None
    statutory: str = ""
    owner: str = ""
    at_least: float = 0
    at_most: float | None = None
    usual_low: float | None = None
    usual_high: float | None = None
    no_more_than: Code | None = None  # another indicator that this one cannot exceed
    compare_overlap: float = Field(default=1.0, ge=0, le=1)  # share of overlap from which another period compares
    stand_in: bool = False  # whether the last value may stand in, marked stale (paper 6.11, 7.5)
    caveats: tuple[str, ...] = ()

    @property
    def has_parts(self) -> bool:
        """Whether numerator and denominator are asked."""
        return self.unit in (Unit.PERCENTAGE, Unit.RATE)

    def definition_on(self, day: date) -> Definition:
        """The definition that holds on a day: the latest begun by then, else the first there is."""
        ordered = sorted(self.definitions, key=lambda definition: definition.holds_from)
        begun = [definition for definition in ordered if definition.holds_from <= day]
        return begun[-1] if begun else ordered[0]


class Priority(Settled):
    """A priority of the plan, with the subgroup that leads on it (paper 3.5)."""

    code: Code
    title: str = Field(min_length=1)
    plan: Code
    board: Code
    about: str = ""


class Plan(Settled):
    """A plan that the framework serves; several plans may share an indicator (paper 8.3)."""

    code: Code
    title: str = Field(min_length=1)


class Framework(Settled):
    """Everything that `config/` says, read and joined: the first argument of the decision."""

    partnership: Partnership
    partners: tuple[Partner, ...]
    agreements: tuple[Agreement, ...]
    ladders: Ladders
    plans: tuple[Plan, ...]
    priorities: tuple[Priority, ...]
    breakdowns: tuple[Breakdown, ...]
    indicators: tuple[Indicator, ...]
    calendar: WorkingDays

    @cached_property
    def partner(self) -> dict[str, Partner]:
        """Partners by code."""
        return {each.code: each for each in self.partners}

    @cached_property
    def indicator(self) -> dict[str, Indicator]:
        """Indicators by code."""
        return {each.code: each for each in self.indicators}

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
