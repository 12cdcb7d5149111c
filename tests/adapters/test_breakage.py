"""Whatever broken machinery raises, what to do is said in a sentence."""

import errno
import sqlite3
from concurrent.futures.process import BrokenProcessPool

import httpx
import pytest
from botocore.exceptions import ReadTimeoutError
from sqlalchemy.exc import OperationalError

from quarterday.adapters.breakage import says_it_itself, what_to_do
from quarterday.adapters.store import StoreUnavailableError


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
