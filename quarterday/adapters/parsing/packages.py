"""Opens the zip package of a workbook, if it is packed as spreadsheet programs pack one."""

import re
import zipfile
import zlib
from io import BytesIO
from itertools import pairwise

from quarterday.adapters.parsing.limits import UNPACKED_BYTES
from quarterday.adapters.parsing.refusals import Refused

_MOST_MEMBERS = 5_000
_END = b"PK\x05\x06"
_END_BYTES = 22
_UNSAFE_NAME = re.compile(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:|\x00")
_ENCRYPTED_FLAG = 0x1


class Package:
    """The members of a package. Never unpacks more than the limit, whatever their headers say."""

    def __init__(self, data: bytes) -> None:
        """Raises `Refused` where the package is broken, encrypted, or packed to do harm."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
            raise Refused("corrupt") from None
        _check_ends(data, infos)
        _check_members(infos)
        self._unpacked = 0
        self._kept: dict[str, bytes] = {}
        self._names = {_plain(info.filename).lower(): info.filename for info in infos}

    @property
    def names(self) -> list[str]:
        """The members' names."""
        return [_plain(name) for name in self._names.values()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises `Refused` where it is missing or broken, or the package has unpacked too much."""
        if name not in self._kept:
            self._kept[name] = self._unpack(name)
        return self._kept[name]

    def _unpack(self, name: str) -> bytes:
        if name not in self:
            raise Refused("corrupt")
        try:
            with self._zip.open(self._names[name.lower()]) as member:
                content = member.read(UNPACKED_BYTES - self._unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
            raise Refused("corrupt") from None
        self._unpacked += len(content)
        if self._unpacked > UNPACKED_BYTES:
            raise Refused("too-large-unpacked")
        return content


def _plain(name: str) -> str:
    """A member's name with the slashes that the format asks for: some programs write the other ones."""
    return name.replace("\\", "/")


def _check_ends(data: bytes, infos: list[zipfile.ZipInfo]) -> None:
    """The package is the whole file: nothing before its first member, nothing after its end."""
    end = data.rfind(_END)
    comment = int.from_bytes(data[end + 20 : end + 22], "little")
    if data[end + _END_BYTES + comment :].strip(b"\x00") or end + _END_BYTES + comment > len(data):
        raise Refused("unsafe-package")
    if infos and min(info.header_offset for info in infos) != 0:
        raise Refused("unsafe-package")


def _check_members(infos: list[zipfile.ZipInfo]) -> None:
    if not infos:
        raise Refused("corrupt")
    names = [_plain(info.filename).lower() for info in infos]
    if len(infos) > _MOST_MEMBERS or len(set(names)) != len(names) or any(map(_UNSAFE_NAME.search, names)):
        raise Refused("unsafe-package")
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise Refused("encrypted")
    if sum(info.file_size for info in infos) > UNPACKED_BYTES:
        raise Refused("too-large-unpacked")
    ordered = sorted(infos, key=lambda info: info.header_offset)
    if any(one.header_offset + 30 + one.compress_size > two.header_offset for one, two in pairwise(ordered)):
        raise Refused("unsafe-package")
