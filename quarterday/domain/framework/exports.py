"""How a partner's own export becomes indicators: a declaration in `config/exports/`, no code (paper 4.3, 7.7)."""

import re
from datetime import datetime
from enum import StrEnum

from pydantic import Field, model_validator

from quarterday.domain.framework.partners import Code, Settled
from quarterday.domain.framework.periods import Period, calendar_month


class AbsentRows(StrEnum):
    """What it means that the export holds no row for an area and category that was asked for.

    ZERO where the supplier leaves out rows without incidents. It holds only for areas of which the export has some
    other row, so that a file cut short is not read as a quiet quarter.
    """

    MISSING = "missing"
    ZERO = "zero"


class RepeatedRows(StrEnum):
    """What to do with several rows for the same figure: add them up, or send the file back."""

    REFUSE = "refuse"
    SUM = "sum"


class WrittenAs(StrEnum):
    """How an export names an area or category."""

    CODE = "code"
    NAME = "name"  # the area's name, or the category's title, whatever the case and spacing
    SLUG = "slug"  # a category's title from which our code is made: THEFT FROM THE PERSON is theft-from-the-person


class Gives(StrEnum):
    """Which part of an indicator an entry of the mapping fills."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class AreaFrom(Settled):
    """Where a row's area stands: in a column, or the whole file is one area (`always`)."""

    column: str = ""
    written_as: WrittenAs = WrittenAs.CODE
    means: dict[str, str] = Field(default_factory=dict)  # as written -> area code
    leave_out: tuple[str, ...] = ()  # written areas that are known and not asked for
    always: str = ""

    @model_validator(mode="after")
    def _one_of_them(self) -> "AreaFrom":
        if bool(self.column) == bool(self.always):
            raise ValueError("say either the `column` that names the area, or the area code that is meant `always`")
        return self


class CategoryFrom(Settled):
    """Where a row's category of a breakdown stands: in a column, or categories lie across as columns."""

    breakdown: Code
    column: str = ""
    written_as: WrittenAs = WrittenAs.CODE
    means: dict[str, str] = Field(default_factory=dict)  # as written -> category code
    leave_out: tuple[str, ...] = ()  # written categories that are known and not asked for
    across: dict[str, Code] = Field(default_factory=dict)  # column title -> category code

    @model_validator(mode="after")
    def _one_of_them(self) -> "CategoryFrom":
        if bool(self.column) == bool(self.across):
            raise ValueError("say either the `column` that names the category, or which columns lie `across`")
        return self


class When(Settled):
    """Where the export says which time a count is for; exactly one of three ways.

    `months_across`: titles of columns are months, written so (as `strptime` reads it, `%Y%m`).
    `month_column` with `month_written`: each row names its month.
    `from_column` and `to_column`: each row names the first and last day it covers.
    """

    months_across: str = ""
    month_column: str = ""
    month_written: str = ""
    from_column: str = ""
    to_column: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> "When":
        ways = (bool(self.months_across), bool(self.month_column), bool(self.from_column or self.to_column))
        if sum(ways) != 1:
            raise ValueError("say one of `months_across`, `month_column`, or `from_column` with `to_column`")
        if bool(self.month_column) != bool(self.month_written):
            raise ValueError("`month_column` needs `month_written`, such as %Y-%m, and the other way round")
        if bool(self.from_column) != bool(self.to_column):
            raise ValueError("`from_column` and `to_column` go together")
        return self

    def month(self, written: str) -> Period | None:
        """The month that a column title or cell names, None where it names none."""
        try:
            day = datetime.strptime(written.strip(), self.months_across or self.month_written)  # noqa: DTZ007
        except ValueError:
            return None
        return calendar_month(day.year, day.month)


class ExportedFigures(Settled):
    """Which rows and columns of the export make one indicator, or one part of it."""

    indicator: Code
    gives: Gives = Gives.VALUE
    sheet: str = ""  # empty: whichever sheet has the columns
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # column title -> the values that are kept
    area: AreaFrom
    category: CategoryFrom | None = None
    when: When
    value_column: str = ""  # not needed where months or categories lie across
    absent_rows: AbsentRows = AbsentRows.MISSING
    repeated_rows: RepeatedRows = RepeatedRows.REFUSE

    @model_validator(mode="after")
    def _knows_its_values(self) -> "ExportedFigures":
        across = bool(self.when.months_across) + bool(self.category and self.category.across)
        if across + bool(self.value_column) != 1:
            raise ValueError("values stand in one `value_column`, or months lie across, or categories do: say one")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles without which a sheet cannot be this export."""
        category = self.category
        named = (
            *self.where,
            self.area.column,
            *((category.column, *category.across) if category else ()),
            self.when.month_column,
            self.when.from_column,
            self.when.to_column,
            self.value_column,
        )
        return tuple(dict.fromkeys(title for title in named if title))


class Export(Settled):
    """One partner's own file, as it comes out of that partner's system.

    An export may answer only part of a request: `indicators` are the ones it carries, and a return made from it has
    rows for these alone. Whether the request is then complete is to be judged over these indicators where the file
    stands alone; a partner who also supplies others sends our template as well, as a part return and then the rest.
    """

    code: Code
    title: str = Field(min_length=1)
    partner: Code
    about: str = ""
    figures: tuple[ExportedFigures, ...] = Field(min_length=1)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators that the export carries."""
        return tuple(dict.fromkeys(each.indicator for each in self.figures))


_NOT_IN_A_CODE = re.compile(r"[^a-z0-9]+")


def slug(written: str) -> str:
    """A title as it stands in codes: `BURGLARY - RESIDENTIAL` is `burglary-residential`."""
    return _NOT_IN_A_CODE.sub("-", written.lower()).strip("-")
