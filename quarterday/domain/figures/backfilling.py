"""Earlier figures, from before quarterday: a tidy table read strictly, every problem told with its line."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quarterday.domain.figures.assembling import computed
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, within_reach

COLUMNS = (
    "indicator", "area_code", "breakdown", "category", "period_start", "period_end",
    "value", "numerator", "denominator", "marker",
)  # fmt: skip
BACKFILL = "backfill"  # files of earlier figures are called so as a source, with their number
NEEDED = ("indicator", "area_code", "period_start", "period_end")


@dataclass(frozen=True)
class BackfillProblem:
    """What is wrong with one line of the file, and what good looks like."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.sentence}"


def figures_in(
    framework: Framework, rows: Iterable[Mapping[str, str | None]], source: str, sha256: str
) -> tuple[list[Figure], list[BackfillProblem]]:
    """The figures of a tidy table's rows and what is wrong with the rest. The heading is line 1."""
    figures: list[Figure] = []
    problems: list[BackfillProblem] = []
    seen: dict[object, int] = {}
    for line, row in enumerate(rows, start=2):
        text = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(text.values()):
            continue
        told = list(_problems(framework, text))
        if told:
            problems += [BackfillProblem(line, sentence) for sentence in told]
            continue
        figure = _figure(framework.indicator[text["indicator"]], text, source, sha256, line)
        if figure.key in seen:
            problems.append(
                BackfillProblem(
                    line, f"the same figure already stands on line {seen[figure.key]}: keep one of the two."
                )
            )
            continue
        seen[figure.key] = line
        figures.append(figure)
    return figures, problems


def _problems(framework: Framework, text: dict[str, str]) -> Iterable[str]:
    indicator = framework.indicator.get(text["indicator"])
    if indicator is None:
        yield f"“{text['indicator']}” is no indicator of the framework: use a code from config/framework."
        return
    areas = {area.code for area in framework.areas(indicator.area)}
    if text["area_code"] not in areas:
        yield (
            f"“{text['area_code']}” is no {indicator.area} of the partnership: "
            f"use an area's code, such as {min(areas, default='E09000001')}."
        )
    yield from _breakdown_problems(framework, indicator, text)
    yield from problems_of_days(text)
    yield from _number_problems(indicator, text)
    if text["marker"] and text["marker"] not in set(Marker):
        yield f"“{text['marker']}” is no marker: use one of {', '.join(Marker)}, or leave it empty."


def _breakdown_problems(framework: Framework, indicator: Indicator, text: dict[str, str]) -> Iterable[str]:
    breakdown, category = text["breakdown"], text["category"]
    if not breakdown and not category:
        return
    if breakdown not in indicator.breakdowns:
        listed = ", ".join(indicator.breakdowns) or "none, so leave breakdown and category empty"
        yield f"“{breakdown}” is no breakdown of {indicator.code}: it has {listed}."
        return
    if category not in {each.code for each in framework.breakdown[breakdown].categories}:
        yield f"“{category}” is no category of the breakdown {breakdown}: use one of its codes in config."


def _number_problems(indicator: Indicator, text: dict[str, str]) -> Iterable[str]:
    needed = ("numerator", "denominator") if indicator.has_parts else ("value",)
    for name in ("value", "numerator", "denominator"):
        if text[name] and number_in(text[name]) is None:
            yield f"{name} “{text[name]}” is no number: write digits only, such as 1234 or 12.5."
        elif (number_in(text[name]) or 0) < 0:
            yield f"{name} cannot be less than 0."
    if not text["marker"]:
        for name in needed:
            if not text[name]:
                yield f"{name} is empty: give the number, or a marker such as [x] for not available."


def _figure(indicator: Indicator, text: dict[str, str], source: str, sha256: str, line: int) -> Figure:
    start, end = day_in(text["period_start"]), day_in(text["period_end"])
    assert start and end
    numerator, denominator = number_in(text["numerator"]), number_in(text["denominator"])
    value = computed(indicator, numerator, denominator) if indicator.has_parts else number_in(text["value"])
    marker = Marker(text["marker"]) if text["marker"] else None
    if value is None and marker is None:
        marker = Marker.NOT_APPLICABLE
    return Figure(
        indicator=indicator.code,
        definition_version=indicator.definition_on(start).version,
        area_code=text["area_code"],
        breakdown=text["breakdown"],
        category=text["category"],
        period=Period(start, end),
        value=value,
        numerator=numerator if indicator.has_parts else None,
        denominator=denominator if indicator.has_parts else None,
        marker=marker,
        source_return=source,
        source_sha256=sha256,
        cells=(f"line {line}",),
    )


def problems_of_days(text: Mapping[str, str]) -> Iterable[str]:
    """What is wrong with the period of a row of a tidy table."""
    days = [day_in(text[name]) for name in ("period_start", "period_end")]
    for name, day in zip(("period_start", "period_end"), days, strict=True):
        if day is None:
            yield f"{name} “{text[name]}” is no date: write it as 2025-04-01."
    if days[0] and days[1] and days[1] < days[0]:
        yield "period_end comes before period_start: swap them."


def day_in(text: str) -> date | None:
    """The day that a cell of a tidy table says; None where it says none within reach."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2025-04-01") else None
    except ValueError:
        return None
    return day if day and within_reach(day) else None


def number_in(text: str) -> float | None:
    """The number that a cell of a tidy table says; None where it says none."""
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number == int(number) else number
