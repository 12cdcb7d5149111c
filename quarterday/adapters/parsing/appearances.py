"""What a person sees in a cell where that is not what the cell holds: its number format, its font, its runs of text.

A cell that shows `<5` may hold 3; one that shows 12 with a raised 2 is twelve with a footnote, not 122; a figure that
was struck out is none. Each is told by one of these words, and asked about before a figure is read.
"""

import re
from dataclasses import dataclass

from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute

PERCENT = "percent"  # 0.25 shown as 25%
OTHERWISE = "shown-otherwise"
STRUCK_OUT = "struck-out"

STROKE = "\u0336"  # after each character that is struck out, so that text looks as it did
_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_BUILT_IN_PERCENT = {9, 10}
_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_SPACING = re.compile(r"[_*].")
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_CHANGES_A_NUMBER = re.compile(
    r"[\d<>≤≥~*†‡^]|^\s*(k|m|bn|mn|th|thousands?|millions?)\s*$|^\s*[(\[]\w[)\]]\s*$", re.IGNORECASE
)
_ZERO_SIGNS = {"-", "–", "—"}


@dataclass(frozen=True)
class Look:
    """How the cells of one style look, where that matters."""

    percent: bool = False
    struck: bool = False
    format: str = ""  # the number format, where it may show something else

    def of(self, value: object) -> str:
        """How a cell of this style looks with a value; empty where it looks as it is."""
        if self.struck:
            return STRUCK_OUT
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return ""
        if self.format and shows_otherwise(self.format, value):
            return OTHERWISE
        return PERCENT if self.percent else ""


def raised(text: str) -> str:
    """Text as raised characters, as far as there are any."""
    return text.translate(_RAISED)


def struck(text: str) -> str:
    """Text with a stroke through each character."""
    return "".join(f"{character}{STROKE}" for character in text)


def shows_otherwise(code: str, value: float) -> bool:
    """Whether a number format shows something else than the number: words for it, a scale, a sign beside it."""
    section = _section(code, value)
    literals = [quoted or escaped for quoted, escaped in _LITERAL.findall(section)]
    bare = _SPACING.sub("", _IN_BRACKETS.sub("", _LITERAL.sub("", section)))
    if _DATE_LETTERS.search(bare) or "general" in bare.lower() or "@" in bare:
        return any(map(_CHANGES_A_NUMBER.search, literals)) and not _DATE_LETTERS.search(bare)
    if not re.search(r"[0#?]", bare):  # no digit is shown at all
        return not (value == 0 and ("".join(literals) or bare).strip() in _ZERO_SIGNS)
    return bool(_SCALED.search(bare)) or any(map(_CHANGES_A_NUMBER.search, literals))


def _section(code: str, value: float) -> str:
    """The section of a number format that a value falls into."""
    sections = _SECTIONS.split(code)
    conditions = [_CONDITION.search(each) for each in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(condition[1], value, float(condition[2])):
                return section
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _holds(sign: str, value: float, limit: float) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def may_show_otherwise(code: str) -> bool:
    """Whether a number format is worth looking at for each value."""
    return any(sign in code for sign in '"\\;') or bool(_SCALED.search(code))


class _Styles(XmlReader):
    """`styles.xml` as far as it says how numbers look."""

    def __init__(self) -> None:
        super().__init__()
        self.looks: dict[int, Look] = {}
        self._formats: dict[str, str] = {}
        self._struck_fonts: set[int] = set()
        self._fonts = self._cells = 0
        self._within: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._within[-1] if self._within else ""
        self._within.append(name)
        if name == "numFmt" and parent == "numFmts":
            self._formats[attribute(attributes, "numFmtId")] = attribute(attributes, "formatCode")
        elif name == "font" and parent == "fonts":
            self._fonts += 1
        elif name == "strike" and "fonts" in self._within and attribute(attributes, "val") not in ("0", "false"):
            self._struck_fonts.add(self._fonts - 1)
        elif name == "xf" and parent == "cellXfs":
            self._add(attributes)

    def end(self, name: str) -> None:
        self._within.pop()

    def _add(self, attributes: Attributes) -> None:
        number, font = attribute(attributes, "numFmtId"), attribute(attributes, "fontId")
        code = self._formats.get(number, "")
        plain = _LITERAL.sub("", code)
        look = Look(
            percent="%" in plain or (number.isdecimal() and int(number) in _BUILT_IN_PERCENT),
            struck=font.isdecimal() and int(font) in self._struck_fonts,
            format=code if may_show_otherwise(code) else "",
        )
        if look != Look():
            self.looks[self._cells] = look
        self._cells += 1


def looks_of(styles: bytes | None) -> dict[int, Look]:
    """The styles of a workbook whose cells may look otherwise than they are, by number."""
    if styles is None:
        return {}
    reader = _Styles()
    reader.read(styles)
    return reader.looks


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
