"""Backups: register and store in one archive, taken while quarterday runs, and put back into an empty installation.

The register is copied first and the files after it. Since a file is always stored before the fact that names it, every
file that the copied register knows is in the archive, whatever arrives meanwhile. The list of contents, with each
file's SHA-256, is written last: an archive without it was cut short.

Where the settings name keys, only what is encrypted for them reaches the folder of the archive.
"""

import json
import logging
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from quarterday.adapters import clock
from quarterday.adapters.archives import (
    CONTENTS,
    REGISTER,
    Backup,
    BackupError,
    Head,
    add,
    checked,
    contents_of,
    new_archive,
    opened,
    refuse_name,
)
from quarterday.adapters.damage import missing_files, named_files
from quarterday.adapters.disk import move_durably
from quarterday.adapters.register import RegisterNotReadyError, existing_register, open_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.register.heads import last_head, what_does_not_hold
from quarterday.adapters.register.tables import TABLES
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import NotStored, Store, open_stores
from quarterday.adapters.store.contract import sha256_of
from quarterday.domain.facts import RegisterRestored

_LOG = logging.getLogger(__name__)

_ASIDE = ".quarterday-backup-"
_LEFT_OVER = 24 * 3600  # seconds: no backup takes so long, so whoever made it was killed


def back_up(settings: Settings, archive: Path, at: datetime, *, files_only: bool = False) -> Backup:
    """Write register and store to a new archive, readable by this user alone. Raises `BackupError`."""
    if archive.exists():
        raise BackupError(f"{archive} is there already. Name another file: a backup never replaces a backup.")
    if not files_only:
        _refuse_postgresql(settings)
    refuse_name(settings, archive)
    folder = archive.resolve().parent
    if not folder.is_dir():
        raise BackupError(f"There is no folder {folder}. Make it first.")
    _sweep(folder)
    with tempfile.TemporaryDirectory(dir=folder, prefix=_ASIDE) as aside:
        written = Path(aside) / "archive"
        with new_archive(settings, written) as out, tarfile.open(fileobj=out, mode="w|gz") as tar:
            backup = _write(settings, tar, at, files_only=files_only)
        written.chmod(0o600)
        move_durably(written, archive)
    return backup


def restore(settings: Settings, archive: Path, key: Path | None = None) -> tuple[Backup, list[str]]:
    """Put an archive back into an installation that has no register yet. Run again, it takes up where it was cut short.

    With the register comes the word that it was put back, so that nothing goes out before an officer has looked. An
    encrypted one is opened with the identities in the file `key`, and is checked whole before anything is put back.
    Returns what it held, and the files on record that it lacked. Raises `BackupError`, and the store's
    `AlreadyStored` where other files lie in the way.
    """
    with opened(archive, key, _nearest_folder(settings.home)) as tar:
        backup = contents_of(tar, archive)
        if backup.has_register:
            _refuse_postgresql(settings)
            if is_there(settings.register_url):
                raise BackupError(_there_already(settings, backup))
        else:
            _stop_register_beside(settings, backup)
        stores = _stores(settings)
        for each in backup.files:
            place, _, name = each.name.partition("/")
            if each.name != REGISTER:
                stores[place].put(name, checked(tar, each))
        registers = [each for each in backup.files if each.name == REGISTER]
        for each in registers:  # last: with it the installation is whole
            _put_register_back(settings, checked(tar, each), backup)
    return backup, sorted(missing_files(settings)) if backup.has_register else []


def _there_already(settings: Settings, backup: Backup) -> str:
    """Why nothing is put back where a register is: whoever was cut short after the last step reads that it is done."""
    table = TABLES[RegisterRestored].name
    try:
        with closing(sqlite3.connect(f"file:{quote(_database(settings))}?mode=ro", uri=True)) as register:
            found = register.execute(f"SELECT 1 FROM {table} WHERE taken_at = ?", [backup.taken_at]).fetchone()  # noqa: S608
    except sqlite3.Error:
        found = None  # another version's, or no register
    if found:
        return (
            f"This very backup is back already: {_database(settings)} was put back from it, and nothing was changed "
            "now. Go on as docs/how-to/back-up-and-restore.md says; to put it back anew, move that file away first."
        )
    return f"There is a register at {_database(settings)} already. Move it away first."


def _write(settings: Settings, tar: tarfile.TarFile, at: datetime, *, files_only: bool) -> Backup:
    files = [] if files_only else [add(tar, REGISTER, _copy_of_register(settings), at)]
    expected = _expected(settings)
    for place, store in _stores(settings).items():
        for name, data in _everything(store):
            _refuse_damaged(expected, f"{place}/{name}", data)
            files.append(add(tar, f"{place}/{name}", data, at))
    backup = Backup(at.isoformat(), tuple(files), _heads(settings))
    add(tar, CONTENTS, json.dumps(asdict(backup), indent=1).encode(), at)
    return backup


def _sweep(folder: Path) -> None:
    """Take away what a backup left that was killed: a copy of the register among it."""
    for each in folder.glob(f"{_ASIDE}*"):
        if each.is_dir() and each.stat().st_mtime < time.time() - _LEFT_OVER:
            shutil.rmtree(each, ignore_errors=True)


