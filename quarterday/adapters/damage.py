"""Whether files are still what the register says they are: it knows the SHA-256 of each, so damage cannot hide.

What the disk spoiled is found by housekeeping (a share an hour), by `quarterday doctor --deep` (everything), and by a
backup, which refuses to archive damaged bytes as if they were the file.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from quarterday.adapters.kept_returns import mark_in
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Damaged, NotStored, Store, Stores, open_stores
from quarterday.domain.facts import (
    EmailKept,
    Facts,
    FiguresBackfilled,
    FileDeleted,
    ReferenceFiguresBroughtIn,
    ReleaseMade,
    UploadKept,
    VerdictGiven,
    YearlyReviewMade,
)

SHARES = 7 * 24  # one an hour: each file is looked at once a week


class DamageFoundError(Exception):
    """Files are not what they were; the message names them and says what to do."""


@dataclass(frozen=True)
class NamedFile:
    """A file that the register names: in which store, and how its SHA-256 begins."""

    store: str  # raw or published
    name: str
    begins: str


def named_files(facts: Facts) -> Iterator[NamedFile]:
    """Every file that facts name and retention has not deleted; of a release its manifest, which names the rest."""
    deleted = {each.stored_as for each in facts.of(FileDeleted)}
    for kept in facts.of(UploadKept):
        if kept.stored_as not in deleted:
            yield NamedFile("raw", kept.stored_as, kept.sha256)
    for words in facts.of(EmailKept):
        if words.stored_as not in deleted:
            yield NamedFile("raw", words.stored_as, words.sha256)
    for brought in facts.of(FiguresBackfilled):
        yield NamedFile("raw", brought.stored_as, brought.sha256)
    for table in facts.of(ReferenceFiguresBroughtIn):
        yield NamedFile("raw", table.stored_as, table.sha256)
    for given in facts.of(VerdictGiven):
        for name in filter(None, (given.findings_stored_as, given.rows_stored_as)):
            yield NamedFile("raw", name, mark_in(name))
    for made in facts.of(ReleaseMade):
        yield NamedFile("published", f"{made.folder}/manifest.json", made.manifest_sha256)
    for review in facts.of(YearlyReviewMade):
        yield NamedFile("published", f"{review.folder}/manifest.json", review.manifest_sha256)


def damage(stores: Stores, facts: Facts, share: int | None = None) -> Iterator[str]:
    """What is missing or not what it was, a sentence each; of one share of the files, or of all."""
    for known in sorted(set(named_files(facts)), key=lambda each: (each.store, each.name)):
        if share is None or _share_of(known.name) == share:
            yield from _of_one(stores, known)


def missing_files(settings: Settings) -> set[str]:
    """The names, as backups have them, of what is on record and not in the store; none where there is no register."""
    if not is_there(settings.register_url):
        return set()
    stores = open_stores(settings)
    with existing_register(settings) as register:
        return {each for code in register.partnerships() for each in _missing(stores, register.facts(code))}


def _missing(stores: Stores, facts: Facts) -> set[str]:
    there = {f"raw/{each}" for each in stores.raw.names()} | {f"published/{each}" for each in stores.published.names()}
    named = {f"{each.store}/{each.name}" for each in named_files(facts)}
    for listing in (each for each in named & there if each.startswith("published/")):
        named |= {f"published/{each}" for each in _listed_in(stores.published, listing.removeprefix("published/"))}
    return named - there


def _listed_in(store: Store, listing: str) -> list[str]:
    try:
        listed = json.loads(store.get(listing))["files"]
    except (ValueError, KeyError, NotStored, Damaged):
        return []  # told as damage
    return [f"{listing.rpartition('/')[0]}/{each['path']}" for each in listed]


def share_of_the_hour(now: datetime) -> int:
    """Which share is looked at now."""
    return int(now.timestamp() // 3600) % SHARES


def look_at_share(stores: Stores, facts: Facts, now: datetime) -> None:
    """Look at the hour's share of the files. Raises `DamageFoundError`."""
    if found := list(damage(stores, facts, share_of_the_hour(now))):
        raise DamageFoundError(
            f"{len(found)} file(s) are not what was kept: {' '.join(found[:5])} "
            "Restore a backup made before into another folder, put them back from there, and look after the disk."
        )


def _of_one(stores: Stores, known: NamedFile) -> Iterator[str]:
    store: Store = stores.raw if known.store == "raw" else stores.published
    try:
        data = store.get(known.name)
    except NotStored:
        yield f"{known.name} is missing."
        return
    except Damaged as problem:
        yield str(problem)
        return
    if not sha256(data).hexdigest().startswith(known.begins):
        yield f"{known.name} has other bytes than were kept."
    elif known.store == "published":
        yield from _of_release(store, known.name.rpartition("/")[0], data)


def _of_release(store: Store, folder: str, listing: bytes) -> Iterator[str]:
    for each in json.loads(listing)["files"]:
        name = f"{folder}/{each['path']}"
        try:
            data = store.get(name)
        except (NotStored, Damaged):
            yield f"{name} is missing."
            continue
        if sha256(data).hexdigest() != each["sha256"]:
            yield f"{name} has other bytes than were published."


def _share_of(name: str) -> int:
    return int(sha256(name.encode()).hexdigest()[:8], 16) % SHARES
