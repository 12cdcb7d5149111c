"""The installation and the checker of this process: opened once, used by every flow run in it."""

from functools import lru_cache

from expectations.checking import Checker
from quarterday.adapters.installation import Installation, open_installation


@lru_cache
def installation() -> Installation:
    """This process's installation. A worker starts a process a run, so a changed `config/` is read by the next run."""
    return open_installation()


@lru_cache
def checker() -> Checker:
    """This process's warm checker."""
    return Checker()
