"""Every board's pack of a release, in every format, from the protected tables alone."""

from collections.abc import Callable, Collection

from quarterday.framework import Framework
from quarterday.publishing.pack_board import board_pack
from quarterday.publishing.pack_cards import Card
from quarterday.publishing.pack_html import to_html
from quarterday.publishing.pack_model import Pack
from quarterday.publishing.pack_series import SeriesTables
from quarterday.publishing.tables import ReleaseTables

FORMATS = ("html",)

Writer = Callable[[Pack], bytes]


def build_packs(framework: Framework, tables: ReleaseTables, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """The packs as files, by name: `packs/<board>.html` and so on. The same tables give the same bytes."""
    packs = board_packs(framework, tables)
    writers = {"html": _html}
    return {f"packs/{pack.board}.{kind}": writers[kind](pack) for pack in packs for kind in formats}


def board_packs(framework: Framework, tables: ReleaseTables) -> tuple[Pack, ...]:
    """The packs in words and pictures, before any format."""
    series = SeriesTables(framework, tables)
    cards = {each.code: Card(framework, series, each) for each in framework.indicators}
    return tuple(board_pack(framework, tables, board, cards) for board in framework.partnership.boards)


def _html(pack: Pack) -> bytes:
    return to_html(pack).encode()
