"""What was backed up comes back, or the backup is refused with the reason."""

import subprocess
import sys
import tarfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quarterday.adapters.archives import BackupError
from quarterday.adapters.backups import back_up, restore
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import AlreadyStored, open_stores
from quarterday.domain.collection.pausing import restored_and_not_looked_at
from quarterday.domain.facts import FileDeleted, MessageReserved, RegisterRestored, UploadKept
from tests.adapters.register.examples import LINK, OPENED, WHO, message

AT = datetime(2025, 7, 22, 17, 0, tzinfo=UTC)


def uploaded(name: str) -> UploadKept:
    """An upload on record."""
    return UploadKept(
        request="somewhere.2025-26-q1.fire",
        upload=name,
        sha256="",
        size=3,
        suffix=".csv",
        stored_as=f"uploads/{name}",
        said_name="q1.csv",
        **WHO,
    )


@pytest.fixture
def home(tmp_path: Path) -> Settings:
    """An installation with some facts and files."""
    settings = Settings(home=tmp_path / "home")
    stores = open_stores(settings)
    stores.raw.put("uploads/u1", b"a,b")
    stores.published.put("q1/v1/observations.csv", b"c,d")
    with open_register(settings) as register:
        register.append(OPENED, LINK, uploaded("u1"))
    return settings


def test_there_and_back(home: Settings, tmp_path: Path) -> None:
    """Facts and files are in another installation as they were in the first."""
    back_up(home, tmp_path / "backup.tar.gz", AT)
    elsewhere = Settings(home=tmp_path / "elsewhere")
    backup, lacking = restore(elsewhere, tmp_path / "backup.tar.gz")

    assert ("2025-07-22T17:00:00+00:00", []) == (backup.taken_at, lacking)
    back = list(open_register(elsewhere).facts("somewhere"))
    assert list(open_register(home).facts("somewhere")) == [
        each for each in back if not isinstance(each, RegisterRestored)
    ]
    assert b"a,b" == open_stores(elsewhere).raw.get("uploads/u1")
    assert b"c,d" == open_stores(elsewhere).published.get("q1/v1/observations.csv")


def test_while_it_runs(home: Settings, tmp_path: Path) -> None:
    """A backup taken while facts are being recorded holds all that were recorded before it, and none by half."""
    writer = open_register(home)
    stop = threading.Event()

    def keep_writing() -> None:
        n = 0
        while not stop.is_set():
            writer.append(message(f"during-{n}"), message(f"too-{n}"))
            n += 1

    thread = threading.Thread(target=keep_writing)
    thread.start()
    try:
        before = len(writer.facts("somewhere").of(MessageReserved))
        back_up(home, tmp_path / "backup.tar.gz", AT)
    finally:
        stop.set()
        thread.join()
    elsewhere = Settings(home=tmp_path / "elsewhere")
    restore(elsewhere, tmp_path / "backup.tar.gz")
    keys = {each.message for each in open_register(elsewhere).facts("somewhere").of(MessageReserved)}

    assert before <= len(keys)
    assert {key.partition("-")[2] for key in keys if key.startswith("during")} == {
        key.partition("-")[2] for key in keys if key.startswith("too")
    }


def test_a_backup_is_for_us_alone_and_never_replaces_another(home: Settings, tmp_path: Path) -> None:
    """The file is readable by this user alone; a name that is taken is refused."""
    archive = tmp_path / "backup.tar.gz"
    back_up(home, archive, AT)

    assert 0o600 == archive.stat().st_mode & 0o777
    with pytest.raises(BackupError, match="is there already"):
        back_up(home, archive, AT)


def test_an_installation_in_use_is_not_written_over(home: Settings, tmp_path: Path) -> None:
    """A register that is there stays, and so do files with other bytes."""
    archive = tmp_path / "backup.tar.gz"
    back_up(home, archive, AT)
    with pytest.raises(BackupError, match="Move it away first"):
        restore(home, archive)

    elsewhere = Settings(home=tmp_path / "elsewhere")
    open_stores(elsewhere).raw.put("uploads/u1", b"other")
    with pytest.raises(AlreadyStored):
        restore(elsewhere, archive)


def test_a_restore_cut_short_is_taken_up_again(home: Settings, tmp_path: Path) -> None:
    """Files put back before the power failed are no obstacle to putting all back."""
    archive = tmp_path / "backup.tar.gz"
    back_up(home, archive, AT)
    elsewhere = Settings(home=tmp_path / "elsewhere")
    open_stores(elsewhere).raw.put("uploads/u1", b"a,b")

    assert [] == restore(elsewhere, archive)[1]
    with pytest.raises(BackupError, match="This very backup is back already"):  # whoever was killed at the very end
        restore(elsewhere, archive)


KILLED_BETWEEN = """
import sys, time
from pathlib import Path
from quarterday.adapters import backups
from quarterday.adapters.settings import Settings
backups.missing_files = lambda settings: (print("register is in its place", flush=True), time.sleep(60))
backups.restore(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]))
"""


