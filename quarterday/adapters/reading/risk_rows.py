"""The sheet on which an owner looks at its risks again: one row each, as people leave it."""

from collections.abc import Mapping
from enum import StrEnum

from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.catalogue import found
from quarterday.adapters.reading.days import read_day
from quarterday.adapters.reading.telling_rows import TellingRead, TellingRow, TellingSheet, as_read
from quarterday.domain.figures.findings import Finding
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import Review, RiskStands

RISKS_SHEET = "Risks"


class RiskColumn(StrEnum):
    """A column of the sheet by its title."""

    TITLE = "Risk"
    ABOUT = "About it"
    STOOD = "How it stood last time"
    BEFORE = "What is done about it"
    LIKELIHOOD = "How likely now"
    IMPACT = "What would follow now"
    TREND = "Where it is going"
    MITIGATION = "What is new in what is done"
    NEXT_REVIEW = "Look at it again on"
    CODE = "Risk code"


FIELDS = {  # the field of a review -> the column in which it stands
    "likelihood": RiskColumn.LIKELIHOOD,
    "impact": RiskColumn.IMPACT,
    "trend": RiskColumn.TREND,
    "mitigation": RiskColumn.MITIGATION,
    "next_review": RiskColumn.NEXT_REVIEW,
}
OF_RISKS = TellingSheet(
    title=RISKS_SHEET,
    columns=tuple(RiskColumn),
    name=RiskColumn.TITLE,
    code=RiskColumn.CODE,
    needs=RiskColumn.TREND,
    to_fill_in=tuple(FIELDS.values()),
)


def read_risks(reading: FileTables, owned: Mapping[str, RiskStands]) -> TellingRead[ReviewRow]:
    """What a file says of the risks that its sender owns; nothing where it has no such sheet."""
    return as_read(_read_row(each, owned) for each in (OF_RISKS.rows(reading) if owned else ()))


def _read_row(row: TellingRow, owned: Mapping[str, RiskStands]) -> ReviewRow | Finding:
    code = OF_RISKS.code_of(row, {code: each.risk.title for code, each in owned.items()})
    if code is None:
        cells = row.at(RiskColumn.TITLE) or row.at(RiskColumn.CODE)
        return found("unknown-risk", row.table.sheet, RiskColumn.TITLE, cells)
    day = read_day(row.cell(RiskColumn.NEXT_REVIEW))
    if day.problem:
        return found("review-day", row.table.sheet, RiskColumn.NEXT_REVIEW, row.at(RiskColumn.NEXT_REVIEW))
    review = Review(
        likelihood=_chosen(row.text(RiskColumn.LIKELIHOOD)),
        impact=_chosen(row.text(RiskColumn.IMPACT)),
        trend=_chosen(row.text(RiskColumn.TREND)),
        mitigation=row.text(RiskColumn.MITIGATION),
        next_review=day.day,
    ).filled_in(owned[code])
    return ReviewRow(code, review, row.table.sheet, row.cells_of(FIELDS))


def _chosen(said: str) -> str:
    """One of the words to choose from, however it was written."""
    return " ".join(said.replace("-", " ").casefold().split())
