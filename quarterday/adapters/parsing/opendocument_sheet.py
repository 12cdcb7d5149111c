"""The cells of one sheet of an .ods file while they stream by: repeats are counted before they are written out."""

import math
from datetime import date, datetime

from quarterday.adapters.parsing.limits import USED_CELLS
from quarterday.adapters.parsing.opendocument_looks import look_of
from quarterday.adapters.parsing.refusals import Refused
from quarterday.adapters.parsing.sheet_xml import MOST_COLUMNS, MOST_ROWS, NO_RESULT
from quarterday.adapters.parsing.tables import Cell, Table, address, trimmed
from quarterday.adapters.parsing.xml import Attributes, attribute

_FURTHEST = 2**31


def repeats_of(written: str) -> int:
    """How often a cell, a row or a space is repeated. Raises `Refused` where that is no number of any sheet."""
    if not written:
        return 1
    if not written.isdecimal() or not 1 <= int(written) < _FURTHEST:
        raise Refused("corrupt")
    return int(written)


class Sheet:
    """The cells of one sheet while they stream by."""

    def __init__(self, name: str, hidden: bool, used: int) -> None:
        self.name, self._hidden, self.used = name, hidden, used
        self._rows: list[list[Cell]] = []
        self._doubts: dict[str, str] = {}
        self._looks: dict[str, str] = {}
        self._merged: list[str] = []
        self._row: list[tuple[int, int, Cell, str, str]] = []  # column, repeats, cell, doubt, look
        self._down = self._repeats = 0
        self._column = 0
        self._titled = 0  # columns that were described above the rows
        self._column_styles: dict[int, str] = {}
        self._hidden_columns: set[int] = set()
        self.row_style = ""

    def describe_columns(self, attributes: Attributes) -> None:
        """How the next columns look where their cells say nothing themselves, and whether they are hidden."""
        repeats = repeats_of(attribute(attributes, "number-columns-repeated"))
        columns = range(self._titled, min(self._titled + repeats, MOST_COLUMNS))
        self._titled += repeats
        if style := attribute(attributes, "default-cell-style-name"):
            self._column_styles.update(dict.fromkeys(columns, style))
        if attribute(attributes, "visibility") in ("collapse", "filter"):
            self._hidden_columns.update(columns)

    def style_of(self, attributes: Attributes) -> str:
        """The style of the cell that is being read: its own, its row's, its column's."""
        own = attribute(attributes, "style-name")
        return own or self.row_style or self._column_styles.get(self._column, "")

    @property
    def at(self) -> str:
        """The address of the cell that is being read."""
        return address(self._down, self._column)

    @property
    def has_cells(self) -> bool:
        """Whether the row that is being read holds anything."""
        return bool(self._row)

    def start_row(self, repeats: int) -> None:
        """A row begins, which stands so many times."""
        self._row, self._column, self._repeats = [], 0, repeats

    def add(self, attributes: Attributes, text: str | None, *, struck_out: bool, unseen: bool) -> None:
        """Add a cell with the text that it shows, None where the file has none."""
        repeats = repeats_of(attribute(attributes, "number-columns-repeated"))
        cell, doubt = _cell(attributes, text or "")
        self._merge(attributes)
        if cell is not None or doubt:
            look = look_of(cell, text, struck_out=struck_out, unseen=unseen)
            self._row.append((self._column, repeats, cell, doubt, look))
        self._column += repeats

    def _merge(self, attributes: Attributes) -> None:
        down, across = (repeats_of(attribute(attributes, f"number-{each}-spanned")) for each in ("rows", "columns"))
        if down * across > 1 and len(self._merged) < USED_CELLS:
            last = address(self._down + down - 1, self._column + across - 1)
            self._merged.append(f"{address(self._down, self._column)}:{last}")

    def end_row(self) -> None:
        """The row is whole. Raises `Refused` where there are too many cells, or they lie too far apart."""
        used = sum(repeats for _, repeats, *_ in self._row)
        self.used += used * self._repeats
        if self.used > USED_CELLS:
            raise Refused("too-many-cells")
        if self._row:
            self._write_out()
        self._down += self._repeats

    def _write_out(self) -> None:
        last = self._row[-1]
        if self._down + self._repeats > MOST_ROWS or last[0] + last[1] > MOST_COLUMNS:
            raise Refused("too-spread")
        self._rows.extend([] for _ in range(self._down - len(self._rows)))
        for repeat in range(self._repeats):
            row: list[Cell] = []
            for column, repeats, cell, doubt, look in self._row:
                row.extend([None] * (column - len(row)))
                row.extend([cell] * repeats)
                for said, of in ((doubt, self._doubts), (look, self._looks)):
                    if said:
                        of.update({address(self._down + repeat, column + each): said for each in range(repeats)})
            self._rows.append(row)

    def table(self) -> Table:
        """What was read."""
        merged = tuple(self._merged)
        unseen = tuple(sorted(column for column in self._hidden_columns if column < self._width))
        return Table(self.name, self._hidden, trimmed(self._rows), self._doubts, merged, self._looks, unseen)

    @property
    def _width(self) -> int:
        return max(map(len, self._rows), default=0)


def _cell(attributes: Attributes, text: str) -> tuple[Cell, str]:
    """What a cell holds, and the doubt where it is a formula without a result."""
    kind = _kind(attributes)
    if kind == "error":
        return text or "#VALUE!", ""
    if kind in ("float", "percentage", "currency"):
        return _number(attribute(attributes, "value"), text), ""
    if kind == "date":
        return _moment(attribute(attributes, "date-value"), text), ""
    if kind == "boolean":
        return attribute(attributes, "boolean-value") == "true", ""
    if kind == "time":
        return text or attribute(attributes, "time-value") or None, ""
    said = attribute(attributes, "string-value") or text
    if attribute(attributes, "formula") and not said and not kind:
        return None, NO_RESULT
    return said or None, ""


def _kind(attributes: Attributes) -> str:
    """The cell's type. An error's own type stands beside `float` or `string`, in LibreOffice's name space."""
    kinds = [value for name, value in attributes.items() if name.rpartition(" ")[2] == "value-type"]
    return "error" if "error" in kinds else next(iter(kinds), "")


def _number(value: str, text: str) -> Cell:
    try:
        number = float(value)
    except ValueError:
        raise Refused("corrupt") from None
    if not math.isfinite(number):
        return text or "#NUM!"
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _moment(value: str, text: str) -> Cell:
    try:
        if len(value) == 10:
            return date.fromisoformat(value)
        return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return text or None
