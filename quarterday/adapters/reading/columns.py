"""The columns of our template: what they are called, and what people call them."""

import re
from enum import StrEnum
from functools import lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import read_text


class Column(StrEnum):
    """A column of the template by its title. Findings and `ReturnRow.cells` name columns by these."""

    INDICATOR = "Indicator"
    AREA = "Area"
    AREA_CODE = "Area code"
    BREAKDOWN = "Breakdown"
    CATEGORY = "Category"
    PERIOD_FROM = "Period from"
    PERIOD_TO = "Period to"
    UNIT = "Unit"
    LAST = "Last time"
    VALUE = "Value"
    NUMERATOR = "Numerator"
    DENOMINATOR = "Denominator"
    MARKER = "Marker"
    COMMENT = "Comment"
    INDICATOR_CODE = "Indicator code"
    BREAKDOWN_CODE = "Breakdown code"
    CATEGORY_CODE = "Category code"
    PARTNER = "Partner code"
    COLLECTION = "Collection"


FIGURES_SHEET = "Figures"
COMMENTARY_SHEET = "Commentary"
ENTRIES = (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR)
FILLED_IN = (*ENTRIES, Column.MARKER, Column.COMMENT)

_ALSO: dict[str, Column] = {
    "indicator name": Column.INDICATOR,
    "measure": Column.INDICATOR,
    "ward": Column.AREA,
    "area name": Column.AREA,
    "ward name": Column.AREA,
    "ward code": Column.AREA_CODE,
    "period start": Column.PERIOD_FROM,
    "from": Column.PERIOD_FROM,
    "period end": Column.PERIOD_TO,
    "to": Column.PERIOD_TO,
    "figure": Column.VALUE,
    "count": Column.VALUE,
    "comments": Column.COMMENT,
    "note": Column.COMMENT,
    "notes": Column.COMMENT,
}
_KNOWN = {column.value.lower(): column for column in Column} | _ALSO
_LONGEST_TITLE = 80
_ORNAMENT = re.compile(r"[*:†‡]+|\(.*?\)")


def plain_title(cell: Cell) -> str:
    """A title without case, ornament and odd spacing, for comparing."""
    return " ".join(_ORNAMENT.sub(" ", read_text(cell).replace("_", " ")).lower().split())


def column_named(cell: Cell) -> Column | None:
    """The template's column that a title means; None where it means none."""
    return _known(cell) if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE else None


@lru_cache(maxsize=10_000)
def _known(title: str) -> Column | None:
    return _KNOWN.get(plain_title(title))
