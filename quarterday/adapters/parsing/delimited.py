"""From text to rows: which character separates the cells, and how cells that hold it are quoted.

Every way of reading is tried strictly, and compared. Where two ways give different tables that look equally right,
the file is refused: a wrong choice would put values into the wrong columns without anybody seeing it.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import StringIO

from quarterday.adapters.parsing.limits import CELL_CHARACTERS, USED_CELLS
from quarterday.adapters.parsing.refusals import Refused

Rows = list[list[str]]

_DELIMITERS = (",", ";", "\t", "|")
_GOOD_SHARE = 0.8
_MARGIN = 0.15


@dataclass(frozen=True)
class Way:
    """One way of reading a text."""

    delimiter: str
    quote: str = '"'
    skip_space: bool = False
    backslash: bool = False

    def rows(self, text: str) -> Rows:
        """The rows. Raises `csv.Error` where the text cannot be read this way."""
        if self.backslash:
            text = text.replace('\\"', '""')
        reader = csv.reader(
            StringIO(text, newline=""),
            delimiter=self.delimiter,
            quotechar=self.quote,
            skipinitialspace=self.skip_space,
            strict=True,
        )
        try:
            return list(_counted(reader))
        except csv.Error as error:
            raise BrokenQuotingError(str(error), reader.line_num) from None


class BrokenQuotingError(csv.Error):
    """A text that cannot be read in one way, and the line on which that was seen."""

    def __init__(self, why: str, line: int) -> None:
        super().__init__(why)
        self.line = line


def _counted(reader: Iterator[list[str]]) -> Iterator[list[str]]:
    cells = 0
    for row in reader:
        cells += sum(map(bool, row))
        if cells > USED_CELLS:
            raise Refused("too-many-cells")
        yield row


@dataclass(frozen=True)
class Attempt:
    """What one way of reading gave, and how much it looks like a table."""

    way: Way
    rows: Rows

    @cached_property
    def widths(self) -> list[int]:
        """How many cells each row has that has any."""
        return [len(row) for row in self.rows if any(row)]

    @cached_property
    def width(self) -> int:
        """The number of cells that most rows have."""
        counts = Counter(self.widths)
        return max(counts, key=lambda width: (counts[width], width), default=0)

    @cached_property
    def share(self) -> float:
        """The share of rows that have it, without the lines of a title above and of notes below."""
        first, last = 0, len(self.widths)
        while first < last and self.widths[first] == 1 != self.width:
            first += 1
        while last > first and self.widths[last - 1] == 1 != self.width:
            last -= 1
        return self.widths[first:last].count(self.width) / (last - first) if last > first else 0.0

    @property
    def starts_whole(self) -> bool:
        """Whether the first row has as many cells as the others: a header that belongs to them."""
        return bool(self.widths) and self.widths[0] == self.width

    @property
    def fits(self) -> bool:
        """Whether this looks like a table."""
        return self.width > 1 and self.share >= _GOOD_SHARE


def split(text: str) -> tuple[Rows, Way]:
    """The rows of a text and how they were read. Raises `Refused` where that is not sure."""
    csv.field_size_limit(CELL_CHARACTERS)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        way = Way(first.strip()[4])
        return _strict_rows(rest, way), way
    return _surest(text)


def _strict_rows(text: str, way: Way) -> Rows:
    try:
        return way.rows(text)
    except BrokenQuotingError as error:
        raise _refusal(error) from None


def _refusal(error: BrokenQuotingError) -> Refused:
    if "field larger" in str(error):
        return Refused("cell-too-long")
    return Refused("quotes", f"Look at line {error.line}.")


Broken = dict[str, BrokenQuotingError]  # by delimiter


def _surest(text: str) -> tuple[Rows, Way]:
    broken: Broken = {}
    rows, way = _chosen(text, broken)
    _check_quoting(text, rows, way, broken)
    return rows, way


def _check_quoting(text: str, rows: Rows, way: Way, broken: Broken) -> None:
    """Raise `Refused` where quoting breaks in the way that the text seems written, and another way was found instead.

    A text whose cells are kept apart by semicolons, one of whose quotations does not close, is no list of one column;
    nor do marks that quoted cells belong to them, where a space stands before each.
    """
    if way.delimiter in broken and any(cell.lstrip().startswith('"') for row in rows for cell in row):
        raise _refusal(broken[way.delimiter])
    lines = [line for line in text.splitlines() if line.strip()]
    for delimiter, error in broken.items():
        if delimiter != way.delimiter and sum(delimiter in line for line in lines) >= _GOOD_SHARE * len(lines):
            raise _refusal(error)


def _chosen(text: str, broken: Broken) -> tuple[Rows, Way]:
    best = [
        attempt for delimiter in _DELIMITERS if delimiter in text and (attempt := _best_of(text, delimiter, broken))
    ]
    fitting = sorted(
        (each for each in best if each.fits), key=lambda each: (each.starts_whole, each.share, each.width), reverse=True
    )
    if not fitting:
        return _one_column(text, best)
    if len(fitting) > 1 and _as_good(fitting[0], fitting[1]):
        raise Refused("delimiter")
    return fitting[0].rows, fitting[0].way


def _as_good(one: Attempt, other: Attempt) -> bool:
    return one.starts_whole == other.starts_whole and one.share - other.share < _MARGIN


def _best_of(text: str, delimiter: str, broken: Broken) -> Attempt | None:
    """The best way of reading with one delimiter; None where every way breaks on a quotation mark."""
    attempts: list[Attempt] = []
    for way in _ways(text, delimiter):
        try:
            attempts.append(Attempt(way, way.rows(text)))
        except BrokenQuotingError as error:
            broken.setdefault(delimiter, error)
            if "field larger" in str(error):
                raise _refusal(error) from None
            continue
        if not way.skip_space and attempts[-1].share == 1.0 and not _spaced(attempts[-1].rows):
            return attempts[-1]
    if not attempts:
        return None
    spaced = [each for each in attempts if each.way.skip_space and each.share >= attempts[0].share]
    if spaced and _spaced(attempts[0].rows):
        return spaced[0]
    return max(attempts, key=lambda each: (each.fits, round(each.share, 2)))


def _ways(text: str, delimiter: str) -> Iterator[Way]:
    yield Way(delimiter)
    if f"{delimiter} " in text:
        yield Way(delimiter, skip_space=True)
    if '\\"' in text:
        yield Way(delimiter, backslash=True)
    if f"{delimiter}'" in text:
        yield Way(delimiter, quote="'")


def _spaced(rows: Rows) -> bool:
    """Whether a space follows every delimiter, as in `a, b, c`."""
    inner = [cell for row in rows for cell in row[1:] if cell]
    return bool(inner) and all(cell[0] == " " for cell in inner)


def _one_column(text: str, attempts: list[Attempt]) -> tuple[Rows, Way]:
    """A list of single cells, or columns that only spaces keep apart."""
    if not attempts and any(delimiter in text for delimiter in _DELIMITERS):
        raise Refused("quotes")
    if any(each.width > 1 or each.share < _GOOD_SHARE for each in attempts):
        raise Refused("delimiter")
    way = Way("\t")
    rows = _strict_rows(text, way)
    by_space = Counter(len(row[0].split()) for row in rows if row and row[0].strip())
    if len(by_space) == 1 and (width := next(iter(by_space))) > 1 and by_space[width] > 1:
        if width == 2:
            raise Refused("delimiter")
        return [row[0].split() if row else [] for row in rows], Way(" ")
    return rows, way
