"""Classes that a supplier changed: which series go on in another class, and which begin anew."""

from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.domain.framework.periods import Period


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
