"""The ports of an installation: whether one is free, who has it where that can be known, and whether it answers."""

import errno
import pwd
import socket
import time
from collections.abc import Iterable
from contextlib import suppress
from itertools import combinations
from pathlib import Path

Address = tuple[str, int]
_LISTENING = "0A"  # as Linux writes it in /proc/net/tcp
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - recognised, not listened on
_SECONDS = 2.0
PATIENCE = 2.0  # seconds: what an installation that was killed had left running lets go of its port a moment later


class PortTakenError(Exception):
    """Nobody can listen there; the message says why, and what to do."""


def refuse_taken(name: str, at: Address) -> None:
    """Raises `PortTakenError` where a part could not listen at its address."""
    deadline = time.monotonic() + PATIENCE
    while problem := _hindrance(at):
        if problem.errno != errno.EADDRINUSE or time.monotonic() >= deadline:
            raise PortTakenError(_why(name, *at, problem)) from problem
        time.sleep(0.1)


def refuse_shared(wanted: Iterable[tuple[str, Address]]) -> None:
    """Raises `PortTakenError` where two parts are to listen at the same address: the second could never begin."""
    for (one, first), (other, second) in combinations(wanted, 2):
        if first[1] == second[1] and (first[0] == second[0] or {first[0], second[0]} & set(_EVERYWHERE)):
            raise PortTakenError(
                f"{one} and {other} are both to listen on port {first[1]}. Name another port for one of them in .env "
                "(`quarterday settings` lists them)."
            )


def _hindrance(at: Address) -> OSError | None:
    """What keeps a process from listening at an address."""
    with socket.socket(socket.AF_INET6 if ":" in at[0] else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(at)
        except OSError as problem:
            return problem
    return None


def _why(name: str, host: str, port: int, problem: OSError) -> str:
    asked = f"{name} is to listen on {host}, port {port}"
    if problem.errno == errno.EADDRINUSE:
        by = f" by {who}" if (who := who_listens(port)) else ""
        return (
            f"{asked}, which is taken{by}. Stop that, or name another port in .env (`quarterday settings` lists them)."
        )
    if problem.errno == errno.EACCES:
        return f"{asked}, which this user may not: name a port above 1023 in .env, and let a proxy listen there."
    return f"{asked}, which cannot be ({(problem.strerror or str(problem)).lower()}): look at its address in .env."


def who_listens(port: int) -> str:
    """The process that listens on a port, such as `process 123 (nginx)`; empty where the system does not tell.

    Of another user's process nobody but root is told the number: then it is `a process of www-data`.
    """
    listening = _listening(port)
    sockets = {f"socket:[{inode}]" for inode in listening}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if any(str(each.readlink()) in sockets for each in (process / "fd").iterdir()):
                return f"process {process.name} ({(process / 'comm').read_text().strip()})"
    return next((f"a process of {_user(number)}" for number in listening.values()), "")


def _user(number: int) -> str:
    """A user's name; the number where it has none."""
    with suppress(KeyError):
        return pwd.getpwuid(number).pw_name
    return f"user {number}"


def _listening(port: int) -> dict[str, int]:
    """The sockets that listen on a port, each with the number of its user, by Linux's own table."""
    found = {}
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
                cells = line.split()
                if cells[3] == _LISTENING and int(cells[1].rpartition(":")[2], 16) == port:
                    found[cells[9]] = int(cells[7])
    return {inode: user for inode, user in found.items() if inode != "0"}


def answers(at: Address) -> bool:
    """Whether somebody listens at an address of this machine."""
    with suppress(OSError), socket.create_connection((_EVERYWHERE.get(at[0], at[0]), at[1]), timeout=_SECONDS):
        return True
    return False
