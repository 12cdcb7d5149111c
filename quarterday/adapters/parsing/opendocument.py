"""Reads .ods from its own XML, which says of each cell what it is and how it looks; repeats are counted first."""

from quarterday.adapters.parsing.limits import CELL_CHARACTERS, TEXT_CHARACTERS
from quarterday.adapters.parsing.opendocument_asides import words_apart
from quarterday.adapters.parsing.opendocument_looks import NotesSeen, Spans, StylesSeen
from quarterday.adapters.parsing.opendocument_sheet import Sheet, repeats_of
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.tables import (
    CONDITIONS_NOTE,
    Aside,
    FileTables,
    Table,
)
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute, check_xml

_CELL_NAMES = ("table-cell", "covered-table-cell")


def parse_ods(package: Package) -> FileTables:
    """Every sheet's cells. Raises `Refused`."""
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused("encrypted")
    if any(name.startswith("Basic/") and name.endswith(".xml") for name in package.names if "script-l" not in name):
        raise Refused("macros")
    for name in ("META-INF/manifest.xml", "styles.xml", "meta.xml", "settings.xml"):
        if name in package and name != "META-INF/manifest.xml":
            check_xml(package.read(name))
    reader = _Content(_styles(package))
    reader.read(package.read("content.xml"))
    if not any(table.rows for table in reader.tables):
        raise Refused("no-sheets")
    asides = (*reader.asides, *words_apart(package))
    return FileTables(tuple(reader.tables), tuple(dict.fromkeys(reader.notes)), asides)


class _Styles(XmlReader):
    """The styles that have names: those of the content may be made after one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = StylesSeen()

    def start(self, name: str, attributes: Attributes) -> None:
        self.seen.start(name, attributes)


def _styles(package: Package) -> StylesSeen:
    reader = _Styles()
    if "styles.xml" in package:
        reader.read(package.read("styles.xml"))
    return reader.seen


class _Content(XmlReader):
    def __init__(self, styles: StylesSeen) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.asides: list[Aside] = []
        self.notes: list[str] = []
        self._styles, self._spans = styles, Spans(styles)
        self._notes = NotesSeen()
        self._hidden_row = False
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: Sheet | None = None
        self._nested = 0  # a table inside a cell belongs to a drawing or a chart
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        self._in_paragraph = 0
        self._length = self._total = self._used = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self._styles.start(name, attributes)
        if self._notes.start(name):
            return
        under_condition = name == "map" and not attribute(attributes, "condition").startswith("value()")
        if (under_condition or name == "conditional-format") and CONDITIONS_NOTE not in self.notes:
            self.notes.append(CONDITIONS_NOTE)
        match name:
            case "style":
                self._style = attribute(attributes, "name")
            case "table-properties" if attribute(attributes, "display") == "false":
                self._hidden_styles.add(self._style)
            case "table":
                self._start_table(attributes)
            case "table-column" if self._sheet and not self._nested:
                self._sheet.describe_columns(attributes)
            case "table-row" if self._sheet and not self._nested:
                self._sheet.row_style = attribute(attributes, "default-cell-style-name")
                self._sheet.start_row(repeats_of(attribute(attributes, "number-rows-repeated")))
                self._hidden_row = attribute(attributes, "visibility") in ("collapse", "filter")
            case "table-cell" | "covered-table-cell" if self._sheet and not self._nested:
                self._cell, self._paragraphs, self._length = attributes, [], 0
            case "a" if self._sheet and attribute(attributes, "href"):
                self.asides.append(Aside("a link", attribute(attributes, "href"), self._sheet.name, self._sheet.at))
            case "span" if self._in_paragraph:
                self._spans.start(attribute(attributes, "style-name"))
            case "p" if self._cell is not None:
                self._in_paragraph += 1
                self._paragraphs.append("")
            case "s" | "tab" | "line-break" if self._in_paragraph:
                spaces = " " * min(repeats_of(attribute(attributes, "c")), CELL_CHARACTERS + 1)
                self.words({"tab": "\t", "line-break": "\n"}.get(name, spaces))

    def words(self, words: str) -> None:
        if self._notes.words(words) or not self._in_paragraph:
            return
        self._paragraphs[-1] += self._spans.written(words)
        self._length += len(words)
        self._total += len(words)
        if self._length > CELL_CHARACTERS:
            raise Refused("cell-too-long")
        if self._total > TEXT_CHARACTERS:
            raise Refused("too-large-unpacked")

    def end(self, name: str) -> None:
        if self._notes.is_open:
            if (note := self._notes.end(name)) and self._sheet:
                self.asides.append(Aside(note[0], note[1], self._sheet.name, self._sheet.at))
            return
        match name:
            case "table":
                self._end_table()
            case "table-row" if self._sheet and not self._nested:
                self._sheet.end_row()
            case "table-cell" | "covered-table-cell" if self._sheet and not self._nested and self._cell is not None:
                style = self._sheet.style_of(self._cell)
                struck_out, unseen = self._styles.strikes(style), self._styles.hides(style)
                text = "\n".join(self._paragraphs) if self._paragraphs else None
                self._sheet.add(self._cell, text, struck_out=struck_out, unseen=unseen)
                self._cell = None
                if self._hidden_row and self._sheet.has_cells:
                    self.notes.append(f"The sheet “{self._sheet.name}” has rows that are hidden: we read them.")
            case "span" if self._in_paragraph:
                self._spans.end()
            case "p" if self._in_paragraph:
                self._in_paragraph -= 1

    def _start_table(self, attributes: Attributes) -> None:
        if self._sheet is not None:
            self._nested += 1
            return
        hidden = attribute(attributes, "style-name") in self._hidden_styles
        self._sheet = Sheet(attribute(attributes, "name"), hidden, self._used)

    def _end_table(self) -> None:
        if self._nested:
            self._nested -= 1
        elif self._sheet is not None:
            self._used = self._sheet.used
            self.tables.append(self._sheet.table())
            self._sheet = None
