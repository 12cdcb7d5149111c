"""`styles.xml` of a workbook as far as it says how numbers look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from quarterday.adapters.parsing.appearances import Look, look_of
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute

Thing = TypeVar("Thing")
_WHITE_NUMBERS = {"1", "9", "65"}  # of the old palette: white twice, and the window's background
_WHITE_THEMES = {"0"}  # the first colour of a theme is that of the background


@dataclass(frozen=True)
class Looks:
    """The looks of a workbook that are not plain: of cells by their style, and of rules under a condition."""

    cells: dict[int, Look] = field(default_factory=dict)
    conditional: dict[int, Look] = field(default_factory=dict)


@dataclass
class _Font:
    struck: bool = False
    white: bool = False


class _Styles(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.looks = Looks()
        self._formats: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[bool] = []  # whether each fill gives a cell a colour of its own
        self._cells = self._conditions = 0
        self._font, self._has_fill, self._format = _Font(), False, ("", "")
        self._within: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        parent = self._within[-1] if self._within else ""
        self._within.append(name)
        match name:
            case "numFmt":
                self._format = attribute(attributes, "numFmtId"), attribute(attributes, "formatCode")
                if parent == "numFmts":
                    self._formats[self._format[0]] = self._format[1]
            case "font":
                self._font = _Font()
            case "dxf":
                self._font, self._has_fill, self._format = _Font(), False, ("", "")
            case "strike":
                self._font.struck = attribute(attributes, "val") not in ("0", "false")
            case "color" if parent == "font":
                self._font.white = _is_white(attributes)
            case "fill":
                self._has_fill = False
            case "patternFill" | "gradientFill":
                self._has_fill = name == "gradientFill" or attribute(attributes, "patternType") not in ("", "none")
            case "fgColor" if self._has_fill:
                self._has_fill = not (_is_white(attributes) or _is_pale(attribute(attributes, "rgb")))
            case "xf" if parent == "cellXfs":
                self._add(attributes)

    def end(self, name: str) -> None:
        self._within.pop()
        match name:
            case "font" if self._within[-1:] == ["fonts"]:
                self._fonts.append(self._font)
            case "fill" if self._within[-1:] == ["fills"]:
                self._fills.append(self._has_fill)
            case "dxf":
                self._add_condition()

    def _add(self, attributes: Attributes) -> None:
        number = _number(attribute(attributes, "numFmtId"))
        font = _at(self._fonts, _number(attribute(attributes, "fontId"), -1)) or _Font()
        filled = bool(_at(self._fills, _number(attribute(attributes, "fillId"), -1)))
        code = self._formats.get(str(number), "")
        look = look_of(number, code, struck_out=font.struck, unseen=font.white and not filled)
        if look != Look():
            self.looks.cells[self._cells] = look
        self._cells += 1

    def _add_condition(self) -> None:
        number, code = self._format
        unseen = self._font.white and not self._has_fill
        look = look_of(_number(number), code, struck_out=self._font.struck, unseen=unseen)
        if look != Look():
            self.looks.conditional[self._conditions] = look
        self._conditions += 1


def _is_white(attributes: Attributes) -> bool:
    """Whether a colour is the white of paper. A tint makes it another."""
    if _tint(attribute(attributes, "tint")):
        return False
    if attribute(attributes, "rgb").upper()[-6:] == "FFFFFF":
        return True
    return attribute(attributes, "theme") in _WHITE_THEMES or attribute(attributes, "indexed") in _WHITE_NUMBERS


def _is_pale(rgb: str) -> bool:
    """Whether white cannot be told from a colour: as where a form asks for an entry."""
    channels = [rgb[-6:][at : at + 2] for at in (0, 2, 4)]
    return len(rgb) >= 6 and all(each.upper() >= "CC" for each in channels)


def _tint(written: str) -> bool:
    return written not in ("", "0", "0.0")


def _number(written: str, otherwise: int = 0) -> int:
    return int(written) if written.isdecimal() else otherwise


def _at(things: Sequence[Thing], place: int) -> Thing | None:
    return things[place] if 0 <= place < len(things) else None


def looks_of(styles: bytes | None) -> Looks:
    """The styles of a workbook under which cells may look otherwise than they are."""
    if styles is None:
        return Looks()
    reader = _Styles()
    reader.read(styles)
    return reader.looks
