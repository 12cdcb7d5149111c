"""Reads .xlsx: every cell from the sheets' own XML, and a second time by calamine, which knows dates."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from quarterday.adapters.parsing import second_reader
from quarterday.adapters.parsing.asides_xml import kept_apart, notes_of, words_apart
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import RawSheet, read_sheet
from quarterday.adapters.parsing.strings_xml import shared_strings
from quarterday.adapters.parsing.styles_xml import looks_of
from quarterday.adapters.parsing.tables import Aside, FileTables
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute, check_xml

_NOTE_LINKS = "The workbook takes values from other workbooks; they were read as they stood when it was saved."


@dataclass(frozen=True)
class Sheet:
    """A worksheet as the workbook lists it."""

    name: str
    hidden: bool
    part: str


def parse_xlsx(data: bytes, package: Package) -> FileTables:
    """Every worksheet's cells. Raises `Refused`."""
    book = _main_part(package)
    sheets = _sheets(package, book)
    for name in package.names:
        if name.lower().endswith((".xml", ".rels", ".vml")):
            content = package.read(name)
            if b"<!" in content or not content.isascii():  # all that could hold a declaration
                check_xml(content)
    strings = shared_strings(_part_of_type(package, book, "/sharedStrings"))
    looks = looks_of(_part_of_type(package, book, "/styles"))
    raw = [read_sheet(package.read(sheet.part), strings, looks) for sheet in sheets]
    if not any(each.cells for each in raw):
        raise Refused("no-sheets")
    typed = second_reader.rows_of(data, [sheet.name for sheet in sheets], [each.area for each in raw])
    tables = [
        second_reader.joined(sheet.name, sheet.hidden, own, other)
        for sheet, own, other in zip(sheets, raw, typed, strict=True)
    ]
    notes = (_NOTE_LINKS,) if any(name.lower().startswith("xl/externallinks/") for name in package.names) else ()
    return FileTables(
        tuple(tables),
        (*notes, *_hidden_notes(sheets, raw)),
        tuple(_asides(package, sheets, raw)),
        tuple(kept_apart(package)),
    )


def _hidden_notes(sheets: list[Sheet], raw: list[RawSheet]) -> list[str]:
    return [
        f"The sheet “{sheet.name}” has rows that {'a filter hides' if own.filtered else 'are hidden'}: we read them."
        for sheet, own in zip(sheets, raw, strict=True)
        if own.hidden_rows
    ]


def _asides(package: Package, sheets: list[Sheet], raw: list[RawSheet]) -> Iterator[Aside]:
    """The words that stand in no cell, those of the sheets first."""
    for sheet, own in zip(sheets, raw, strict=True):
        for place, text, cell in own.asides:
            yield Aside(place, text, sheet.name, cell)
        for relation, kind, target, outside in _relations_of(package, sheet.part):
            if outside:
                yield Aside("a link", unquote(target), sheet.name, own.links.get(relation, ""))
            elif kind.endswith(("/comments", "/threadedComment")) and target in package:
                yield from notes_of(package, target, sheet.name)
    yield from words_apart(package)


class _Relations(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str, bool]] = []  # id, type, target, whether it lies outside

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            own, kind, target = (attributes.get(each, "") for each in ("Id", "Type", "Target"))
            self.found.append((own, kind, target, attributes.get("TargetMode") == "External"))


def relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    """The parts that a part names."""
    return [(key, kind, target) for key, kind, target, outside in _relations_of(package, part) if not outside]


def _relations_of(package: Package, part: str) -> list[tuple[str, str, str, bool]]:
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package:
        return []
    reader = _Relations()
    reader.read(package.read(rels))
    return [
        (key, kind, target if outside else _resolved(folder, target), outside)
        for key, kind, target, outside in reader.found
    ]


def _resolved(folder: str, target: str) -> str:
    target = unquote(target).replace("\\", "/")
    whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(whole)


def _main_part(package: Package) -> str:
    for _, kind, target in relations(package, ""):
        if kind.endswith("/officeDocument"):
            return target
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    raise Refused("corrupt")


def _part_of_type(package: Package, book: str, ending: str) -> bytes | None:
    for _, kind, target in relations(package, book):
        if kind.endswith(ending) and target in package:
            return package.read(target)
    return None


class _Workbook(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.listed: list[tuple[str, bool, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            relation = next((v for k, v in attributes.items() if k.endswith(" id")), "")
            self.listed.append((attribute(attributes, "name"), hidden, relation))


def _sheets(package: Package, book: str) -> list[Sheet]:
    reader = _Workbook()
    reader.read(package.read(book))
    parts = {key: (kind, target) for key, kind, target in relations(package, book)}
    sheets = []
    for name, hidden, relation in reader.listed:
        kind, target = parts.get(relation, ("", ""))
        if kind.endswith("/worksheet"):
            sheets.append(Sheet(name, hidden, target))
        elif kind.endswith(("Macrosheet", "Macrosheet/")) or "macrosheet" in kind.lower():
            raise Refused("macros")
    if not sheets:
        raise Refused("no-sheets")
    return sheets
