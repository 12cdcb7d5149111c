"""Encrypted backups: whoever holds an identity opens them, nobody else does, and nothing is put back by halves."""

import shutil
import stat
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import x25519

from quarterday.adapters import backups, sealing
from quarterday.adapters.archives import BackupError, SealedError, read_contents
from quarterday.adapters.backups import back_up, restore
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from tests.adapters.register.examples import OPENED

AT = datetime(2025, 7, 22, 17, 0, tzinfo=UTC)
OURS, SECOND, STRANGERS = (x25519.Identity.generate() for _ in range(3))
SECRET = b"what a partner sent, word for word"


def key_file(folder: Path, *identities: x25519.Identity) -> Path:
    """A file as `age-keygen` writes it."""
    file = folder / f"key-{len(list(folder.iterdir()))}.txt"
    file.write_text("".join(f"# created: today\n# public key: {each.to_public()}\n{each}\n" for each in identities))
    return file


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """An installation whose backups two people can open."""
    there = Settings(home=tmp_path / "home", backups_for=f"{OURS.to_public()} {SECOND.to_public()}")
    open_stores(there).raw.put("uploads/u1", SECRET)
    with open_register(there) as register:
        register.append(OPENED)
    return there


@pytest.fixture
def archive(home: Settings, tmp_path: Path) -> Path:
    """An encrypted backup of it."""
    (tmp_path / "safe").mkdir()
    made = tmp_path / "safe" / "b.tar.gz.age"
    back_up(home, made, AT)
    return made


@pytest.mark.parametrize("identity", [OURS, SECOND])
def test_each_identity_opens_it(archive: Path, tmp_path: Path, identity: x25519.Identity) -> None:
    """Facts and files are back, by the key of either, with another's in the same file before it."""
    elsewhere = Settings(home=tmp_path / "elsewhere")
    backup, lacking = restore(elsewhere, archive, key_file(tmp_path, STRANGERS, identity))

    assert ("2025-07-22T17:00:00+00:00", []) == (backup.taken_at, lacking)
    assert SECRET == open_stores(elsewhere).raw.get("uploads/u1")
    assert [] == [each.name for each in tmp_path.joinpath("elsewhere").iterdir() if each.name.startswith("tmp")]


