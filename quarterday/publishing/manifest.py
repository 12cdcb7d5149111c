"""The manifest of a release: every file with its SHA-256. It is written last, so a folder with one is whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from quarterday.publishing.tables import ReleaseTables

NAME = "manifest.json"


@dataclass(frozen=True)
class Listed:
    """One file of a release."""

    path: str
    size: int  # bytes
    sha256: str


def manifest(tables: ReleaseTables, returns: tuple[str, ...], files: Mapping[str, bytes]) -> bytes:
    """`manifest.json` for the files of a release."""
    said = {
        "collection": tables.collection,
        "label": tables.label,
        "version": tables.version,
        "kind": tables.kind,
        "made_on": tables.made_on.isoformat(),
        "synthetic": tables.synthetic,
        "returns": list(returns),
    }
    return listing(said, files)


def listing(said: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """A manifest that says something of itself, and lists its files."""
    of_files = [
        {"path": path, "size": len(data), "sha256": sha256(data).hexdigest()} for path, data in sorted(files.items())
    ]
    return (json.dumps({**said, "files": of_files}, indent=2, ensure_ascii=False) + "\n").encode()


def listed(data: bytes) -> list[Listed]:
    """The files that a manifest lists. Raises `ValueError` where it is no manifest."""
    try:
        return [Listed(each["path"], each["size"], each["sha256"]) for each in json.loads(data)["files"]]
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as broken:
        raise ValueError("manifest.json is not a release's manifest") from broken
