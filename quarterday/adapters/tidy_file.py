"""Tidy CSV files that officers bring in: read with their headings held to what is known, or refused in a sentence."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path


class NotTidyError(Exception):
    """A file that cannot be brought in as it is. Its words say what to do."""


def tidy_file(file: Path, known: Sequence[str], needed: Sequence[str]) -> tuple[bytes, list[dict[str, str | None]]]:
    """What a file holds, and its rows by their headings.

    Raises `NotTidyError` where it cannot be read, a heading that is needed is missing, or nobody knows one.
    """
    try:
        data = file.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as unreadable:
        raise NotTidyError(f"{file} cannot be read: {unreadable.strerror}.") from unreadable
    except UnicodeDecodeError as other:
        raise NotTidyError(f"{file} is not UTF-8: save it as “CSV UTF-8”.") from other
    reader = csv.DictReader(io.StringIO(text))
    headings = reader.fieldnames or []
    if missing := [name for name in needed if name not in headings]:
        raise NotTidyError(f"{file} lacks the columns {', '.join(missing)}. It needs {', '.join(known)}.")
    if unknown := [name for name in headings if name not in known]:
        told = ", ".join(map(str, unknown))
        raise NotTidyError(f"{file} has columns nobody knows: {told}. Use {', '.join(known)}.")
    return data, list(reader)


def tidy_rows(data: bytes) -> list[dict[str, str | None]]:
    """The rows, by their headings, of a tidy table that we made ourselves."""
    return list(csv.DictReader(io.StringIO(data.decode())))
