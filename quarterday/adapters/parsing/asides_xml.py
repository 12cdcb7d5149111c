"""The words of a workbook that stand in no cell: notes, properties, names, charts, and what caches remember.

Only looked at for personal data and for caveats: no figure is read here.
"""

import posixpath
from collections.abc import Iterator

from quarterday.adapters.parsing.limits import TEXT_CHARACTERS
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import position
from quarterday.adapters.parsing.strings_xml import unescaped
from quarterday.adapters.parsing.tables import CELL_NOTE, CHECKS, OUR_NOTE, Aside, Cell, Table, trimmed
from quarterday.adapters.parsing.xml import Attributes, XmlReader, attribute

_MOST = 20_000  # words apart from cells: a workbook made by people has tens
_PLACES = (
    ("xl/charts/", "the text of a chart"),
    ("xl/drawings/", "the text of a drawing"),
    ("docprops/", "the properties of the document"),
    ("customxml/", "the properties of the document"),
)
# Who made, changed or commented: the sender's own people, as a letter head. Their names are no figure's business.
_OWN_PEOPLE = {"creator", "lastModifiedBy", "Manager", "Company", "author", "Template", "Application", "AppVersion"}
_SAID_IN = ("descr", "title")  # attributes that hold an alternative text


def words_apart(package: Package) -> Iterator[Aside]:
    """The words of charts, drawings and properties, of names and of filters, wherever the package keeps them."""
    for name in package.names:
        lowered = name.lower()
        place = next((place for start, place in _PLACES if lowered.startswith(start)), "")
        if place and lowered.endswith((".xml", ".vml")):
            yield from _texts(package.read(name), place)
        elif lowered == "xl/workbook.xml":
            yield from _names(package.read(name))


def notes_of(package: Package, part: str, sheet: str) -> Iterator[Aside]:
    """The notes on cells, threaded ones too, of one part."""
    reader = _Notes()
    reader.read(package.read(part))
    for cell, text, author in reader.notes:
        yield Aside(OUR_NOTE if author == CHECKS else CELL_NOTE, text, sheet, cell)


def kept_apart(package: Package) -> Iterator[Table]:
    """The tables that links to other workbooks and pivot tables remember."""
    for name in package.names:
        lowered = name.lower()
        if lowered.startswith("xl/externallinks/") and lowered.endswith(".xml"):
            links = _ExternalLink()
            links.read(package.read(name))
            yield from (Table("a link to another workbook", True, trimmed(rows)) for rows in links.tables)
        elif posixpath.basename(lowered).startswith("pivotcachedefinition") and lowered.endswith(".xml"):
            cache = _PivotCache()
            cache.read(package.read(name))
            yield Table("what a pivot table remembers", True, cache.rows())
        elif posixpath.basename(lowered).startswith("pivotcacherecords") and lowered.endswith(".xml"):
            records = _PivotCache()
            records.read(package.read(name))
            yield Table("what a pivot table remembers", True, records.rows())


def _texts(content: bytes, place: str) -> Iterator[Aside]:
    reader = _Texts()
    reader.read(content)
    for text in reader.found:
        yield Aside(place, text)


def _names(content: bytes) -> Iterator[Aside]:
    reader = _Names()
    reader.read(content)
    for text in reader.found:
        yield Aside("a defined name", text)


class Gathering(XmlReader):
    """Gathers words, as far as a workbook that people made holds any."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._total = 0

    def gather(self, text: str) -> None:
        """Keep a text, where it says something."""
        text = unescaped(text).strip()
        self._total += len(text)
        if self._total > TEXT_CHARACTERS:
            raise Refused("too-large-unpacked")
        if text and len(self.found) < _MOST:
            self.found.append(text)


class _Texts(Gathering):
    """Every text of a part and what its pictures say instead of themselves, a paragraph a time."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[str] = []
        self._skipped = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in _OWN_PEOPLE:
            self._skipped += 1
        for said in _SAID_IN:
            self.gather(attribute(attributes, said))

    def words(self, words: str) -> None:
        if not self._skipped:
            self._parts.append(words)

    def end(self, name: str) -> None:
        if name in _OWN_PEOPLE:
            self._skipped -= 1
        if name not in ("t", "r"):  # runs of one paragraph belong together
            self.gather("".join(self._parts))
            self._parts = []


