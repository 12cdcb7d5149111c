"""The warm process: imports the checks once, then forks a fresh, limited child for each question.

`python -m expectations.warm_process` is started by `expectations.warm`, reads its orders from standard input, says
`ready`, and ends when standard input closes, so that it never outlives its caller.
"""

import gc
import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Listener, wait
from typing import Any

from expectations.answers import packed
from expectations.check_return import check_reading, warm_up
from expectations.checking import ToCheck, ToMark
from expectations.marking import marked


def answer(question: object) -> object:
    """Do what is asked: check what was read, or mark a workbook."""
    match question:
        case ToCheck():
            return check_reading(question.whole_job, question.reading)
        case ToMark(data, findings):
            return marked(data, findings)
    raise TypeError(f"nobody knows how to answer a {type(question).__name__}")


def _answer_in_child(connection: "Connection[Any, Any]", memory_bytes: int, seconds: int) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the child even inside a library's loop
    signal.setitimer(signal.ITIMER_REAL, seconds)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a library's warning may quote what a partner sent
    with suppress(ValueError):  # macOS knows the limit and does not take it
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        worked, said = True, answer(connection.recv())
    except Exception as error:
        # The message alone crosses over, and only from our own errors: others may quote what a partner sent.
        ours = type(error).__module__.startswith(("expectations", "quarterday"))
        worked, said = False, str(error) if ours else f"the check raised {type(error).__name__}"
    connection.send_bytes(packed((worked, said)))
    connection.close()


def serve(address: str, key: bytes, memory_bytes: int, seconds: int) -> None:
    """Fork a child for each connection until standard input closes."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the kernel
    listener = Listener(address, "AF_UNIX", backlog=64, authkey=key)
    os.write(1, b"ready\n")
    listening = listener._listener._socket  # pyrefly: ignore[missing-attribute]
    while sys.stdin.fileno() not in wait([listening, sys.stdin.fileno()]):
        try:
            connection = listener.accept()
        except (OSError, EOFError):
            continue
        if os.fork() == 0:
            try:
                _answer_in_child(connection, memory_bytes, seconds)
            finally:
                os._exit(0)
        connection.close()
    os._exit(0)  # the caller has gone, and with it the folder that the listener would tidy up


def main() -> None:
    """Take the orders, warm up, serve."""
    orders = pickle.load(sys.stdin.buffer)  # noqa: S301  (our own caller's)
    warm_up()
    gc.freeze()  # what is there already is shared with every child and need not be looked through again
    serve(**orders)


if __name__ == "__main__":
    main()
