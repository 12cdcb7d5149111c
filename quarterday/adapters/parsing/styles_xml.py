"""`styles.xml` of a workbook as far as it says how numbers look."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from quarterday.adapters.parsing.appearances import Look, look_of
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute

Thing = TypeVar("Thing")
_WHITE_NUMBERS = {"1", "9", "65"}  # of the old palette: white twice, and the window's background
_NEARLY_WHITE, _PALE = 0xF5, 0xCC  # of 255: not to be told from paper; not to be told from white
_TINY, _USUAL_SIZE = 2.0, 11.0  # points
_WHITE_THEMES = {"0"}  # the first colour of a theme is that of the background


@dataclass(frozen=True)
class Looks:
    """The looks of a workbook that are not plain: of cells by their style, and of rules under a condition."""

    cells: dict[int, Look] = field(default_factory=dict)
    conditional: dict[int, Look] = field(default_factory=dict)


@dataclass
class _Fill:
    has_colour: bool = False  # one of its own, that white can be told from
    colour: tuple[str, ...] = ()  # of a solid fill


@dataclass
class _Font:
    struck: bool = False
    white: bool = False
    raised: bool = False
    tiny: bool = False
    colour: tuple[str, ...] = ()

    def is_unseen(self, fill: _Fill) -> bool:
        """Whether nobody sees what is written so in a cell of a fill."""
        in_its_colour = bool(self.colour) and self.colour == fill.colour
        return self.tiny or in_its_colour or (self.white and not fill.has_colour)


class _Styles(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.looks = Looks()
        self._formats: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[_Fill] = []
        self._cells = self._conditions = 0
        self._font, self._fill, self._format = _Font(), _Fill(), ("", "")
        self._solid = False
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
                self._font, self._fill, self._format = _Font(), _Fill(), ("", "")
            case "strike":
                self._font.struck = attribute(attributes, "val") not in ("0", "false")
            case "vertAlign" if parent == "font":
                self._font.raised = attribute(attributes, "val") in ("superscript", "subscript")
            case "sz" if parent == "font":
                self._font.tiny = _size(attribute(attributes, "val")) <= _TINY
            case "color" if parent == "font":
                self._font.white = _is_white(attributes)
                self._font.colour = _colour(attributes)
            case "fill":
                self._fill = _Fill()
            case "patternFill" | "gradientFill":
                pattern = "solid" if name == "gradientFill" else attribute(attributes, "patternType")
                self._fill.has_colour, self._solid = pattern not in ("", "none"), pattern == "solid"
            case "fgColor" if self._fill.has_colour:
                self._fill.has_colour = not (_is_white(attributes) or _is_pale(attribute(attributes, "rgb")))
                self._fill.colour = _colour(attributes) if self._solid else ()
            case "xf" if parent == "cellXfs":
                self._add(attributes)

    def end(self, name: str) -> None:
        self._within.pop()
        match name:
            case "font" if self._within[-1:] == ["fonts"]:
                self._fonts.append(self._font)
            case "fill" if self._within[-1:] == ["fills"]:
                self._fills.append(self._fill)
            case "dxf":
                self._add_condition()

    def _add(self, attributes: Attributes) -> None:
        number = _number(attribute(attributes, "numFmtId"))
        font = _at(self._fonts, _number(attribute(attributes, "fontId"), -1)) or _Font()
        fill = _at(self._fills, _number(attribute(attributes, "fillId"), -1)) or _Fill()
        code = self._formats.get(str(number), "")
        look = look_of(number, code, struck_out=font.struck, unseen=font.is_unseen(fill), lifted=font.raised)
        if look != Look():
            self.looks.cells[self._cells] = look
        self._cells += 1

    def _add_condition(self) -> None:
        number, code = self._format
        unseen = self._font.is_unseen(self._fill)
        look = look_of(_number(number), code, struck_out=self._font.struck, unseen=unseen)
        if look != Look():
            self.looks.conditional[self._conditions] = look
        self._conditions += 1


def _is_white(attributes: Attributes) -> bool:
    """Whether a colour is the white of paper. A tint makes it another."""
    if _tint(attribute(attributes, "tint")):
        return False
    channels = _channels(attribute(attributes, "rgb"))
    if channels and min(channels) >= _NEARLY_WHITE:
        return True
    return attribute(attributes, "theme") in _WHITE_THEMES or attribute(attributes, "indexed") in _WHITE_NUMBERS


def _is_pale(rgb: str) -> bool:
    """Whether white cannot be told from a colour: as where a form asks for an entry."""
    channels = _channels(rgb)
    return bool(channels) and min(channels) >= _PALE


def _channels(rgb: str) -> list[int]:
    """Red, green and blue of a colour written in hexadecimals; nothing where it is not."""
    try:
        return [int(rgb[-6:][at : at + 2], 16) for at in (0, 2, 4)] if len(rgb) >= 6 else []
    except ValueError:
        return []


def _colour(attributes: Attributes) -> tuple[str, ...]:
    """A colour as it is written, for comparing; empty where it is the automatic one."""
    said = tuple(attribute(attributes, each).upper() for each in ("rgb", "theme", "indexed", "tint"))
    return (said[0][-6:], *said[1:]) if any(said[:3]) else ()


def _size(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return _USUAL_SIZE


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
