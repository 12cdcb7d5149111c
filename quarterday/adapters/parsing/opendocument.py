"""Reads .ods from its own XML, which says of each cell what it is; repeats are counted before they are written out."""

import math
from datetime import date, datetime

from quarterday.adapters.parsing.limits import CELL_CHARACTERS, TEXT_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import MOST_COLUMNS, MOST_ROWS, NO_RESULT
from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address, trimmed
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute, check_xml

_CELL_NAMES = ("table-cell", "covered-table-cell")
_FURTHEST = 2**31


def parse_ods(package: Package) -> FileTables:
    """Every sheet's cells. Raises `Refused`."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused("encrypted")
    if any(name.startswith("Basic/") and name.endswith(".xml") for name in package.names if "script-l" not in name):
        raise Refused("macros")
    for name in ("META-INF/manifest.xml", "styles.xml", "meta.xml", "settings.xml"):
        if name in package and name != "META-INF/manifest.xml":
            check_xml(package.read(name))
    reader = _Content()
    reader.read(package.read("content.xml"))
    if not any(table.rows for table in reader.tables):
        raise Refused("no-sheets")
    return FileTables(tuple(reader.tables))


class _Content(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: _Sheet | None = None
        self._nested = 0  # a table inside a cell belongs to a drawing or a chart
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = self._in_annotation = 0
        self._length = self._total = self._used = 0

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "style":
                self._style = attribute(attributes, "name")
            case "table-properties" if attribute(attributes, "display") == "false":
                self._hidden_styles.add(self._style)
            case "table":
                self._start_table(attributes)
            case "table-row" if self._sheet and not self._nested:
                self._sheet.start_row(_repeat(attribute(attributes, "number-rows-repeated")))
            case "table-cell" | "covered-table-cell" if self._sheet and not self._nested:
                self._cell, self._paragraphs, self._length = attributes, [], 0
            case "annotation":
                self._in_annotation += 1
            case "p" if self._cell is not None and not self._in_annotation:
                self._in_paragraph += 1
                self._paragraphs.append("")
            case "s" if self._in_paragraph:
                self.words(" " * min(_repeat(attribute(attributes, "c")), CELL_CHARACTERS + 1))
            case "tab" if self._in_paragraph:
                self.words("\t")
            case "line-break" if self._in_paragraph:
                self.words("\n")

    def words(self, words: str) -> None:
        if not self._in_paragraph or self._in_annotation:
            return
        self._paragraphs[-1] += words
        self._length += len(words)
        self._total += len(words)
        if self._length > CELL_CHARACTERS:
            raise Refused("cell-too-long")
        if self._total > TEXT_CHARACTERS:
            raise Refused("too-large-unpacked")

    def end(self, name: str) -> None:
        match name:
            case "table":
                self._end_table()
            case "table-row" if self._sheet and not self._nested:
                self._sheet.end_row()
            case "table-cell" | "covered-table-cell" if self._sheet and not self._nested and self._cell is not None:
                self._sheet.add(self._cell, "\n".join(self._paragraphs))
                self._cell = None
            case "annotation":
                self._in_annotation -= 1
            case "p" if self._in_paragraph and not self._in_annotation:
                self._in_paragraph -= 1

    def _start_table(self, attributes: Attributes) -> None:
        if self._sheet is not None:
            self._nested += 1
            return
        hidden = attribute(attributes, "style-name") in self._hidden_styles
        self._sheet = _Sheet(attribute(attributes, "name"), hidden, self._used)

    def _end_table(self) -> None:
        if self._nested:
            self._nested -= 1
        elif self._sheet is not None:
            self._used = self._sheet.used
            self.tables.append(self._sheet.table())
            self._sheet = None


def _repeat(written: str) -> int:
    if not written:
        return 1
    if not written.isdecimal() or not 1 <= int(written) < _FURTHEST:
        raise Refused("corrupt")
    return int(written)


class _Sheet:
    """The cells of one sheet while they stream by."""

    def __init__(self, name: str, hidden: bool, used: int) -> None:
        self._name, self._hidden, self.used = name, hidden, used
        self._rows: list[list[Cell]] = []
        self._doubts: dict[str, str] = {}
        self._merged: list[str] = []
        self._row: list[tuple[int, int, Cell, str]] = []  # column, repeats, cell, doubt
        self._at = self._repeats = 0
        self._column = 0

    def start_row(self, repeats: int) -> None:
        self._row, self._column, self._repeats = [], 0, repeats

    def add(self, attributes: Attributes, text: str) -> None:
        repeats = _repeat(attribute(attributes, "number-columns-repeated"))
        cell, doubt = _cell(attributes, text)
        self._merge(attributes)
        if cell is not None or doubt:
            self._row.append((self._column, repeats, cell, doubt))
        self._column += repeats

    def _merge(self, attributes: Attributes) -> None:
        down, across = (_repeat(attribute(attributes, f"number-{each}-spanned")) for each in ("rows", "columns"))
        if down * across > 1 and len(self._merged) < USED_CELLS:
            last = address(self._at + down - 1, self._column + across - 1)
            self._merged.append(f"{address(self._at, self._column)}:{last}")

    def end_row(self) -> None:
        used = sum(repeats for _, repeats, *_ in self._row)
        self.used += used * self._repeats
        if self.used > USED_CELLS:
            raise Refused("too-many-cells")
        if self._row:
            self._write_out()
        self._at += self._repeats

    def _write_out(self) -> None:
        last = self._row[-1]
        if self._at + self._repeats > MOST_ROWS or last[0] + last[1] > MOST_COLUMNS:
            raise Refused("too-spread")
        self._rows.extend([] for _ in range(self._at - len(self._rows)))
        for repeat in range(self._repeats):
            row: list[Cell] = []
            for column, repeats, cell, doubt in self._row:
                row.extend([None] * (column - len(row)))
                row.extend([cell] * repeats)
                if doubt:
                    self._doubts.update({address(self._at + repeat, column + each): doubt for each in range(repeats)})
            self._rows.append(row)

    def table(self) -> Table:
        return Table(self._name, self._hidden, trimmed(self._rows), self._doubts, tuple(self._merged))


def _cell(attributes: Attributes, text: str) -> tuple[Cell, str]:
    """What a cell holds, and the doubt where it is a formula without a result."""
    kind = _kind(attributes)
    if kind == "error":
        return text or "#VALUE!", ""
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(attributes, "value"), text), ""
    if kind == "date":
        return _moment(attribute(attributes, "date-value"), text), ""
    if kind == "boolean":
        return attribute(attributes, "boolean-value") == "true", ""
    if kind == "time":
        return text or attribute(attributes, "time-value") or None, ""
    said = attribute(attributes, "string-value") or text
    if attribute(attributes, "formula") and not said and not kind:
        return None, NO_RESULT
    return said or None, ""


def _kind(attributes: Attributes) -> str:
    """The cell's type. An error's own type stands beside `float` or `string`, in LibreOffice's name space."""
    kinds = [value for name, value in attributes.items() if name.rpartition(" ")[2] == "value-type"]
    return "error" if "error" in kinds else next(iter(kinds), "")


def _number(value: str, text: str) -> Cell:
    try:
        number = float(value)
    except ValueError:
        raise Refused("corrupt") from None
    if not math.isfinite(number):
        return text or "#NUM!"
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _moment(value: str, text: str) -> Cell:
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return text or None
