"""Reads .xlsb: pyxlsb reads the records, calamine reads them too; a cell on which they differ is doubted."""

from io import BytesIO

from pyxlsb import biff12
from pyxlsb.reader import BIFF12Reader
from pyxlsb.stringtable import StringTable
from pyxlsb.worksheet import Worksheet

from quarterday.adapters.parsing import second_reader
from quarterday.adapters.parsing.asides_xml import kept_apart, words_apart
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.office_open_xml import relations
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import RawSheet
from quarterday.adapters.parsing.tables import Cell, FileTables
from quarterday.adapters.parsing.xml import check_xml

_NOTE_LOOKS = (
    "How this kind of file shows its numbers was not read, only what its cells hold. If anything in it is struck out, "
    "hidden or shown otherwise than it is, save it as .xlsx and send that."
)
_BOOK = "xl/workbook.bin"
_ERRORS = {
    "0x0": "#NULL!", "0x7": "#DIV/0!", "0xf": "#VALUE!", "0x17": "#REF!", "0x1d": "#NAME?", "0x24": "#NUM!",
    "0x2a": "#N/A", "0x2b": "#GETTING_DATA",
}  # fmt: skip


def parse_xlsb(data: bytes, package: Package) -> FileTables:
    """Every worksheet's cells. Raises `Refused`."""
    for name in package.names:
        if name.lower().endswith((".xml", ".rels")):
            check_xml(package.read(name))
    try:
        sheets = _sheets(package)
        strings = _strings(package)
        raw = [_read(package.read(part), strings) for _, part in sheets]
    except Refused:
        raise
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, OverflowError, EOFError):
        raise Refused("corrupt") from None
    if not any(each.cells for each in raw):
        raise Refused("no-sheets")
    typed = second_reader.rows_of(data, [name for name, _ in sheets], [each.area for each in raw])
    hidden = second_reader.hidden_sheets(data)
    tables = [
        second_reader.joined(name, name in hidden, own, other)
        for (name, _), own, other in zip(sheets, raw, typed, strict=True)
    ]
    return FileTables(tuple(tables), (_NOTE_LOOKS,), tuple(words_apart(package)), tuple(kept_apart(package)))


def _sheets(package: Package) -> list[tuple[str, str]]:
    """The worksheets by name with the part that holds each."""
    parts = {key: (kind, target) for key, kind, target in relations(package, _BOOK)}
    sheets = []
    for kind, item in BIFF12Reader(BytesIO(package.read(_BOOK))):
        if kind == biff12.SHEET:
            relation, target = parts.get(item.rId, ("", ""))
            if relation.endswith("/worksheet"):
                sheets.append((item.name, target))
            elif "macrosheet" in relation.lower():
                raise Refused("macros")
    if not sheets:
        raise Refused("no-sheets")
    return sheets


def _strings(package: Package) -> StringTable | None:
    part = next((name for name in package.names if name.lower() == "xl/sharedstrings.bin"), None)
    return StringTable(BytesIO(package.read(part))) if part else None


def _read(content: bytes, strings: StringTable | None) -> RawSheet:
    sheet = RawSheet()
    for row in Worksheet("", BytesIO(content), None, strings).rows(sparse=True):
        for cell in row:
            value = _value(cell.v)
            if value is not None:
                sheet.cells[cell.r, cell.c] = value
                if len(sheet.cells) > USED_CELLS:
                    raise Refused("too-many-cells")
    return sheet


def _value(value: object) -> Cell:
    if isinstance(value, str):
        if len(value) > CELL_CHARACTERS:
            raise Refused("cell-too-long")
        return _ERRORS.get(value, value) or None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value if isinstance(value, int | float) else None
