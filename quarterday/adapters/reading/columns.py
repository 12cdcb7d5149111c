"""The columns of our template: what they are called, and what people call them."""

import re
from enum import StrEnum
from functools import lru_cache

from quarterday.adapters.parsing.tables import Cell
from quarterday.adapters.reading.spans import time_in
from quarterday.adapters.reading.values import read_text, shown, without_footnote_signs


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
_IN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]|\{.*?\}")
_SCALE_WORD = (
    r"(?:tens|hundreds?|thousands?|'?0{3}'?s?|k|m|mn|mln|mil|mill|mio|millions?|bn|billions?|dozens?|lakhs?|crores?)"
)
_SCALE = re.compile(
    rf"[(\[{{,/÷×*–—-]\s*(?:(?:in|of|gbp|x|number|numbers|figures)\s+|£\s*|\$\s*|€\s*)*{_SCALE_WORD}\s*(?:[)\]}},]|$)"
    rf"|\b(?:in|to the nearest|nearest)\s+{_SCALE_WORD}\b|£\s*{_SCALE_WORD}\b"
    rf"|^\w+\s+(?:'?000'?s?|thousands?|millions?)$"
    r"|[x×÷/]\s?1[, ]?0{2,}\b|\b10\s?\^\s?\d|\b10[\u2070-\u2079\u00b2\u00b3]"
    r"|\b(?:per|rounded to|nearest)\s+\d[\d,. ]*|\bper\s+(?:thousand|million|head|capita|person|day|week|month)\b|‰",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?s?\b|\bpct\b|\bpc\b|\bproportion\b|\bshare\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:last|previous|prior|preceding|same quarter|year ago|(?:year|quarter|month)[- ]to[- ]date|ytd|cumulative|"
    r"rolling|running|average|mean|median|target|forecast|planned|plan|budget|expected|change|difference|variance|"
    r"index|ratio|baseline|benchmark|national|england|london|projected|full year|annual|maximum|minimum|max|min|avg|"
    r"r\d{1,2}|\d{1,2}\s?m(?:onths?)?|12[- ]months?)\b",
    re.IGNORECASE,
)
# What may stand in brackets behind a title and leaves it what it was.
_ADDS_NOTHING = re.compile(
    r"\W*(?:(?:the |whole |total )?(?:numbers?|no\.?|nos\.?|n|counts?|units?|total|all|figures?|volume)"
    r"(?: (?:of|only)\b.*)?|"
    r"p|r|e|prov\.?|provisional|final|revised|rev\.?|estimated?|est\.?|actuals?|"
    r"(?:this|current) (?:year|quarter|month|period)|"
    r"(?:see )?(?:foot)?notes?\b.*|please\b.*|enter\b.*|required|\d{1,2}|[a-z])\W*",
    re.IGNORECASE,
)
SCALE, PERCENT, ANOTHER, MORE = "scale", "percent", "another", "more"
RULE_OF_DOUBT = {
    SCALE: "title-with-scale",
    PERCENT: "title-with-scale",
    ANOTHER: "title-of-another",
    MORE: "title-says-more",
}


def whole_title(cell: Cell) -> str:
    """A title without case, footnote signs and odd spacing, for comparing. What stands in brackets belongs to it."""
    text = without_footnote_signs(shown(cell))
    return " ".join(_SIGNS.sub(" ", read_text(text).replace("_", " ")).lower().split())


def plain_title(cell: Cell) -> str:
    """A title also without what stands in brackets: for finding a column where no other could be meant."""
    return " ".join(_IN_BRACKETS.sub(" ", whole_title(cell)).split())


def doubt_of(title: Cell) -> str:
    """Why the numbers below a title may not be what they look like; empty where nothing says so.

    They stand for thousands or millions, for hundredths, or for another time or measure, as a target or last year's;
    or brackets say more of them than that they are numbers of the quarter.
    """
    written = shown(title).replace("’", "'").replace("‘", "'").replace("_", " ")
    if _SCALE.search(read_text(written).replace("’", "'")) or _SCALE.search(written):
        return SCALE
    if _PERCENT.search(written):
        return PERCENT
    if _ANOTHER.search(written):
        return ANOTHER
    said = (each[0] for each in _IN_BRACKETS.finditer(written))
    return MORE if any(not _ADDS_NOTHING.fullmatch(each) and not time_in(each.strip("()[]{}")) for each in said) else ""


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
