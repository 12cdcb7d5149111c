"""Reads CSV: its encoding, its delimiter and its quoting are found out, or the file is refused."""

import re
from dataclasses import replace

from quarterday.adapters.parsing.appearances import DECIMAL_COMMA
from quarterday.adapters.parsing.delimited import split
from quarterday.adapters.parsing.encodings import decode
from quarterday.adapters.parsing.limits import CELL_CHARACTERS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.shapes import check_shape
from quarterday.adapters.parsing.tables import Cell, FileTables, Table, address, trimmed

_COMMA_AND_THREE = re.compile(r"^\s*[+-]?\d{1,3},\d{3}\s*$")
NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_TAGS = (b"<table", b"<html", b"<head", b"<body", b"<td", b"<tr", b"<!doctype html", b"<style", b"<div")
_OTHER_TEXT = (
    ("wrong-type", ("{", "<?xml", "<svg", "-----begin", "mime-version:", "begin:vcalendar", "#!/")),
    ("document", ("{\\rtf",)),
)


def parse_csv(data: bytes) -> FileTables:
    """The one table of a CSV file, every cell as text. Raises `Refused`."""
    text, notes = decode(data)
    _check_other_text(text)
    if not text.strip(' \t\r\n,;|"\ufeff'):
        raise Refused("empty")
    rows, way = split(text)
    if any(len(max(row, key=len, default="")) > CELL_CHARACTERS for row in rows):
        raise Refused("cell-too-long")
    check_shape(rows)
    cells: list[list[Cell]] = [[cell or None for cell in row] for row in rows]
    table = Table("", False, trimmed(cells), shown_as=_with_commas(rows) if way.delimiter == ";" else {})
    return FileTables((table,), notes)


def _with_commas(rows: list[list[str]]) -> dict[str, str]:
    """The numbers with a comma of a text that semicolons divide: programs write it so where a comma parts decimals."""
    return {
        address(row, column): DECIMAL_COMMA
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if _COMMA_AND_THREE.match(cell)
    }


def is_markup(data: bytes) -> bool:
    """Whether a file is a web page or an XML spreadsheet, whatever its name says."""
    start = data[:4000].replace(b"\x00", b"").lower()
    if NAMESPACE.encode() in start:
        return True
    start = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and any(tag in start for tag in _TAGS)


def parse_markup(data: bytes) -> FileTables:
    """The table of a web page, or the sheets of an XML spreadsheet. Raises `Refused`."""
    if NAMESPACE.encode() in data[:4000]:
        from quarterday.adapters.parsing.xml_2003 import parse_xml_2003  # noqa: PLC0415  (only when needed)

        return parse_xml_2003(data)
    text, notes = decode(data)
    from quarterday.adapters.parsing.web_tables import parse_html  # noqa: PLC0415  (libxml2, only when needed)

    reading = parse_html(text)
    return replace(reading, notes=(*notes, *reading.notes))


def is_plain(data: bytes, reading: FileTables) -> bool:
    """Whether a text that is named like a workbook is sure all the same: split at its tabs it gives the same cells."""
    text, _ = decode(data)
    if "\t" not in text:
        return False
    split_again: list[list[Cell]] = [
        [cell.strip('"') or None for cell in line.split("\t")] for line in text.splitlines()
    ]
    return trimmed(split_again) == reading.tables[0].rows


def _check_other_text(text: str) -> None:
    start = text[:2000].lstrip().lower()
    for reason, beginnings in _OTHER_TEXT:
        if start.startswith(beginnings):
            raise Refused(reason)
