"""What a store promises, kept by a folder and by a bucket alike."""

import hashlib
import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from quarterday.adapters.settings import Settings
from quarterday.adapters.store import (
    AlreadyStored,
    BadNameError,
    Damaged,
    NotStored,
    StoredFile,
    Stores,
    StoreUnavailableError,
    open_stores,
)
from quarterday.adapters.store.files import FilesStore

SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_put_is_got(stores: Stores) -> None:
    """Bytes come back as they were, with their SHA-256 and size told."""
    stored = stores.raw.put("somewhere/2025-26-q1/fire/u1.xlsx", b"abc")

    assert StoredFile("somewhere/2025-26-q1/fire/u1.xlsx", SHA256_OF_ABC, 3) == stored
    assert b"abc" == stores.raw.get(stored.name, stored.sha256)


def test_an_empty_file_is_a_file(stores: Stores) -> None:
    """No bytes at all are kept as faithfully as many."""
    stores.raw.put("empty", b"")

    assert b"" == stores.raw.get("empty", hashlib.sha256(b"").hexdigest())


def test_raw_and_published_are_apart(stores: Stores) -> None:
    """What a partner sent is never found among what is published."""
    stores.raw.put("u1", b"abc")

    assert not stores.published.exists("u1")
    assert [] == stores.published.names()


def test_putting_the_same_again_is_harmless(stores: Stores) -> None:
    """A run that was cut short may write its files again."""
    first = stores.published.put("q1/v1/observations.csv", b"abc")

    assert first == stores.published.put("q1/v1/observations.csv", b"abc")
    assert ["q1/v1/observations.csv"] == stores.published.names()


def test_other_bytes_never_replace_what_is_there(stores: Stores) -> None:
    """A name that is taken stays as it is."""
    stores.published.put("q1/v1/observations.csv", b"abc")
    with pytest.raises(AlreadyStored, match="already holds other bytes"):
        stores.published.put("q1/v1/observations.csv", b"abd")

    assert b"abc" == stores.published.get("q1/v1/observations.csv")


def test_what_is_not_there(stores: Stores) -> None:
    """A name under which nothing lies is told so."""
    assert not stores.raw.exists("nothing/here")
    with pytest.raises(NotStored, match="nothing/here"):
        stores.raw.get("nothing/here")


def test_what_is_not_what_it_was(stores: Stores) -> None:
    """Bytes that lack the expected SHA-256 are never handed out."""
    stores.raw.put("u1", b"abc")
    with pytest.raises(Damaged, match="u1"):
        stores.raw.get("u1", "0" * 64)


def test_what_cannot_be_read_is_damaged_too(tmp_path: Path) -> None:
    """A file that its disk gives back no more, or that leads nowhere, stops only what needs it."""
    store = FilesStore(tmp_path)
    store.put("u1", b"abc")
    (tmp_path / "u1").unlink()
    (tmp_path / "u1").symlink_to("u1")
    with pytest.raises(Damaged, match="u1 cannot be read"):
        store.get("u1")


def test_names_by_prefix(stores: Stores) -> None:
    """Names are listed in order, by a prefix that need not be a folder."""
    for name in ("a/2", "a/1", "ab/1", "b"):
        stores.raw.put(name, b"")

    assert ["a/1", "a/2", "ab/1", "b"] == stores.raw.names()
    assert ["a/1", "a/2"] == stores.raw.names("a/")
    assert ["a/1", "a/2", "ab/1"] == stores.raw.names("a")
    assert [] == stores.raw.names("../")


def test_deleting(stores: Stores) -> None:
    """The retention rule removes a file; doing so twice is harmless, and its name is free again."""
    stores.raw.put("u1", b"abc")
    stores.raw.delete("u1")
    stores.raw.delete("u1")

    assert not stores.raw.exists("u1")
    assert 3 == stores.raw.put("u1", b"new").size


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../secret", "a/../../b", "a//b", "a/", ".hidden", "a/.b", "a\\b", "a b", "a\x00b", "x" * 300],
)
def test_names_that_no_file_may_have(stores: Stores, name: str) -> None:
    """A name never leads out of its store, whoever chose it."""
    for ask in (stores.raw.get, stores.raw.exists, stores.raw.delete):
        with pytest.raises(BadNameError):
            ask(name)
    with pytest.raises(BadNameError, match="letters, digits"):
        stores.raw.put(name, b"")


def test_racing_for_one_name(stores: Stores) -> None:
    """Of several writers of other bytes under one name one wins, and each loser is told."""
    outcomes: list[bytes | None] = []

    def put(data: bytes) -> None:
        try:
            stores.published.put("q1/v1/manifest.json", data)
            outcomes.append(data)
        except AlreadyStored:
            outcomes.append(None)

    writers = [threading.Thread(target=put, args=(bytes([n]) * 1000,)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert [stores.published.get("q1/v1/manifest.json")] == [each for each in outcomes if each is not None]


def test_half_written_files_have_no_name(tmp_path: Path) -> None:
    """What a killed process left half written is not among the names."""
    store = open_stores(Settings(home=tmp_path)).raw
    store.put("a/whole", b"abc")
    (tmp_path / "store" / "raw" / "a" / ".1234.partial").write_bytes(b"ab")

    assert ["a/whole"] == store.names()


def test_a_file_is_for_us_alone(tmp_path: Path) -> None:
    """What partners send is readable by nobody else on the machine."""
    store = open_stores(Settings(home=tmp_path)).raw
    store.put("a/u1", b"abc")
    place = tmp_path / "store" / "raw" / "a" / "u1"

    assert b"abc" == place.read_bytes()
    assert 0o600 == place.stat().st_mode & 0o777


def test_one_bucket_is_not_enough(tmp_path: Path) -> None:
    """Raw and published files never share a bucket."""
    for raw, published in (("", ""), ("one", ""), ("one", "one")):
        with pytest.raises(StoreUnavailableError, match="Name two buckets"):
            open_stores(Settings(home=tmp_path, store="s3", s3_raw_bucket=raw, s3_published_bucket=published))


def test_what_an_interrupted_write_left_is_swept(tmp_path: Path) -> None:
    """A writer that was killed leaves half a file under no name; it goes after a day, and nothing else does."""
    stores = open_stores(Settings(home=tmp_path, _env_file=None))
    stores.raw.put("somewhere/u1.xlsx", b"whole")
    folder = tmp_path / "store" / "raw" / "somewhere"
    (folder / ".0a1b.partial").write_bytes(b"half")
    (folder / ".2c3d.partial").write_bytes(b"being written")
    yesterday = time.time() - timedelta(hours=25).total_seconds()
    for name in (".0a1b.partial", "u1.xlsx"):
        os.utime(folder / name, (yesterday, yesterday))

    assert 1 == stores.raw.sweep(timedelta(days=1))
    assert {"u1.xlsx", ".2c3d.partial"} == {each.name for each in folder.iterdir()}
    assert 0 == stores.raw.sweep(timedelta(days=1))
