"""From a file's bytes to its tables: what kind it is, then the reader for that kind."""

from dataclasses import replace

from quarterday.adapters.parsing import (
    compound_files,
    office_open_xml,
    old_workbooks,
    opendocument,
    text,
)
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused, refused
from quarterday.adapters.parsing.tables import CHECKS_SHEET, FileTables, Refusal

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"RIFF", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"{\\rtf", "document"),
    (b"\x09\x00\x04\x00", "old-excel"),
    (b"\x09\x02\x06\x00", "old-excel"),
    (b"\x09\x04\x06\x00", "old-excel"),
    (b"\x09\x08\x08\x00", "old-excel"),
    (b"\x09\x08\x10\x00", "old-excel"),
    (b"\x7fELF", "wrong-type"),
    (b"MZ", "wrong-type"),
    (b"SQLite format 3", "wrong-type"),
    (b"PAR1", "wrong-type"),
)
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xlsb", ".xltx", ".xls", ".ods")
_DOCUMENT_TYPES = (b"wordprocessingml", b"presentationml", b"ms-word", b"ms-powerpoint")


def parse(data: bytes, name: str) -> FileTables | Refusal:
    """The tables of a file, or why it was refused."""
    try:
        return _without_our_list(_parse(data, name))
    except Refused as why:
        return why.refusal
    except MemoryError:
        return refused("too-much-memory")
    except RecursionError:
        return refused("unsafe-xml")


def _without_our_list(read: FileTables) -> FileTables:
    """The tables without the list of problems that we put into a workbook: it is looked at, and no figure is in it."""
    ours = tuple(each for each in read.tables if each.sheet == CHECKS_SHEET)
    if not ours or len(ours) == len(read.tables):
        return read
    rest = tuple(each for each in read.tables if each.sheet != CHECKS_SHEET)
    return replace(read, tables=rest, kept_apart=(*read.kept_apart, *ours))


def _parse(data: bytes, name: str) -> FileTables:
    if data.startswith(b"PK\x03\x04"):
        return _parse_package(data)
    if data.startswith(compound_files.MAGIC):
        return old_workbooks.parse_compound(data)
    if data.startswith(b"PK"):
        raise Refused("corrupt")
    for beginning, reason in _BEGINNINGS:
        if data.startswith(beginning) and not (len(beginning) == 2 and _is_text(data)):
            raise Refused(reason)
    if b"%PDF-" in data[:1024]:
        raise Refused("pdf")
    return _parse_text(data, name)


def _is_text(data: bytes) -> bool:
    """Two letters, as `BM` or `MZ`, may begin a text as well."""
    return not any(byte < 9 for byte in data[:512])


def _parse_text(data: bytes, name: str) -> FileTables:
    if text.is_markup(data):
        return text.parse_markup(data)
    reading = text.parse_csv(data)
    named_otherwise = name.lower().endswith(_WORKBOOK_NAMES)
    if named_otherwise and not (name.lower().endswith(".xls") and text.is_plain(data, reading)):
        raise Refused("not-as-named")
    return reading


def _parse_package(data: bytes) -> FileTables:
    package = Package(data)
    if "mimetype" in package:
        return _parse_open_document(package)
    if any(name.lower().endswith(".iwa") for name in package.names):
        raise Refused("numbers")
    if "[Content_Types].xml" not in package:
        raise Refused("corrupt" if any(name.lower().startswith("xl/") for name in package.names) else "archive")
    types = package.read("[Content_Types].xml")
    if any(kind in types for kind in _DOCUMENT_TYPES) and b"spreadsheetml" not in types:
        raise Refused("document")
    if _has_project(package):
        raise Refused("macros")
    if b"sheet.binary" in types:  # every .xlsb calls itself able to hold macros
        if "xl/workbook.bin" in package:
            from quarterday.adapters.parsing.binary_workbooks import parse_xlsb  # noqa: PLC0415  (only when needed)

            return parse_xlsb(data, package)
    elif b"macroenabled" in types.lower():
        raise Refused("macros")
    return office_open_xml.parse_xlsx(data, package)


def _has_project(package: Package) -> bool:
    """Whether the package holds a project of macros."""
    return any(name.lower().endswith("vbaproject.bin") for name in package.names)


def _parse_open_document(package: Package) -> FileTables:
    kind = package.read("mimetype").strip()
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return opendocument.parse_ods(package)
    raise Refused("document" if b"opendocument" in kind else "archive")
