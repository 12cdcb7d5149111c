"""Whatever broken machinery raises, what to do is said in a sentence."""

import errno
import sqlite3
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from botocore.exceptions import ReadTimeoutError
from sqlalchemy import Date, create_engine, literal_column, select, text
from sqlalchemy.exc import OperationalError

from quarterday.adapters.breakage import says_it_itself, sentence_of, what_to_do
from quarterday.adapters.store import Damaged, StoreUnavailableError
from quarterday.domain.framework.calendar import CalendarNotCoveredError


def of_database(said: str) -> OperationalError:
    """What SQLAlchemy raises of SQLite."""
    problem = OperationalError("SELECT 1", {}, Exception(said))
    problem.__cause__ = sqlite3.OperationalError(said)
    return problem


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full. Make room on it."),
        (OSError(errno.EIO, "Input/output error"), "see that there is a fresh backup"),
        (PermissionError(errno.EACCES, "Permission denied"), "Give the user who runs quarterday the right to."),
        (FileNotFoundError(errno.ENOENT, "No such file", "/srv/clock"), "There is no /srv/clock. See that what"),
        (TimeoutError("timed out"), "did not answer in time"),
        (ConnectionRefusedError("refused"), "did not answer in time"),
        (ReadTimeoutError(endpoint_url="http://bucket"), "The bucket did not answer"),
        (httpx.ConnectError("refused"), "The Prefect server did not answer"),
        (BrokenProcessPool("died"), "too little memory"),
        (of_database("database is locked"), "The register was busy"),
        (of_database("database disk image is malformed"), "put the last backup back with `quarterday restore`"),
        (sqlite3.DatabaseError("file is not a database"), "put the last backup back"),
        (of_database("no such table: message_reserved"), "The register lacks a table or a column"),
        (of_database('relation "message_reserved" does not exist'), "The register lacks a table or a column"),
        (of_database("database or disk is full"), "The disk is full"),
        (of_database("disk I/O error"), "The disk is full or answered with an error. Make room on it"),
        (of_database("attempt to write a readonly database"), "may not be written"),
        (of_database("connection refused"), "See that its database runs"),
    ],
)
def test_what_to_do(problem, sentence):
    """One sentence for what broke, one for what to do."""
    assert sentence in what_to_do(problem)


def test_what_says_it_itself_is_left_alone():
    """Our own exceptions are written for people, and so is whatever ends as a sentence does; a key is no sentence."""
    assert says_it_itself(StoreUnavailableError("The bucket did not answer"))
    assert says_it_itself(LookupError("There is no return R-1. Copy its reference from the receipt."))
    assert not says_it_itself(KeyError("deliberate-fires"))
    assert "" == what_to_do(KeyError("deliberate-fires"))


def test_a_register_whose_own_names_cannot_be_read_is_damaged(tmp_path: Path) -> None:
    """Python cannot even decode what SQLite complains of: no stack of calls, but what to do."""
    file = tmp_path / "register.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE return_received (key TEXT)")
        database.execute("CREATE INDEX ix_return_received ON return_received (key)")
        database.commit()
    wrecked = file.read_bytes().replace(b"ix_return_received", b"ix_\x8aeturn_received")
    file.write_bytes(wrecked.replace(b"CREATE INDEX", b"CREATE WRONG"))
    with pytest.raises(UnicodeDecodeError) as raised, create_engine(f"sqlite:///{file}").connect() as connection:
        connection.execute(text("SELECT key FROM return_received"))

    assert "put the last backup back with `quarterday restore`" in what_to_do(raised.value)
    assert "" == what_to_do(UnicodeDecodeError("utf-8", b"\x8a", 0, 1, "invalid start byte"))


@pytest.mark.parametrize(
    "problem",
    [
        Damaged("v1/manifest.json is not what was stored: its SHA-256 differs. Restore it from a backup."),
        CalendarNotCoveredError(2030),
    ],
)
def test_what_says_it_itself_is_told_to_whoever_typed_a_command(problem: Exception) -> None:
    """A damaged file, a date that some fact gives beyond the calendar: in its own words, without a stack of calls."""
    assert str(problem) == sentence_of(problem)


def test_a_fact_past_reading_is_told_with_what_to_do() -> None:
    """What stands in it, and that the backup is to be put back; a folder in a file's place is named."""
    with pytest.raises(ValueError, match="not a day") as raised, create_engine("sqlite://").connect() as connection:
        connection.execute(select(literal_column("'not a day'", Date))).all()

    assert "Facts in the register cannot be read" in what_to_do(raised.value)
    assert "" == what_to_do(ValueError("of another kind"))
    assert "lock is a folder where a file should be" in what_to_do(IsADirectoryError(errno.EISDIR, "", "lock"))
