"""What a person sees in a cell where that is not what the cell holds: its number format, its font, its runs of text.

A cell that shows `<5` may hold 3; one that shows 12 with a raised 2 is twelve with a footnote, not 122; a figure that
was struck out is none. Each is told by one of these words, and asked about before a figure is read.
"""

import unicodedata
from dataclasses import dataclass

from quarterday.adapters.parsing.number_formats import (
    has_percent_literal,
    is_percent,
    may_show_otherwise,
    shows_otherwise,
)
from quarterday.adapters.parsing.xml import Attributes, attribute

PERCENT = "percent"  # 0.25 shown as 25%
PERCENT_SIGN = "percent-sign"  # 25 shown as 25%
OTHERWISE = "shown-otherwise"
STRUCK_OUT = "struck-out"
DECIMAL_COMMA = "decimal-comma"  # 12,345 where a comma may part decimals
UNSEEN = "unseen-figure"  # in the colour of its cell, or in a column that is hidden
RAISED = "footnote-sign"  # a number that is raised or lowered as a whole stands for a note
ASKED_ABOUT = (OTHERWISE, STRUCK_OUT, DECIMAL_COMMA, UNSEEN, RAISED)  # no figure is taken from such a cell

STROKE = "\u0336"  # after each character that is struck out, so that text looks as it did
_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_BUILT_IN_PERCENT = {9, 10}


@dataclass(frozen=True)
class Look:
    """How the cells of one style look, where that matters."""

    percent: bool = False
    struck: bool = False
    format: str = ""  # the number format, where it may show something else
    unseen: bool = False  # in the colour of its cell, or too small to be seen
    raised: bool = False

    def of(self, value: object) -> str:
        """How a cell of this style looks with a value; empty where it looks as it is."""
        if self.struck:
            return STRUCK_OUT
        if self.unseen and value is not None:
            return UNSEEN
        if self.raised and isinstance(value, (int, float)):
            return RAISED
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return ""
        if self.format and shows_otherwise(self.format, value):
            return OTHERWISE
        if self.format and has_percent_literal(self.format, value):
            return PERCENT_SIGN
        return PERCENT if self.percent else ""


def plainly(text: str) -> str:
    """A text that looks raised or struck out, as it would be without."""
    return unicodedata.normalize("NFKC", text.replace(STROKE, ""))


def look_of(number: int, code: str, *, struck_out: bool, unseen: bool = False, lifted: bool = False) -> Look:
    """The look of a style: the number and code of its number format, whether its font is struck out, unseen, lifted."""
    return Look(
        percent=is_percent(code) or number in _BUILT_IN_PERCENT,
        struck=struck_out,
        unseen=unseen,
        raised=lifted,
        format=code if may_show_otherwise(code) else "",
    )


def raised(text: str) -> str:
    """Text as raised characters, as far as there are any."""
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """Text with a stroke through each character."""
    return "".join(f"{character}{STROKE}" for character in text)


class Runs:
    """The runs of one rich text: raised ones are read as raised characters, struck ones with a stroke."""

    def __init__(self) -> None:
        self._raised = self._struck = False

    def start(self, name: str, attributes: Attributes) -> None:
        """An element of the text begins."""
        if name in ("r", "rPh"):
            self._raised = self._struck = False
        elif name == "vertAlign":
            self._raised = attribute(attributes, "val") in ("superscript", "subscript")
        elif name == "strike":
            self._struck = attribute(attributes, "val") not in ("0", "false")

    def end(self, name: str) -> None:
        """An element of the text ends."""
        if name == "r":
            self._raised = self._struck = False

    def written(self, words: str) -> str:
        """Words of the current run as they look."""
        words = raised(words) if self._raised else words
        return struck(words) if self._struck else words
