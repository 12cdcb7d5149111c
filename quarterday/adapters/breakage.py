"""What broke, and what whoever reads it does: a sentence for whatever broken machinery raises.

Our own exceptions say it themselves. What others raise (a database, a bucket, a disk, a mail server) tells engineers
how, and nobody what to do.
"""

import errno
import sqlite3
from concurrent.futures.process import BrokenProcessPool

import httpx
from sqlalchemy.exc import DatabaseError, OperationalError

NOTHING_LOST = "Nothing is lost and nothing needs repeating: the next run takes up what is left."
_DOCTOR = "If it fails again, run `quarterday doctor`: it says which part is ill."
_DISK = {
    errno.ENOSPC: "The disk is full. Make room on it.",
    errno.EDQUOT: "The disk's quota is used up. Make room, or have it raised.",
    errno.EROFS: "The disk can only be read. Have it looked after.",
    errno.EIO: "The disk answered with an error. Have it looked after, and see that there is a fresh backup.",
    errno.EACCES: "A file or folder may not be written. Give the user who runs quarterday the right to.",
    errno.EMFILE: "Too many files are open at once. Raise the system's limit for the user who runs quarterday.",
}
_WRECKED = ("malformed", "not a database", "disk image", "disk i/o error", "corrupt")
_RESTORE = (
    "Stop quarterday, move the register away, put the last backup back with `quarterday restore`, and have the disk "
    "looked after."
)


def what_to_do(problem: BaseException) -> str:
    """What broke and what to do, in sentences; empty where the problem says it itself, and where nobody can tell."""
    if isinstance(problem, DatabaseError | sqlite3.DatabaseError):
        return _of_the_register(problem)
    if type(problem).__module__.startswith("botocore"):  # by name: importing it takes a while, and few keep a bucket
        return f"The bucket did not answer as it should. {_DOCTOR}"
    if isinstance(problem, httpx.HTTPError):
        return f"The Prefect server did not answer as it should. {_DOCTOR}"
    if isinstance(problem, MemoryError | BrokenProcessPool):
        return f"There was too little memory for it, or its process was ended. {_DOCTOR}"
    if isinstance(problem, OSError) and problem.errno in _DISK:
        return _DISK[problem.errno]
    if isinstance(problem, TimeoutError | ConnectionError):
        return f"What it needs did not answer in time. {_DOCTOR}"
    return ""


def says_it_itself(problem: BaseException) -> bool:
    """Whether an exception was written for people: one of ours, or any whose words are a sentence."""
    ours = type(problem).__module__.partition(".")[0] in ("quarterday", "flows", "expectations")
    return ours or (" " in str(problem) and str(problem).rstrip().endswith("."))


def _of_the_register(problem: Exception) -> str:
    said = str(problem.__cause__ or problem).strip().lower()
    if any(each in said for each in _WRECKED):
        return f"The register's database is damaged. {_RESTORE}"
    if "full" in said:
        return _DISK[errno.ENOSPC]
    if "readonly" in said.replace(" ", "").replace("-", "") or "permission denied" in said:
        return "The register may not be written. Give the user who runs quarterday the right to."
    if "locked" in said:
        return f"The register was busy for longer than we wait. {_DOCTOR}"
    if isinstance(problem, OperationalError | sqlite3.OperationalError):
        return f"The register could not be reached. See that its database runs. {_DOCTOR}"
    return f"The register refused what it was given. {_DOCTOR}"
