"""What parts tell of their whole: the few who are not among them, and of small groups that all or none are.

49 of 50 tells of the one. None of six and all six of six tell of each person, though no count is small: that rule holds
for groups below twice the threshold. Every part of a known whole of such a group is hidden, whether it is small, leaves
few out, is nobody or is everybody: that it is hidden tells nothing of which. In a breakdown the class that holds
everybody is hidden together with one that holds nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Unit
from quarterday.publishing.disclosure.primary import is_small

Key = tuple[object, ...]
Part = tuple[Key, str]  # the key of a figure, and its value, numerator or denominator


def whole_groups(framework: Framework, figures: Iterable[Figure]) -> tuple[set[Part], set[Part]]:
    """The parts of figures hidden for what they tell of their whole, and those that may be hidden even where 0."""
    figures = list(figures)
    hidden: set[Part] = set()
    open_noughts: set[Part] = set()
    for figure, part, whole in _parts_of_wholes(framework, figures):
        indicator, count = framework.indicator[figure.indicator], getattr(figure, part)
        if count is None or whole is None:
            continue
        if is_small(whole - count, indicator.disclosure.threshold):
            hidden.add((figure.key, part))
        if indicator.hides_whole_groups and _is_small_group(framework, figure, whole):
            open_noughts.add((figure.key, part))
            if count in (0, whole):
                hidden.add((figure.key, part))
    ruled = [each for each in figures if framework.indicator[each.indicator].hides_whole_groups]
    for part, total, classes in _breakdowns(ruled):
        if not _is_small_group(framework, classes[0], total):
            continue
        open_noughts |= {(each.key, part) for each in classes}
        everybody = [each for each in classes if getattr(each, part) == total]
        nobody = [each for each in classes if getattr(each, part) == 0]
        if everybody:
            hidden |= {(each.key, part) for each in (*everybody, *nobody[:1])}
    return hidden, open_noughts


def _parts_of_wholes(framework: Framework, figures: Sequence[Figure]) -> Iterator[tuple[Figure, str, float | None]]:
    """Counts of some of a known whole: of a percentage's, of a total in `config/`, of the count that bounds them."""
    by_key = {each.key: each for each in figures}
    for each in figures:
        indicator = framework.indicator[each.indicator]
        if not indicator.disclosure.hides:
            continue
        if indicator.unit is Unit.PERCENTAGE:
            yield each, "numerator", each.denominator
        elif indicator.unit is Unit.OUT_OF and indicator.counts_people:
            yield each, "value", indicator.out_of
        elif indicator.no_more_than and (above := by_key.get((indicator.no_more_than, *each.key[1:]))):
            yield each, "value", above.value


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
