"""What a sample's rows or columns give of an indicator: its numerator or denominator, actual figures, thousands."""

import re
from typing import Any

from quarterday.adapters.reading.likeness import likeness
from quarterday.adapters.reading.naming import key
from quarterday.adapters.reading.sample import Sample
from quarterday.domain.framework.indicators import Indicator

_NUMERATOR = frozenset(("numerator", "num"))
_DENOMINATOR = frozenset(("denominator", "denom", "out of", "of", "base", "cohort", "eligible"))
_NUMBER = frozenset(("number", "count", "value", "n", "no", "actual", "volume", "cases", "figure", "total"))
_RATE = re.compile(r"%|\b(?:per ?cent(?:age)?|pct|pc|rate|proportion|share|ratio)\b", re.IGNORECASE)
_BEHIND = re.compile(r"^(?P<label>.+?)\s*[-–:,/(\[]\s*(?P<said>[^()\[\]]{1,40}?)\s*[)\]]?$")
_ACTUAL = frozenset(("actual", "actuals", "outturn", "observed", "achieved", "this year", "current", "current year"))
_NOT_ACTUAL = frozenset(
    "target,targets,baseline,forecast,plan,planned,budget,trajectory,last year,previous,previous year,prior year,"
    "projection,projected,benchmark,comparator,average,change".split(",")
)
NUMERATOR, DENOMINATOR, NUMBER, RATE = "numerator", "denominator", "number", "rate"
_MANY = (
    (re.compile(r"\bthousands?\b|'?\b000'?s?\b|\bk\b", re.IGNORECASE), 1000),
    (re.compile(r"\bmillions?\b|\bm(?:n|ln|il|ill|io)?\b", re.IGNORECASE), 1_000_000),
    (re.compile(r"\bhundreds\b", re.IGNORECASE), 100),
    (re.compile(r"\bbillions?\b|\bbn\b", re.IGNORECASE), 1_000_000_000),
)


def measure_of(said: str, indicator: Indicator) -> str:
    """What a word says of an indicator: its numerator, denominator, a number, or a rate; empty where it says none."""
    name = key(said)
    for part, words in ((NUMERATOR, _NUMERATOR), (DENOMINATOR, _DENOMINATOR)):
        if name in words or name == key(getattr(indicator, part) or "-"):
            return part
    if _RATE.search(said):
        return RATE
    if name in _NUMBER:
        return NUMBER
    if indicator.has_parts:
        like = {part: likeness(said, getattr(indicator, part)) for part in (NUMERATOR, DENOMINATOR)}
        best = max(like, key=lambda part: like[part])
        if like[best] >= 1 and like[NUMERATOR] != like[DENOMINATOR]:
            return best
    return ""


def parts_named(said: list[str], indicator: Indicator) -> dict[str, str]:
    """Which of some words names which part of an indicator; a number beside a denominator is the numerator."""
    found = {each: measure for each in said if (measure := measure_of(each, indicator))}
    parts = {measure: each for each, measure in reversed(found.items())}
    if not indicator.has_parts:
        return {"value": parts[NUMBER]} if NUMBER in parts else {}
    denominator = parts.get(DENOMINATOR)
    called = next((each for each in said if each != denominator and likeness(each, indicator.title) >= 1), None)
    numerator = parts.get(NUMERATOR) or parts.get(NUMBER) or (called if called not in found else None)
    return {NUMERATOR: numerator, DENOMINATOR: denominator} if numerator and denominator else {}


def label_and_measure(label: str, indicators: tuple[Indicator, ...]) -> tuple[str, str]:
    """A label such as `Repeat cases - numerator` in its two parts; the second is empty where it has none."""
    match = _BEHIND.match(label)
    if match and any(measure_of(match["said"], each) in (NUMERATOR, DENOMINATOR, RATE) for each in indicators):
        return match["label"], match["said"]
    return label, ""


def measure_column(sample: Sample, indicators: list[Indicator], taken: set[int | None]) -> int | None:
    """The column whose cells say which measure a row holds; None where none does."""
    parts = [each for each in indicators if each.has_parts]
    for at in sample.titles:
        if at not in taken and not sample.is_all_numbers(at):
            said = sample.said(at)
            if len(said) > 1 and any(parts_named(said, each) for each in parts):
                return at
    return None


def rows_that_count(sample: Sample, taken: set[int | None]) -> dict[str, dict[str, list[str]]]:
    """A column that tells actual figures from targets and the like: what to keep of it, else what to leave out."""
    for at, title in sample.titles.items():
        said = sample.said(at) if at not in taken else []
        others = [each for each in said if key(each) in _NOT_ACTUAL]
        actual = [each for each in said if key(each) in _ACTUAL]
        if not others or len(said) < 2 or len(others) + len(actual) < len(said) / 2:
            continue
        keep = actual or [each for each in said if each not in others]
        sample.body = [row for row in sample.body if key(str(sample.at(row, at))) in {key(each) for each in keep}]
        sample.remarks.append(f"Rows in which “{title}” is {' or '.join(others)} are left out.")
        return {"where": {title: actual}} if actual else {"leave_out": {title: others}}
    return {}


def times_of_words(text: str) -> int:
    """By what the numbers under a title are to be multiplied, as 1000 for `(thousands)`; 1 where it says nothing."""
    written = text.replace("’", "'")
    return next((many for pattern, many in _MANY if pattern.search(written)), 1)


def own_where(entry: dict[str, Any], more: dict[str, list[str]]) -> dict[str, Any]:
    """An entry that also keeps only some rows."""
    return {**entry, "where": {**entry.get("where", {}), **more}}
