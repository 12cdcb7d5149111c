"""Indicators: what is measured, how, how often, and how a figure of it may be read and published (paper 3.2)."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured, Succession
from quarterday.domain.framework.periods import Period, say_date
from quarterday.domain.framework.populations import RateOf


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


class Disclosure(Configured):
    """The disclosure rule of one indicator: counts below `threshold` are hidden, the rest rounded where it says so."""

    rule: DisclosureRule = DisclosureRule.THRESHOLD
    threshold: int = Field(default=5, ge=2)
    round_to: int = Field(default=5, ge=2)
    whole_groups: bool | None = (
        None  # whether a small group wholly in one class is hidden; None: where people are counted
    )
    why: str = ""

    @property
    def hides(self) -> bool:
        """Whether anything is hidden by it."""
        return self.rule is not DisclosureRule.NONE


class Category(Configured):
    """One class of a breakdown.

    Suppliers change their classes: one is asked for only from `starts` to `ends`, where these are set. A class that
    `succeeds` others took their place on `starts`: its earlier figures are theirs added up, where each of them went
    into it whole. A class that is `part_of` another is counted into that one and not asked for by itself. The class
    that `takes_new` holds what a supplier's export names and nobody has placed yet, so that totals lose nothing.
    """

    code: Code
    title: str
    also: tuple[str, ...] = ()  # other words by which a supplier calls it
    starts: date | None = None
    ends: date | None = None
    succeeds: tuple[Code, ...] = ()
    part_of: Code | None = None
    takes_new: bool = False

    def in_use(self, period: Period) -> bool:
        """Whether suppliers count by this class on a day of the period."""
        return (self.starts is None or self.starts <= period.end) and (self.ends is None or self.ends >= period.start)


class Breakdown(Configured):
    """A way in which a count is split, as by offence or by reason for a search (paper 5.2, 5.5)."""

    code: Code
    title: str
    categories: tuple[Category, ...] = Field(min_length=1)

    def asked(self, period: Period) -> tuple[Category, ...]:
        """The classes that are asked for a period: those in use, but for parts of others and for what is new."""
        return tuple(
            each for each in self.categories if each.in_use(period) and not each.part_of and not each.takes_new
        )

    @property
    def for_new(self) -> Category | None:
        """The class that takes what is new; None where the breakdown has none."""
        return next((each for each in self.categories if each.takes_new), None)

    def counted_as(self, code: str) -> str:
        """The class into which a class is counted: itself, or the one that it is part of."""
        parts = {each.code: each.part_of for each in self.categories}
        seen = {code}
        while (whole := parts.get(code)) and whole not in seen:
            code = whole
            seen.add(code)
        return code


class Definition(Configured):
    """What an indicator counts from a date on. A new version breaks the series (paper 5.8)."""

    version: int = Field(ge=1)
    holds_from: date
    text: str = Field(min_length=1)


class Target(Configured):
    """What the plan hopes for or measures change from, and where that comes from.

    `from_day` and `to_day` are the days of the figures that it is the mean or sum of; neither for a mere aim.
    """

    value: float
    source: str = ""
    from_day: date | None = None
    to_day: date | None = None

    @model_validator(mode="after")
    def _both_days(self) -> Self:
        if (self.from_day is None) != (self.to_day is None):
            raise ValueError("give both from_day and to_day, or neither")
        if self.from_day and self.to_day and self.to_day < self.from_day:
            raise ValueError("to_day comes before from_day")
        return self

    @property
    def worked_out_from(self) -> Period | None:
        """The days of the figures behind it; None where it is worked out from none, or nobody says from which."""
        return Period(self.from_day, self.to_day) if self.from_day and self.to_day else None


class Indicator(Configured):
    """One measurement of the framework, with everything needed to ask for it, check it and read it."""

    code: Code
    title: str = Field(min_length=1)
    definitions: tuple[Definition, ...] = Field(min_length=1)
    unit: Unit = Unit.COUNT
    counts_people: bool = True  # whether each one counted is a person, and not an event or a thing
    numerator: str = ""
    denominator: str = ""
    per: int = Field(default=100, ge=1)
    out_of: int | None = Field(default=None, ge=1)
    adds_up: bool = True  # whether figures of periods in a row may be added: not what is counted on one day
    supplier: Code
    priorities: tuple[Code, ...] = Field(min_length=1)
    boards: tuple[Code, ...] = ()
    purpose: Code
    frequency: Frequency = Frequency.QUARTER
    area: str = Field(default="borough", pattern="^(borough|ward)$")
    breakdowns: tuple[Code, ...] = ()
    ask_total: bool = True  # whether the total is asked beside its breakdowns
    direction: Direction = Direction.DEPENDS
    readings: tuple[str, ...] = ()  # rival readings of a change, whichever way it goes (paper 4.6, 6.10)
    readings_of_a_rise: tuple[str, ...] = ()
    readings_of_a_fall: tuple[str, ...] = ()
    disclosure: Disclosure = Disclosure()
    rate: RateOf | None = None  # told beside its counts; a hidden count has none
    compared_with: Code | None = None  # a table of reference figures (`comparisons`)
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
    succeeds: tuple[Succession, ...] = ()  # indicators whose figures go on in this one's series

    @property
    def has_parts(self) -> bool:
        """Whether numerator and denominator are asked."""
        return self.unit in (Unit.PERCENTAGE, Unit.RATE)

    @property
    def every_reading(self) -> tuple[str, ...]:
        """All readings, of whichever change."""
        return (*self.readings_of_a_rise, *self.readings_of_a_fall, *self.readings)

    def readings_for(self, side: int) -> tuple[str, ...]:
        """The readings that fit a rise (1) or a fall (-1); all of them where signs point both ways (0)."""
        if not side:
            return self.every_reading
        return (*(self.readings_of_a_rise if side > 0 else self.readings_of_a_fall), *self.readings)

    @property
    def hides_whole_groups(self) -> bool:
        """Whether it is hidden that all of a small group, or none, are in one class."""
        wanted = self.counts_people if self.disclosure.whole_groups is None else self.disclosure.whole_groups
        return wanted and self.disclosure.hides

    def definition_on(self, day: date) -> Definition:
        """The definition that holds on a day: the latest begun by then, else the first there is."""
        ordered = sorted(self.definitions, key=lambda definition: definition.holds_from)
        begun = [definition for definition in ordered if definition.holds_from <= day]
        return begun[-1] if begun else ordered[0]

    def begun_within(self, period: Period) -> Definition | None:
        """The last definition that takes another's place within a period: its figure counts partly by each."""
        ordered = sorted(self.definitions, key=lambda definition: definition.holds_from)
        begun = [definition for definition in ordered[1:] if period.start < definition.holds_from <= period.end]
        return begun[-1] if begun else None

    def definition_text(self, period: Period) -> str:
        """What it counts in a period, in words; each definition with its days where a new one begins within it."""
        ordered = sorted(self.definitions, key=lambda definition: definition.holds_from)
        text, counted = "", self.definition_on(period.start)
        for later in (each for each in ordered[1:] if period.start < each.holds_from <= period.end):
            text += f"Until {say_date(later.holds_from - timedelta(days=1))}: {counted.text} "
            counted = later
        return f"{text}From {say_date(counted.holds_from)}: {counted.text}" if text else counted.text