def test_a_restore_killed_once_the_register_is_back_keeps_runs_waiting(home: Settings, tmp_path: Path) -> None:
    """The word that it was restored comes with it: no run finds a register that was put back and does not say so."""
    archive, place = tmp_path / "backup.tar.gz", tmp_path / "elsewhere"
    back_up(home, archive, AT)
    restoring = subprocess.Popen(
        [sys.executable, "-c", KILLED_BETWEEN, str(place), str(archive)], stdout=subprocess.PIPE, text=True
    )
    assert restoring.stdout and "register is in its place\n" == restoring.stdout.readline()
    restoring.kill()
    restoring.wait()
    facts = open_register(Settings(home=place)).facts("somewhere")

    assert [AT.isoformat()] == [each.taken_at for each in facts.of(RegisterRestored)]
    assert restored_and_not_looked_at(facts)


def test_a_restore_killed_before_leaves_no_register_and_is_taken_up_again(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever moment it dies at, what is in its place is whole, and says once that it was restored."""
    archive, elsewhere = tmp_path / "backup.tar.gz", Settings(home=tmp_path / "elsewhere")
    back_up(home, archive, AT)
    with monkeypatch.context() as dies:
        dies.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            restore(elsewhere, archive)
    assert not (elsewhere.home / "register.db").exists()

    restore(elsewhere, archive)
    assert 1 == len(open_register(elsewhere).facts("somewhere").of(RegisterRestored))


@pytest.mark.parametrize("keep", [0, 40, 300])
def test_a_backup_cut_short_is_refused(home: Settings, tmp_path: Path, keep: int) -> None:
    """Half a backup is told to be one, and nothing of it becomes a register."""
    whole, half = tmp_path / "backup.tar.gz", tmp_path / "half.tar.gz"
    back_up(home, whole, AT)
    half.write_bytes(whole.read_bytes()[:keep])
    elsewhere = Settings(home=tmp_path / "elsewhere")
    with pytest.raises(BackupError, match="Take an earlier one"):
        restore(elsewhere, half)

    assert not (tmp_path / "elsewhere" / "register.db").exists()


@pytest.mark.parametrize("place", range(20, 800, 60))
def test_a_bit_that_fell_over(home: Settings, tmp_path: Path, place: int) -> None:
    """A backup damaged anywhere is refused with a sentence, or was not damaged where it matters."""
    archive = tmp_path / "backup.tar.gz"
    back_up(home, archive, AT)
    data = bytearray(archive.read_bytes())
    data[place] ^= 0xFF
    archive.write_bytes(data)
    with pytest.raises(BackupError):
        restore(Settings(home=tmp_path / "elsewhere"), archive)


def test_a_backup_that_was_changed_is_refused(home: Settings, tmp_path: Path) -> None:
    """Bytes that are not those backed up are told, by name."""
    whole, changed = tmp_path / "backup.tar.gz", tmp_path / "changed.tar.gz"
    back_up(home, whole, AT)
    with tarfile.open(whole) as source, tarfile.open(changed, "w:gz") as target:
        for entry in source.getmembers():
            file = source.extractfile(entry)
            assert file
            if entry.name == "raw/uploads/u1":
                (tmp_path / "x").write_bytes(b"a,X")
                target.add(tmp_path / "x", "raw/uploads/u1")
            else:
                target.addfile(entry, file)
    with pytest.raises(BackupError, match="raw/uploads/u1"):
        restore(Settings(home=tmp_path / "elsewhere"), changed)


def test_no_such_file(tmp_path: Path) -> None:
    """A backup that is not there is told so."""
    with pytest.raises(BackupError, match="There is no file"):
        restore(Settings(home=tmp_path), tmp_path / "missing.tar.gz")


def test_uploads_that_a_backup_lacks_are_told(home: Settings, tmp_path: Path) -> None:
    """A file on record that is nowhere is told; one that the retention rule removed is not."""
    with open_register(home) as register:
        register.append(uploaded("lost"), uploaded("old"), FileDeleted(stored_as="uploads/old", sha256="", **WHO))
    back_up(home, tmp_path / "backup.tar.gz", AT)

    assert ["raw/uploads/lost"] == restore(Settings(home=tmp_path / "elsewhere"), tmp_path / "backup.tar.gz")[1]


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    """With the register in PostgreSQL the message gives the command, without the password; files are backed up."""
    settings = Settings(home=tmp_path, database_url="postgresql://us:secret@db/quarterday")
    open_stores(settings).raw.put("u1", b"abc")
    with pytest.raises(BackupError, match="pg_dump") as refused:
        back_up(settings, tmp_path / "backup.tar.gz", AT)

    assert "secret" not in str(refused.value)
    assert 1 == len(back_up(settings, tmp_path / "backup.tar.gz", AT, files_only=True).files)
    assert [] == restore(settings, tmp_path / "backup.tar.gz")[1]
