"""Reads .xls: calamine reads the cells; errors, which it leaves blank, and looks come from the file's own records."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from python_calamine import SheetVisibleEnum

from quarterday.adapters.parsing.appearances import Look, plainly
from quarterday.adapters.parsing.compound_files import CompoundFile
from quarterday.adapters.parsing.limits import USED_CELLS
from quarterday.adapters.parsing.old_looks import LooksOfBook, looks_of
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.second_reader import merged_ranges, open_workbook, plain, sheet_rows
from quarterday.adapters.parsing.tables import CONDITIONS_NOTE, Aside, Cell, FileTables, Table, address, trimmed

_BOF, _SHEET, _FILE_PASS = 0x0809, 0x0085, 0x002F
_FORMULA, _BOOL_OR_ERROR = 0x0006, 0x0205
_CELLS = {0x0203, 0x00FD, 0x027E, 0x00BD, 0x0204, _FORMULA, _BOOL_OR_ERROR}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_COLUMNS, _ROW, _CONDITION = 0x007D, 0x0208, 0x01B0
_HIDDEN_COLUMN, _HIDDEN_ROW, _LAST_COLUMN = 0x0001, 0x0020, 255
_NOTE_ROWS = "The sheet “{}” has rows that are hidden: we read them."
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}
_DOCUMENTS = {"WordDocument", "PowerPoint Document", "__properties_version1.0", "VisioDocument"}


@dataclass
class SheetRecords:
    """What the records of one sheet say of its cells, by row and column from 0: errors, and looks as in `old_looks`."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    looks: dict[tuple[int, int], Look | str] = field(default_factory=dict)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: bool = False
    conditional: bool = False  # whether cells look otherwise under a condition, which is not read

    def note(self, kind: int, content: bytes) -> None:
        """What a record says of the whole sheet: hidden columns and rows, rules of looks."""
        if kind == _COLUMNS and len(content) >= 10:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", content)
            if flags & _HIDDEN_COLUMN or not width:
                self.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
        elif kind == _ROW and len(content) >= 14:
            self.hidden_rows |= bool(struct.unpack_from("<H", content, 12)[0] & _HIDDEN_ROW)
        self.conditional |= kind == _CONDITION


def parse_compound(data: bytes) -> FileTables:
    """The sheets of an .xls file. Raises `Refused` for everything else in such a file."""
    file = CompoundFile(data)
    names = file.names
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise Refused("encrypted")
    if names & _DOCUMENTS:
        raise Refused("document")
    if not names & {"Workbook", "Book", "WORKBOOK"}:
        raise Refused("wrong-type")
    if names & _MACROS:
        raise Refused("macros")
    stream = file.stream("Workbook", "WORKBOOK", "Book")
    reading = _read(data, _sheets_said(stream))
    asides = [*_words_apart(stream), *_properties(file)]
    return replace(reading, asides=tuple(asides))


def _read(data: bytes, said: list[SheetRecords]) -> FileTables:
    book = open_workbook(data)
    tables, notes = [], []
    for index, about in enumerate(book.sheets_metadata):
        rows: list[list[Cell]] = [[plain(value) for value in row] for row in sheet_rows(book, about.name)]
        records = said[index] if index < len(said) else SheetRecords()
        for (row, column), error in records.errors.items():
            _put(rows, row, column, error)
        _check_characters(about.name, rows)
        looks = _looks(rows, records)
        hidden = about.visible != SheetVisibleEnum.Visible
        unseen = tuple(sorted(records.hidden_columns))
        tables.append(Table(about.name, hidden, trimmed(rows), {}, merged_ranges(book, about.name), looks, unseen))
        notes += [_NOTE_ROWS.format(about.name)] if records.hidden_rows else []
    if not any(table.rows for table in tables):
        raise Refused("no-sheets")
    notes += [CONDITIONS_NOTE] if any(each.conditional for each in said) else []
    return FileTables(tuple(tables), tuple(notes))


def _looks(rows: list[list[Cell]], records: SheetRecords) -> dict[str, str]:
    """How cells look otherwise than they are. A text with raised or struck-out runs is put as it looks."""
    looks: dict[str, str] = {}
    for (row, column), look in records.looks.items():
        cell = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(look, Look):
            if cell is not None and (how := look.of(cell)):
                looks[address(row, column)] = how
        elif isinstance(cell, str) and plainly(look).split() == plainly(cell).split():
            rows[row][column] = look
    return looks


