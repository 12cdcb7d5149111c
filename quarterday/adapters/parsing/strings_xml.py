"""The strings that the sheets of a workbook share."""

import re

from quarterday.adapters.parsing.appearances import Runs
from quarterday.adapters.parsing.limits import CELL_CHARACTERS, TEXT_CHARACTERS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.xml import Attributes, XmlReader

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text with characters that XML cannot hold, as `_x000D_`, put back."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) if "_x" in text else text


class _Strings(XmlReader):
    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self._parts: list[str] | None = None
        self._in_text = self._in_phonetic = False
        self._length = self._total = 0
        self._runs = Runs()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._parts, self._length = [], 0
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "t":
            self._in_text = not self._in_phonetic
        else:
            self._runs.start(name, attributes)

    def words(self, words: str) -> None:
        if self._in_text and self._parts is not None:
            self._parts.append(self._runs.written(words))
            self._length += len(words)
            self._total += len(words)
            if self._length > CELL_CHARACTERS:
                raise Refused("cell-too-long")
            if self._total > TEXT_CHARACTERS:
                raise Refused("too-large-unpacked")

    def end(self, name: str) -> None:
        if name == "si":
            self.strings.append(unescaped("".join(self._parts or [])))
            self._parts = None
        elif name == "rPh":
            self._in_phonetic = False
        elif name == "t":
            self._in_text = False
        else:
            self._runs.end(name)


def shared_strings(content: bytes | None) -> list[str]:
    """The shared strings in their order. Raises `Refused` where one is longer than a cell may be."""
    if content is None:
        return []
    reader = _Strings()
    reader.read(content)
    return reader.strings
