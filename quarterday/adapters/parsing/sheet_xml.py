"""A worksheet's cells from its XML, counted while they stream by: cells need not say where they are."""

import math
import re
from dataclasses import dataclass, field
from datetime import date, datetime

from quarterday.adapters.parsing.appearances import Look, Runs
from quarterday.adapters.parsing.conditional_looks import Rules
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, TEXT_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.strings_xml import unescaped
from quarterday.adapters.parsing.styles_xml import Looks
from quarterday.adapters.parsing.tables import Cell, address
from quarterday.adapters.parsing.xml import Attributes, XmlReader

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_ADDRESS = re.compile(r"^([A-Za-z]{1,3})([0-9]{1,7})$")
_MOST_ELEMENTS = 4 * USED_CELLS
_INTEGER = re.compile(r"^-?\d{1,300}$")
NO_RESULT = "formula-without-value"


@dataclass
class RawSheet:
    """The cells of one sheet by row and column from 0; `doubts` and `shown_as` by address.

    `asides` are the words of the sheet that stand in no cell, each with its place and the address it belongs to;
    `links` name the relations of hyperlinks with the cell that each stands in.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: bool = False
    filtered: bool = False
    hidden_columns: set[int] = field(default_factory=set)
    shown_as: dict[str, str] = field(default_factory=dict)
    asides: list[tuple[str, str, str]] = field(default_factory=list)  # place, text, cell
    links: dict[str, str] = field(default_factory=dict)  # relation -> cell

    @property
    def area(self) -> int:
        """How many cells the rectangle from A1 to the last used row and column holds."""
        rows = max((row for row, _ in self.cells), default=-1) + 1
        columns = max((column for _, column in self.cells), default=-1) + 1
        return rows * columns


def read_sheet(content: bytes, strings: list[str], looks: Looks | None = None) -> RawSheet:
    """The cells of a worksheet. Raises `Refused` beyond the limits."""
    if content.count(b"<v>") > USED_CELLS:  # told in milliseconds, before a single cell is built
        raise Refused("too-many-cells")
    reader = _Sheet(strings, looks or Looks())
    reader.read(content)
    for where, how in reader.rules.looks_of(reader.sheet.cells):
        reader.sheet.shown_as.setdefault(address(*where), how)
    return reader.sheet


def position(written: str) -> tuple[int, int]:
    """Row and column, from 0, of an address such as `B14`. Raises `Refused` where it is none."""
    match = _ADDRESS.match(written)
    if not match:
        raise Refused("corrupt")
    column = 0
    for letter in match[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match[2])
    if not (1 <= row <= MOST_ROWS and column <= MOST_COLUMNS):
        raise Refused("corrupt")
    return row - 1, column - 1


_HEADERS_AND_FOOTERS = {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}
_CHOICES = {"formula1", "formula2"}
_CODES = re.compile(r'&(?:"[^"]*"|\d{1,3}|[A-Za-z&])')  # of headers and footers: fonts, sizes, places, page numbers
_MOST_ASIDES = 20_000


class _Sheet(XmlReader):
    def __init__(self, strings: list[str], looks: Looks) -> None:
        super().__init__()
        self._looks = looks.cells
        self.rules = Rules(looks.conditional)
        self._look: Look | None = None
        self._runs = Runs()
        self._aside: list[str] | None = None
        self.sheet = RawSheet()
        self._strings = strings
        self._row, self._column = -1, -1
        self._kind = ""
        self._in_data = False
        self._collecting: list[str] | None = None
        self._value: str | None = None
        self._has_formula = self._in_phonetic = False
        self._elements = self._total = self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "c" if self._in_data:
                self._start_cell(attributes)
            case "v":
                self._collecting = []
            case "t":
                self._collecting = self._collecting if self._in_phonetic else (self._collecting or [])
            case "f":
                self._has_formula = True
            case "row" if self._in_data:
                self._start_row(attributes)
            case "rPh":
                self._in_phonetic = True
            case "sheetData":
                self._in_data = True
            case "mergeCell":
                self.sheet.merged.append(attributes.get("ref", ""))
            case _ if self._in_data:
                self._runs.start(name, attributes)
            case _:
                self._start_aside(name, attributes)

    def _start_aside(self, name: str, attributes: Attributes) -> None:
        """What follows the cells: links, choices, headers and footers."""
        if name == "hyperlink":
            cell = attributes.get("ref", "")
            for relation in (value for key, value in attributes.items() if key.endswith(" id")):
                self.sheet.links[relation] = cell
            for said in ("location", "tooltip", "display"):
                self._add_aside("a link", attributes.get(said, ""), cell)
        elif name in _HEADERS_AND_FOOTERS or name in _CHOICES:
            self._aside = []
        elif name == "dataValidation":
            for said in ("promptTitle", "prompt", "errorTitle", "error"):
                self._add_aside("the choices of a list", attributes.get(said, ""))
        elif name == "filterColumn":
            self.sheet.filtered = True
        elif name == "col" and (attributes.get("hidden") in ("1", "true") or attributes.get("width") == "0"):
            self._hide_columns(attributes)
        else:
            self.rules.start(name, attributes)

    def _hide_columns(self, attributes: Attributes) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.sheet.hidden_columns.update(range(int(first) - 1, min(int(last), MOST_COLUMNS)))

    def _add_aside(self, place: str, text: str, cell: str = "") -> None:
        if text.strip() and len(self.sheet.asides) < _MOST_ASIDES:
            self.sheet.asides.append((place, unescaped(text), cell))

    def words(self, words: str) -> None:
        if not self._in_data:
            self.rules.words(words)
        if self._aside is not None:
            self._aside.append(words)
        if self._collecting is None or self._in_phonetic:
            return
        self._collecting.append(self._runs.written(words))
        self._length += len(words)
        self._total += len(words)
        if self._length > CELL_CHARACTERS:
            raise Refused("cell-too-long")
        if self._total > TEXT_CHARACTERS:
            raise Refused("too-large-unpacked")

    def end(self, name: str) -> None:
        if not self._in_data:
            self.rules.end(name)
        match name:
            case "v" | "t":
                if self._collecting is not None:
                    self._value = (self._value or "") + "".join(self._collecting)
                    self._collecting = None
            case "c" if self._in_data:
                self._end_cell()
            case "rPh":
                self._in_phonetic = False
            case "sheetData":
                self._in_data = False
            case _ if self._in_data:
                self._runs.end(name)
            case _ if self._aside is not None:
                words = "".join(self._aside)
                if name in _CHOICES:
                    self._add_aside("the choices of a list", words)
                else:
                    self._add_aside("a header or footer", _CODES.sub(" ", words))
                self._aside = None

    def _start_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        if written is not None and not written.isdecimal():
            raise Refused("corrupt")
        self._row = int(written) - 1 if written else self._row + 1
        self._column = -1
        if not 0 <= self._row < MOST_ROWS:
            raise Refused("corrupt")
        hidden = attributes.get("hidden") in ("1", "true") or attributes.get("ht") in ("0", "0.0")
        self.sheet.hidden_rows = self.sheet.hidden_rows or hidden
        self._count()

    def _start_cell(self, attributes: Attributes) -> None:
        if written := attributes.get("r"):
            self._row, self._column = position(written)
        else:
            self._column += 1
            if self._column >= MOST_COLUMNS:
                raise Refused("corrupt")
        self._kind = attributes.get("t", "n")
        self._look = self._looks.get(int(style)) if (style := attributes.get("s", "")).isdecimal() else None
        self._value, self._has_formula, self._length = None, False, 0
        self._count()

    def _count(self) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise Refused("too-many-cells")

    def _end_cell(self) -> None:
        where = (self._row, self._column)
        if where in self.sheet.cells:
            raise Refused("corrupt")
        if self._has_formula and not self._value and self._kind != "str":
            self.sheet.doubts[address(*where)] = NO_RESULT
            return
        cell = self._cell()
        if cell is not None and cell != "":
            self.sheet.cells[where] = cell
            if self._look and (how := self._look.of(cell)):
                self.sheet.shown_as[address(*where)] = how
            if len(self.sheet.cells) > USED_CELLS:
                raise Refused("too-many-cells")

    def _cell(self) -> Cell:
        value = self._value
        if value is None:
            return None
        match self._kind:
            case "s":
                return self._shared(value)
            case "str" | "inlineStr":
                return unescaped(value)
            case "e":
                return value.strip() or "#VALUE!"
            case "b":
                return value.strip() in ("1", "true")
            case "d":
                return _iso(value)
        return _number(value)

    def _shared(self, value: str) -> str | None:
        index = value.strip()
        if not index:
            return None
        if not index.isdecimal() or int(index) >= len(self._strings):
            raise Refused("corrupt")
        return self._strings[int(index)]


def _number(value: str) -> Cell:
    text = value.strip()
    if not text:
        return None
    if _INTEGER.match(text):
        return int(text) if len(text) < 19 else float(text)
    try:
        number = float(text)
    except ValueError:
        raise Refused("corrupt") from None
    if not math.isfinite(number):
        raise Refused("corrupt")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _iso(value: str) -> Cell:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        return value
    return moment if moment.time() != datetime.min.time() or "T" in value else date(*moment.timetuple()[:3])
