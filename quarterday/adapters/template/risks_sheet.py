"""The sheet on which an owner looks at its risks again: a line for each that is due, with how it stood."""

from collections.abc import Iterator, Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.reading.risk_rows import OF_RISKS, RiskColumn
from quarterday.adapters.template.telling_sheet import fill_telling_sheet, offer_choice
from quarterday.domain.facts import Trend
from quarterday.domain.framework.periods import say_date
from quarterday.domain.framework.risks import Impact, Likelihood
from quarterday.domain.risks.reviewing import RiskStands

_WIDTHS: dict[str, int] = {
    RiskColumn.TITLE: 34,
    RiskColumn.ABOUT: 34,
    RiskColumn.STOOD: 28,
    RiskColumn.BEFORE: 40,
    RiskColumn.LIKELIHOOD: 16,
    RiskColumn.IMPACT: 16,
    RiskColumn.TREND: 14,
    RiskColumn.MITIGATION: 40,
    RiskColumn.NEXT_REVIEW: 15,
    RiskColumn.CODE: 16,
}
_AS_BEFORE = "Leave it empty where it is as it was."


def fill_risks_sheet(sheet: Worksheet, risks: Sequence[RiskStands], before: Mapping[str, str]) -> None:
    """Write a line for each risk. `before` holds what is done about it, as its reader may see it, by its code."""
    lines = [_line(each, before.get(each.risk.code, "")) for each in risks]
    fill_telling_sheet(sheet, OF_RISKS, lines, _WIDTHS, RiskColumn.NEXT_REVIEW)
    offer_choice(sheet, OF_RISKS, RiskColumn.LIKELIHOOD, Likelihood, _AS_BEFORE)
    offer_choice(sheet, OF_RISKS, RiskColumn.IMPACT, Impact, _AS_BEFORE)
    offer_choice(sheet, OF_RISKS, RiskColumn.TREND, Trend)


def _line(stands: RiskStands, before: str) -> dict[str, str]:
    return {
        RiskColumn.TITLE: stands.risk.title,
        RiskColumn.ABOUT: " ".join(stands.risk.about.split()),
        RiskColumn.STOOD: "\n".join(_stood(stands)),
        RiskColumn.BEFORE: before,
        RiskColumn.CODE: stands.risk.code,
    }


def _stood(stands: RiskStands) -> Iterator[str]:
    yield f"{stands.likelihood.capitalize()} to happen, {stands.impact} if it does"
    if stands.trend:
        yield stands.trend.capitalize()
    yield f"To be looked at by {say_date(stands.review)}"
