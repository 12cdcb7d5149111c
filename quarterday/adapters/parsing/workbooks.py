from datetime import time, timedelta
from io import BytesIO

import python_calamine

from quarterday.adapters.parsing.tables import Reading, Table, trimmed


def parse_workbook(data: bytes) -> Reading:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
    tables = []
    for meta in book.sheets_metadata:
        sheet = book.get_sheet_by_name(meta.name)
        rows = [[_cell(v) for v in row] for row in sheet.to_python(skip_empty_area=False)]
        tables.append(Table(meta.name, meta.visible != python_calamine.SheetVisibleEnum.Visible, trimmed(rows)))
    return Reading(tuple(tables))


def _cell(v):
    if v == "":
        return None
    if isinstance(v, float) and v.is_integer() and abs(v) < 2**53:
        return int(v)
    if isinstance(v, (time, timedelta)):
        return str(v)
    return v
