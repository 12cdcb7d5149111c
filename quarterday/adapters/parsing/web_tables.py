"""Reads the one table of a web page: what many case systems export under the name of a workbook.

Two readers that have nothing in common read it. Where they differ, or where the page has more than one table or tables
within tables, it is refused: a page may be laid out in any way, and only a plain table is read for sure.
"""

import re
from html.parser import HTMLParser
from io import BytesIO

from lxml import etree

from quarterday.adapters.parsing.appearances import OTHERWISE, UNSEEN, raised, struck
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.number_formats import is_percent, number_within, shows_otherwise
from quarterday.adapters.parsing.opendocument_looks import look_of
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.tables import HIDDEN_NOTE, Aside, Cell, FileTables, Table, address, trimmed
from quarterday.adapters.parsing.web_styles import Effect, Stylesheet, effect_of

_CELLS = ("td", "th")
_MOST_SPANNED = 1_000
_UNSEEN = ("script", "style", "title", "noscript", "template")
_STRUCK = ("s", "strike", "del")
_RAISED = ("sup", "sub")
_CHOSEN = ("select", "input", "textarea", "button", "bdo")  # what these show is not what stands in the page
_A_NUMBER = re.compile(r"[-+£$€()\d.,\s%]+")
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
    if len({frozenset(each) for each, row in zip(page.hidden, page.plain, strict=True) if any(row)}) > 1:
        raise Refused("web-page")  # a cell that one row hides moves those behind it under other titles
    cells: list[list[Cell]] = [[cell or None for cell in row] for row in rows]
    notes = (HIDDEN_NOTE,) if page.hides else ()
    asides = (
        *(Aside("a link", each) for each in page.links),
        *(Aside("words around the table", each) for each in page.around),
    )
    table = Table("", False, trimmed(cells), {}, tuple(page.merged), page.shown_as)
    return FileTables((table,), notes, asides)


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
        self.hidden: list[set[int]] = []  # of each row, the columns that nobody sees
        self.shown_as: dict[str, str] = {}
        self._open = self._unseen = 0
        self._styles = Stylesheet()
        self._in_style = False
        self._looks: list[tuple[str, Effect]] = []  # the elements around the text, with what their styles do
        self._stored = ""  # the number that a cell says it holds beside the words that it shows
        self._words: list[str] | None = None
        self._bare: list[str] = []
        self._covered: dict[tuple[int, int], bool] = {}
        self._spans = (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        effect = self._effect(tag, said)
        if self._words is not None and tag not in (*_CELLS, "tr", "table"):
            self._check_within_a_cell(tag, effect)
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
                self.hidden.append(set())
                self.hides = self.hides or effect.hides
            case "td" | "th" if self._open and self.tables[-1]:
                self._start_cell(said)
                self.hides = self.hides or effect.hides
            case "br" if self._words is not None:
                self._words.append("\n")
                self._bare.append(" ")
            case "a" if said.get("href"):
                self.links.append(said["href"])
        self._note_looks(tag, effect)
        self._unseen += tag in _UNSEEN
        self._in_style = tag == "style"
        for name in ("title", "alt"):
            if said.get(name):
                self.links.append(said[name])

    def _effect(self, tag: str, said: dict[str, str]) -> Effect:
        """What an element does to the words in it, by its name, its own style and the page's."""
        own = effect_of(said.get("style", "")).then(
            Effect(raises=tag in _RAISED, strikes=tag in _STRUCK, hides="hidden" in said, background="bgcolor" in said)
        )
        return self._styles.of(tag, said.get("class", "").split(), said.get("id", "")).then(own)

    def _check_within_a_cell(self, tag: str, effect: Effect) -> None:
        """What a person does not see, or sees and the page does not say, is no part of a number."""
        unseen = effect.hides or (effect.white and not effect.background and not self._has_background())
        if unseen or effect.says_more or tag in _CHOSEN:
            raise Refused("web-page")

    def _has_background(self) -> bool:
        return any(effect.background for _, effect in self._looks)

    def _start_cell(self, said: dict[str, str]) -> None:
        self._end_cell()
        self._words, self._bare = [], []
        self._stored = said.get("x:num", "") or said.get("sdval", "")
        self._spans = _span(said.get("rowspan", "")), _span(said.get("colspan", ""))

    def _note_looks(self, tag: str, effect: Effect) -> None:
        if tag in _EMPTY:
            return
        if tag in (*_CELLS, "tr"):  # pages seldom close them
            self._end_looks(*_CELLS, *(["tr"] if tag == "tr" else []))
        if effect.says_more and self._open:
            raise Refused("web-page")
        self._looks.append((tag, effect))

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
        self._in_style = False
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._styles.read(data)
        if self._unseen:
            return
        if self._words is None:
            self.around += [data.strip()] if data.strip() else []
            return
        self._bare.append(data)
        looks = raised(data) if any(effect.raises for _, effect in self._looks) else data
        self._words.append(struck(looks) if any(effect.strikes for _, effect in self._looks) else looks)

    def _end_cell(self) -> None:
        if self._words is None:
            return
        row = len(self.tables[-1]) - 1
        cells = self.tables[-1][row]
        while (row, len(cells)) in self._covered:
            cells.append("")
        self._cover(row, len(cells))
        text = "\n".join(" ".join(line.split()) for line in "".join(self._words).split("\n")).strip()
        self._note_how_it_looks(text, row, len(cells))
        cells.append(text)
        cells.extend("" for _ in range(self._spans[1] - 1))
        self.plain[-1].append("".join(self._bare))
        self._words = None

    def _note_how_it_looks(self, text: str, row: int, column: int) -> None:
        """Whether a person sees another number in a cell than its text, or none."""
        around = [effect for tag, effect in self._looks if tag in (*_CELLS, "tr", "table")]
        if any(effect.hides for tag, effect in self._looks if tag in _CELLS):
            self.hidden[-1].add(column)
        white = any(effect.white for effect in around) and not any(effect.background for effect in around)
        code = next((effect.format for effect in reversed(around) if effect.format), "")
        if column in self.hidden[-1] or (white and text):
            self.shown_as[address(row, column)] = UNSEEN
        elif text and _A_NUMBER.fullmatch(text) and _shows_another(text, code, self._stored):
            self.shown_as[address(row, column)] = OTHERWISE

    def _cover(self, row: int, column: int) -> None:
        down, across = self._spans
        if down * across == 1:
            return
        if len(self._covered) + down * across > USED_CELLS:
            raise Refused("too-many-cells")
        self._covered.update({(r, c): True for r in range(row + 1, row + down) for c in range(column, column + across)})
        self.merged.append(f"{address(row, column)}:{address(row + down - 1, column + across - 1)}")


def _shows_another(text: str, code: str, stored: str) -> bool:
    """Whether a number is shown otherwise by its format, or is another one than the cell says it holds."""
    readings, _ = number_within(text)
    if code and "%" not in text and is_percent(code.replace("Percent", "0%")):
        return True
    if code and any(shows_otherwise(code, value) for value, _ in readings):
        return True
    try:
        return bool(stored) and look_of(float(stored), text, struck_out=False) == OTHERWISE
    except ValueError:
        return True


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
