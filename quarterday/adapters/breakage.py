"""What broke, and what whoever reads it does: a sentence for whatever broken machinery raises.

Our own exceptions say it themselves. What others raise (a database, a bucket, a disk, a mail server) tells engineers
how, and nobody what to do.
"""

import errno
import re
import sqlite3
from concurrent.futures.process import BrokenProcessPool
from traceback import walk_tb

import httpx
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

NOTHING_LOST = "Nothing is lost and nothing needs repeating: the next run takes up what is left."
_DOCTOR = "If it fails again, run `quarterday doctor`: it says which part is ill."
FULL = "The disk is full. Make room on it."
_DISK = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: "The disk's quota is used up. Make room, or have it raised.",
    errno.EROFS: "The disk can only be read. Have it looked after.",
    errno.EIO: "The disk answered with an error. Have it looked after, and see that there is a fresh backup.",
    errno.EACCES: "A file or folder may not be written. Give the user who runs quarterday the right to.",
    errno.EMFILE: "Too many files are open at once. Raise the system's limit for the user who runs quarterday.",
}
_WRECKED = ("malformed", "not a database", "disk image", "corrupt")
_LACKING = re.compile(r"no such (table|column)|has no column|(relation|column) .* does not exist")
_MAKES_ROWS = ("sqlalchemy.engine.result", "sqlalchemy.cyextension.resultproxy")
_RESTORE = (
    "Stop quarterday, move the register away, put the last backup back with `quarterday restore`, and have the disk "
    "looked after."
)


def what_to_do(problem: BaseException) -> str:
    """What broke and what to do, in sentences; empty where the problem says it itself, and where nobody can tell."""
    if isinstance(problem, DatabaseError | sqlite3.DatabaseError):
        return _of_the_register(problem)
    if is_of_the_register(problem):
        if isinstance(problem, UnicodeDecodeError):  # bytes turned over in its own names
            return f"The register's database is damaged. {_RESTORE}"
        return f"Facts in the register cannot be read ({problem}). `quarterday doctor` says in which table. {_RESTORE}"
    if isinstance(problem, ArgumentError | NoSuchModuleError):
        return "QUARTERDAY_DATABASE_URL is no address of PostgreSQL, such as postgresql://user:password@host/name."
    if type(problem).__module__.startswith("botocore"):  # by name: importing it takes a while, and few keep a bucket
        return f"The bucket did not answer as it should. {_DOCTOR}"
    if isinstance(problem, httpx.HTTPError):
        return f"The Prefect server did not answer as it should. {_DOCTOR}"
    if isinstance(problem, MemoryError | BrokenProcessPool):
        return f"There was too little memory for it, or its process was ended. {_DOCTOR}"
    if isinstance(problem, FileNotFoundError) and problem.filename:
        return f"There is no {problem.filename}. See that what the settings name is there."
    if isinstance(problem, IsADirectoryError):
        return f"{problem.filename or 'Something'} is a folder where a file should be. Move it away."
    if isinstance(problem, OSError) and problem.errno in _DISK:
        return _DISK[problem.errno]
    if isinstance(problem, TimeoutError | ConnectionError):
        return f"What it needs did not answer in time. {_DOCTOR}"
    return ""


def is_of_the_register(problem: BaseException) -> bool:
    """Whether the register's database raised it, or what stands in it."""
    if isinstance(problem, DatabaseError | sqlite3.DatabaseError):
        return True
    return (isinstance(problem, ValueError) and _came_from(problem, "sqlalchemy.")) or _is_of_a_row(problem)


def sentence_of(problem: Exception) -> str:
    """What to tell whoever started a command or a process of what they can put right; nothing of any other problem."""
    from pydantic import ValidationError  # noqa: PLC0415 - slow, as are those below

    from quarterday.adapters.clock import ClockError  # noqa: PLC0415
    from quarterday.adapters.config_files.problems import ConfigurationProblems  # noqa: PLC0415
    from quarterday.adapters.register.errors import RegisterNotReadyError  # noqa: PLC0415
    from quarterday.adapters.settings_page import sentences  # noqa: PLC0415
    from quarterday.adapters.store.contract import (  # noqa: PLC0415
        AlreadyStored,
        Damaged,
        NotStored,
        StoreUnavailableError,
    )
    from quarterday.domain.framework.calendar import CalendarNotCoveredError  # noqa: PLC0415

    if isinstance(problem, ClockError | ConfigurationProblems | RegisterNotReadyError):
        return str(problem)
    if isinstance(problem, AlreadyStored | CalendarNotCoveredError | Damaged | StoreUnavailableError):
        return str(problem)
    if isinstance(problem, ValidationError) and problem.title == "Settings":
        return "\n".join(sentences(problem))
    if isinstance(problem, NotStored):
        return f"A file is missing: {problem}. See that home and store are those of this register. {_DOCTOR}"
    return what_to_do(problem)


def says_it_itself(problem: BaseException) -> bool:
    """Whether an exception was written for people: one of ours, or any whose words are a sentence."""
    ours = type(problem).__module__.partition(".")[0] in ("quarterday", "flows", "expectations")
    return ours or (" " in str(problem) and str(problem).rstrip().endswith("."))


def _is_of_a_row(problem: BaseException) -> bool:
    """Whether a row was being made of what the database gave: a number where there should be a list, say."""
    return isinstance(problem, TypeError | LookupError | AttributeError) and _came_from(problem, *_MAKES_ROWS)


def _came_from(problem: BaseException, *modules: str) -> bool:
    """Whether code of a module, or of a package, had a hand in it."""
    frames = (frame for frame, _ in walk_tb(problem.__traceback__))
    return any(str(frame.f_globals.get("__name__", "")).startswith(modules) for frame in frames)


def _of_the_register(problem: Exception) -> str:
    said = str(problem.__cause__ or problem).strip().lower()
    if any(each in said for each in _WRECKED):
        return f"The register's database is damaged. {_RESTORE}"
    if _LACKING.search(said):
        return f"The register lacks a table or a column that its version has: another hand has changed it. {_RESTORE}"
    if "full" in said:
        return FULL
    if "disk i/o error" in said:  # what SQLite says too where a full disk has no room for the file beside the register
        return (
            "The disk is full or answered with an error. Make room on it; if there is room, have it looked after, and "
            "see that there is a fresh backup."
        )
    if "permission denied" in said:
        return "The register may not be read or not be written. Give the user who runs quarterday the right to both."
    if "readonly" in said.replace(" ", "").replace("-", ""):
        return "The register may not be written. Give the user who runs quarterday the right to."
    if "unable to open" in said:
        return (
            "The register's file cannot be opened. See that it is a file, and that the user who runs quarterday may "
            "read and write it and the folder in which it lies."
        )
    if "password authentication failed" in said or "no password supplied" in said:
        return "PostgreSQL refused the user or the password. Correct QUARTERDAY_DATABASE_URL."
    if "does not exist" in said and "database" in said:
        return "PostgreSQL has no database of that name. Make it, or correct QUARTERDAY_DATABASE_URL."
    if "locked" in said:
        return f"The register was busy for longer than we wait. {_DOCTOR}"
    if isinstance(problem, OperationalError | sqlite3.OperationalError):
        return f"The register could not be reached. See that its database runs, where the settings say. {_DOCTOR}"
    return f"The register refused what it was given. {_DOCTOR}"
