"""How figures are called in a DHIS2 system that takes them: data elements, organisation units, options and periods.

The names of periods and identifiers are those of DHIS2's own documentation (“Date and period format”, “Data values”).
"""

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured
from quarterday.domain.framework.periods import Period, calendar_month

_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}")  # DHIS2's own identifiers
Identifier = Annotated[str, Field(min_length=1, max_length=230)]


class Identifiers(StrEnum):
    """By what things are named: DHIS2's own identifiers, or the codes that its owner gave them."""

    UID = "UID"
    CODE = "CODE"


class PeriodType(StrEnum):
    """The types of period that figures may be for, as DHIS2 calls them."""

    MONTHLY = "Monthly"
    QUARTERLY = "Quarterly"
    SIX_MONTHLY = "SixMonthly"
    SIX_MONTHLY_APRIL = "SixMonthlyApril"
    YEARLY = "Yearly"
    FINANCIAL_APRIL = "FinancialApril"


class DataElement(Configured):
    """Which data elements an indicator's figures go into: the figure, and the two parts of a rate or percentage."""

    indicator: Code
    value: Identifier | None = None
    numerator: Identifier | None = None
    denominator: Identifier | None = None

    @property
    def parts(self) -> dict[str, str]:
        """The data element of each part that has one, by what the part is called."""
        named = {"value": self.value, "numerator": self.numerator, "denominator": self.denominator}
        return {part: element for part, element in named.items() if element}

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Self:
        if not self.parts:
            raise ValueError("give value, numerator or denominator a data element")
        return self


class CategoryOption(Configured):
    """Which category option combination stands for a class of a breakdown."""

    breakdown: Code
    category: Code
    combination: Identifier


class Dhis2(Configured):
    """A DHIS2 system for which each release writes `dhis2-CODE.json`, a set of data values."""

    code: Code
    title: str = Field(min_length=1)
    identifiers: Identifiers = Identifiers.UID
    data_elements: tuple[DataElement, ...] = Field(min_length=1)
    org_units: dict[str, Identifier] = Field(min_length=1)  # by area code
    category_options: tuple[CategoryOption, ...] = ()
    total: Identifier | None = None  # the combination of a total; none is named where the system has its default
    attribute_option: Identifier | None = None  # the attribute option combination of every value
    periods: tuple[PeriodType, ...] = (PeriodType.MONTHLY, PeriodType.QUARTERLY, PeriodType.FINANCIAL_APRIL)

    @property
    def element(self) -> dict[str, DataElement]:
        """The data elements by indicator."""
        return {each.indicator: each for each in self.data_elements}

    @property
    def combinations(self) -> dict[tuple[str, str], str]:
        """The category option combination by breakdown and class."""
        return {(each.breakdown, each.category): each.combination for each in self.category_options}

    @property
    def named(self) -> tuple[str, ...]:
        """Every identifier of the other system that is used."""
        return (
            *(element for each in self.data_elements for element in each.parts.values()),
            *self.org_units.values(),
            *self.combinations.values(),
            *(each for each in (self.total, self.attribute_option) if each),
        )

    @property
    def no_uids(self) -> tuple[str, ...]:
        """The identifiers that should be DHIS2's own and have not their form: eleven letters and digits."""
        return tuple(each for each in self.named if self.identifiers is Identifiers.UID and not _UID.fullmatch(each))

    @property
    def twice(self) -> tuple[str, ...]:
        """What stands in two places, so that one figure would be written over another."""
        elements = [element for each in self.data_elements for element in each.parts.values()]
        indicators = [each.indicator for each in self.data_elements]
        combinations = [*self.combinations.values(), *([self.total] if self.total else [])]
        each_once = (elements, indicators, self.org_units.values(), combinations)
        return tuple(sorted({name for names in each_once for name in _repeated(names)}))

    def period(self, period: Period) -> str | None:
        """A period as DHIS2 writes it; None where it has no type that is taken for these days, as a rolling year."""
        kind, written = _as_written(period)
        return written if kind in self.periods else None


def _repeated(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}


def _as_written(period: Period) -> tuple[PeriodType | None, str]:
    """The type whose periods are of just these days, and this one as it is written; no type where there is none."""
    year, first, last = period.start.year, period.start.month, period.end
    months = 12 * (last.year - year) + last.month - first + 1
    if period.start.day != 1 or last != calendar_month(last.year, last.month).end:
        return None, ""
    match months, first:
        case 1, _:
            return PeriodType.MONTHLY, f"{year}{first:02d}"
        case 3, 1 | 4 | 7 | 10:
            return PeriodType.QUARTERLY, f"{year}Q{first // 3 + 1}"
        case 6, 1 | 7:
            return PeriodType.SIX_MONTHLY, f"{year}S{first // 6 + 1}"
        case 6, 4 | 10:
            return PeriodType.SIX_MONTHLY_APRIL, f"{year}AprilS{first // 6 + 1}"
        case 12, 1:
            return PeriodType.YEARLY, f"{year}"
        case 12, 4:
            return PeriodType.FINANCIAL_APRIL, f"{year}April"
        case _:
            return None, ""
