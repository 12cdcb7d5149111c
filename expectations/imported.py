"""great_expectations, imported without what no suite of ours asks for: statistics and charts wait until they are used.

They are a third of what its import costs, and 80 MB that every warm process would hold.
"""

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

NOT_ASKED_FOR = frozenset({"scipy.stats", "altair", "boto3"})


class _WhenUsed:
    """Finds the modules that nothing here asks for, and has each load when something of it is used."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target) if name in NOT_ASKED_FOR else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found


@contextmanager
def put_off() -> Generator[None]:
    """What is imported herein leaves them for later."""
    sys.meta_path.insert(0, _WhenUsed)
    try:
        yield
    finally:
        sys.meta_path.remove(_WhenUsed)


with put_off():
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from great_expectations.compatibility.pydantic import PrivateAttr
    from great_expectations.core import ExpectationSuite
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.expectation import ColumnMapExpectation, ColumnPairMapExpectation, Expectation
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

__all__ = [
    "ColumnMapExpectation",
    "ColumnPairMapExpectation",
    "Expectation",
    "ExpectationConfiguration",
    "ExpectationSuite",
    "PrivateAttr",
    "ProgressBarsConfig",
    "gx",
    "gxe",
]
