"""Classes that a supplier changed: which series go on in another class, and which begin anew."""

from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.periods import Period, say_date


def taken_over(breakdown: Breakdown, code: str) -> tuple[Category, ...]:
    """The classes that went into this one whole, so that its earlier figures are theirs added up.

    None where one of them went into another class too, as where it was split: what went where nobody knows.
    """
    by_code = {each.code: each for each in breakdown.categories}
    category = by_code.get(code)
    if category is None or category.starts is None:
        return ()
    before = tuple(by_code[each] for each in category.succeeds if each in by_code)
    others = {old for each in breakdown.categories if each.code != code for old in each.succeeds}
    return () if any(each.code in others for each in before) else before


def begins_anew(breakdown: Breakdown, code: str, period: Period) -> bool:
    """Whether a class begins in a period and did not take over the whole of what went before it: a break."""
    category = next((each for each in breakdown.categories if each.code == code), None)
    if category is None or category.starts is None or not category.succeeds:
        return False
    starts_here = period.start <= category.starts <= period.end
    return starts_here and not taken_over(breakdown, code)


def changes_said(breakdown: Breakdown, shown: Period) -> tuple[str, ...]:
    """What a reader of figures of some days should know of classes that began or ended in them, a sentence a class."""
    titles = {each.code: each.title for each in breakdown.categories}
    followed = {old for each in breakdown.categories for old in each.succeeds}
    said = []
    for each in breakdown.categories:
        if each.starts and shown.start < each.starts <= shown.end:
            before = _listed([titles[old] for old in each.succeeds if old in titles])
            goes_on = bool(taken_over(breakdown, each.code))
            said.append(_begins(each.title, say_date(each.starts), before, goes_on=goes_on))
        if each.ends and shown.start <= each.ends < shown.end and each.code not in followed:
            said.append(f"“{each.title}” ended on {say_date(each.ends)}: nothing took its place.")
    return tuple(said)


def _begins(title: str, day: str, before: str, *, goes_on: bool) -> str:
    if not before:
        return f"“{title}” is new from {day}: there are no earlier figures of it."
    if goes_on:
        return f"“{title}” took the place of {before} on {day}: earlier figures are of {before}, added up."
    return f"“{title}” took over a part of {before} on {day}: its series begins anew, nobody knows what went where."


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
