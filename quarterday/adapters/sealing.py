"""Backups encrypted with age: whoever writes them needs public keys alone, and cannot read them again.

A recipient is a public key (`age1…`) and may lie anywhere; its identity (`AGE-SECRET-KEY-1…`) opens what was encrypted
for it, and does not belong on this machine. What is opened is checked whole before any of it is used. That a backup is
ours it does not prove: anybody may encrypt for a public key.
"""

import os
import re
import tempfile
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

import pyrage
from pyrage import x25519

T = TypeVar("T")
SUFFIX = ".age"
_BEGINS = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED")
_SECRET = "AGE-SECRET-KEY-"  # noqa: S105 - how secret keys begin, and none itself
_LONGEST_KEYS = 1_000_000  # bytes: what is longer is no file of keys


class SealError(Exception):
    """What cannot be encrypted or opened; the message says why and what to do, and repeats no key."""


def recipients(said: str) -> list[x25519.Recipient]:
    """The public keys in a setting, with spaces or commas between them. Raises `SealError`."""
    said_each = re.split(r"[\s,]+", said.strip(" \t\r\n,"))
    return [_recipient(number, each) for number, each in enumerate(said_each, 1) if each]


def is_sealed(file: Path) -> bool:
    """Whether a file says that it is encrypted with age. Raises `OSError` where it cannot be read."""
    with file.open("rb") as opened:
        return opened.read(len(max(_BEGINS, key=len))).startswith(_BEGINS)


@contextmanager
def sealing(place: Path, keys: Sequence[x25519.Recipient]) -> Generator[IO[bytes]]:
    """A new file of which only what is encrypted reaches the disk, piece by piece; to write into, not to go back in.

    Raises `OSError` where it cannot be written.
    """
    taken, given = os.pipe()

    def seal() -> None:
        with os.fdopen(taken, "rb") as clear, place.open("xb") as out, _own_trouble(out) as watched:
            pyrage.encrypt_io(clear, watched, list(keys))

    with ThreadPoolExecutor(1) as beside:
        sealed = beside.submit(seal)
        try:
            with os.fdopen(given, "wb") as clear:
                yield clear
        except BrokenPipeError:
            sealed.result()  # it says why it stopped reading
            raise
        sealed.result()


def unsealed(file: Path, key: Path, beside: Path) -> IO[bytes]:
    """What is in an encrypted file, whole: in a file in the folder `beside` that has no name and ends with us.

    Raises `SealError` where no identity in the file `key` opens it, and where it was cut short or changed; `OSError`.
    """
    identities = _identities(key)
    clear = tempfile.TemporaryFile(dir=beside)  # noqa: SIM115 - whoever asked for it closes it
    try:
        with file.open("rb") as sealed, _own_trouble(sealed) as read, _own_trouble(clear) as watched:
            pyrage.decrypt_io(read, watched, identities)
    except (pyrage.DecryptError, OSError) as problem:
        clear.close()
        if isinstance(problem, OSError) and problem.errno is not None:  # of the disk, not of what is in the file
            raise
        raise SealError(_why_shut(file, key, str(problem))) from problem
    clear.seek(0)
    return clear


class _Watched:
    """A file whose trouble is remembered: the library tells of it in words alone, as if the encryption were wrong."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.trouble = file, list[OSError]()

    def read(self, size: int = -1) -> bytes:
        return self._kept(lambda: self._file.read(size))

    def write(self, data: bytes) -> int:
        return self._kept(lambda: self._file.write(data))

    def flush(self) -> None:
        self._kept(self._file.flush)

    def _kept(self, act: Callable[[], T]) -> T:
        try:
            return act()
        except OSError as problem:
            self.trouble.append(problem)
            raise


@contextmanager
def _own_trouble(file: IO[bytes]) -> Generator[_Watched]:
    """The file to give to the library; what goes wrong with it is raised as it was."""
    watched = _Watched(file)
    try:
        yield watched
    except (pyrage.EncryptError, pyrage.DecryptError, OSError):
        if watched.trouble:
            raise watched.trouble[0] from None
        raise


def _recipient(number: int, said: str) -> x25519.Recipient:
    if said.upper().startswith(_SECRET):
        raise SealError(
            f"key {number} is a secret one, which opens backups and must not lie on this machine: give the public key "
            "that goes with it, which begins with age1, and make a new pair if others could read this"
        )
    try:
        return x25519.Recipient.from_str(said)
    except pyrage.RecipientError as problem:
        raise SealError(
            f"key {number} is no public key of age, as `age-keygen` prints it: age1 and 58 letters and digits"
        ) from problem


def _identities(key: Path) -> list[x25519.Identity]:
    """The identities in a file, whatever else stands in its lines. Raises `SealError` where there is none."""
    lines = [each.strip() for each in _read_keys(key).splitlines()]
    try:
        found = [x25519.Identity.from_str(each) for each in lines if each.upper().startswith(_SECRET)]
    except pyrage.IdentityError as problem:
        raise SealError(
            f"A secret key in {key} is not whole: copy it again, from AGE-SECRET-KEY-1 to its end."
        ) from problem
    if found:
        return found
    hint = (
        f"It is itself encrypted: open it first with `age --decrypt {key.name}`."
        if is_sealed(key)
        else "It holds a public key, which cannot open anything."
        if any(each.startswith("age1") for each in lines)
        else "Give the file that `age-keygen` wrote, a line of which begins with AGE-SECRET-KEY-1."
    )
    raise SealError(f"{key} holds no identity of age. {hint}")


def _read_keys(key: Path) -> str:
    try:
        with key.open("rb") as file:
            return file.read(_LONGEST_KEYS).decode("utf-8-sig", "replace")
    except FileNotFoundError:
        raise SealError(f"There is no file {key}.") from None
    except OSError as problem:
        raise SealError(f"{key} cannot be read ({problem.strerror}).") from problem


def _why_shut(file: Path, key: Path, said: str) -> str:
    if "no matching keys" in said.lower():
        return f"No key in {key} opens {file}: it was encrypted for another. Nothing was put back."
    return f"{file} cannot be opened: it was cut short or changed ({said}). Take an earlier one."
