"""From a file's bytes to its tables: what kind it is, then the reader for that kind."""

from quarterday.adapters.parsing import text, workbooks
from quarterday.adapters.parsing.refusals import Refused, refused
from quarterday.adapters.parsing.tables import Reading, Refusal


def parse(data: bytes, name: str) -> Reading | Refusal:
    """The tables of a file, or why it was refused."""
    try:
        if data[:4] == b"PK\x03\x04":
            return workbooks.parse_workbook(data)
        return text.parse_csv(data)
    except Refused as why:
        return why.refusal
    except MemoryError:
        return refused("too-much-memory")
