"""Every figure in one file: for whoever wants one, in a spreadsheet, without joining anything."""

import csv
import io

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.csv_cells import written
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.workbook import FIGURE_COLUMNS, figure_cells, never_blank

NAME = "figures.csv"
BOM = "\ufeff"  # by which Excel knows UTF-8


def one_file(framework: Framework, tables: ReleaseTables) -> bytes:
    """`figures.csv`: this collection's figures and all earlier ones, each indicator's in the order of its periods."""
    order = {indicator.code: place for place, indicator in enumerate(framework.indicators)}
    every = [each for each in (*tables.history, *tables.observations) if not each.stale]
    every.sort(key=lambda each: (order[each.indicator], each.area_code, each.breakdown, each.category, each.period))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIGURE_COLUMNS)
    writer.writerows([written(never_blank(cell)) for cell in figure_cells(framework, each)] for each in every)
    return (BOM + text.getvalue()).encode()
