"""The table of side effects: of every run, page, decision and command each, and that it was killed before and after.

What years bring is struck in them; every decision of the officers' pages, and commands on files and databases, in
copies of a quarter (`simulation.alone`). `python -m simulation.struck FILE` writes the table; a test holds it full.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from simulation.__main__ import IN_MEMORY, many, said
from simulation.alone.quarter import played_alone
from simulation.faults import Fault
from simulation.year import Story, Told

FEWEST, MOST = 2, 6  # pairs of years: what is rare in one comes in another
EDITED_MORE = 0.04  # so that what follows from an edit is struck too
_READ = ("read ", "reach ")  # changes nothing, so that nothing is different after it


def years_that_strike(home: Path) -> list[Told]:
    """The quarter with its copies, then pairs of years, one for each fault that comes first, until nothing is unstruck.

    At most six pairs.
    """
    told = [played_alone(home)]
    for seed in range(1, MOST + 1):
        pair = [Story(seed, aimed=first, edited=EDITED_MORE) for first in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)]
        told += many(pair, home, 2)
        if seed >= FEWEST and not empty(side_effects(told)):
            break
    return told


def side_effects(told: Iterable[Told]) -> dict[tuple[str, str], Counter[str]]:
    """Of each run, page, ruling and command, each of its side effects: how often it was struck by what."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for each in told:
        for effect in each.passed:
            if not effect[1].startswith(_READ):
                found.setdefault(effect, Counter())
        for (during, effect_name, fault), count in each.struck.items():
            if (during, effect_name) in found:
                found[during, effect_name][fault] += count
    return found


def empty(effects: dict[tuple[str, str], Counter[str]]) -> list[str]:
    """The side effects that were never killed before, or never after."""
    return [
        f"{during}, {effect}: never {fault}"
        for (during, effect), struck in sorted(effects.items())
        for fault in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)
        if not struck[fault]
    ]


def table(effects: dict[tuple[str, str], Counter[str]]) -> Iterator[str]:
    """The table, as Markdown."""
    yield "| run, page, decision, ruling or command | side effect | killed before | killed after | otherwise |"
    yield "|---|---|---|---|---|"
    for (during, effect), struck in sorted(effects.items()):
        others = sorted(name for name in struck if name not in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER))
        before, after = (struck[each] for each in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER))
        yield f"| {during} | {effect} | {before} | {after} | {', '.join(others)} |"


def main(arguments: Sequence[str]) -> int:
    """Play, write the table, and answer 0 where every promise held and nothing is empty."""
    home = IN_MEMORY / "quarterday-simulation"
    home.mkdir(parents=True, exist_ok=True)
    told = years_that_strike(home)
    effects = side_effects(told)
    head = (
        "# Every side effect, killed before it and after it\n\nMade by `make side-effects` "
        "from simulated years that strike each, and from copies of a quarter; after every one of them all promises "
        "held. What the columns count is how often.\n"
    )
    Path(arguments[0]).write_text("\n".join([head, *table(effects)]) + "\n")
    broken = [said(each) for each in told if each.broken]
    print("\n".join([*broken, *empty(effects)]) or f"{len(effects)} side effects, none empty; every promise held.")
    return bool(broken or empty(effects))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
