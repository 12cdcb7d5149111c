"""Reads CSV: its encoding, its delimiter and its quoting are found out, or the file is refused."""

from quarterday.adapters.parsing.delimited import split
from quarterday.adapters.parsing.encodings import decode
from quarterday.adapters.parsing.limits import CELL_CHARACTERS
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.shapes import check_shape
from quarterday.adapters.parsing.tables import Cell, Reading, Table, trimmed

_OTHER_TEXT = (
    ("web-page", ("<!doctype html", "<html", "<table", "<head", "<body")),
    ("wrong-type", ("{", "<?xml", "<svg", "-----begin", "mime-version:", "begin:vcalendar", "#!/")),
    ("document", ("{\\rtf",)),
)


def parse_csv(data: bytes) -> Reading:
    """The one table of a CSV file, every cell as text. Raises `Refused`."""
    text, notes = decode(data)
    _check_other_text(text)
    if not text.strip(' \t\r\n,;|"\ufeff'):
        raise Refused("empty")
    rows, _ = split(text)
    if any(len(cell) > CELL_CHARACTERS for row in rows for cell in row):
        raise Refused("cell-too-long")
    check_shape(rows)
    cells: list[list[Cell]] = [[cell or None for cell in row] for row in rows]
    return Reading((Table("", False, trimmed(cells)),), notes)


def _check_other_text(text: str) -> None:
    start = text[:2000].lstrip().lower()
    for reason, beginnings in _OTHER_TEXT:
        if start.startswith(beginnings):
            raise Refused("xml-spreadsheet" if "urn:schemas-microsoft-com:office:spreadsheet" in start else reason)
