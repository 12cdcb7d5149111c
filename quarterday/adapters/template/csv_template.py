"""The template as CSV: the same columns as the workbook's sheet of figures."""

import csv
from collections.abc import Sequence
from datetime import date
from io import StringIO

from quarterday.adapters.template.lines import columns, lines
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.figure import Figure
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period


def build_csv_template(
    framework: Framework, request: RequestMade, period: Period, earlier: Sequence[Figure] = ()
) -> bytes:
    """The template of a request as UTF-8 CSV, with the mark by which Excel knows the encoding. Dates are ISO."""
    made = lines(framework, request, period, earlier)
    titles = columns(made)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([str(title) for title in titles])
    for line in made:
        writer.writerow([_written(line.known.get(title, "")) for title in titles])
    return text.getvalue().encode("utf-8-sig")


def _written(value: str | float | date) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:g}" if isinstance(value, float) else str(value)
