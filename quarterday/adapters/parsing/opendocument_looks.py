"""What a person sees in a cell of an .ods file: the file keeps beside each number the text that it shows as."""

import re

from quarterday.adapters.parsing.appearances import OTHERWISE, PERCENT, PERCENT_SIGN, STRUCK_OUT, UNSEEN, raised, struck
from quarterday.adapters.parsing.number_formats import changes_a_number, number_within
from quarterday.adapters.parsing.tables import CELL_NOTE, CHECKS, OUR_NOTE, Cell
from quarterday.adapters.parsing.xml import Attributes, attribute

_STRUCK_BY = ("text-line-through-style", "text-line-through-type")
_NONE = ("", "none")
_WHITE = "#ffffff"
_ZERO_SIGNS = {"-", "–", "—"}
_ALLOWED_BESIDE = re.compile(r"[£$€()\s%–—-]|\b(?:gbp|eur|usd)\b", re.IGNORECASE)


class StylesSeen:
    """Which styles strike out, raise or hide their text; a style that says nothing of it is as its parent."""

    def __init__(self) -> None:
        self._name = ""
        self._parent: dict[str, str] = {}
        self._struck: dict[str, bool] = {}
        self._raised: dict[str, bool] = {}
        self._white: dict[str, bool] = {}
        self._filled: dict[str, bool] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element of the styles begins."""
        if name == "style":
            self._name = attribute(attributes, "name")
            self._parent[self._name] = attribute(attributes, "parent-style-name")
        elif name == "text-properties":
            said = [attribute(attributes, each) for each in _STRUCK_BY]
            if any(said):
                self._struck[self._name] = any(each not in _NONE for each in said)
            if position := attribute(attributes, "text-position"):
                self._raised[self._name] = position.split(maxsplit=1)[0].startswith(("super", "sub")) or _is_moved(
                    position
                )
            if color := attribute(attributes, "color"):
                self._white[self._name] = color.lower() == _WHITE
        elif name == "table-cell-properties" and (color := attribute(attributes, "background-color")):
            self._filled[self._name] = color.lower() not in ("transparent", _WHITE)

    def strikes(self, style: str) -> bool:
        """Whether a style strikes its text out."""
        return self._of(self._struck, style)

    def hides(self, style: str) -> bool:
        """Whether a style writes in the white of its cell."""
        return self._of(self._white, style) and not self._of(self._filled, style)

    def raises(self, style: str) -> bool:
        """Whether a style raises or lowers its text."""
        return self._of(self._raised, style)

    def _of(self, said: dict[str, bool], style: str) -> bool:
        for _ in range(16):  # parents of parents; a circle ends here
            if style in said or not style:
                break
            style = self._parent.get(style, "")
        return said.get(style, False)


def _is_moved(position: str) -> bool:
    """`33% 58%` raises; `0% 100%` does not."""
    first = position.split(maxsplit=1)[0].rstrip("%")
    return first.lstrip("-").replace(".", "").isdecimal() and float(first) != 0


class NotesSeen:
    """The notes on cells, which stand within them: their words, without who wrote them and when."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._words: list[str] = []
        self._author: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether a note is being read."""
        return bool(self._open)

    def start(self, name: str) -> bool:
        """An element begins; says whether it belongs to a note."""
        if name == "annotation" and not self._open:
            self._words, self._author = [], []
        elif not self._open:
            return False
        elif name == "p" and self._words:
            self._words.append("\n")
        self._open.append(name)
        return True

    def words(self, words: str) -> bool:
        """Text; says whether it belongs to a note."""
        if "creator" in self._open:
            self._author.append(words)
        elif self._open and "date" not in self._open:
            self._words.append(words)
        return self.is_open

    def end(self, name: str) -> tuple[str, str] | None:
        """An element of a note ends: the note with its place once it is whole."""
        self._open.pop()
        text = "".join(self._words).strip()
        if self._open or not text:
            return None
        return (OUR_NOTE if "".join(self._author) == CHECKS else CELL_NOTE), text


class Spans:
    """The spans around the text that is read: their words look as their styles say."""

    def __init__(self, styles: StylesSeen) -> None:
        self._styles = styles
        self._open: list[tuple[bool, bool]] = []

    def start(self, style: str) -> None:
        """A span begins."""
        self._open.append((self._styles.raises(style), self._styles.strikes(style)))

    def end(self) -> None:
        """The innermost span ends."""
        if self._open:
            self._open.pop()

    def written(self, words: str) -> str:
        """Words of the innermost span as they look."""
        words = raised(words) if any(lifts for lifts, _ in self._open) else words
        return struck(words) if any(strikes for _, strikes in self._open) else words


def look_of(cell: Cell, text: str | None, *, struck_out: bool, unseen: bool = False) -> str:
    """How a cell looks otherwise than it is; empty where it looks as it is. `text` is None where the file has none."""
    if struck_out and cell is not None:
        return STRUCK_OUT
    if unseen and cell is not None:
        return UNSEEN
    if isinstance(cell, bool) or not isinstance(cell, int | float) or text is None:
        return ""
    if cell == 0 and text.strip() in _ZERO_SIGNS:
        return ""
    readings, beside = number_within(text)
    near = 1e-9 * max(1.0, abs(cell))
    shows = any(abs(number - cell) <= half + near for number, half in readings)
    if "%" in beside and any(abs(number - 100 * cell) <= half + 100 * near for number, half in readings):
        return PERCENT
    if not shows or changes_a_number(_ALLOWED_BESIDE.sub(" ", beside)):
        return OTHERWISE
    return PERCENT_SIGN if "%" in beside else ""
