"""Drafts: the packs of a release that is not made yet, kept for officers' eyes as long as their links work.

They lie with what partners send, which nobody but us reads, and not with what is published.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from quarterday.adapters.store import Store

_FOLDER, _MOMENT = "drafts", "%Y%m%dT%H%M%S"


def keep_draft(raw: Store, collection: str, version: int, at: datetime, packs: Mapping[str, bytes]) -> str:
    """Keep a draft's packs; returns the folder in which they lie, to be told to whoever may look."""
    folder = f"{_FOLDER}/{at.astimezone(UTC).strftime(_MOMENT)}/{collection}/v{version}"
    for name, data in packs.items():
        raw.put(f"{folder}/{name.rpartition('/')[2]}", data)
    return folder


def result_name(collection: str, version: int, at: datetime) -> str:
    """Where it is kept what came of a preview that was asked for at a moment: beside its packs, and none of them."""
    return f"{_FOLDER}/{at.astimezone(UTC).strftime(_MOMENT)}/{collection}/v{version}-preview.json"


def newest_draft(raw: Store, collection: str, version: int) -> str:
    """The folder of the draft of a version that was made last; empty where none is kept."""
    end = f"/{collection}/v{version}/"
    folders = (name.rpartition("/")[0] for name in raw.names(f"{_FOLDER}/") if end in name)
    return max(folders, default="")


def draft_names(raw: Store, folder: str) -> list[str]:
    """The packs of a draft, without their folder; none once they are deleted."""
    return [each.rpartition("/")[2] for each in raw.names(f"{folder}/")]


def delete_drafts(raw: Store, before: datetime) -> int:
    """Delete the drafts made before a moment: their links have ended. Returns how many files they were."""
    old = drafts_made_before(raw, before)
    for name in old:
        raw.delete(name)
    return len(old)


def drafts_made_before(raw: Store, moment: datetime) -> list[str]:
    """The files of drafts made before a moment."""
    limit = moment.astimezone(UTC).strftime(_MOMENT)
    return [each for each in raw.names(f"{_FOLDER}/") if each.split("/")[1] < limit]


def draft_version(folder: str) -> str:
    """The version that a draft's folder is of: `2`."""
    return folder.rpartition("/v")[2]
