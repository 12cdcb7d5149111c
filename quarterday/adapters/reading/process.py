"""Reads a file in a process of its own, with limits: whatever the file does, the caller lives.

The process is started afresh (never forked: the portal has threads), without our environment, and hands back JSON.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from quarterday.adapters.parsing import limits, wire
from quarterday.adapters.parsing.refusals import refused
from quarterday.adapters.parsing.tables import FileTables, Refusal

_COMMAND = (sys.executable, "-I", "-X", "utf8", "-m", "quarterday.adapters.parsing")
_EXTRA_SECONDS = 2  # for the process to start and to hand back


def read_tables(data: bytes, name: str) -> FileTables | Refusal:
    """Every table that a file holds, cell for cell, or why it was refused. Never raises, whatever the bytes.

    `name` is what the sender's file is called: it decides nothing alone, it is compared with what the bytes are.
    """
    if len(data) > limits.UPLOADED_BYTES:
        return refused("too-large")
    if not data.strip(b"\x00\t\r\n ") or data.strip() == b"\xef\xbb\xbf":
        return refused("empty")
    try:
        result = _read_apart(data, name)
    except OSError:
        return refused("unreadable")
    return result if isinstance(result, Refusal) else replace(result, name=name)


def bytes_of(file: Path) -> bytes:
    """A file's bytes, as far as they are looked at: one more than may be sent says that it is too large.

    Raises `OSError` where it cannot be opened.
    """
    with file.open("rb") as opened:
        return opened.read(limits.UPLOADED_BYTES + 1)


def _read_apart(data: bytes, name: str) -> FileTables | Refusal:
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(data)
        given.seek(0)
        process = subprocess.Popen(
            [*_COMMAND, _plain(name)],
            stdin=given,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            start_new_session=True,
        )
        try:
            code = process.wait(limits.SECONDS + _EXTRA_SECONDS)
        except subprocess.TimeoutExpired:
            return refused("too-slow")
        finally:
            _end(process)
        if code:
            return refused(_why_it_died(code))
        answer.seek(0)
        return _understood(answer.read(limits.ANSWER_BYTES))


def _plain(name: str) -> str:
    """The name as an argument: short, and without what an argument cannot hold."""
    return name.encode("utf-8", "replace").decode().replace("\0", "")[-200:]


def _end(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _why_it_died(code: int) -> str:
    return "too-slow" if code == -signal.SIGXCPU else "unreadable"


def _understood(answer: bytes) -> FileTables | Refusal:
    try:
        return wire.load(answer.decode())
    except (ValueError, KeyError, TypeError, AttributeError):
        return refused("unreadable")
