"""Previews: the packs of a release that is not made yet, kept for officers in the private store, the newest alone.

The names bear the moment and what the packs say, since a store never writes over anything; the list of packs is
written last, so that a preview with one is whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from quarterday.adapters.store import NotStored, Stores

_FOLDER = "previews"
_LIST = "packs.json"
_MOMENT = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class KeptPreview:
    """The packs of a release as they would be."""

    collection: str
    version: int
    at: datetime
    packs: tuple[str, ...]  # names such as `partnership-board.html`
    folder: str  # in the private store


def keep_preview(
    stores: Stores, collection: str, version: int, packs: Mapping[str, bytes], at: datetime
) -> KeptPreview:
    """Keep packs (by their path in a release) as the newest preview of a collection; the ones before it go."""
    before = stores.raw.names(f"{_FOLDER}/{collection}/")
    named = {path.rpartition("/")[2]: data for path, data in packs.items()}
    said = sha256(b"".join(named[name] for name in sorted(named))).hexdigest()[:12]
    folder = f"{_FOLDER}/{collection}/v{version}/{at.astimezone(UTC).strftime(_MOMENT)}-{said}"
    for name, data in named.items():
        stores.raw.put(f"{folder}/{name}", data)
    stores.raw.put(f"{folder}/{_LIST}", json.dumps(sorted(named)).encode())
    for name in before:
        if not name.startswith(f"{folder}/"):
            stores.raw.delete(name)
    return KeptPreview(collection, version, at, tuple(sorted(named)), folder)


def newest_preview(stores: Stores, collection: str) -> KeptPreview | None:
    """The preview that officers may see of a collection's next version; None where there is none."""
    lists = [name for name in stores.raw.names(f"{_FOLDER}/{collection}/") if name.endswith(f"/{_LIST}")]
    for name in sorted(lists, key=lambda each: each.split("/")[-2], reverse=True):
        *_, version, moment, _ = name.split("/")
        try:
            packs = json.loads(stores.raw.get(name))
        except NotStored:  # a newer one took its place just now
            continue
        at = datetime.strptime(moment.partition("-")[0], _MOMENT).replace(tzinfo=UTC)
        return KeptPreview(collection, int(version.removeprefix("v")), at, tuple(packs), name.rpartition("/")[0])
    return None


def previewed_pack(stores: Stores, preview: KeptPreview, name: str) -> bytes:
    """One pack of a preview. Raises `NotStored` where it has none of that name."""
    if name not in preview.packs:
        raise NotStored(f"the preview has no {name}")
    return stores.raw.get(f"{preview.folder}/{name}")


def drop_previews(stores: Stores, collection: str) -> None:
    """Let go of a collection's previews: what they showed is published now."""
    for name in stores.raw.names(f"{_FOLDER}/{collection}/"):
        stores.raw.delete(name)
