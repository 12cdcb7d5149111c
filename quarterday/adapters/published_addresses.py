"""Where what is published is read: addresses, and the keys in those that cannot be guessed.

A key is our signature over what it opens, so none is kept: a new `QUARTERDAY_SECRET` makes all of them anew.
"""

from quarterday.adapters.settings import Settings
from quarterday.adapters.signing import Signer, open_signer
from quarterday.domain.facts import ReleaseMade
from quarterday.domain.framework.partners import Board, OpenTo

WITH_KEY = "with"  # what stands before a key in an address
_LENGTH = 40  # hexadecimal digits: 160 bits


def pack_key(signer: Signer, collection: str, board: str) -> str:
    """What opens a board's packs of one collection, all its versions."""
    return signer.sign("pack", collection, board)[:_LENGTH]


def data_key(signer: Signer) -> str:
    """What opens the figures of all releases."""
    return signer.sign("data")[:_LENGTH]


def pack_url(settings: Settings, release: ReleaseMade, board: Board) -> str:
    """Where a board's pack is read, by whoever it is for."""
    place = f"{release.collection}/v{release.version}/{board.code}.html"
    if board.open_to is OpenTo.LINK:
        place = f"{WITH_KEY}/{pack_key(open_signer(settings), release.collection, board.code)}/{place}"
    return f"{settings.portal_url.rstrip('/')}/packs/{place}"
