"""What was typed and not sent yet: kept in the store by the hash of its link, so that it outlives tab and portal.

A draft is shown to the browser that kept it, or behind the code: links get forwarded. It goes when what was typed is
sent, and with its link.
"""

import json
from collections.abc import Container, Iterable, Mapping
from datetime import datetime

from quarterday.adapters.links import hash_token
from quarterday.adapters.store import NotStored, Store

FOLDER = "typed"


def keep_draft(raw: Store, token: str, said: Mapping[str, str], now: datetime) -> None:
    """Keep what stands in some boxes, by their names, in place of what was kept before."""
    before = _kept(raw, token)
    name = f"{FOLDER}/{hash_token(token)}/{now:%Y%m%dT%H%M%S%f}.json"
    if name not in before:
        raw.put(name, json.dumps(dict(said)).encode())
        _delete(raw, before)


def has_draft(raw: Store, token: str) -> bool:
    """Whether anything is kept for a link."""
    return bool(_kept(raw, token))


def draft_of(raw: Store, token: str) -> dict[str, str]:
    """What was kept last for a link, by the names of the boxes; nothing where nothing is."""
    for name in reversed(_kept(raw, token)):
        try:
            return {str(box): str(said) for box, said in json.loads(raw.get(name)).items()}
        except NotStored:  # sent in another tab just now
            continue
    return {}


def delete_draft(raw: Store, token: str) -> None:
    """Delete what was kept for a link: it has been sent."""
    _delete(raw, _kept(raw, token))


def delete_drafts_without_link(raw: Store, live: Container[str]) -> int:
    """Delete the drafts whose links work no more, and say how many. `live` holds the hashes of those that do."""
    gone = drafts_without_link(raw, live)
    _delete(raw, gone)
    return len(gone)


def drafts_without_link(raw: Store, live: Container[str]) -> list[str]:
    """The drafts whose links work no more. `live` holds the hashes of those that do."""
    return [name for name in raw.names(f"{FOLDER}/") if name.split("/")[1] not in live]


def _kept(raw: Store, token: str) -> list[str]:
    return raw.names(f"{FOLDER}/{hash_token(token)}/")


def _delete(raw: Store, names: Iterable[str]) -> None:
    for name in names:
        raw.delete(name)
