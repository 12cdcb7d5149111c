"""Recording facts although the database may be busy: a return is not lost to a lock that passes."""

import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

from sqlalchemy.exc import OperationalError

from quarterday.adapters.register import Register
from quarterday.domain.facts import Fact

Written = TypeVar("Written")
_PAUSES = (0.1, 0.3, 1, 2, 4)  # seconds; the register's own waiting comes on top


class RegisterBusyError(Exception):
    """The register could not be written, however often it was tried."""


def record(register: Register, *facts: Fact) -> tuple[Fact, ...]:
    """Record what is new of the facts, trying again while the database is busy.

    Raises `RegisterBusyError` where it stays so.
    """
    return while_busy(lambda: tuple(register.append_new(*facts)))


def while_busy(write: Callable[[], Written]) -> Written:
    """Write, and try again while the database is busy. Raises `RegisterBusyError` where it stays so."""
    for pause in (*_PAUSES, None):
        try:
            return write()
        except OperationalError as error:
            if pause is None:
                raise RegisterBusyError from error
            time.sleep(pause)
    raise AssertionError("the last pause ends the loop")


@contextmanager
def in_turn(register: Register) -> Generator[None]:
    """A turn at the register, see `Register.turn`. Raises `RegisterBusyError` where none can be taken."""
    with ExitStack() as held:
        try:
            held.enter_context(register.turn())
        except (OSError, OperationalError) as error:  # such as a home that may only be read
            raise RegisterBusyError from error
        yield
