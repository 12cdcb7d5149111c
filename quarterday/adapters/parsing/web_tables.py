"""Reads the one table of a web page: what many case systems export under the name of a workbook.

Two readers that have nothing in common read it. Where they differ, or where the page has more than one table or tables
within tables, it is refused: a page may be laid out in any way, and only a plain table is read for sure.
"""

import re
from html.parser import HTMLParser
from io import BytesIO

from lxml import etree

from quarterday.adapters.parsing.appearances import raised, struck
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.tables import HIDDEN_NOTE, Aside, Cell, FileTables, Table, address, trimmed

_CELLS = ("td", "th")
_MOST_SPANNED = 1_000
_UNSEEN = ("script", "style", "title", "noscript", "template")
_STRUCK = ("s", "strike", "del")
_RAISED = ("sup", "sub")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_EMPTY = {"br", "col", "hr", "img", "input", "link", "meta", "wbr", "area", "base", "embed", "source", "track"}
Rows = list[list[str]]


def parse_html(text: str) -> FileTables:
    """The one table of a page, every cell as text. Raises `Refused`."""
    page = _Page()
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if any(any(cell for cell in row) for row in table)]
    if len(tables) != 1:
        raise Refused("web-page")
    rows = tables[0]
    if sum(map(len, rows)) > USED_CELLS:
        raise Refused("too-many-cells")
    if any(len(cell) > CELL_CHARACTERS for row in rows for cell in row):
        raise Refused("cell-too-long")
    if _words(_again(text)) != _words(page.plain):
        raise Refused("web-page")
    cells: list[list[Cell]] = [[cell or None for cell in row] for row in rows]
    notes = (HIDDEN_NOTE,) if page.hides else ()
    asides = (
        *(Aside("a link", each) for each in page.links),
        *(Aside("words around the table", each) for each in page.around),
    )
    return FileTables((Table("", False, trimmed(cells), {}, tuple(page.merged)),), notes, asides)


class _Page(HTMLParser):
    """The first reader: cells in their places, covered ones empty, raised and struck-out text as it looks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Rows] = []
        self.plain: Rows = []  # the cells as they were written, for comparing with the second reader
        self.merged: list[str] = []
        self.links: list[str] = []
        self.around: list[str] = []
        self.hides = False
        self._open = self._unseen = 0
        self._looks: list[tuple[str, bool, bool]] = []  # the elements around the text: raised, struck out
        self._words: list[str] | None = None
        self._bare: list[str] = []
        self._covered: dict[tuple[int, int], bool] = {}
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        is_hidden = "hidden" in said or bool(_HIDDEN.search(said.get("style", "")))
        if is_hidden and self._words is not None and tag not in (*_CELLS, "tr"):
            raise Refused("web-page")  # what a person does not see is no part of a number
        match tag:
            case "table":
                if self._open:
                    raise Refused("web-page")
                self._open = 1
                self.tables.append([])
                self._covered = {}
            case "tr" if self._open:
                self._end_cell()
                self.tables[-1].append([])
                self.plain.append([])
                self.hides = self.hides or is_hidden
            case "td" | "th" if self._open and self.tables[-1]:
                self._end_cell()
                self._words, self._bare = [], []
                self.hides = self.hides or is_hidden
                self._spans = _span(said.get("rowspan", "")), _span(said.get("colspan", ""))
            case "br" if self._words is not None:
                self._words.append("\n")
                self._bare.append(" ")
            case "a" if said.get("href"):
                self.links.append(said["href"])
        self._note_looks(tag, said.get("style", "").replace(" ", "").lower())
        self._unseen += tag in _UNSEEN
        for name in ("title", "alt"):
            if said.get(name):
                self.links.append(said[name])

    def _note_looks(self, tag: str, style: str) -> None:
        if tag in _EMPTY:
            return
        if tag in (*_CELLS, "tr"):  # pages seldom close them
            self._end_looks(*_CELLS, *(["tr"] if tag == "tr" else []))
        lifts = tag in _RAISED or "vertical-align:super" in style or "vertical-align:sub" in style
        strikes = tag in _STRUCK or "line-through" in style
        self._looks.append((tag, lifts, strikes))

    def _end_looks(self, *tags: str) -> None:
        """The innermost of these elements ends, with all that was not closed in it."""
        for at in range(len(self._looks) - 1, -1, -1):
            if self._looks[at][0] in tags:
                del self._looks[at:]
                return

    def handle_endtag(self, tag: str) -> None:
        if tag in (*_CELLS, "tr", "table"):
            self._end_cell()
        if tag == "table":
            self._open = max(0, self._open - 1)
        self._end_looks(tag)
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._words is None:
            self.around += [data.strip()] if data.strip() else []
            return
        self._bare.append(data)
        looks = raised(data) if any(lifts for _, lifts, _ in self._looks) else data
        self._words.append(struck(looks) if any(strikes for *_, strikes in self._looks) else looks)

    def _end_cell(self) -> None:
        if self._words is None:
            return
        row = len(self.tables[-1]) - 1
        cells = self.tables[-1][row]
        while (row, len(cells)) in self._covered:
            cells.append("")
        self._cover(row, len(cells))
        cells.append("\n".join(" ".join(line.split()) for line in "".join(self._words).split("\n")).strip())
        cells.extend("" for _ in range(self._spans[1] - 1))
        self.plain[-1].append("".join(self._bare))
        self._words = None

    def _cover(self, row: int, column: int) -> None:
        down, across = self._spans
        if down * across == 1:
            return
        if len(self._covered) + down * across > USED_CELLS:
            raise Refused("too-many-cells")
        self._covered.update({(r, c): True for r in range(row + 1, row + down) for c in range(column, column + across)})
        self.merged.append(f"{address(row, column)}:{address(row + down - 1, column + across - 1)}")


def _span(written: str) -> int:
    return min(int(written), _MOST_SPANNED) if written.isdecimal() and int(written) > 0 else 1


def _again(text: str) -> Rows:
    """The second reader: libxml2's, which mends pages in a way of its own."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = etree.parse(BytesIO(text.encode("utf-8", "replace")), parser).getroot()
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        raise Refused("web-page") from None
    if root is None:
        raise Refused("web-page")
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    return [
        ["".join(cell.itertext()) for cell in row if cell.tag in _CELLS]
        for table in root.iter("table")
        for row in table.iter("tr")
    ]


def _words(rows: Rows) -> Rows:
    """Rows for comparing: their words alone, without rows that have none."""
    compared = [["".join(cell.split()) for cell in row] for row in rows]
    return [row for row in compared if any(row)]
