"""Every board's pack of a release, in every format, from the protected tables alone."""

import json
import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.disclosure.beside import as_told
from quarterday.publishing.pack.board import board_pack
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.model import Pack
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.pack.text import plain_tables
from quarterday.publishing.tables import ReleaseTables

IN_SHORT = "in-short.json"  # read again by quarterday.adapters.mail.release_context
FORMATS = ("html", "pdf", "docx", "pptx")

_log = logging.getLogger(__name__)

Writer = Callable[[Sequence[Pack]], list[bytes]]


def build_packs(framework: Framework, tables: ReleaseTables, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The packs as files, by name: `packs/<board>.html` and so on. The same tables give the same bytes.

    A format whose libraries are not on this machine is left out, and the log says so; HTML is always there.
    """
    packs = board_packs(framework, tables)
    written: dict[str, bytes] = {IN_SHORT: in_short(packs)}
    for kind, made in in_formats(packs, formats).items():
        names = [f"packs/{pack.board}.{kind}" for pack in packs]
        written |= dict(zip(names, made, strict=True))
    return written


def in_formats(packs: Sequence[Pack], formats: Collection[str]) -> dict[str, list[bytes]]:
    """Packs in each of the formats that this machine can write, in their order."""
    writers = ((kind, _writer(kind)) for kind in FORMATS if kind in formats)
    return {kind: writer(packs) for kind, writer in writers if writer}


def in_short(packs: Sequence[Pack]) -> bytes:
    """What each board's email says of its pack: signs of possible change in it, what is missing, what was revised."""
    told = {
        pack.board: {
            "signs": list(pack.signs),
            "missing": list(pack.missing),
            "by_chance": pack.by_chance,
            "changes": {since: {"lines": list(lines), "of": of} for since, (lines, of) in pack.changes.items()},
        }
        for pack in packs
    }
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()


def boards_changed(files: Mapping[str, bytes]) -> tuple[str, ...] | None:
    """From a release's files: board/version for each board and earlier version whose figures it tells otherwise."""
    if IN_SHORT not in files:
        return None
    changes = ((board, said["changes"]) for board, said in json.loads(files[IN_SHORT]).items())
    return tuple(sorted(f"{board}/{since}" for board, every in changes for since, each in every.items() if each["of"]))


def board_packs(framework: Framework, tables: ReleaseTables) -> tuple[Pack, ...]:
    """The packs in words and pictures, before any format."""
    framework = as_told(framework, (*tables.history, *tables.observations))
    series = SeriesTables(framework, plain_tables(tables))
    cards = {each.code: Card(framework, series, each) for each in framework.indicators}
    return tuple(board_pack(framework, series.tables, board, cards) for board in framework.partnership.boards)


def _writer(kind: str) -> Writer | None:
    """The function that writes a format; None where what it needs is missing from this machine."""
    try:
        module = import_module(f"quarterday.publishing.pack.{kind}")
    except (ImportError, OSError) as missing:  # OSError: the library is there, the system's Pango is not
        _log.warning("No packs as %s: %s. Install what it names, then publish again.", kind, missing)
        return None
    writer: Writer = getattr(module, f"to_{kind}")
    return writer
