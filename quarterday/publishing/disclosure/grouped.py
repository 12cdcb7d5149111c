"""Figures by indicator and days, as releases have them in common: nearly all that one tells, the next tells again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from quarterday.domain.figures.figure import Figure

Group = tuple[str, date, date]  # an indicator, and the first and last day that its figures cover
Groups = Mapping[Group, Sequence[Figure]]


def in_groups(figures: Iterable[Figure]) -> dict[Group, list[Figure]]:
    """Figures by their indicator and days."""
    found: dict[Group, list[Figure]] = defaultdict(list)
    for each in figures:
        found[each.indicator, each.period.start, each.period.end].append(each)
    return dict(found)
