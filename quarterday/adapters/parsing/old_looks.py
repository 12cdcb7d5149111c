"""How the cells of an .xls file look: number formats, struck-out fonts, raised and struck-out runs of text.

The records are those of [MS-XLS]: Font, Format, XF and SST, of Excel 5 (BIFF5) and of 97 to 2003 (BIFF8).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from quarterday.adapters.parsing.appearances import Look, look_of, raised, struck

FONT, FORMAT, XF, STRINGS, CONTINUE, SHEET_BEGINS = 0x0031, 0x041E, 0x00E0, 0x00FC, 0x003C, 0x0809
_NUMBERS = {0x0203, 0x027E, 0x0006}  # Number, RK, Formula
_MANY_NUMBERS, _TEXT = 0x00BD, 0x00FD  # MulRk, LabelSst
_STRUCK_OUT = 0x0008
_WIDE, _HAS_PHONETICS, _HAS_RUNS = 0x01, 0x04, 0x08
_WHITES = {0x01, 0x09, 0x41}  # of the palette, and the window's background
_NO_FONT = 4  # no font has this number: those after it stand one place before theirs
_OLD = 0x0500
Run = tuple[int, int]  # the character from which on a font holds
At = tuple[int, int]  # row and column from 0


@dataclass
class LooksOfBook:
    """What the records of the whole workbook say of looks: by style, and texts that have runs, by their number."""

    looks: dict[int, Look] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def of(self, kind: int, content: bytes) -> Iterator[tuple[At, Look | str]]:
        """The cells of a record that may look otherwise than they are: each with its look, or its text as it looks."""
        if kind in _NUMBERS and len(content) >= 6:
            row, column, style = struct.unpack_from("<HHH", content)
            if style in self.looks:
                yield (row, column), self.looks[style]
        elif kind == _MANY_NUMBERS and len(content) >= 6:
            row, column = struct.unpack_from("<HH", content)
            for place, at in enumerate(range(4, len(content) - 7, 6)):
                style = struct.unpack_from("<H", content, at)[0]
                if style in self.looks:
                    yield (row, column + place), self.looks[style]
        elif kind == _TEXT and len(content) >= 10:
            row, column, style, number = struct.unpack_from("<HHHI", content)
            if number in self.texts:
                yield (row, column), self.texts[number]
            elif style in self.looks and self.looks[style].struck:
                yield (row, column), self.looks[style]


def looks_of(records: Iterator[tuple[int, int, bytes]]) -> LooksOfBook:
    """The looks that the records before the first sheet describe. What is broken is taken for plain."""
    reader = _Globals()
    begun = 0
    for _, kind, content in records:
        begun += kind == SHEET_BEGINS
        if begun > 1:
            break
        try:
            reader.read(kind, content)
        except (struct.error, IndexError):
            continue
    return reader.book()


def _has_colour(style: bytes) -> bool:
    """Whether the cells of a style (of 97 to 2003) are filled with a colour that is not white."""
    pattern = struct.unpack_from("<I", style, 14)[0] >> 26
    return bool(pattern) and struct.unpack_from("<H", style, 18)[0] & 0x7F not in _WHITES


class _Globals:
    def __init__(self) -> None:
        self._old = False
        self._fonts: list[tuple[bool, bool]] = []  # struck out, raised or lowered
        self._white: list[bool] = []  # of each font
        self._filled: list[bool] = []  # of each style: whether white can be told from its cell
        self._formats: dict[int, str] = {}
        self._styles: list[tuple[int, int]] = []
        self._strings: list[bytes] = []
        self._last = 0

    def read(self, kind: int, content: bytes) -> None:
        """One record."""
        if kind == SHEET_BEGINS:
            self._old = struct.unpack_from("<H", content)[0] == _OLD
        elif kind == FONT:
            flags, position = struct.unpack_from("<H", content, 2)[0], struct.unpack_from("<H", content, 8)[0]
            self._fonts.append((bool(flags & _STRUCK_OUT), position in (1, 2)))
            self._white.append(struct.unpack_from("<H", content, 4)[0] in _WHITES)
        elif kind == FORMAT:
            self._formats[struct.unpack_from("<H", content)[0]] = self._format(content)
        elif kind == XF:
            font, number = struct.unpack_from("<HH", content)
            self._styles.append((font, number))
            self._filled.append(self._old or _has_colour(content))
        elif kind == STRINGS or (kind == CONTINUE and self._last == STRINGS):
            self._strings.append(content)
            kind = STRINGS
        self._last = kind

    def _format(self, content: bytes) -> str:
        if self._old:
            return content[3 : 3 + content[2]].decode("cp1252", "replace")
        length, wide = struct.unpack_from("<HB", content, 2)
        text = content[5 : 5 + length * (1 + (wide & _WIDE))]
        return text.decode("utf-16-le" if wide & _WIDE else "latin-1", "replace")

    def _font(self, number: int) -> tuple[bool, bool]:
        place = number - (number > _NO_FONT)
        return self._fonts[place] if place < len(self._fonts) else (False, False)

    def _look(self, style: int, font: int, number: int) -> Look:
        is_struck, is_raised = self._font(font)
        place = font - (font > _NO_FONT)
        unseen = place < len(self._white) and self._white[place] and not self._filled[style]
        code = self._formats.get(number, "")
        return look_of(number, code, struck_out=is_struck, unseen=unseen, lifted=is_raised)

    def book(self) -> LooksOfBook:
        """What was read."""
        looks = {
            style: look
            for style, (font, number) in enumerate(self._styles)
            if (look := self._look(style, font, number)) != Look()
        }
        telling = any(any(font) for font in self._fonts)  # else no text can look otherwise than it is
        return LooksOfBook(looks, self._texts() if telling else {})

    def _texts(self) -> dict[int, str]:
        texts: dict[int, str] = {}
        try:
            for number, (text, runs) in enumerate(_Strings(self._strings)):
                if any(any(self._font(font)) for _, font in runs):
                    texts[number] = self._as_it_looks(text, runs)
        except (struct.error, IndexError):
            return texts
        return texts

    def _as_it_looks(self, text: str, runs: list[Run]) -> str:
        parts = [text[: runs[0][0]]]
        for (first, font), (end, _) in pairwise([*runs, (len(text), 0)]):
            is_struck, is_raised = self._font(font)
            words = raised(text[first:end]) if is_raised else text[first:end]
            parts.append(struck(words) if is_struck else words)
        return "".join(parts)


class _Strings:
    """The shared texts of the workbook with their runs. A text may go on in the next record, even in other letters."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 8
        self._count = struct.unpack_from("<I", parts[0], 4)[0] if parts and len(parts[0]) >= 8 else 0

    def __iter__(self) -> Iterator[tuple[str, list[Run]]]:
        for _ in range(self._count):
            length, flags = struct.unpack("<HB", self._take(3))
            runs = struct.unpack("<H", self._take(2))[0] if flags & _HAS_RUNS else 0
            phonetics = struct.unpack("<I", self._take(4))[0] if flags & _HAS_PHONETICS else 0
            text = self._letters(length, flags)
            yield text, [struct.unpack("<HH", self._take(4)) for _ in range(runs)]
            self._take(phonetics)

    def _take(self, length: int) -> bytes:
        """Bytes that are no letters: they go on in the next record without a word."""
        taken = b""
        while len(taken) < length:
            part = self._parts[self._part][self._at : self._at + length - len(taken)]
            taken += part
            self._at += len(part)
            if len(taken) < length:
                self._part, self._at = self._part + 1, 0
        return taken

    def _letters(self, length: int, flags: int) -> str:
        """Letters: where they go on in the next record, it says anew how wide they are."""
        text = ""
        while True:
            width = 1 + (flags & _WIDE)
            part = self._parts[self._part][self._at : self._at + width * (length - len(text))]
            text += part.decode("utf-16-le" if flags & _WIDE else "latin-1", "replace")
            self._at += len(part)
            if len(text) >= length:
                return text
            self._part, self._at = self._part + 1, 1
            flags = self._parts[self._part][0]
