"""`quarterday` as a page's commands find it: a new process for each, forked from one that has imported the program.

Cold, each of some forty commands would import it anew, which takes a second of a processor.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from signal import SIG_DFL, SIG_IGN, SIGCHLD, signal
from typing import Any

_PROGRAM = f"""#!{sys.executable} -SE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as warm:
    warm.connect({{address!r}})
    socket.send_fds(warm, [b"."], [0, 1, 2])
    warm.sendall(json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode())
    warm.shutdown(socket.SHUT_WR)
    sys.exit(int(warm.recv(9) or b"1"))
"""


@contextmanager
def warm_commands(folder: Path) -> Iterator[Path]:
    """The folder with a `quarterday` that is warm."""
    address = str(folder / "warm")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        command = [sys.executable, "-m", __name__, str(listening.fileno())]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, cwd=root, pass_fds=[listening.fileno()]) as warm:
            (folder / "quarterday").write_text(_PROGRAM.format(address=address))
            (folder / "quarterday").chmod(0o755)
            yield folder
            warm.terminate()


def _serve(listening: socket.socket) -> None:
    """Fork for whoever calls; the fork waits for the command's own process, and says how it ended."""
    signal(SIGCHLD, SIG_IGN)
    while True:
        with listening.accept()[0] as caller:
            if os.fork() == 0:
                signal(SIGCHLD, SIG_DFL)
                _, files, *_ = socket.recv_fds(caller, 1, 3)
                called = json.load(caller.makefile())
                if command := os.fork():
                    ended = os.waitstatus_to_exitcode(os.waitpid(command, 0)[1])
                    caller.sendall(str(ended).encode())
                    os._exit(0)
                _become(files, *called)
                return


def _become(files: list[int], arguments: list[str], folder: str, environment: dict[str, str]) -> None:
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["quarterday", *arguments]


def _all_of(package: Any) -> None:
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")


if __name__ == "__main__":
    from quarterday import commands
    from quarterday.__main__ import app

    _all_of(commands)
    _serve(socket.socket(fileno=int(sys.argv[1])))
    app()
