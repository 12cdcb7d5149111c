"""What the plan says beside the figures: a baseline that is the mean of hidden quarters would give them away."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Target
from quarterday.publishing.tables import Observation

NOT_TOLD = "Its baseline is not told: the figures that it is worked out from are hidden, or are not published."


def may_be_told(indicator: Indicator, target: Target, published: Iterable[Observation]) -> bool:
    """Whether a baseline, or a target that is worked out from figures, tells nothing that the release does not.

    `published` are the indicator's figures of this release and its history. Where the indicator hides anything, all
    figures of the days that it is worked out from have to be there and told; without days nobody knows which they are.
    """
    if not indicator.disclosure.hides:
        return True
    days = target.worked_out_from
    if days is None:
        return False
    within = [each for each in published if each.period.overlap_days(days)]
    return bool(within) and all(_told(indicator, each) for each in within)


def as_told(framework: Framework, published: Iterable[Observation]) -> Framework:
    """The framework as readers may have it: without the baselines and worked-out targets that give figures away."""
    by_indicator: dict[str, list[Observation]] = defaultdict(list)
    for each in published:
        by_indicator[each.indicator].append(each)
    indicators = tuple(_as_told(each, by_indicator[each.code]) for each in framework.indicators)
    if indicators == framework.indicators:
        return framework
    # Its fields, and nothing that it has looked up.
    fields: dict[str, Any] = {name: getattr(framework, name) for name in Framework.model_fields}
    return Framework(**fields | {"indicators": indicators})


def _as_told(indicator: Indicator, published: Sequence[Observation]) -> Indicator:
    changes: dict[str, object] = {}
    if indicator.baseline and not may_be_told(indicator, indicator.baseline, published):
        changes |= {"baseline": None, "caveats": (*indicator.caveats, NOT_TOLD)}
    target = indicator.target
    if target and target.worked_out_from and not may_be_told(indicator, target, published):
        changes["target"] = None
    return indicator.model_copy(update=changes) if changes else indicator


def _told(indicator: Indicator, figure: Observation) -> bool:
    parts = (figure.numerator, figure.denominator) if indicator.has_parts else (figure.value,)
    return all(part is not None for part in parts)
