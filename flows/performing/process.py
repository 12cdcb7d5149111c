"""The installation and the checker of this process: opened once, used by every flow run in it."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeVar, cast

from prefect.context import SyncClientContext
from prefect.logging.handlers import APILogWorker
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.utilities.annotations import opaque

from expectations.checking import Checker
from expectations.lent import note_in
from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.scanning import scanner_at
from quarterday.adapters.settings import get_settings

T = TypeVar("T")


@lru_cache
def this_installation() -> Installation:
    """This process's installation. A worker starts a process a run, so a changed `config/` is read by the next run."""
    return open_installation(going_on=True)


@lru_cache
def checker() -> Checker:
    """This process's checker: it asks the portal's warm process where there is one, else one of its own."""
    settings = get_settings()
    return Checker(borrows=note_in(settings.home), scanner=scanner_at(settings.clamd))


def close_installation() -> None:
    """End what this process keeps warm, and let go of the logs that still wait to be sent."""
    APILogWorker.drain_all(timeout=5)
    if checker.cache_info().currsize:
        checker().close()
        checker.cache_clear()


def as_it_is(value: T) -> T:
    """An input of a task that Prefect need not search for other tasks' results: for an installation that takes long."""
    return cast("T", opaque(value))


@contextmanager
def for_many_runs() -> Generator[None]:
    """Many runs of this process share a client of Prefect's, which must be up, and send no heartbeat.

    Each heartbeat would cost a run a second, and nobody watches over a run of moments; each client its certificates,
    its connection and two questions.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}), SyncClientContext.get_or_create():
        yield