def _check_characters(sheet: str, rows: list[list[Cell]]) -> None:
    """Raises `Refused` where a text was cut at a NUL, or has one in it: what follows was lost or never meant."""
    for number, row in enumerate(rows, 1):
        if any(isinstance(cell, str) and "\x00" in cell for cell in row):
            raise Refused("hidden-characters", f"Look at row {number} of the sheet “{sheet}”.")


# Records that hold words which stand in no cell, and what they are.
_APART = {
    0x01B6: "a note on a cell", 0x003C: "a note on a cell", 0x0014: "a header or footer", 0x0015: "a header or footer",
    0x01B8: "a link", 0x01BE: "the choices of a list", 0x0018: "a defined name", 0x0800: "a link",
    0x0023: "a link to another workbook", 0x00CD: "what a pivot table remembers", 0x100D: "the text of a chart",
}  # fmt: skip
_WIDE_WORDS = re.compile(rb"(?:[\x20-\x7e\xa0-\xff]\x00){4,}")
_NARROW_WORDS = re.compile(rb"[\x20-\x7e]{5,}")
_MOST_ASIDES = 20_000


def _words_apart(stream: bytes) -> Iterator[Aside]:
    """The words of notes, links, headers, footers, names and caches, as far as the records show them."""
    found, continued = 0, ""
    for _, kind, content in _records(stream):
        place = _APART.get(kind, "") if kind != 0x003C else continued
        continued = _APART[kind] if kind == 0x01B6 else (continued if kind == 0x003C else "")
        if not place:
            continue
        for text in _texts(content):
            found += 1
            if found > _MOST_ASIDES:
                return
            yield Aside(place, text)


def _texts(content: bytes) -> Iterator[str]:
    yield from (each.decode("utf-16-le", "replace") for each in _WIDE_WORDS.findall(content))
    yield from (each.decode("latin-1") for each in _NARROW_WORDS.findall(content))


def _properties(file: CompoundFile) -> Iterator[Aside]:
    """The words of the document's own properties, without the names of those who made and saved it."""
    for name in ("\x05SummaryInformation", "\x05DocumentSummaryInformation"):
        if name in file.names:
            for text in _texts(file.stream(name)):
                if any(character in text for character in "@0123456789"):
                    yield Aside("the properties of the document", text)


def _put(rows: list[list[Cell]], row: int, column: int, error: str) -> None:
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = error


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, bytes]]:
    """The records of a stream: where each begins, its kind and its content."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets_said(stream: bytes) -> list[SheetRecords]:
    """What the records say of each sheet's cells, in the order in which the workbook lists its sheets."""
    starts: list[int] = []
    for _, kind, content in _records(stream):
        if kind == _FILE_PASS:
            raise Refused("encrypted")
        if kind == _SHEET and len(content) >= 6:
            starts.append(struct.unpack_from("<I", content)[0])
    counts, book = [0], looks_of(_records(stream))
    return [_of_sheet(stream, start, counts, book) for start in starts]


def _of_sheet(stream: bytes, start: int, counts: list[int], book: LooksOfBook) -> SheetRecords:
    said = SheetRecords()
    depth = 0
    for _, kind, content in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == 0x000A:
            depth -= 1
            if depth <= 0:
                break
        elif kind in _CELLS and len(content) >= 6:
            counts[0] += 1
            if counts[0] > USED_CELLS:
                raise Refused("too-many-cells")
            if code := _error_code(kind, content):
                said.errors[struct.unpack_from("<HH", content)] = _ERRORS.get(code - 1, "#VALUE!")
            said.looks.update(book.of(kind, content))
        else:
            said.note(kind, content)
    return said


def _error_code(kind: int, content: bytes) -> int:
    """One more than the code of the error that a cell holds; 0 where it holds none."""
    if kind == _BOOL_OR_ERROR and len(content) >= 8 and content[7]:
        return content[6] + 1
    if kind == _FORMULA and len(content) >= 14 and content[12:14] == b"\xff\xff" and content[6] == 2:
        return content[8] + 1
    return 0
