"""What is computed once a year, not again and again: it follows from what does not change. The checks look anew."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from quarterday.adapters import kept_returns
from quarterday.publishing import figures_said, past, release


@contextmanager
def remembered(*, prepared: bool) -> Generator[None]:
    """Until the block ends: files by name, releases by their fact; `prepared`, a release that could not be written.

    Its next attempt on the same day then writes what the last one prepared, as long as nothing was recorded between.
    """
    functions = _functions() | (_preparations() if prepared else {})
    with ExitStack() as patches:
        for name, function in functions.items():
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


def _preparations() -> dict[str, Callable[..., Any]]:
    return {
        "quarterday.publishing.release.prepare": _last(
            lambda office, action: (id(office.facts()), id(office.framework), office.today(), action),
            lambda office, action: (office.facts(), office.framework),
            release.prepare,
        ),
        "quarterday.publishing.figures_said.protect": _the_same(figures_said.protect),
        "quarterday.publishing.release.release_files": _last(
            lambda _, tables, formats: (id(tables), tuple(formats)),
            lambda _, tables, formats: tables,
            release.release_files,
        ),
    }


def _last(key: Callable[..., object], alive: Callable[..., object], function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is not asked again what it was asked last. What the key names by identity is kept `alive`."""
    known: dict[object, tuple[Any, object]] = {}

    def ask(*about: Any) -> Any:
        of = key(*about)
        if of not in known:
            found, kept = function(*about), alive(*about)
            known.clear()
            known[of] = found, kept
        return known[of][0]

    return ask


def _the_same(protect: Callable[..., Any]) -> Callable[..., Any]:
    """Protection, not worked out again for the very figures that it was worked out for last, beside the same releases.

    What is hidden of them follows from nothing else; each day's attempt at a release prepares them anew.
    """
    known: list[tuple[tuple[Any, ...], Any]] = []

    def ask(*about: Any) -> Any:
        if not known or known[0][0][0] is not about[0] or known[0][0][1:] != about[1:]:
            known[:] = [(about, protect(*about))]
        return known[0][1]

    return ask


def _by(key: Callable[..., object], function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that is asked once a key. What it was asked about lives as long, so that no identity comes again."""
    known: dict[object, tuple[Any, Any]] = {}

    def ask(*about: Any) -> Any:
        of = key(*about)
        if of not in known:
            known[of] = function(*about), about
        return known[of][0]

    return ask
