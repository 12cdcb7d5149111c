"""Reads Microsoft's compound files (.xls, and workbooks with a password) far enough to know what they are."""

import struct

from quarterday.adapters.parsing.refusals import Refused

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE_OR_END = 0xFFFFFFFA  # this and above are no sectors
_STREAM, _ROOT = 2, 5


class CompoundFile:
    """The streams of a compound file by name. Raises `Refused` where its chains of sectors are broken or turn round."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise Refused("corrupt")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Refused("corrupt")
        self._size = 1 << shift
        self._directory_start, self._mini_below, self._mini_fat_start = (
            struct.unpack_from("<I", data, 48)[0],
            struct.unpack_from("<I", data, 56)[0],
            struct.unpack_from("<I", data, 60)[0],
        )
        self._fat = self._read_fat()
        self._entries = self._read_directory()

    @property
    def names(self) -> set[str]:
        """The names of streams and storages."""
        return {name for name, *_ in self._entries}

    def stream(self, *names: str) -> bytes:
        """The first stream of one of these names."""
        for name, kind, start, size in self._entries:
            if kind == _STREAM and name in names:
                return self._content(start, size)
        raise Refused("corrupt")

    def _content(self, start: int, size: int) -> bytes:
        if size >= self._mini_below:
            return self._chain(start)[:size]
        root = next((entry for entry in self._entries if entry[1] == _ROOT), None)
        if root is None:
            raise Refused("corrupt")
        mini = self._chain(root[2])
        table = self._numbers(self._chain(self._mini_fat_start))
        parts = [mini[64 * sector : 64 * sector + 64] for sector in self._walk(table, start)]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        if at >= len(self._data):
            raise Refused("corrupt")
        return self._data[at : at + self._size]

    def _read_fat(self) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, seen = struct.unpack_from("<I", self._data, 68)[0], set()
        while following < _FREE_OR_END:
            if following in seen:
                raise Refused("corrupt")
            seen.add(following)
            numbers = self._numbers(self._sector(following))
            sectors += numbers[:-1]
            following = numbers[-1] if numbers else _FREE_OR_END
        return [number for sector in sectors if sector < _FREE_OR_END for number in self._numbers(self._sector(sector))]

    def _numbers(self, content: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))

    def _walk(self, table: list[int], start: int) -> list[int]:
        chain: list[int] = []
        while start < _FREE_OR_END:
            if start >= len(table) or len(chain) > len(table):
                raise Refused("corrupt")
            chain.append(start)
            start = table[start]
        return chain

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in self._walk(self._fat, start))

    def _read_directory(self) -> list[tuple[str, int, int, int]]:
        content = self._chain(self._directory_start)
        entries = []
        for at in range(0, len(content) - 127, 128):
            length, kind = struct.unpack_from("<HB", content, at + 64)
            if kind:
                name = content[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<II", content, at + 116)
                entries.append((name, kind, start, size))
        return entries
