"""What is computed once a year, not again and again: it follows from what does not change. The checks look anew."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from quarterday.adapters import kept_returns
from quarterday.publishing import past


@contextmanager
def remembered() -> Iterator[None]:
    """Until the block ends: files by name, releases by their fact."""
    with ExitStack() as patches:
        for name, function in _functions().items():
            patches.enter_context(patch(name, function))
        yield


def _functions() -> dict[str, Callable[..., Any]]:
    by_name = "quarterday.adapters.accepted_figures"
    return {
        "quarterday.web.serving.current_facts.CurrentFacts._shared": lambda _pages, facts: facts,  # they are the same
        f"{by_name}.load_rows": _by(lambda _, name: name, kept_returns.load_rows),
        f"{by_name}.load_findings": _by(lambda _, name: name, kept_returns.load_findings),
        "quarterday.publishing.past._observations": _by(
            lambda _, fact, table: (fact.folder, table), past._observations
        ),
    }


def _by(key: Callable[..., object], function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is asked once a key. What it was asked about lives as long, so that no identity comes again."""
    known: dict[object, tuple[Any, Any]] = {}

    def ask(*about: Any) -> Any:
        of = key(*about)
        if of not in known:
            known[of] = function(*about), about
        return known[of][0]

    return ask
