"""From accepted returns to figures: which row counts, which days it covers, and how its value is computed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from quarterday.domain.facts import RequestMade, ReturnKind, ReturnReceived
from quarterday.domain.figures.figure import Figure, joined
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.keys import Series
from quarterday.domain.figures.returns import Marker, PartnerReturn, ReturnRow, grid
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Frequency, Indicator, Unit
from quarterday.domain.framework.periods import Period

NIL_RETURN = "The supplier returned that there was nothing to report."
DECIMALS = 4  # of a computed rate or percentage
_NUMBERS = ("Value", "Numerator", "Denominator")  # the columns of a return that a figure is traced to


@dataclass(frozen=True)
class AcceptedReturn:
    """An accepted return with all that was made of it. `content` is None for a nil return, which answers `nil_for`."""

    received: ReturnReceived
    content: PartnerReturn | None
    findings: tuple[Finding, ...] = ()
    nil_for: tuple[str, ...] = ()


def figures_of(
    framework: Framework, request: RequestMade, asked: Period, accepted: Sequence[AcceptedReturn]
) -> list[Figure]:
    """The figures that the accepted returns of one request give, oldest return first.

    A later figure replaces an earlier one of its series wherever their periods overlap; a cell left blank replaces
    nothing. Monthly values are added up only where every month of the period asked is there.
    """
    counting: list[Figure] = []
    for each in accepted:
        newer = list(_figures_in(framework, request, asked, each))
        replaced = _periods_by_series(newer)
        counting = [
            figure
            for figure in counting
            if not any(figure.period.overlap_days(period) for period in replaced[figure.series])
        ] + newer
    return sorted(_added_up(framework, asked, counting), key=lambda figure: figure.key)


def computed(indicator: Indicator, numerator: float | None, denominator: float | None) -> float | None:
    """The rate or percentage of two parts; None where either is missing, or where there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    per = 100 if indicator.unit is Unit.PERCENTAGE else indicator.per
    return round(numerator / denominator * per, DECIMALS)


def summed(indicator: Indicator, figures: Sequence[Figure], **changes: Any) -> Figure | None:
    """One figure from several of one indicator: counts are added, rates computed from the sums of their parts.

    None where a part is missing: a sum of what happens to be there would pass for the whole.
    """
    first = figures[0]
    if indicator.has_parts:
        parts = [(each.numerator, each.denominator) for each in figures]
        if any(numerator is None or denominator is None for numerator, denominator in parts):
            return None
        numerator = sum(numerator for numerator, _ in parts if numerator is not None)
        denominator = sum(denominator for _, denominator in parts if denominator is not None)
        value = computed(indicator, numerator, denominator)
        made = replace(first, value=value, numerator=numerator, denominator=denominator)
    else:
        if any(each.value is None for each in figures):
            return None
        made = replace(first, value=sum(each.value for each in figures if each.value is not None))
    told = replace(
        made,
        marker=next((each.marker for each in figures if each.marker), None),
        comment=_joined(each.comment for each in figures),
        source_return=joined(each.source_return for each in figures),
        source_sha256=joined(each.source_sha256 for each in figures),
        cells=tuple(dict.fromkeys(cell for each in figures for cell in each.cells)),
        caveats=tuple(dict.fromkeys(caveat for each in figures for caveat in each.caveats)),
    )
    return replace(told, **changes)


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))


def _periods_by_series(figures: Iterable[Figure]) -> dict[Series, list[Period]]:
    periods: dict[Series, list[Period]] = defaultdict(list)
    for figure in figures:
        periods[figure.series].append(figure.period)
    return periods


def _figures_in(
    framework: Framework, request: RequestMade, asked: Period, accepted: AcceptedReturn
) -> Iterator[Figure]:
    if accepted.received.kind is ReturnKind.NIL or accepted.content is None:
        yield from _nil_figures(framework, request, asked, accepted)
        return
    for row in accepted.content.rows:
        indicator = framework.indicator.get(row.indicator)
        if indicator and (figure := _figure(indicator, row, asked, accepted)):
            yield figure


