"""The columns of our template: what they are called, and what people call them."""

import re
from enum import StrEnum
from functools import lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.values import has_footnote_sign, read_text, shown


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
HELP_SHEET = "How to fill this in"
MEANINGS_SHEET = "What each figure means"
SHEETS_OF_WORDS = (HELP_SHEET, MEANINGS_SHEET, COMMENTARY_SHEET)  # of our template: no figure stands on them
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
_OWN = {column.value.lower(): column for column in Column}
_LONGEST_TITLE = 80
_SIGNS = re.compile(r"[*:†‡§¶]+")
_IN_BRACKETS = re.compile(r"\(.*?\)")
_SCALE = re.compile(
    r"[(\[,]\s*(?:in\s+|£|\$|€)*(thousands?|'?0{3}s?|k|m|mn|millions?|bn|billions?|hundreds?)\s*(?:[)\]]|$)"
    r"|\bin (?:thousands|millions|hundreds|'?000s?)\b|£\s*(?:m|k|'?000s?|bn)\b|\bx\s?1,?000\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b", re.IGNORECASE)
SCALE, PERCENT = "scale", "percent"


def whole_title(cell: Cell) -> str:
    """A title without case, footnote signs and odd spacing, for comparing. What stands in brackets belongs to it."""
    text = shown(cell)
    if has_footnote_sign(text):
        text = "".join(each for each in text if not has_footnote_sign(each))
    return " ".join(_SIGNS.sub(" ", read_text(text).replace("_", " ")).lower().split())


def plain_title(cell: Cell) -> str:
    """A title also without what stands in brackets: for finding a column where no other could be meant."""
    return " ".join(_IN_BRACKETS.sub(" ", whole_title(cell)).split())


def scale_of(title: Cell) -> str:
    """Whether a title says that the numbers below stand for thousands or millions, or for hundredths."""
    text = read_text(title)
    if _SCALE.search(text):
        return SCALE
    return PERCENT if _PERCENT.search(text) else ""


def column_named(cell: Cell) -> Column | None:
    """The template's column that a title means; None where it means none."""
    return own_column(cell) or also_column(cell)


def own_column(cell: Cell) -> Column | None:
    """The column that a cell names by the title that the template gives it."""
    return _named(cell)[0] if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE else None


def also_column(cell: Cell) -> Column | None:
    """The column that a cell names by another word that people use for it."""
    return _named(cell)[1] if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE else None


@lru_cache(maxsize=10_000)
def _named(title: str) -> tuple[Column | None, Column | None]:
    plain = plain_title(title)
    return _OWN.get(plain), _ALSO.get(plain)