def test_nothing_in_the_clear_reaches_the_folder(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at after every file that is added: no copy of the register is there, and no bytes but age's."""
    folder, seen = tmp_path / "safe", list[bytes]()
    folder.mkdir()
    add = backups.add

    def watched(*what):
        added = add(*what)
        seen.extend(each.read_bytes() for each in folder.rglob("*") if each.is_file())
        return added

    monkeypatch.setattr(backups, "add", watched)
    back_up(home, folder / "b.tar.gz.age", AT)
    (made,) = folder.iterdir()

    assert 3 == len(seen)
    assert not any(seen_part and not seen_part.startswith(b"age-encryption.org/v1") for seen_part in seen)
    assert made.read_bytes().startswith(b"age-encryption.org/v1")
    assert 0o600 == stat.S_IMODE(made.stat().st_mode)
    assert not list(home.home.glob(".quarterday-backup-*"))


def test_names_tell_whether_it_is_encrypted(home: Settings, tmp_path: Path) -> None:
    """A name that says otherwise than it is would be believed, so it is refused."""
    with pytest.raises(BackupError, match=r"let its name end in \.age"):
        back_up(home, tmp_path / "b.tar.gz", AT)
    with pytest.raises(BackupError, match="would not be encrypted"):
        back_up(Settings(home=home.home), tmp_path / "b.tar.gz.age", AT)
    assert ["home"] == [each.name for each in tmp_path.iterdir()]


def test_a_key_as_it_comes_back_from_elsewhere(archive: Path, tmp_path: Path) -> None:
    """Out of a password store, by way of Windows: a mark at the start, other ends of lines, words around it."""
    key = tmp_path / "key.txt"
    key.write_bytes(f"\ufeffKey of the backups, Jo\r\n\r\n  {OURS}\r\n".encode())

    assert [] == restore(Settings(home=tmp_path / "elsewhere"), archive, key)[1]


def said_of(archive: Path, key: Path | None, home: Path) -> str:
    """Why a backup is not put back, and that nothing was."""
    with pytest.raises(BackupError) as refused:
        restore(Settings(home=home), archive, key)
    assert not home.exists()
    return str(refused.value)


def test_what_does_not_open_it_is_told(archive: Path, tmp_path: Path) -> None:
    """No key, another's, none at all, a public one, an encrypted one, and a key for what is not encrypted."""
    elsewhere, words = tmp_path / "elsewhere", tmp_path / "words.txt"
    plain = tmp_path / "b.tar.gz"
    back_up(Settings(home=tmp_path / "home"), plain, AT)
    ours = key_file(tmp_path, OURS)

    assert "is encrypted. Open it with its key" in said_of(archive, None, elsewhere)
    assert "it was encrypted for another" in said_of(archive, key_file(tmp_path, STRANGERS), elsewhere)
    assert "There is no file" in said_of(archive, tmp_path / "missing.txt", elsewhere)
    assert "cannot be read (Is a directory)" in said_of(archive, tmp_path, elsewhere)
    for held, sentence in (
        ("", "Give the file that `age-keygen` wrote"),
        ("a word\n", "Give the file that `age-keygen` wrote"),
        (f"{OURS.to_public()}\n", "It holds a public key"),
        (f"{OURS}\n"[:-4], "is not whole: copy it again"),
        ("age-encryption.org/v1\n-> scrypt\n", "It is itself encrypted"),
    ):
        words.write_text(held)
        assert sentence in said_of(archive, words, elsewhere)
    assert "is not encrypted" in said_of(plain, ours, elsewhere)
    with pytest.raises(SealedError):
        read_contents(archive)


@pytest.mark.parametrize("keep", [25, 100, 300, 1000, -1])
def test_one_that_was_cut_short(archive: Path, tmp_path: Path, keep: int) -> None:
    """It is refused before anything of it is put back."""
    archive.write_bytes(archive.read_bytes()[:keep])

    assert "it was cut short or changed" in said_of(archive, key_file(tmp_path, OURS), tmp_path / "elsewhere")


@pytest.mark.parametrize("place", [30, 150, 400, 900, -1])
def test_one_that_was_changed(archive: Path, tmp_path: Path, place: int) -> None:
    """A byte is another anywhere, and nothing of it is believed."""
    data = bytearray(archive.read_bytes())
    data[place] ^= 1
    archive.write_bytes(data)

    assert "Nothing" in (told := said_of(archive, key_file(tmp_path, OURS), tmp_path / "elsewhere")) or "Take" in told


@given(pieces=st.lists(st.binary(max_size=200_000), max_size=5), damage=st.integers(0, 2**30))
@settings(max_examples=30, deadline=None)
def test_whatever_is_written_comes_back_or_is_refused(pieces, damage, tmp_path_factory) -> None:
    """In pieces of any size; cut anywhere, or with any bit of it turned over, never other bytes."""
    folder = tmp_path_factory.mktemp("sealed")
    file, key = folder / "f.age", key_file(folder, OURS)
    with sealing.sealing(file, [OURS.to_public()]) as out:
        for piece in pieces:
            out.write(piece)
    with sealing.unsealed(file, key, folder) as back:
        assert b"".join(pieces) == back.read()
    whole = file.read_bytes()
    place = damage % len(whole)
    head = whole.rindex(b"---", 0, 400) + 60  # where the header ends, and pieces of 64 KiB and a tag begin
    for spoiled in (
        whole[:place],
        whole[: head + (len(whole) - head) // 65_552 * 65_552],
        whole[:place] + bytes([whole[place] ^ 1 << damage % 8]) + whole[place + 1 :],
        whole + b"x",
    ):
        file.write_bytes(spoiled)
        with pytest.raises(sealing.SealError):
            sealing.unsealed(file, key, folder)


def test_a_disk_that_is_full_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stops the writing is told, there and back: not that a pipe broke, nor that the file is damaged."""
    file, key, opens = tmp_path / "f.age", key_file(tmp_path, OURS), Path.open
    with sealing.sealing(file, [OURS.to_public()]) as out:
        out.write(bytes(300_000))

    monkeypatch.setattr(sealing.tempfile, "TemporaryFile", lambda dir: opens(Path("/dev/full"), "wb"))
    with pytest.raises(OSError, match="No space left"):
        sealing.unsealed(file, key, tmp_path)

    monkeypatch.setattr(Path, "open", lambda *_: opens(Path("/dev/full"), "wb", buffering=0))
    with pytest.raises(OSError, match="No space left"), sealing.sealing(file, [OURS.to_public()]) as out:
        for _ in range(100):
            out.write(bytes(100_000))


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed: `apt install age`")
def test_the_tool_of_that_name_opens_it(archive: Path, tmp_path: Path) -> None:
    """Without quarterday, by age and tar alone; and what age encrypted, armoured or not, is opened here."""
    key = key_file(tmp_path, SECOND)
    clear = subprocess.run(["age", "--decrypt", "-i", key, archive], capture_output=True, check=True).stdout
    listed = subprocess.run(["tar", "-tz"], input=clear, capture_output=True, check=True).stdout
    for number, more in enumerate(([], ["--armor"])):
        theirs = tmp_path / f"theirs-{number}.age"
        command = ["age", *more, "-r", str(SECOND.to_public()), "-o", theirs]
        subprocess.run(command, input=clear, check=True)
        restore(Settings(home=tmp_path / f"by-{number}"), theirs, key)

    assert ["register.db", "raw/uploads/u1", "contents.json"] == listed.decode().split()
