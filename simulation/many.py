"""Many years at once, each process with some. Here and not in `__main__`, which no process that is begun can name."""

import gc
import multiprocessing
import os
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

from simulation.checks import keep_in, remembered_in
from simulation.faults import KilledError
from simulation.invariants import Broken
from simulation.world import configuration
from simulation.year import CONFIG, Story, Told, play


def many(stories: list[Story], home: Path, processes: int) -> Iterator[Told]:
    """Play stories, several at once, in no particular order.

    Raises `BrokenProcessPool` where a process ends that plays some, or cannot begin.
    """
    if processes == 1:
        yield from (to_its_end(each, home) for each in stories)
        return
    context = multiprocessing.get_context("forkserver")  # what takes seconds to import is imported once for all
    context.set_forkserver_preload([__name__])
    begin = partial(_begin, home, os.getpid())
    with ProcessPoolExecutor(processes, mp_context=context, initializer=begin) as pool:
        for told in as_completed([pool.submit(to_its_end, each, home) for each in stories]):
            yield told.result()


def to_its_end(story: Story, home: Path) -> Told:
    """Play a story; one that could not be played to its end is told as one that failed, so that its seed is known."""
    try:
        return play(story, home)
    except (KilledError, Exception) as problem:
        last = traceback.extract_tb(problem.__traceback__)[-1]
        where = f"{type(problem).__name__}: {problem} ({Path(last.filename).name}, line {last.lineno})"
        return Told(story, (), (Broken("a year is played to its end", where),), 0, 0, {}, {})


def _begin(home: Path, owner: int) -> None:
    """What every year needs is read, and then no more gone through for what is left over: that took a tenth of all."""
    remembered_in(keep_in(home)).share(owner)
    configuration(CONFIG)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)