class _Names(Gathering):
    """The defined names of a workbook with what each stands for."""

    def __init__(self) -> None:
        super().__init__()
        self._value: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "definedName":
            self.gather(attribute(attributes, "name").replace("_", " ").removeprefix(" xlnm."))
            self.gather(attribute(attributes, "comment"))
            self._value = []

    def words(self, words: str) -> None:
        if self._value is not None:
            self._value.append(words)

    def end(self, name: str) -> None:
        if name == "definedName" and self._value is not None:
            value = "".join(self._value).strip()
            if value.startswith('"'):  # a constant: anything else is an address
                self.gather(value.strip('"'))
            self._value = None


class _Notes(XmlReader):
    """Notes by cell: old ones in runs below their authors, threaded ones as plain text."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[tuple[str, str, str]] = []  # cell, text, author
        self._by = ""
        self._cell = ""
        self._parts: list[str] | None = None
        self._authors: list[str] = []
        self._author: list[str] | None = None
        self._total = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name in ("comment", "threadedComment"):
            self._cell, self._parts = attribute(attributes, "ref"), []
            self._by = attribute(attributes, "authorId")
        elif name == "author":
            self._author = []

    def words(self, words: str) -> None:
        self._total += len(words)
        if self._total > TEXT_CHARACTERS:
            raise Refused("too-large-unpacked")
        if self._author is not None:
            self._author.append(words)
        elif self._parts is not None:
            self._parts.append(words)

    def end(self, name: str) -> None:
        if name == "author" and self._author is not None:
            self._authors.append("".join(self._author).strip())
            self._author = None
        elif name in ("comment", "threadedComment") and self._parts is not None:
            self._add("".join(self._parts).strip())
            self._parts = None

    def _add(self, text: str) -> None:
        for author in self._authors:  # Excel begins a note with its author's name
            if author and text.startswith(f"{author}:"):
                text = text[len(author) + 1 :].strip()
        if text.startswith("[Threaded comment]"):  # a copy for old programs; the comment itself stands elsewhere
            return
        author = self._authors[int(self._by)] if self._by.isdecimal() and int(self._by) < len(self._authors) else ""
        if text and len(self.notes) < _MOST:
            self.notes.append((self._cell, text, author))


class _ExternalLink(XmlReader):
    """The cells that a link to another workbook remembers, a table a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[Cell]]] = []
        self._cell: tuple[int, int] | None = None
        self._words: list[str] = []
        self._used = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheetData":
            self.tables.append([])
        elif name == "cell":
            self._cell, self._words = position(attribute(attributes, "r")), []

    def words(self, words: str) -> None:
        if self._cell is not None:
            self._words.append(words)

    def end(self, name: str) -> None:
        if name == "cell" and self._cell is not None and self.tables:
            _put(self.tables[-1], *self._cell, _value("".join(self._words)))
            self._cell = None


class _PivotCache(XmlReader):
    """What a pivot table remembers: each field as a column below its name, or each record as a row."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[list[Cell]] = []
        self._records: list[list[Cell]] = []
        self._kept = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "cacheField":
            self._columns.append([attribute(attributes, "name")])
        elif name == "r":
            self._records.append([])
        elif name in ("s", "n", "d") and self._kept < 50 * _MOST:
            value = attribute(attributes, "v")
            into = self._columns or self._records
            if into and value:
                into[-1].append(value if name == "s" else _value(value))
                self._kept += 1

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The columns side by side, or the records one below another."""
        if self._records:
            return trimmed(self._records)
        longest = max(map(len, self._columns), default=0)
        filled = [column + [None] * (longest - len(column)) for column in self._columns]
        return trimmed([list(row) for row in zip(*filled, strict=True)])


def _put(rows: list[list[Cell]], row: int, column: int, value: Cell) -> None:
    if row > 20_000 or column > 500:
        return
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value


def _value(text: str) -> Cell:
    text = unescaped(text).strip()
    try:
        number = float(text)
    except ValueError:
        return text[:19].replace("T00:00:00", "") or None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
