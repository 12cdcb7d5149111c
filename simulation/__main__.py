"""`python -m simulation`: plays years by their seeds, says what did not hold, and shrinks what failed.

`--seeds 1-200` says which; `--processes 2` how many at once; `--rate 0.01` how often a side effect goes wrong.
`--short` plays quarters of a few partners in the place of years.
"""

import argparse
import sys
import time
from collections import Counter
from functools import partial
from pathlib import Path

from simulation.many import many, to_its_end
from simulation.shrinking import shrunk
from simulation.year import RATE, Story, Told, short

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it


def main() -> int:
    """Play, and answer 0 where every promise held."""
    asked = _asked()
    home = asked.home
    home.mkdir(parents=True, exist_ok=True)
    if asked.log is not None:
        told = to_its_end(short(asked.log) if asked.short else Story(asked.log, asked.rate), home)
        print("\n".join(told.log))
        print(said(told))
        return bool(told.broken)
    first, _, last = asked.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    stories = [short(seed) if asked.short else Story(seed, asked.rate) for seed in seeds]
    began, totals, failed = time.monotonic(), Counter[str](), []
    for told in many(stories, home, asked.processes):
        totals.update(years=1, faults=told.faults, emails=told.emails, broken=int(bool(told.broken)))
        if told.broken:
            print(said(told), flush=True)
            failed.append(told)
    minutes = (time.monotonic() - began) / 60
    quarters = sum(each.quarters for each in stories)
    print(
        f"{quarters} quarters, {totals['faults']} faults, {totals['emails']} emails in {minutes:.1f} minutes: "
        f"{quarters / minutes:.0f} quarters a minute on {asked.processes} processes; {totals['broken']} seeds failed."
    )
    for told in failed[: asked.shrink]:
        print(f"Shrunk: {said(to_its_end(shrunk(told.story, partial(to_its_end, home=home)), home))}")
    return bool(failed)


def said(told: Told) -> str:
    """How a story went, for a terminal."""
    lines = [f"{told.story}: {told.faults} faults, {told.emails} emails, {len(told.log)} lines of log"]
    return "\n".join([*lines, *(f"  {each.promise}: {each.where}" for each in told.broken[:5])])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m simulation", description=__doc__)
    parser.add_argument("--seeds", default="1-20", help="such as 1-200")
    parser.add_argument("--short", action="store_true", help="quarters of a few partners instead of whole years")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rate", type=float, default=RATE, help="of the side effects, the share that goes wrong")
    parser.add_argument("--shrink", type=int, default=1, help="of the seeds that fail, how many are shrunk")
    parser.add_argument("--log", type=int, help="play one seed and show its log")
    default = IN_MEMORY if IN_MEMORY.is_dir() else Path("var")
    parser.add_argument("--home", type=Path, default=default / "quarterday-simulation", help="where it is played")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
