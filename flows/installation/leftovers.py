"""One installation at a time in a home, and nothing of a killed one left running: by notes that name a process surely.

A number alone does not: once its process has ended the system gives it to another, perhaps of another installation.
"""

import fcntl
import os
import re
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from quarterday.domain.collection.waiting import say_moment

LOCK = "running.lock"
_FIRST = re.compile(r"[1-9][0-9]{0,8} \S+")  # a process and its module
_OF_A_RUN = b"PREFECT__FLOW_RUN_ID="  # what Prefect tells each process that it begins for a run


class AlreadyRunningError(Exception):
    """Something runs in this home already; the message says what to do."""


@contextmanager
def alone_in(home: Path) -> Generator[None]:
    """Hold a home for as long as something runs in it; the system lets go of it however that ends.

    Raises `AlreadyRunningError` where something does already: it is left alone.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunningError(
                f"quarterday runs already in {home.resolve()} ({lock.read().strip() or 'its process is not known'}). "
                "Use that one, or stop it with Ctrl-C first; another installation needs a home of its own."
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, since {say_moment(datetime.now(UTC))}")
        lock.flush()
        yield


def note(number: int, module: str, log: Path) -> None:
    """Note beside its log a process that was started: its number, its module, when it began, and where it belongs."""
    log.with_suffix(".pid").write_text(f"{number} {module}\n{born(number)}\n{log.resolve()}\n")


def end_leftovers(home: Path) -> None:
    """End what a run that was killed has left running: it would hold the ports. Only processes of this home's are.

    A note that came here with a copy of another home, or whose process has ended long ago, ends nothing. What another
    program wrote, such as a database that keeps its files in the home, is no note of ours and stays.
    """
    for file in home.rglob("*.pid"):
        if (told := _read(file)) is None:
            continue
        number, began, log = told
        if began and began == born(number) and log == str(file.with_suffix(".log").resolve()):
            with suppress(ProcessLookupError):
                os.killpg(number, signal.SIGKILL)
        file.unlink()
    end_runs(home)


def end_runs(home: Path) -> None:
    """End the runs that a worker of this home has begun: each is in a session of its own, and outlives its worker.

    They are known by what they were told when they began, which Linux alone shows; the next run takes up what is left.
    """
    ours = f"QUARTERDAY_HOME={home.resolve()}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is another user's
            told = (process / "environ").read_bytes().split(b"\0")
            if ours in told and any(each.startswith(_OF_A_RUN) for each in told):
                os.kill(int(process.name), signal.SIGKILL)


def _read(file: Path) -> tuple[int, str, str] | None:
    """The number of a note, when its process began, and its log; None where it is none of ours."""
    try:
        first, *rest = file.read_text().splitlines()
    except (OSError, ValueError):  # a folder, other bytes than text, nothing at all
        return None
    if not _FIRST.fullmatch(first):
        return None
    began, log, *_ = [*rest, "", ""]
    return int(first.split()[0]), began, log


def born(number: int) -> str:
    """When a process began, as the system counts it, in words that no other process ever shares; empty for none."""
    stat = Path(f"/proc/{number}/stat")
    if Path("/proc/self/stat").exists():
        with suppress(OSError, IndexError):
            ticks = stat.read_text().rpartition(")")[2].split()[19]
            return f"{ticks} since boot {Path('/proc/sys/kernel/random/boot_id').read_text().strip()}"
        return ""
    asked = ["ps", "-o", "lstart=", "-p", str(number)]
    return subprocess.run(asked, capture_output=True, text=True, check=False, env={"LC_ALL": "C"}).stdout.strip()
