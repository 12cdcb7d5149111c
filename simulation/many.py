"""Many years at once, each process with some. Here and not in `__main__`, which no process that is begun can name."""

import gc
import multiprocessing
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from simulation.world import configuration
from simulation.year import CONFIG, Story, Told, play


def many(stories: list[Story], home: Path, processes: int) -> Iterator[Told]:
    """Play stories, several at once, in no particular order."""
    if processes == 1:
        yield from (play(each, home) for each in stories)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(processes, _settled) as pool:
        yield from pool.imap_unordered(partial(play, home=home), stories)


def _settled() -> None:
    """What every year needs is read, and then no more gone through for what is left over: that took a tenth of all."""
    configuration(CONFIG)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
