"""Small groups that fall wholly into one class: all six of six, or none, tell of each person, though no count is small.

The rule holds for groups below twice the threshold. In a percentage every part of such a group is then hidden,
whether it is small, leaves few out, is nobody or is everybody: that it is hidden tells nothing of which. In a breakdown
the class that holds everybody is hidden together with one that holds nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework

Key = tuple[object, ...]
Part = tuple[Key, str]  # the key of a figure, and its value, numerator or denominator


def whole_groups(framework: Framework, figures: Iterable[Figure]) -> tuple[set[Part], set[Part]]:
    """The parts of figures hidden for the sake of a whole group, and those that may be hidden even where they are 0."""
    ruled = [each for each in figures if framework.indicator[each.indicator].hides_whole_groups]
    hidden: set[Part] = set()
    open_noughts: set[Part] = set()
    for figure in ruled:
        if _is_small_group(framework, figure, figure.denominator):
            open_noughts.add((figure.key, "numerator"))
            if figure.numerator in (0, figure.denominator):
                hidden.add((figure.key, "numerator"))
    for part, total, classes in _breakdowns(ruled):
        if not _is_small_group(framework, classes[0], total):
            continue
        open_noughts |= {(each.key, part) for each in classes}
        everybody = [each for each in classes if getattr(each, part) == total]
        nobody = [each for each in classes if getattr(each, part) == 0]
        if everybody:
            hidden |= {(each.key, part) for each in (*everybody, *nobody[:1])}
    return hidden, open_noughts


def _is_small_group(framework: Framework, figure: Figure, size: float | None) -> bool:
    return size is not None and 0 < size < 2 * framework.indicator[figure.indicator].disclosure.threshold


def _breakdowns(figures: Sequence[Figure]) -> Iterator[tuple[str, float | None, list[Figure]]]:
    """Each part of each breakdown: how many there are in all, and the classes that came."""
    totals = {each.key: each for each in figures if not each.breakdown}
    classes: dict[Key, list[Figure]] = defaultdict(list)
    for each in figures:
        if each.breakdown:
            classes[(each.indicator, each.area_code, each.breakdown, each.period)].append(each)
    for found in classes.values():
        first = found[0]
        total = totals.get((first.indicator, first.area_code, "", "", first.period.start, first.period.end))
        for part in ("value", "numerator", "denominator"):
            came = [each for each in found if getattr(each, part) is not None]
            if part == "value" and first.numerator is not None:
                continue  # a share is worked out from its parts
            if came:
                added = sum(getattr(each, part) for each in came)
                told = getattr(total, part) if total else None
                yield part, added if told is None else told, came
