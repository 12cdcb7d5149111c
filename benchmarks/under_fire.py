"""What a quarter under fire costs: `python -m benchmarks.under_fire [--seeds 21-28] [--times 2]`.

The processor's seconds in one process for a whole quarter, played as a year, and for one of a few partners (`--short`
of `python -m simulation`), and how many quarters a minute that makes on two cores. What is played first, so that
templates are compiled and files made, is not counted; of several times the least is, since other work only adds.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from simulation.__main__ import IN_MEMORY
from simulation.year import Story, play, short

CORES = 2


def main() -> None:
    """Print what both cost."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seeds", default="21-28", help="the short quarters; of years, only the first is played")
    asked.add_argument("--times", type=int, default=2)
    given = asked.parse_args()
    first, _, last = given.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as home:
        for name, tell, played in (("short", short, seeds), ("whole", Story, seeds[:1])):
            seconds = _of_a_quarter(tell, played, Path(home), given.times)
            print(f"{name} quarter: {seconds:.2f} s of processor, {60 * CORES / seconds:.0f} a minute on {CORES} cores")


def _of_a_quarter(tell: Callable[[int], Story], seeds: range, home: Path, times: int) -> float:
    for seed in seeds:
        play(tell(seed), home)
    gc.collect()
    gc.freeze()
    return sum(min(_seconds(tell(seed), home) for _ in range(times)) / tell(seed).quarters for seed in seeds) / len(
        seeds
    )


def _seconds(story: Story, home: Path) -> float:
    began = time.process_time()
    play(story, home)
    return time.process_time() - began


if __name__ == "__main__":
    main()