def _nil_figures(
    framework: Framework, request: RequestMade, asked: Period, accepted: AcceptedReturn
) -> Iterator[Figure]:
    """A nil return answers nought to what it was taken for; a share of nothing does not apply."""
    received, taken = accepted.received, set(accepted.nil_for)
    codes = (code for code in request.asked if code in taken and code in framework.indicator)
    indicators = tuple(framework.indicator[code] for code in codes)
    for row in grid(framework, indicators, asked):
        indicator = framework.indicator[row.indicator]
        yield Figure(
            indicator=row.indicator,
            definition_version=indicator.definition_on(row.period.start).version,
            area_code=row.area_code,
            breakdown=row.breakdown,
            category=row.category,
            period=row.period,
            value=None if indicator.has_parts else 0,
            numerator=0 if indicator.has_parts else None,
            denominator=0 if indicator.has_parts else None,
            marker=Marker.NOT_APPLICABLE if indicator.has_parts else None,
            comment=received.reason,
            source_return=received.partner_return,
            source_sha256=received.sha256,
            caveats=(NIL_RETURN,),
        )


def _figure(indicator: Indicator, row: ReturnRow, asked: Period, accepted: AcceptedReturn) -> Figure | None:
    blank = row.value is None and row.numerator is None and row.denominator is None
    if blank and row.marker is None:
        return None
    period = _covered(row, asked, accepted)
    value, marker = row.value, row.marker
    if indicator.has_parts:
        value = computed(indicator, row.numerator, row.denominator)
        if value is None and marker is None:
            marker = Marker.NOT_APPLICABLE if row.denominator == 0 else Marker.NOT_AVAILABLE
    bound = _bound(indicator, row, accepted.findings)
    questioned = any(finding.severity is Severity.WARNING for finding in bound)
    return Figure(
        indicator=indicator.code,
        definition_version=indicator.definition_on(period.start).version,
        area_code=row.area_code,
        breakdown=row.breakdown,
        category=row.category,
        period=period,
        value=value,
        numerator=row.numerator if indicator.has_parts else None,
        denominator=row.denominator if indicator.has_parts else None,
        marker=marker,
        comment=_said(row, accepted, questioned),
        source_return=accepted.received.partner_return,
        source_sha256=accepted.received.sha256,
        cells=_cells(row, [each for each in row.cells if each[0] in _NUMBERS] or row.cells),
        caveats=tuple(dict.fromkeys(finding.caveat for finding in bound if finding.caveat)),
    )


def _cells(row: ReturnRow, cells: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple([f"{row.sheet}!{address}" if row.sheet else address for _, address in cells])


def _said(row: ReturnRow, accepted: AcceptedReturn, questioned: bool) -> str:
    """The supplier's words: beside the figure, else what it said of warnings where there are any, else of the whole."""
    explained = accepted.received.explanations if questioned else ""
    whole = accepted.content.comment if accepted.content and not row.category else ""
    return _joined((row.comment, explained)) or whole


def _covered(row: ReturnRow, asked: Period, accepted: AcceptedReturn) -> Period:
    """The days a row covers: its own where it names others than were asked, else what the sender said of the whole."""
    said = accepted.received.says_period or (accepted.content.period if accepted.content else None)
    if row.period and (row.period != asked or said is None):
        return row.period
    return said or asked


def _bound(indicator: Indicator, row: ReturnRow, findings: Iterable[Finding]) -> list[Finding]:
    """The findings short of critical that concern a figure: by its cells where they name any, else by its indicator."""
    bound = []
    for finding in findings:
        if finding.severity is Severity.CRITICAL or finding.indicator not in ("", indicator.code):
            continue
        places = {f"{finding.sheet}!{cell}" if finding.sheet else cell for cell in finding.cells}
        if not places or places & set(_cells(row, row.cells)):
            bound.append(finding)
    return bound


def _added_up(framework: Framework, asked: Period, figures: list[Figure]) -> Iterator[Figure]:
    by_series: dict[Series, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_series[figure.series].append(figure)
    for (code, *_), of_series in by_series.items():
        indicator = framework.indicator[code]
        left = of_series
        if indicator.frequency is not Frequency.MONTH and indicator.unit is not Unit.OUT_OF:
            for wanted in framework.periods_asked(indicator, asked):
                left = _months_joined(indicator, wanted, left)
        yield from left


def _months_joined(indicator: Indicator, wanted: Period, figures: list[Figure]) -> list[Figure]:
    """The months of the wanted period as one figure, where all are there and the figure itself is not."""
    months = list(wanted.months())
    found = {figure.period: figure for figure in figures}
    whole = len(months) > 1 and sum(month.days for month in months) == wanted.days
    if not whole or wanted in found or not all(month in found for month in months):
        return figures
    total = summed(indicator, [found[month] for month in months], period=wanted)
    return figures if total is None else [each for each in figures if each.period not in months] + [total]
