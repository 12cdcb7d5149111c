"""How much one file may ask of us, and the fences around the process that reads it."""

import contextlib
import ctypes
import os
import resource
import sys

UPLOAD_MEGABYTES = 20  # what a partner may send; pages, the door and the reading say and hold the same
UPLOADED_BYTES = UPLOAD_MEGABYTES * 1024 * 1024
UNPACKED_BYTES = 100 * 1024 * 1024
MEMORY_BYTES = 512 * 1024 * 1024
SECONDS = 30
USED_CELLS = 1_000_000
CELL_CHARACTERS = 32_767  # the most that a cell of Excel holds
TEXT_CHARACTERS = 30 * 1024 * 1024  # over all cells
ANSWER_BYTES = 200 * 1024 * 1024

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_NEW_USER = 0x10000000  # CLONE_NEWUSER
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.", "os.putenv")


def fence_in() -> None:
    """Limit this process's memory, time, files and reach. Called before a byte of the file is looked at."""
    _leave_the_network()
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower limit stands already
            resource.setrlimit(what, (most, most))
    os.environ.clear()
    sys.addaudithook(_forbid)


def _leave_the_network() -> None:
    """Enter an empty network namespace where the system lets us; the audit hook stands in any case."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def _forbid(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader of files may not do this: {event}")
    if event == "open" and _writes(arguments[1], arguments[2]):
        raise PermissionError("a reader of files writes none")


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return bool(set(mode) & set("wax+"))
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
