"""Reads the XML spreadsheets of Excel 2003, often named .xls: a stream of our own, and the whole tree a second time."""

from datetime import date, datetime
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from quarterday.adapters.parsing.appearances import Look, look_of, plainly, raised, struck
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import MOST_COLUMNS, MOST_ROWS, NO_RESULT
from quarterday.adapters.parsing.tables import (
    CELL_NOTE,
    CONDITIONS_NOTE,
    Aside,
    Cell,
    FileTables,
    Table,
    address,
    trimmed,
)
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute, check_xml

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_WHITE = "#FFFFFF"
_SS = f"{{{NAMESPACE}}}"


def parse_xml_2003(data: bytes) -> FileTables:
    """Every sheet's cells. Raises `Refused`, also where the two ways of reading differ."""
    check_xml(data)
    reader = _Workbook()
    reader.read(data)
    if not any(table.rows for table in reader.tables):
        raise Refused("no-sheets")
    if [_plain_rows(table) for table in reader.tables] != _again(data):
        raise Refused("xml-spreadsheet")
    return FileTables(tuple(reader.tables), tuple(reader.notes), tuple(reader.asides))


def _plain_rows(table: Table) -> tuple[tuple[Cell, ...], ...]:
    """A table's rows for comparing: words that look raised or struck out as plain ones."""
    return tuple(tuple(plainly(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows)


class _Styles:
    """The styles of the workbook by their names, while they stream by."""

    def __init__(self) -> None:
        self.looks: dict[str, Look] = {}
        self._id = ""
        self._own: dict[str, str] = {}  # what the style says itself
        self._said: dict[str, dict[str, str]] = {}  # what each style says, with what its parents say

    def start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "Style":
                self._id, parent = attribute(attributes, "ID"), attribute(attributes, "Parent") or "Default"
                self._own = dict(self._said.get(parent, {}))
            case "NumberFormat":
                self._own["format"] = attribute(attributes, "Format")
            case "Font":
                self._own["struck"] = attribute(attributes, "StrikeThrough")
                self._own["color"] = attribute(attributes, "Color").upper()
            case "Interior":
                self._own["fill"] = attribute(attributes, "Color").upper() if attribute(attributes, "Pattern") else ""

    def end(self, name: str) -> None:
        if name == "Style":
            said = self._said[self._id] = self._own
            code, unseen = said.get("format", ""), said.get("color") == _WHITE and said.get("fill", "") in ("", _WHITE)
            self.looks[self._id] = look_of(
                9 if code == "Percent" else 0, code, struck_out=said.get("struck") == "1", unseen=unseen
            )


class _Workbook(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self._styles = _Styles()
        self._style = self._row_style = ""
        self._column_styles: dict[int, str] = {}
        self._hidden_columns: set[int] = set()
        self._titled = -1  # the column that is described above the rows
        self._shown_as: dict[str, str] = {}
        self._raised = self._struck = 0  # elements around the text that raise it, or strike it out
        self.tables: list[Table] = []
        self.notes: list[str] = []
        self.asides: list[Aside] = []
        self._name, self._hidden = "", False
        self._rows: list[list[Cell]] = []
        self._merged: list[str] = []
        self._doubts: dict[str, str] = {}
        self._row, self._column = -1, -1
        self._kind, self._formula, self._data = "", False, False
        self._text: list[str] | None = None
        self._used = self._after = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._text is None:
            self._styles.start(name, attributes)
        self._raised += name in ("Sup", "Sub")
        self._struck += name == "S"
        match name:
            case "Worksheet":
                self._name, self._hidden, self._rows = attribute(attributes, "Name"), False, []
                self._merged, self._doubts, self._shown_as, self._row = [], {}, {}, -1
                self._column_styles, self._hidden_columns, self._titled = {}, set(), -1
            case "ConditionalFormatting" if CONDITIONS_NOTE not in self.notes:
                self.notes.append(CONDITIONS_NOTE)
            case "Column":
                self._describe_columns(attributes)
            case "Row":
                self._row, self._column = _next(self._row, attribute(attributes, "Index"), MOST_ROWS), -1
                self._row_style = attribute(attributes, "StyleID")
                if attribute(attributes, "Hidden") == "1":
                    self._note_hidden_rows()
            case "Cell":
                self._column = _next(self._column, attribute(attributes, "Index"), MOST_COLUMNS)
                self._formula, self._data = bool(attribute(attributes, "Formula")), False
                self._style = (
                    attribute(attributes, "StyleID")
                    or self._row_style
                    or self._column_styles.get(self._column, "Default")
                )
                self._merge(attributes)
                if link := attribute(attributes, "HRef"):
                    self.asides.append(Aside("a link", link, self._name, address(self._row, self._column)))
            case "Data":
                self._kind, self._text, self._data = attribute(attributes, "Type"), [], True
            case "Comment":
                self._kind, self._text = "Comment", []
            case "Visible":
                self._text = []
            case "Title" | "Subject" | "Keywords" | "Description" | "Category":
                self._text = []

    def words(self, words: str) -> None:
        if self._text is not None:
            looks = raised(words) if self._raised else words
            self._text.append(struck(looks) if self._struck else looks)

    def end(self, name: str) -> None:
        text = "".join(self._text or [])
        self._styles.end(name)
        self._raised -= name in ("Sup", "Sub")
        self._struck -= name == "S"
        match name:
            case "Data" if self._kind != "Comment":
                self._put(read_cell(self._kind, text))
                self._text = None
            case "Comment":
                where = address(self._row, self._column)
                self.asides.append(Aside(CELL_NOTE, text.strip(), self._name, where))
                self._text = None
            case "Cell":
                if self._formula and not self._data:
                    self._doubts[address(self._row, self._column)] = NO_RESULT
                self._column += self._after
            case "Visible":
                self._hidden = text.strip() in ("SheetHidden", "SheetVeryHidden")
                self._text = None
            case "Title" | "Subject" | "Keywords" | "Description" | "Category":
                self.asides.append(Aside("the properties of the document", text.strip()))
                self._text = None
            case "Worksheet":
                merged = tuple(self._merged)
                rows = trimmed(self._rows)
                unseen = tuple(sorted(self._hidden_columns))
                table = Table(self._name, self._hidden, rows, self._doubts, merged, self._shown_as, unseen)
                self.tables.append(table)

    def _describe_columns(self, attributes: Attributes) -> None:
        """How columns look where their cells say nothing themselves, and which are hidden."""
        first = _next(self._titled, attribute(attributes, "Index"), MOST_COLUMNS)
        self._titled = min(first + _count(attribute(attributes, "Span")), MOST_COLUMNS - 1)
        for column in range(first, self._titled + 1):
            if style := attribute(attributes, "StyleID"):
                self._column_styles[column] = style
            if attribute(attributes, "Hidden") == "1":
                self._hidden_columns.add(column)

    def _note_hidden_rows(self) -> None:
        note = f"The sheet “{self._name}” has rows that are hidden: we read them."
        if note not in self.notes:
            self.notes.append(note)

    def _merge(self, attributes: Attributes) -> None:
        across, down = (_count(attribute(attributes, each)) for each in ("MergeAcross", "MergeDown"))
        if across or down:
            last = address(self._row + down, self._column + across)
            self._merged.append(f"{address(self._row, self._column)}:{last}")
        self._after = across

    def _put(self, cell: Cell) -> None:
        self._used += 1
        if self._used > USED_CELLS or self._row > USED_CELLS:
            raise Refused("too-many-cells")
        self._rows.extend([] for _ in range(self._row + 1 - len(self._rows)))
        if look := self._styles.looks.get(self._style, Look()).of(cell):
            self._shown_as[address(self._row, self._column)] = look
        row = self._rows[self._row]
        row.extend([None] * (self._column + 1 - len(row)))
        row[self._column] = cell


def _next(at: int, index: str, most: int) -> int:
    """The place of the next row or cell: after the last one, or where it says that it is, counted from 1."""
    if not index:
        return at + 1
    if not index.isdecimal() or not at + 1 < int(index) + 1 <= most + 1:
        raise Refused("corrupt")
    return int(index) - 1


def _count(written: str) -> int:
    if written and not written.isdecimal():
        raise Refused("corrupt")
    return min(int(written or 0), MOST_COLUMNS)


def read_cell(kind: str, text: str) -> Cell:
    """What a cell holds, by its type."""
    if len(text) > CELL_CHARACTERS:
        raise Refused("cell-too-long")
    try:
        if kind == "Number":
            number = float(text)
            return int(number) if number.is_integer() and abs(number) < 2**53 else number
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip())
            return date(moment.year, moment.month, moment.day) if moment.time() == datetime.min.time() else moment
    except (ValueError, OverflowError):
        raise Refused("corrupt") from None
    if kind == "Boolean":
        return text.strip() == "1"
    return text or None


def _again(data: bytes) -> list[tuple[tuple[Cell, ...], ...]]:
    """The rows of every sheet from the whole tree."""
    return [_rows_again(sheet) for sheet in fromstring(data).iter(f"{_SS}Worksheet")]


def _rows_again(sheet: Element) -> tuple[tuple[Cell, ...], ...]:
    rows: dict[int, dict[int, Cell]] = {}
    at = 0
    for row in sheet.iterfind(f"{_SS}Table/{_SS}Row"):
        at = int(row.get(f"{_SS}Index", at + 1))
        column = 0
        for cell in row.iterfind(f"{_SS}Cell"):
            column = int(cell.get(f"{_SS}Index", column + 1))
            content = cell.find(f"{_SS}Data")
            if content is not None:
                rows.setdefault(at, {})[column] = read_cell(
                    content.get(f"{_SS}Type", ""), plainly("".join(content.itertext()))
                )
            column += int(cell.get(f"{_SS}MergeAcross", 0))
    last = max(rows, default=0)
    return trimmed(
        [
            [rows.get(row, {}).get(column) for column in range(1, max(rows.get(row, {0: None})) + 1)]
            for row in range(1, last + 1)
        ]
    )