def _nearest_folder(home: Path) -> Path:
    """The home, or the folder above it that is there: what is opened for a restore lies where it will be put."""
    place = home.resolve()
    return next(each for each in (place, *place.parents) if each.is_dir())


def _refuse_postgresql(settings: Settings) -> None:
    url = make_url(settings.register_url)
    if url.get_backend_name() != "sqlite":
        shown = url.set(drivername="postgresql", password=None).render_as_string()
        raise BackupError(
            "The register is in PostgreSQL, which has its own tools. First "
            f"`pg_dump --format=custom --file=register.dump '{shown}'`, then `quarterday backup --files-only FILE`; "
            "to go back, pg_restore first and `quarterday restore FILE` after it."
        )


def _database(settings: Settings) -> str:
    return make_url(settings.register_url).database or ""


def _stores(settings: Settings) -> dict[str, Store]:
    stores = open_stores(settings)
    return {"raw": stores.raw, "published": stores.published}


def _everything(store: Store) -> Iterator[tuple[str, bytes]]:
    for name in store.names():
        try:
            yield name, store.get(name)
        except NotStored:  # the retention rule was quicker
            continue


def _expected(settings: Settings) -> dict[str, str]:
    """How the SHA-256 of each file begins that the register names, by its place and name.

    Of a register that cannot be reached nothing is known: its files are backed up all the same, and the log says so.
    """
    try:
        with open_register(settings) as register:
            facts = [register.facts(partnership) for partnership in register.partnerships()]
    except OperationalError:
        _LOG.warning("The register could not be read, so the files of this backup were not held to their SHA-256.")
        return {}
    return {f"{known.store}/{known.name}": known.begins for each in facts for known in named_files(each)}


def _heads(settings: Settings) -> dict[str, Head]:
    """The last head of each partnership; none of a register that cannot be reached."""
    try:
        with open_register(settings) as register, register.snapshot() as connection:
            found = {each: last_head(connection, each) for each in register.partnerships()}
    except OperationalError:
        return {}
    return {code: Head(head.number, head.head) for code, head in found.items() if head}


def _refuse_damaged(expected: dict[str, str], name: str, data: bytes) -> None:
    """Damaged bytes are not archived as if they were the file: an earlier backup still holds it whole."""
    if name in expected and not sha256_of(data).startswith(expected[name]):
        raise BackupError(
            f"{name} is not what was kept: its SHA-256 differs from the register's. Put it back from an earlier "
            "backup, look after the disk, then back up again. No archive was written."
        )


def _copy_of_register(settings: Settings) -> bytes:
    """The register as one file, copied beside itself: unencrypted it comes nowhere else."""
    try:
        existing_register(settings).close()  # brought to this version
    except RegisterNotReadyError as problem:
        raise BackupError(str(problem)) from problem
    database = Path(_database(settings))
    _sweep(database.parent)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=_ASIDE) as aside:
        copy = Path(aside) / REGISTER
        with closing(sqlite3.connect(database, timeout=30)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        _check_register(copy)
        return copy.read_bytes()


def _check_register(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check").fetchone()
            connection.execute("PRAGMA journal_mode=DELETE")  # so that one file is all of it
    except sqlite3.DatabaseError as problem:
        said = str(problem)
    if said != "ok":
        raise BackupError(f"The copy of the register is damaged: {said}. Look after the disk, then restore a backup.")


def _put_register_back(settings: Settings, data: bytes, backup: Backup) -> None:
    """Put the register in its place, with the word that it was restored in it already: no run finds it without."""
    database = Path(_database(settings))
    database.parent.mkdir(parents=True, exist_ok=True)
    aside = database.with_name(f".{database.name}.restoring")
    for file in (aside, database):
        for left in ("-wal", "-shm"):  # of a restore that was cut short, of a register that was moved away without them
            Path(f"{file}{left}").unlink(missing_ok=True)
    aside.write_bytes(data)
    aside.chmod(0o600)
    _check_register(aside)
    _record_restored(settings.model_copy(update={"database_url": f"sqlite:///{aside.resolve()}"}), backup)
    _check_register(aside)
    move_durably(aside, database)


def _stop_register_beside(settings: Settings, backup: Backup) -> None:
    """Record it in the register that files are put back beside: PostgreSQL's own tools have put that one back."""
    if make_url(settings.register_url).get_backend_name() != "sqlite":
        try:
            _record_restored(settings, backup)
        except (OperationalError, RegisterNotReadyError):
            _LOG.warning("The register could not be reached: put it back first, then run this once more.")


def _record_restored(settings: Settings, backup: Backup) -> None:
    at, taken_at = clock.now(settings), backup.taken_at
    with open_register(settings) as register:
        register.append(
            *(
                RegisterRestored(at=at, by="quarterday", partnership=each, taken_at=taken_at)
                for each in register.partnerships()
            )
        )


def changed(settings: Settings) -> list[str]:
    """What of the heads of the register does not hold, a sentence each: a backup bears it too, whole as it looks."""
    with open_register(settings) as register, register.snapshot() as connection:
        return [said for each in register.partnerships() if (said := what_does_not_hold(connection, each))]
