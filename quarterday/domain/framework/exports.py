"""How a partner's own export becomes indicators: a declaration in `config/exports/`, no code (paper 4.3, 7.7)."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.partners import Configured
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


class AreaFrom(Configured):
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


class CategoryFrom(Configured):
    """Where a row's category of a breakdown stands: in a column, across as columns, or all rows are `always` of one."""

    breakdown: Code
    column: str = ""
    written_as: WrittenAs = WrittenAs.CODE
    means: dict[str, str] = Field(default_factory=dict)  # as written -> category code
    leave_out: tuple[str, ...] = ()  # written categories that are known and not asked for
    across: dict[str, Code] = Field(default_factory=dict)  # column title -> category code
    always: Code = ""  # as where each category has a sheet of its own
    may_be_absent: tuple[Code, ...] = ()  # rare classes: a file without any row of one is not asked about

    @model_validator(mode="after")
    def _one_of_them(self) -> "CategoryFrom":
        if bool(self.column) + bool(self.across) + bool(self.always) != 1:
            raise ValueError(
                "say one: the `column` that names the category, which columns lie `across`, or the category that is "
                "meant `always`"
            )
        return self


ANY = "any"  # a month in whatever form people write one


class PeriodIn(StrEnum):
    """Where the one period of a whole table stands, when no cell of its rows says it."""

    TITLE = "title"  # above the table, as “Recorded crime, April to June 2025”
    SHEET = "sheet"  # the sheet's name, as “April 2025”
    FILE = "file"  # the file's name, as “crime_2025-26_Q1.csv”


class Quarters(StrEnum):
    """What `2025Q2` or month 1 means: of a financial year, or of the calendar's, as DHIS2 counts quarters."""

    FINANCIAL = "financial"
    CALENDAR = "calendar"


class When(Configured):
    """Where the export says which time a count is for; exactly one of these ways.

    `months_across`: titles of columns are months, written so (as `strptime` reads it, `%Y%m`) or `any`.
    `periods_across`: titles of columns are months or quarters in any form; a bare `Q1` is of the year in the title.
    `month_column`: each row names its month, as `month_written` says or in any form. With `year_column` the month
    stands alone, and the year beside it is a calendar year, or a financial one where it is written `2025/26`. Where
    numbers stand for the months of such a year, `month_numbers` says whether 1 is January (calendar) or April
    (financial); without it they are asked about.
    `quarter_column`: each row names its quarter.
    `date_column`: each row names a day, as where every row is one case.
    `from_column` and `to_column`: each row names the first and last day it covers.
    `period_in`: the whole table is for one period, named in its title, its sheet's name or the file's name.
    """

    months_across: str = ""
    periods_across: bool = False
    month_column: str = ""
    month_written: str = ""
    year_column: str = ""
    quarter_column: str = ""
    date_column: str = ""
    from_column: str = ""
    to_column: str = ""
    period_in: PeriodIn | None = None
    quarters: Quarters = Quarters.FINANCIAL
    month_numbers: Quarters | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "When":
        ways = (
            bool(self.months_across),
            self.periods_across,
            bool(self.month_column),
            bool(self.quarter_column),
            bool(self.date_column),
            bool(self.from_column or self.to_column),
            self.period_in is not None,
        )
        if sum(ways) != 1:
            raise ValueError(
                "say one of `months_across`, `periods_across`, `month_column`, `quarter_column`, `date_column`, "
                "`period_in`, or `from_column` with `to_column`"
            )
        if self.month_column and not self.year_column and not self.month_written:
            raise ValueError("`month_column` needs `month_written`, such as %Y-%m or any, and the other way round")
        if not self.month_column and (self.month_written or self.year_column):
            raise ValueError("`month_written` and `year_column` go with a `month_column`")
        if bool(self.from_column) != bool(self.to_column):
            raise ValueError("`from_column` and `to_column` go together")
        return self

    @property
    def is_across(self) -> bool:
        """Whether periods stand in the titles of columns."""
        return bool(self.months_across) or self.periods_across

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles of the columns that say the time."""
        named = (
            self.month_column,
            self.year_column,
            self.quarter_column,
            self.date_column,
            self.from_column,
            self.to_column,
        )
        return tuple(title for title in named if title)

    def month(self, written: str) -> Period | None:
        """The month that a column title or cell names in the form agreed, None where it names none."""
        style = self.months_across or self.month_written
        if style in ("", ANY):
            return None
        try:
            day = datetime.strptime(written.strip(), style)  # noqa: DTZ007
        except ValueError:
            return None
        return calendar_month(day.year, day.month)


class ExportedFigures(Configured):
    """Which rows and columns of the export make one indicator, or one part of it.

    In `config/`, one entry may serve several indicators that share a layout: what differs stands under `each`.
    """

    indicator: Code
    gives: Gives = Gives.VALUE
    sheet: str = ""  # empty: the one sheet that has the columns
    joined_sheets: bool = False  # every sheet that has the columns belongs to it, as where each month has its own
    header_rows: int = Field(default=1, ge=1, le=4)  # how many rows of titles stand one below another
    fill_down: tuple[str, ...] = ()  # columns whose label stands in the first of its rows alone
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # column title -> the values that are kept
    leave_out: dict[str, tuple[str, ...]] = Field(default_factory=dict)  # column title -> values that are not kept
    area: AreaFrom
    category: CategoryFrom | None = None
    when: When
    value_column: str = ""  # not needed where months or categories lie across, nor where records are counted
    records: bool = False  # each row is one case and counts 1; nothing else of it is kept
    times: float = Field(default=1, gt=0)  # 1000 where the export counts in thousands
    absent_rows: AbsentRows = AbsentRows.MISSING
    repeated_rows: RepeatedRows = RepeatedRows.REFUSE

    @model_validator(mode="after")
    def _knows_its_values(self) -> "ExportedFigures":
        across = self.when.is_across or bool(self.category and self.category.across)
        if across + bool(self.value_column) + self.records != 1:
            raise ValueError(
                "values stand in one `value_column`, or months lie across, or categories do, or `records` are counted: "
                "say one"
            )
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """The titles without which a sheet cannot be this export."""
        category = self.category
        across = category.across if category and not self.when.is_across else ()
        named = (
            *self.where,
            *self.leave_out,
            *self.fill_down,
            self.area.column,
            *((category.column, *across) if category else ()),
            *self.when.columns,
            self.value_column,
        )
        return tuple(dict.fromkeys(title for title in named if title))


class Export(Configured):
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

    @field_validator("figures", mode="before")
    @classmethod
    def _each(cls, entries: object) -> object:
        """One entry a thing that differs: `each` lists what differs, the rest is shared."""
        if not isinstance(entries, list | tuple):
            return entries
        return [one for entry in entries for one in _spread(entry)]

    @property
    def counts_records(self) -> bool:
        """Whether the file holds a row for each case, of which nothing but their number goes into figures."""
        return any(each.records for each in self.figures)

    @property
    def indicators(self) -> tuple[str, ...]:
        """The codes of the indicators that the export carries."""
        return tuple(dict.fromkeys(each.indicator for each in self.figures))


def _spread(entry: object) -> list[object]:
    if not isinstance(entry, dict) or "each" not in entry:
        return [entry]
    shared = {key: value for key, value in entry.items() if key != "each"}
    return [{**shared, **different} if isinstance(different, dict) else different for different in entry["each"]]
