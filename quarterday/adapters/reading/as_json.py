"""What was read and found as plain data: the same for the command line, the officers' page and a partner's program."""

from typing import Any

from quarterday.adapters.parsing.tables import Cell, FileTables, Refusal, Table
from quarterday.adapters.reading.as_csv import in_csv
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow, Tidied
from quarterday.domain.framework.periods import Period


def tables_said(reading: FileTables) -> dict[str, Any]:
    """Every table cell for cell, and what should be known of how it was read."""
    return {"tables": [_table(each) for each in reading.tables], "notes": list(reading.notes)}


def refusal_said(refusal: Refusal) -> dict[str, Any]:
    """Why a file was refused: a word for programs and the sentence for people."""
    return {"refused": {"reason": refusal.reason, "sentence": refusal.sentence}}


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "hidden": table.hidden,
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "doubts": dict(table.doubts),
        "shown_as": dict(table.shown_as),
    }


def _cell(cell: Cell) -> str | int | float | bool | None:
    """Dates as ISO; everything else as it is."""
    return cell if cell is None or isinstance(cell, str | int | float) else in_csv(cell)


def return_said(partner_return: PartnerReturn) -> dict[str, Any]:
    """A return: its figures with the cells they stood in, what was tidied, and how classes changed."""
    return {
        "layout": partner_return.layout,
        "period": _period(partner_return.period),
        "figures": [figure_said(each) for each in partner_return.rows],
        "tidied": [tidied_said(each) for each in partner_return.tidied],
        "class_changes": [
            {
                "indicator": change.indicator,
                "breakdown": change.breakdown,
                "new": [{"written": each.written, "rows": each.rows, "value": each.value} for each in change.new],
                "gone": list(change.gone),
                "sentence": change.sentence,
            }
            for change in partner_return.class_changes
        ],
        "comment": partner_return.comment,
    }


def tidied_said(tidied: Tidied) -> dict[str, Any]:
    """One thing that was tidied: where it stands, as written and as read."""
    said = ("sheet", "cell", "column", "written", "read_as")
    return {name: getattr(tidied, name) for name in said}


def figure_said(row: ReturnRow) -> dict[str, Any]:
    """One figure: what it is of, its numbers and marker, and the cells that they stood in."""
    return {
        "indicator": row.indicator,
        "area_code": row.area_code,
        "breakdown": row.breakdown,
        "category": row.category,
        "period": _period(row.period),
        "value": row.value,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "marker": row.marker.value if row.marker else None,
        "comment": row.comment,
        "sheet": row.sheet,
        "cells": [{"column": column, "cell": cell} for column, cell in row.cells],
    }


def _period(period: Period | None) -> dict[str, str] | None:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None


def finding_said(finding: Finding) -> dict[str, Any]:
    """A finding: what it is, how grave, where, and its sentence."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "sentence": finding.sentence,
        "sheet": finding.sheet,
        "column": finding.column,
        "cells": list(finding.cells),
        "indicator": finding.indicator,
    }
