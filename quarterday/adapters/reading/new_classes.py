"""What to make of an export that names other classes than the last one: its supplier has changed them.

What is known counts; what is new is counted apart, so that totals hold it; what is gone is no nought. The sender cannot
help it and is thanked; an officer places the new classes in `config/framework/breakdowns.yaml`.
"""

from collections.abc import Sequence

from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.counts import Count, Counts
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import ClassChange, NewClass
from quarterday.domain.framework.indicators import Breakdown, Indicator
from quarterday.domain.framework.periods import Period

_NAMED = 4


def class_change(indicator: Indicator, breakdown: Breakdown, counts: Counts, asked: Period) -> ClassChange | None:
    """What is new and what is gone in an export; None where it names nothing new."""
    by_name: dict[str, list[Count]] = {}
    for count in counts.inside:
        if count.written:
            by_name.setdefault(count.written, []).append(count)
    if not by_name:
        return None
    new = tuple(
        NewClass(written, len({_row_of(each) for each in found_counts}), sum(each.value or 0 for each in found_counts))
        for written, found_counts in by_name.items()
    )
    gone = tuple(each.code for each in breakdown.asked(asked) if each.code not in counts.classes)
    return ClassChange(indicator.code, breakdown.code, new, gone)


def _row_of(count: Count) -> tuple[str, str]:
    return count.sheet, count.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def say_change(change: ClassChange, breakdown: Breakdown, sheet: str, new: Sequence[Count]) -> Finding:
    """What is said of it to the sender and to the officer, with the caveat that the figures carry."""
    names = [f"“{each.written}” ({each.rows} row{'s' * (each.rows != 1)}, {each.value:g})" for each in change.new]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    titles = {each.code: each.title for each in breakdown.categories}
    gone = "; ".join(titles[code] for code in change.gone[:_NAMED])
    return found(
        "export-new-classes",
        sheet,
        "",
        tuple(count.cell for count in new),
        change.indicator,
        change=change.sentence,
        new=", ".join(names[:_NAMED]) + more,
        gone=f" Without a row now: {gone}." if gone else "",
    )
