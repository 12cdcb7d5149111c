"""Any spreadsheet in, a return or plain sentences out.

`read_tables` turns bytes into tables, in a limited process of its own; `as_return` makes a return of them.
"""

from quarterday.adapters.parsing.tables import Cell, FileTables, Refusal, Table
from quarterday.adapters.reading.partner_returns import NOT_A_RETURN, ReadReturn, as_return, exports_of
from quarterday.adapters.reading.process import bytes_of, read_tables

__all__ = [
    "NOT_A_RETURN",
    "Cell",
    "FileTables",
    "ReadReturn",
    "Refusal",
    "Table",
    "as_return",
    "bytes_of",
    "exports_of",
    "read_tables",
]
