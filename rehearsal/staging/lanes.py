"""Stories side by side: processes that begin afresh, each with the Prefect server that the environment names."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from rehearsal.stage import clear


@dataclass(frozen=True)
class Told:
    """How a story went: all that was not as expected, a sentence each."""

    name: str
    unmet: tuple[str, ...]
    emails: int = 0
    releases: int = 0


def side_by_side(names: Sequence[str], home: Path, config: Path, lanes: int) -> Iterator[tuple[Told, float]]:
    """Play stories, each in a home of its own below `home`; how each ended, in their order, and its seconds."""
    with ProcessPoolExecutor(min(lanes, len(names)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_play, names, [home / name for name in names], [config] * len(names))


def _play(name: str, home: Path, config: Path) -> tuple[Told, float]:
    from rehearsal.staging.telling import tell_story  # noqa: PLC0415 - its flows take their server now

    began = time.monotonic()
    clear(home, keep=False)
    return tell_story(name, home, config, lambda _day, _said: None), time.monotonic() - began
