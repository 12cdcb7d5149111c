"""A story that failed, told again with less going wrong, as long as the same promise is broken."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from simulation.year import Story, Told


def shrunk(story: Story, play: Callable[[Story], Told]) -> Story:
    """The same year with as few quarters and faults as still break the same promise."""
    told = play(story)
    promises = {each.promise for each in told.broken}
    if not promises:
        return story

    def fails(smaller: Story) -> bool:
        return bool(promises & {each.promise for each in play(smaller).broken})

    for quarters in range(1, story.quarters):
        if fails(shorter := replace(story, quarters=quarters)):
            story = shorter
            break
    faults = list(range(1, play(story).faults + 1))
    size = max(1, len(faults) // 2)
    while faults and size:
        for part in _parts(faults, size):
            smaller = replace(story, skipped=story.skipped | set(part))
            if fails(smaller):
                story, faults = smaller, [each for each in faults if each not in part]
                break
        else:
            size //= 2
    return story


def _parts(faults: list[int], size: int) -> Iterator[list[int]]:
    yield from (faults[start : start + size] for start in range(0, len(faults), size))
