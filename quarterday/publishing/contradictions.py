"""Published figures that contradict one another stop nobody: officers hear of them before, readers beside them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice

from quarterday.domain.figures.keys import Key, Series
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import DisclosureRule, Unit
from quarterday.domain.framework.periods import describe
from quarterday.publishing.disclosure.sums import names_of
from quarterday.publishing.tables import Observation


@dataclass(frozen=True)
class Contradiction:
    """What cannot both be right, in a sentence that names the figures and not their values."""

    figures: tuple[Key, ...]
    says: str


def contradictions(framework: Framework, published: Sequence[Observation]) -> tuple[Contradiction, ...]:
    """Every contradiction among figures that readers see.

    What is hidden or missing contradicts nothing, nor does what is rounded: it may differ by its rounding.
    """
    told = [each for each in published if not each.stale and not _is_rounded(framework, each)]
    above = _above(framework, told)
    return (*_within(framework, told), *_parts(framework, told), *above, *_names(framework, told))


def _is_rounded(framework: Framework, each: Observation) -> bool:
    return framework.indicator[each.indicator].disclosure.rule is DisclosureRule.THRESHOLD_WITH_ROUNDING


def with_caveats(found: Iterable[Contradiction], observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """The observations, each with what contradicts it among its caveats."""
    says: dict[Key, list[str]] = defaultdict(list)
    for each in found:
        for key in each.figures:
            says[key].append(each.says)
    return tuple(_with(each, says.get(each.key, ())) for each in observations)


def _with(each: Observation, says: Sequence[str]) -> Observation:
    return replace(each, caveats=tuple(dict.fromkeys((*each.caveats, *says)))) if says else each


def _within(framework: Framework, told: Sequence[Observation]) -> Iterator[Contradiction]:
    """A count for some days above the count for days that hold them."""
    by_series: dict[Series, list[Observation]] = defaultdict(list)
    for each in told:
        by_series[each.series].append(each)
    for figures in by_series.values():
        for one, other in _sharing_days(figures):
            for inner, outer in ((one, other), (other, one)):
                if inner.period != outer.period and outer.period.contains(inner.period) and _is_more(inner, outer):
                    title = framework.indicator[inner.indicator].title
                    says = (
                        f"{title}: {describe(inner.period)} shows more than {describe(outer.period)}, which holds it."
                    )
                    yield Contradiction((inner.key, outer.key), says)


def _sharing_days(figures: Iterable[Observation]) -> Iterator[tuple[Observation, Observation]]:
    """The pairs of a series whose periods overlap, the earlier first."""
    in_order = sorted(figures, key=lambda each: (each.period.start, each.period.end))
    for number, one in enumerate(in_order, start=1):
        for other in islice(in_order, number, None):
            if other.period.start > one.period.end:
                break
            yield one, other


def _is_more(inner: Observation, outer: Observation) -> bool:
    return any(
        small is not None and great is not None and small > great
        for small, great in zip(_counts(inner), _counts(outer), strict=True)
    )


def _counts(each: Observation) -> tuple[float | None, float | None]:
    return (each.numerator, each.denominator) if each.unit in (Unit.PERCENTAGE, Unit.RATE) else (each.value, None)


def _parts(framework: Framework, told: Sequence[Observation]) -> Iterator[Contradiction]:
    """A part of a percentage above its whole."""
    for each in told:
        part, whole = each.numerator, each.denominator
        if each.unit == Unit.PERCENTAGE and part is not None and whole is not None and part > whole:
            says = f"{framework.indicator[each.indicator].title}: the part is more than its whole."
            yield Contradiction((each.key,), says)


def _above(framework: Framework, told: Sequence[Observation]) -> Iterator[Contradiction]:
    """A class above its total, a ward above the borough, a count above the one that it is part of or out of."""
    by_key = {each.key: each for each in told}
    for each in told:
        title, days = framework.indicator[each.indicator].title, describe(each.period)
        for key, named in _wholes(framework, each):
            whole = by_key.get(key)
            if whole and _is_more(each, whole):
                yield Contradiction((each.key, whole.key), f"{title}: {named} for {days}.")
        out_of = framework.indicator[each.indicator].out_of
        if out_of is not None and each.value is not None and each.value > out_of:
            yield Contradiction((each.key,), f"{title}: it is more than the {out_of} that there are for {days}.")


def _wholes(framework: Framework, each: Observation) -> Iterator[tuple[Key, str]]:
    """The figures that this one cannot exceed, each with the sentence's middle if it does."""
    indicator, days = framework.indicator[each.indicator], (each.period.start, each.period.end)
    place = each.category_title or each.category
    if each.breakdown:
        yield (each.indicator, each.area_code, "", "", *days), f"“{place}” in {each.area_name} is more than its total"
    boroughs = framework.areas("borough")
    if indicator.area == "ward" and len(boroughs) == 1 and each.area_code != boroughs[0].code:
        whole = f"{each.area_name}{f' (“{place}”)' if place else ''} is more than {boroughs[0].name}"
        yield (each.indicator, boroughs[0].code, each.breakdown, each.category, *days), whole
    if indicator.no_more_than:
        other = framework.indicator[indicator.no_more_than]
        key = (other.code, each.area_code, each.breakdown, each.category, *days)
        yield key, f"{f'“{place}”' if place else 'it'} is more than “{other.title}”"


def _names(framework: Framework, told: Sequence[Observation]) -> Iterator[Contradiction]:
    """One count under two names that are not the same: the whole of two rates, or an indicator that is part of one."""
    for (name, _), figures in _by_name(framework, told).items():
        for (one, first), (other, second) in combinations(figures, 2):
            if first != second and one.indicator != other.indicator:
                titles = " and ".join(f"“{framework.indicator[each.indicator].title}”" for each in (one, other))
                says = f"{titles} give different counts of “{name}” for {describe(one.period)}."
                yield Contradiction((one.key, other.key), says)


def _by_name(
    framework: Framework, told: Sequence[Observation]
) -> Mapping[tuple[str, object], list[tuple[Observation, float]]]:
    found: dict[tuple[str, object], list[tuple[Observation, float]]] = defaultdict(list)
    names = {
        code: {part: names_of(indicator, part) for part in parts}
        for code, indicator in framework.indicator.items()
        for parts in [("numerator", "denominator") if indicator.has_parts else ("value",)]
    }
    of_several = _borne_by_several(names)
    for each in told:
        for part, called in of_several[framework.indicator[each.indicator].code].items():
            count = getattr(each, part)
            if count is not None:
                place = (each.area_code, each.breakdown, each.category, each.period)
                for name in called:
                    found[name, place].append((each, count))
    return found


def _borne_by_several(names: Mapping[str, Mapping[str, set[str]]]) -> dict[str, dict[str, set[str]]]:
    """Of each indicator's names, those that another has too: no other can be given different counts."""
    bearers = Counter(name for parts in names.values() for name in set[str]().union(*parts.values()))
    shared = {name for name, number in bearers.items() if number > 1}
    return {
        code: {part: both for part, called in parts.items() if (both := called & shared)}
        for code, parts in names.items()
    }
